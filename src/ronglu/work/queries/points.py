"""Whose points may be read by whom: a member's own, and those of a branch by its committee; a list in the order of names, never a ranking."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.kernel.loops.loop import OVER
from ronglu.kernel.standing.credits import Credit, Credited, credit
from ronglu.kernel.standing.points import PointLine, PointRules, PointState, objections_until
from ronglu.store.models import Account, Body, Person, PointEntry
from ronglu.work import committees


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with what of it counts, and whether its member may object to it on the day."""

    entry: PointEntry
    credit: Credit
    source: str
    dimension: str
    may_object: bool
    until: dt.date | None


def lines(person: Person, *, year: int) -> list[PointLine]:
    rows = PointEntry.objects.filter(person=person, month__range=(year * 100 + 1, year * 100 + 12))
    return [_line(row) for row in rows]


def balance(person: Person, *, rules: PointRules, year: int) -> Credited:
    return credit(lines(person, year=year), rules, year=year)


def totals(people: Iterable[Person], *, rules: PointRules, year: int) -> dict[int, int]:
    """What each of them has in a year, for the system to find who is past a line; never shown. One query."""
    found: dict[int, list[PointLine]] = {one.pk: [] for one in people}
    rows = PointEntry.objects.filter(person__in=found, month__range=(year * 100 + 1, year * 100 + 12))
    for row in rows:
        found[row.person_id].append(_line(row))
    return {person: credit(own, rules, year=year).total_h for person, own in found.items()}


def mine(account: Account, *, year: int) -> QuerySet[PointEntry]:
    """One's own of a year; nobody else's."""
    if account.person_id is None:
        return PointEntry.objects.none()
    found = PointEntry.objects.filter(person=account.person_id, month__range=(year * 100 + 1, year * 100 + 12))
    return found.select_related("objection", "reversal_of").order_by("-month", "-pk")


def shown(entries: Iterable[PointEntry], *, rules: PointRules, year: int, on: dt.date) -> tuple[list[Shown], Credited]:
    """Each entry with what the rules make of it. No query."""
    listed = list(entries)
    whole = credit([_line(one) for one in listed], rules, year=year)
    by_id = {one.line.id: one for one in whole.credits}
    return [_shown(one, by_id[one.pk], rules, on) for one in listed if one.pk in by_id], whole


def entry_of(account: Account, pk: int) -> PointEntry | None:
    """One's own entry; to everybody else it does not exist."""
    return PointEntry.objects.select_related("objection", "body__plant").filter(pk=pk, person=account.person_id).first()


def entries_of(body: Body, *, by: Account, on: dt.date) -> QuerySet[PointEntry] | None:
    """All of a branch, for its committee; None for everybody else. Nobody is shown his own here: others settle those."""
    seats = committees.sits(by, body, on=on)
    if not seats:
        return None
    found = PointEntry.objects.filter(body=body).exclude(Q(person__in=seats) | Q(person=by.person_id))
    return found.select_related("person", "objection", "entered_by", "reversal_of", "body__plant")


def waiting(body: Body, *, by: Account, on: dt.date) -> QuerySet[PointEntry]:
    """What this committee member could settle: not what he entered himself."""
    found = entries_of(body, by=by, on=on)
    if found is None:
        return PointEntry.objects.none()
    seats = committees.sits(by, body, on=on)
    return found.filter(_declared(by, seats)).order_by("person__pinyin", "person__staff_no", "month", "pk")


def waiting_anywhere(*, by: Account, on: dt.date) -> QuerySet[PointEntry]:
    """The same of all branches on whose committee he sits. Two queries, however many those are."""
    mine = Q(pk__in=())
    for body, seats in committees.branches_of(by, on=on).items():
        mine |= Q(body=body) & ~Q(person__in=seats | {by.person_id}) & _declared(by, seats)
    return PointEntry.objects.filter(mine)


def _declared(by: Account, seats: frozenset[int]) -> Q:
    return Q(state=PointState.DECLARED) & ~Q(entered_by=by) & ~Q(entered_by__person__in=seats)


def _shown(one: PointEntry, credited: Credit, rules: PointRules, on: dt.date) -> Shown:
    source = rules.sources[one.source]
    state = PointState(one.state)
    until = objections_until(rules, one.told_on) if one.told_on and state is PointState.TOLD else None
    free = one.objection is None or one.objection.phase in OVER
    open_ = (state is PointState.ENTERED and one.reversal_of_id is None) or state is PointState.TOLD
    return Shown(one, credited, source.label, rules.dimensions[source.dimension].label, open_ and free, until)


def _line(row: PointEntry) -> PointLine:
    return PointLine(
        id=row.pk, source=row.source, month=row.month, points_h=row.points_h, state=PointState(row.state),
        reversal_of=row.reversal_of_id,
    )  # fmt: skip
