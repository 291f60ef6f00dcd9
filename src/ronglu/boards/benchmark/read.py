"""Each level indicator of a unit beside its benchmarks, from stored rows alone: the same number of queries for any unit.

Own best is the standing record of months that were read well and audited; best crew and best sister line are of the
period itself. Quantities are left out: a benchmark is of a level, not of a size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.indicator.derive import ADDITIVE
from ronglu.boards.indicator.read import step
from ronglu.boards.indicator.rows import Around, number, rows_of
from ronglu.kernel.measure.benchmark import TIERS, aim, gap, reached, relative
from ronglu.kernel.measure.energy import EnergyBook, EnergyStep
from ronglu.kernel.measure.indicator import Direction, Indicator, counters
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Benchmark, IndicatorRow, Record, Unit

TREND = {Grain.MONTH: 12, Grain.YEAR: 5}
WEAKEST = 3
COMPLETE = 90
"""Per cent of its slots that a crew or a sister line must have reported to be called the best (09-13)."""


@dataclass(frozen=True, slots=True)
class Best:
    """A value and who or when it was: the period of a record, the unit that reached it."""

    value: Decimal
    period: str = ""
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """`marks`: of each tier the newest benchmark in force. `missing`: the gap to `aim`, the nearest tier not reached."""

    indicator: Indicator
    value: Decimal | None
    covered: int
    expected: int
    own: Best | None
    crew: Best | None
    sister: Best | None
    marks: Mapping[str, Benchmark]
    reached: str
    aim: Benchmark | None
    missing: Decimal | None
    percent: Decimal | None
    trend: tuple[Decimal | None, ...]
    """The gap to the same benchmark, period by period, oldest first."""
    energy: EnergyStep | None

    @property
    def level(self) -> int | None:
        return self.energy.level(self.value) if self.energy else None


def lines(
    *, around: Around, unit: int, period: Period, crews: Sequence[int], sisters: Sequence[int], energy: EnergyBook
) -> list[Line]:
    """Four queries; in the order of their declaration."""
    known = {code: one for code, one in around.indicators.items() if measured(one)}
    last = around.calendar.days_of(period)[1]
    periods = [step(around.calendar, period, n) for n in range(1 - TREND[period.grain], 1)]
    own = rows_of(around, [unit], list(known), grain=[period.grain.value], period=[str(p) for p in periods])
    others = rows_of(around, [*crews, *sisters], list(known), grain=[period.grain.value], period=[str(period)])
    marks, best = in_force(around, last), _best(around, unit)
    found = []
    for code, one in known.items():
        rows = own.get((unit, code), {})
        if str(period) in rows or (code in marks and rows):
            beside = {key: others.get((key, code), {}).get(str(period)) for key in (*crews, *sisters)}
            found.append(_line(one, rows, periods, marks.get(code, {}), best.get(code), beside, crews, sisters, energy))
    return found


def sisters(around: Around, unit: int) -> list[int]:
    """Other lines of the plant with the same process; none for what is no line."""
    module = Unit.objects.filter(pk=unit, kind="line").values_list("module", flat=True).first()
    if not module:
        return []
    rows = Unit.objects.filter(plant=around.plant, kind="line", module=module).exclude(pk=unit)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))


def values(*, around: Around, units: Sequence[int], period: Period) -> dict[tuple[int, str], Decimal]:
    """What the units come to in the period, by unit and indicator; one query."""
    found = rows_of(around, units, list(around.indicators), grain=[period.grain.value], period=[str(period)])
    return {key: Decimal(row.value) for key, rows in found.items() for row in rows.values() if row.value}


def measured(one: Indicator) -> bool:
    return one.direction in (Direction.UP, Direction.DOWN) and one.rollup not in ADDITIVE and not counters(one)


def weakest(found: Sequence[Line], *, most: int = WEAKEST) -> list[Line]:
    """Where the unit stands furthest from its benchmark, in per cent of it; the units of measure differ."""
    behind = [one for one in found if one.percent is not None and one.percent > 0]
    return sorted(behind, key=lambda one: -(one.percent or 0))[:most]


def in_force(around: Around, on: dt.date) -> dict[str, dict[str, Benchmark]]:
    """Indicator → tier → the newest benchmark said by then; one query."""
    found: dict[str, dict[str, Benchmark]] = {}
    rows = Benchmark.objects.filter(plant=around.plant, dated_on__lte=on).select_related("owner")
    for row in rows.order_by("dated_on"):
        found.setdefault(row.indicator, {})[row.tier] = row
    return {code: {tier: tiers[tier] for tier in TIERS if tier in tiers} for code, tiers in found.items()}


def _best(around: Around, unit: int) -> dict[str, Best]:
    rows = Record.objects.filter(plant=around.plant, unit_id=unit, grain=Grain.MONTH.value, span="ever", standing=True)
    return {row.indicator: Best(Decimal(row.value), row.period) for row in rows}


def _line(
    one: Indicator, rows: Mapping[str, IndicatorRow], periods: Sequence[Period], marks: Mapping[str, Benchmark], own: Best | None,
    beside: Mapping[int, IndicatorRow | None], crews: Sequence[int], sisters: Sequence[int], energy: EnergyBook,
) -> Line:  # fmt: skip
    row = rows.get(str(periods[-1]))
    value = number(row.value) if row else None
    values = {tier: Decimal(mark.value) for tier, mark in marks.items()}
    tier = aim(value, values, one.direction)
    goal = marks.get(tier) or (marks[list(marks)[-1]] if marks else None)
    mark = Decimal(goal.value) if goal else None
    missing = gap(value, mark, one.direction)
    past = [number(rows[str(p)].value) if str(p) in rows else None for p in periods]
    return Line(
        indicator=one, value=value, covered=row.covered if row else 0, expected=row.expected if row else 0, own=own,
        crew=_top(one, beside, crews), sister=_top(one, beside, sisters), marks=marks,
        reached=reached(value, values, one.direction), aim=goal, missing=missing, percent=relative(missing, mark),
        trend=tuple(gap(was, mark, one.direction) for was in past), energy=energy.of(one.code),
    )  # fmt: skip


def _top(one: Indicator, beside: Mapping[int, IndicatorRow | None], units: Sequence[int]) -> Best | None:
    """The best of those that were read well."""
    known = [
        Best(Decimal(row.value), row.period, unit)
        for unit in units
        if (row := beside.get(unit)) and row.value and row.covered * 100 >= row.expected * COMPLETE
    ]
    if not known:
        return None
    return (max if one.direction is Direction.UP else min)(known, key=lambda best: best.value)
