"""A member's double lift as he sees it himself, and what of it waits for his branch: never a list by figure."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from ronglu.kernel.standing.lift import Lift
from ronglu.kernel.standing.lift import lift_months as verdicts
from ronglu.kernel.standing.lift_rules import Dimension, LiftRules
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body, LiftMonth, LiftNote, LiftPlan, Membership, Person, Plant
from ronglu.work import committees
from ronglu.work.holdings import holdings_of
from ronglu.work.lift_months import COUNTS

SHOWN = 12
"""Months of a member's own chart."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One dimension of the newest month; `figure_h` None is missing."""

    dimension: Dimension
    figure_h: int | None
    ground: str
    waits: bool


@dataclass(frozen=True, slots=True)
class MyLift:
    """`months` oldest first, the newest with its figures; nothing where none was computed yet."""

    months: tuple[Lift, ...]
    figures: tuple[Figure, ...]

    @property
    def now(self) -> Lift | None:
        return self.months[-1] if self.months else None


def of(person: Person, *, rules: LiftRules, upto: Period) -> MyLift:
    """Two queries."""
    rows = list(LiftMonth.objects.filter(person=person, month__lte=upto.yyyymm).order_by("month"))
    values: dict[Period, dict[str, int | None]] = {}
    for row in rows:
        month = values.setdefault(Period.from_yyyymm(row.month), {})
        if row.state in COUNTS:
            month[row.dimension] = row.figure_h
    since = Membership.objects.filter(person=person).aggregate(first=Min("from_on"))["first"]
    if not values or since is None:
        return MyLift((), ())
    found = verdicts(rules=rules, since=since, months=values)
    newest = max(values)
    last = {row.dimension: row for row in rows if row.month == newest.yyyymm}
    figures = (_figure(one, last.get(one.code)) for one in rules.dimensions)
    return MyLift(tuple(found.values())[-SHOWN:], tuple(figures))


def plan_of(person: Person, *, year: int) -> LiftPlan | None:
    return LiftPlan.objects.filter(person=person, year=year).select_related("mentor", "agreed_by__person").first()


def notes_of(plan: LiftPlan) -> QuerySet[LiftNote]:
    return plan.notes.select_related("by__person")


def plans(body: Body, *, by: Account, on: dt.date) -> list[LiftPlan]:
    """Of the branch for its committee, of his own group for its leader; in the order of names, without his own."""
    rows = LiftPlan.objects.filter(body=body, year=on.year).exclude(person=by.person_id)
    seats = committees.sits(by, body, on=on)
    if not seats:
        groups = [one.body_id for one in holdings_of(by, on=on) if one.kind == "post" and one.what == "leader"]
        members = Membership.objects.on(on).filter(body__in=groups).values("person_id")
        rows = rows.filter(person__in=members)
    rows = rows.exclude(person__in=seats).select_related("person", "mentor", "body__plant")
    return list(rows.order_by("person__pinyin", "person__staff_no"))


def to_sign(body: Body, *, by: Account, on: dt.date) -> QuerySet[LiftMonth]:
    """Figures entered by another, of members of the branch; for its committee alone."""
    seats = committees.sits(by, body, on=on)
    if not seats:
        return LiftMonth.objects.none()
    members = [one.pk for one in committees.members_of(body, on=on) if one.pk not in seats]
    rows = (
        LiftMonth.objects.filter(person__in=members, state="entered")
        .exclude(entered_by=by)
        .exclude(person=by.person_id)
    )
    return rows.select_related("person__plant", "entered_by__person").order_by(
        "person__pinyin", "person__staff_no", "month"
    )


def branches(account: Account, *, plant: Plant, on: dt.date) -> list[Body]:
    """The branches on whose committee he sits, and those of the groups he leads."""
    seats = set(committees.branches_of(account, on=on))
    homes = committees.Homes.of(plant)
    held = (one for one in holdings_of(account, on=on) if one.kind == "post" and one.what == "leader" and one.body_id)
    led = {branch for one in held if (branch := homes.of_body(one.body_id or 0, on)) is not None}
    return list(Body.objects.filter(pk__in=seats | led, plant=plant).order_by("position", "code"))


def _figure(dimension: Dimension, row: LiftMonth | None) -> Figure:
    if row is None:
        return Figure(dimension, None, "", False)
    counts = row.state in COUNTS
    return Figure(dimension, row.figure_h if counts else None, row.ground, not counts)
