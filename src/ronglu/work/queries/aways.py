"""不在岗 as read: by the person himself, and by those who plan his meetings, in days; a standing meeting shows only how many."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.kernel.gathering.terms import PlanTerms
from ronglu.store.history import party_tree
from ronglu.store.models import Away, Body, Gathering, GatheringPerson, Membership, Person, Post, TeamMember
from ronglu.work.aways import ENTER
from ronglu.work.scope import Scope


@dataclass(frozen=True, slots=True)
class Expected:
    """How a meeting that stands would be attended: `short` where that is no quorum."""

    due: int
    there: int
    away: int
    short: bool


def of_person(person: Person, on: dt.date) -> list[Away]:
    """His own days that are not over."""
    return list(_ahead(on).filter(person=person))


def own(scope: Scope, pk: int) -> Away | None:
    """One that the reader may take back: his own, or of somebody for whom he may write it."""
    return Away.objects.filter(pk=pk, person__in=scope.people(ENTER)).select_related("person__plant").first()


def for_others(scope: Scope) -> bool:
    reach = scope.reach(ENTER)
    return bool(reach.units or reach.bodies or reach.plants or reach.everywhere)


def planned_for(body: Body, on: dt.date, last: dt.date) -> list[Away]:
    """Of the people whose meetings one plans who plans for the body: members, committee and teams of it and all below.

    Whoever asks was let in as a planner of just this body (queries/meeting_plans.body).
    """
    under = [int(key) for key in party_tree(body.plant).at(on).subtree(body.pk)]
    people = (
        Q(person__in=Membership.objects.on(on).filter(body__in=under).values("person"))
        | Q(person__in=Post.objects.on(on).filter(body__in=under).values("person"))
        | Q(person__in=TeamMember.objects.on(on).filter(team__body__in=under).values("person"))
    )
    return list(_ahead(on).filter(people, from_on__lte=last))


def expected(rows: Iterable[Gathering], terms: Mapping[str, PlanTerms]) -> dict[int, Expected]:
    """Of meetings that are ahead, those at which somebody due will not be at the plant. Two queries."""
    ahead = {one.pk: one for one in rows if one.state in ("planned", "called") and one.makeup_of_id is None}
    due = GatheringPerson.objects.filter(gathering__in=list(ahead), due=True).values_list("gathering", "person")
    days = {one.starts_at.date() for one in ahead.values()}
    if not days:
        return {}
    away: dict[int, list[Away]] = {}
    for row in Away.objects.within(min(days), max(days)).filter(person__in={person for _, person in due}):
        away.setdefault(row.person_id, []).append(row)
    lacking: dict[int, int] = {}
    for key, person in due:
        day = ahead[key].starts_at.date()
        lacking[key] = lacking.get(key, 0) + any(one.holds(day) for one in away.get(person, ()))
    return {key: _expected(ahead[key], off, terms) for key, off in lacking.items() if off}


def _expected(row: Gathering, off: int, terms: Mapping[str, PlanTerms]) -> Expected:
    least = terms[row.kind].quorum(row.due) if row.kind in terms else 0
    there = max(row.due - off, 0)
    return Expected(row.due, there, off, there < least)


def _ahead(on: dt.date) -> QuerySet[Away]:
    return Away.objects.filter(until_on__gt=on).select_related("person").order_by("from_on", "person__staff_no")
