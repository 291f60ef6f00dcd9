"""A pact's board from stored rows: defects in order of their number, the indicator month by month, lots before and after (S0-28..S0-32)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.loops.promise import Passage, stays
from ronglu.kernel.org.tree import View
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import unit_tree
from ronglu.store.models import BodyState, Case, CaseRow, CaseStep, IndicatorRow
from ronglu.store.models import Mapping as MappingRow

Trend = tuple[tuple[Period, tuple[Decimal | None, ...]], ...]
"""Month by month, a value for each line."""
MONTHS = 6
LOTS = 50


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of defect: how many plates, and the share of all up to and with it."""

    label: str
    count: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that came back: rejects of those inspected, then of the lots that followed once they were compared."""

    case: Case
    lot: str
    before: tuple[int, int]
    after: tuple[int, int] | None

    @property
    def better(self) -> bool | None:
        """Whether the reject rate fell; None until the next lots were compared."""
        if self.after is None or not self.before[1] or not self.after[1]:
            return None
        return Fraction(*self.after) < Fraction(*self.before)


@dataclass(frozen=True, slots=True)
class Pair:
    """`met` of `due` answers came in time; `kept` of `promised` commitments were passed; `trend` is None where a month has no value."""

    bodies: tuple[str, ...]
    first: dt.date
    last: dt.date
    bars: tuple[Bar, ...]
    lots: tuple[Lot, ...]
    trend: Trend
    lines: tuple[str, ...]
    met: int
    due: int
    kept: int
    promised: int


def read(*, case: Case, feedback: Loop, on: dt.date, months: int = MONTHS) -> Pair:
    """Of the lines of the bodies that signed, over the last months up to `on`; the same number of queries however many lots."""
    now = Period.day(on).up(Grain.MONTH)
    span = [now - n for n in range(months - 1, -1, -1)]
    bodies = _signed(case)
    view = unit_tree(case.plant).at(on)
    units = _units(bodies, view)
    cases = list(_cases(case, feedback, units, span[0].first, on))
    met, due = _answered(feedback, cases, on)
    promises = CaseRow.objects.filter(case=case, kind="promise").exclude(state="dropped")
    names = BodyState.objects.on(on).filter(body__in=bodies).order_by("body__position").values_list("name", flat=True)
    lines, trend = _trend(case, view, units, span)
    return Pair(
        bodies=tuple(names), first=span[0].first, last=on, bars=tuple(pareto(feedback, cases)),
        lots=tuple(map(_lot, cases[:LOTS])), lines=lines, trend=trend, met=met, due=due,
        kept=promises.filter(state="passed").count(), promised=promises.count(),
    )  # fmt: skip


def pareto(feedback: Loop, cases: Iterable[Case]) -> Iterable[Bar]:
    """Plates by kind of defect, the most frequent first; equal ones in the order in which they are declared."""
    order = [choice.code for choice in feedback.field("defect").choices]
    counts: Counter[str] = Counter()
    for data in CaseRow.objects.filter(case__in=[c.pk for c in cases], kind="defect").values_list("data", flat=True):
        counts[data["defect"]] += int(data["count"])
    total, sum_ = sum(counts.values()), 0
    for code in sorted(counts, key=lambda code: (-counts[code], order.index(code))):
        sum_ += counts[code]
        yield Bar(feedback.field("defect").shown(code), counts[code], Fraction(sum_, total))


def _signed(case: Case) -> list[int]:
    found = CaseRow.objects.filter(case=case, kind="signing").values_list("data", flat=True)
    return sorted({data["body"] for data in found if data.get("body")} | ({case.body_id} - {None}))  # type: ignore[type-var]


def _units(bodies: list[int], view: View) -> frozenset[Any]:
    """What the bodies stand on, and everything below it."""
    roots = MappingRow.objects.on(view.on).filter(body__in=bodies).values_list("unit_id", flat=True)
    return frozenset(unit for root in roots for unit in view.subtree(root))


def _cases(case: Case, feedback: Loop, units: frozenset[Any], first: dt.date, last: dt.date) -> Iterable[Case]:
    dropped = [s.code for s in feedback.states if s.phase.value == "dropped"]
    begin, end = dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last, dt.time.max)
    rows = Case.objects.filter(plant=case.plant_id, loop=feedback.code, unit__in=units, raised_at__range=(begin, end))
    return rows.exclude(state__in=dropped).order_by("-raised_at", "-pk")


def _lot(case: Case) -> Lot:
    data = case.data
    after = (int(data["rejects_after"]), int(data["plates_after"])) if data.get("plates_after") else None
    return Lot(case, data["lot"], (int(data["rejects"]), int(data["plates"])), after)


def _answered(feedback: Loop, cases: list[Case], on: dt.date) -> tuple[int, int]:
    """Answers that were due by `on`, and how many came in time: the clock that the declaration calls `answered`."""
    clock = next(c for c in feedback.clocks if c.code == "answered")
    passages: dict[int, list[Passage]] = {}
    for step in CaseStep.objects.filter(case__in=[c.pk for c in cases]).order_by("case", "no"):
        passages.setdefault(step.case_id, []).append(Passage(step.after, step.at, step.due_at, step.data))
    promises = [p for steps in passages.values() for p in stays(feedback, clock, steps) if p.met or p.due_on < on]
    return sum(p.met for p in promises), len(promises)


def _trend(case: Case, view: View, units: frozenset[Any], span: list[Period]) -> tuple[tuple[str, ...], Trend]:
    """The pact's indicator by line; a month without a value stays empty."""
    rows = IndicatorRow.objects.filter(
        unit__in=units, unit__kind="line", indicator=case.data.get("indicator", ""), grain="month",
        period__in=[str(month) for month in span],
    )  # fmt: skip
    found = {(row.unit_id, row.period): Decimal(row.value) for row in rows if row.value}
    lines = [unit for unit in view.nodes if unit in {one for one, _ in found}]
    names = tuple(view.nodes[unit].name for unit in lines)
    return names, tuple((month, tuple(found.get((unit, str(month))) for unit in lines)) for month in span)
