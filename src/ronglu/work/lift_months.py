"""The five figures of a month from what is on record, and what they come to beside each member's own baseline. Missing stays missing."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Min

from ronglu.kernel.standing.exact import rounded
from ronglu.kernel.standing.lift import Lift
from ronglu.kernel.standing.lift import lift_months as verdicts
from ronglu.kernel.standing.lift_rules import FULL_H, LiftRules
from ronglu.kernel.standing.record import Attained, PersonRecord
from ronglu.kernel.time.period import Period
from ronglu.store import history
from ronglu.store.models import Engagement, LiftMonth, LiftStand, Membership, Person, Plant
from ronglu.work import closings, committees, partitions

FACT = "axes"
COUNTS = ("computed", "signed")
PROMISES: Mapping[str, tuple[str, ...]] = {
    "innovation": ("idea", "project_milestone"),
    "lead": ("zone_finding", "pair_goal", "request"),
}
"""Dimensions that are the share of promises kept, and the facts that make them."""
NOUGHT = "本月没有到期的，不计为零"
STAND = ("body_id", "x_h", "y_h", "dx_h", "dy_h", "index_h", "quadrant", "state")
Found = tuple[int | None, str]


@transaction.atomic
def compute(
    *, plant: Plant, rules: LiftRules, month: Period, records: Iterable[PersonRecord], attained: Mapping[int, Attained],
    at: dt.datetime,
) -> int:  # fmt: skip
    """Writes what changed and says how many rows that was. A closed month stays as it was closed."""
    closings.hold(plant)
    if closings.is_closed(plant=plant, month=month):
        return 0
    on = min(month.last, at.date())
    members = committees.Members(plant).on(on)
    ground = _Ground.of(plant, rules, month, on, members, records, attained)
    known = {
        (row.person_id, row.dimension): row for row in LiftMonth.objects.filter(person__plant=plant, month=month.yyyymm)
    }
    fresh = []
    for person in members:
        for dimension in rules.dimensions:
            row = known.get((person, dimension.code))
            figure, why = ground.figure(person, dimension.code)
            if row is not None and (row.state != "computed" or (row.figure_h, row.ground) == (figure, why)):
                continue
            fresh.append(
                LiftMonth(person_id=person, month=month.yyyymm, dimension=dimension.code, figure_h=figure, ground=why)
            )
    LiftMonth.objects.bulk_create(
        fresh, batch_size=1000, update_conflicts=True, unique_fields=["person", "month", "dimension"],
        update_fields=["figure_h", "ground"],
    )  # fmt: skip
    return len(fresh) + restate(plant=plant, rules=rules, people=members, since=month, at=at)


@transaction.atomic
def restate(*, plant: Plant, rules: LiftRules, people: Collection[int], since: Period, at: dt.datetime) -> int:
    """The stands of these members from `since` on: a figure of the baseline quarter moves every later month that is open."""
    rows = LiftMonth.objects.filter(person__in=people, person__plant=plant, state__in=COUNTS)
    months: dict[int, dict[Period, dict[str, int | None]]] = {}
    for person, month, dimension, figure in rows.values_list("person_id", "month", "dimension", "figure_h"):
        months.setdefault(person, {}).setdefault(Period.from_yyyymm(month), {})[dimension] = figure
    began = dict(Membership.objects.filter(person__in=people).values_list("person").annotate(Min("from_on")))
    belongs, made = committees.Members(plant), {}
    for person, mine in months.items():
        for month, stood in verdicts(rules=rules, since=began.get(person, since.first), months=mine).items():
            body = belongs.on(min(month.last, at.date())).get(person)
            if month >= since and body is not None:
                made[person, month.yyyymm] = _stand(stood, body)
    return _write(plant, people, since, made)


def _write(
    plant: Plant, people: Collection[int], since: Period, made: Mapping[tuple[int, int], tuple[Any, ...]]
) -> int:
    """Only what differs is written, and only months in which something did are scored anew; closed ones stay."""
    closings.hold(plant)
    open_ = {month for _, month in made if not closings.is_closed(plant=plant, month=Period.from_yyyymm(month))}
    there = LiftStand.objects.filter(person__in=people, month__gte=since.yyyymm)
    before = {(one.person_id, one.month): tuple(getattr(one, name) for name in STAND) for one in there}
    changed = {spot: stood for spot, stood in made.items() if spot[1] in open_ and before.get(spot) != stood}
    LiftStand.objects.bulk_create(
        [LiftStand(person_id=person, month=month, **dict(zip(STAND, stood, strict=True))) for (person, month), stood in changed.items()],
        batch_size=1000, update_conflicts=True, unique_fields=["person", "month"],
        update_fields=["body", *STAND[1:]],
    )  # fmt: skip
    if changed:
        partitions.touch(plant=plant, fact=FACT, months={month for _, month in changed})
    return len(changed)


def _stand(stood: Lift, body: int) -> tuple[Any, ...]:
    """In the order of STAND. The first axis is X, the second Y."""
    x, y = stood.axes[0], stood.axes[1]
    state = "open" if stood.reached is None else "reached" if stood.reached else "short"
    return (body, x.value_h, y.value_h, x.delta_h, y.delta_h, stood.index_h, stood.quadrant.value, state)


@dataclass(frozen=True)
class _Ground:
    """What a month's figures of everybody are read from."""

    rules: LiftRules
    month: Period
    grades: Mapping[int, list[str]]
    assessed: Mapping[int, tuple[int, int]]
    units: Mapping[int, Attained]
    names: Mapping[int, str]
    kept: Mapping[tuple[int, str], tuple[int, int]]

    @classmethod
    def of(
        cls, plant: Plant, rules: LiftRules, month: Period, on: dt.date, members: Mapping[int, int],
        records: Iterable[PersonRecord], attained: Mapping[int, Attained],
    ) -> "_Ground":  # fmt: skip
        fact = {one: dimension for dimension, facts in PROMISES.items() for one in facts}
        kept: dict[tuple[int, str], tuple[int, int]] = {}
        for one in records:
            if (dimension := fact.get(one.fact)) is not None:
                done, due = kept.get((one.person, dimension), (0, 0))
                kept[one.person, dimension] = done + (one.kept and one.verified), due + 1
        signed = LiftMonth.objects.filter(
            person__plant=plant, dimension="skill", state="signed", month__lte=month.yyyymm
        )
        assessed = {
            p: (figure, m) for p, figure, m in signed.order_by("month").values_list("person_id", "figure_h", "month")
        }
        view = history.unit_tree(plant).at(on)
        engaged = Engagement.objects.on(on).filter(person__in=members).order_by("from_on", "pk")
        units, names = {}, {}
        for person, unit in engaged.values_list("person_id", "unit_id"):
            above = [
                state for state in reversed(view.path(unit)) if state.kind != "plant" and int(state.id) in attained
            ]
            if above:
                units[person], names[person] = attained[int(above[0].id)], above[0].name
        grades = dict(Person.objects.filter(pk__in=members).values_list("pk", "grades"))
        return cls(rules, month, grades, assessed, units, names, kept)

    def figure(self, person: int, dimension: str) -> Found:
        """Hundredths of 0–100, or None, and in words what it rests on."""
        if dimension == "skill":
            return self._skill(person)
        if dimension == "work":
            return self._work(person)
        if dimension in PROMISES:
            done, due = self.kept.get((person, dimension), (0, 0))
            return (
                (rounded(Fraction(done * FULL_H, due)), f"到期 {due} 件，按期办成并经核实 {done} 件")
                if due
                else (None, NOUGHT)
            )
        return None, "本月没有导师签认或考评"

    def _skill(self, person: int) -> Found:
        if person in self.assessed:
            figure, month = self.assessed[person]
            return figure, f"{Period.from_yyyymm(month)} 技能考评，已签认"
        found = self.rules.grade(self.grades.get(person) or [])
        return (found[1], f"岗位等级：{found[0]}") if found else (None, "没有登记技能等级，也没有考评")

    def _work(self, person: int) -> Found:
        one = self.units.get(person)
        if one is None:
            return None, "所在单位本月没有已审核、有计划的指标"
        share = rounded(Fraction(one.reached * FULL_H, one.judged))
        return share, f"{self.names[person]} {one.judged} 项指标，{one.reached} 项达到计划"
