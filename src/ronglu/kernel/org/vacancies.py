"""Which seats nobody holds on a day, and since when: shown at once, while R-ORG-14 waits until it has to be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ronglu.kernel.org.committees import vacant_since
from ronglu.kernel.org.facts import COMMITTEE, LEADER, SEATS, SECRETARY, Snapshot
from ronglu.kernel.org.kinds import GROUP
from ronglu.kernel.org.span import Key


@dataclass(frozen=True, slots=True)
class Vacancy:
    body: Key
    name: str
    seat: str
    since: date | None
    """None where nobody ever held it."""


def vacancies(day: Snapshot, bodies: Collection[Key]) -> tuple[Vacancy, ...]:
    """书记 and 组长 wherever they are missing; other seats where the last holder left and no election settled it."""
    found: list[Vacancy] = []
    for state in day.party.nodes.values():
        if state.id not in bodies:
            continue
        head = LEADER if state.kind == GROUP else SECRETARY
        for role in (LEADER,) if state.kind == GROUP else COMMITTEE:
            left = vacant_since(day, state, role)
            if left is not None or (role == head and not day.holders(state.id, role)):
                found.append(Vacancy(state.id, state.name, SEATS[role], left))
    return tuple(found)
