"""Proposals of a new party group as a person reads them: who, from where, into which group, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from ronglu.kernel.org.mapping import Suggestion
from ronglu.store.models import Person
from ronglu.work.queries.places import Places


@dataclass(frozen=True, slots=True)
class Suggested:
    person: Person
    crew: str
    group: int
    group_name: str
    reason: str


def named(found: Iterable[Suggestion], *, places: Places) -> list[Suggested]:
    """One query for the persons, whatever their number; the best group of each proposal."""
    rows = [(int(str(one.person)), int(str(one.crew)), int(str(one.groups[0])), one.reason) for one in found]
    people = Person.objects.in_bulk([person for person, *_ in rows])
    return [
        Suggested(people[person], places.unit_name(crew), group, places.body_name(group), reason)
        for person, crew, group, reason in rows
    ]
