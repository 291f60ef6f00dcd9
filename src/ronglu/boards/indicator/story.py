"""One indicator of one unit over time, beside the same periods a year ago; from stored rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.indicator.read import a_year_before, step
from ronglu.boards.indicator.rows import Around, number, rows_of
from ronglu.kernel.time.period import Grain, Period

# how many periods a chart shows
LENGTH = {
    Grain.SHIFT: 42, Grain.DAY: 31, Grain.WEEK: 26, Grain.MONTH: 13, Grain.QUARTER: 8, Grain.HALF: 6, Grain.YEAR: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    period: Period
    value: Decimal | None
    plan: Decimal | None
    past: Decimal | None
    covered: int
    expected: int
    letter: str


def story(*, at: Around, unit: int, code: str, period: Period) -> tuple[Point, ...]:
    """One query; oldest first, periods without a row included: a gap is part of the story."""
    periods = [step(at.calendar, period, i - LENGTH[period.grain] + 1) for i in range(LENGTH[period.grain])]
    before = [a_year_before(p) for p in periods]
    known = [p for p in before if p is not None]
    spans = [(str(periods[0]), str(periods[-1])), (str(min(known)), str(max(known)))]
    rows = rows_of(at, [unit], [code], grain=[period.grain.value], spans=spans).get((unit, code), {})

    def value(one: Period | None) -> Decimal | None:
        found = rows.get(str(one))
        return number(found.value) if found else None

    points = []
    for one, past in zip(periods, before, strict=True):
        row = rows.get(str(one))
        points.append(
            Point(
                period=one,
                value=value(one),
                plan=number(row.plan) if row else None,
                past=value(past),
                covered=row.covered if row else 0,
                expected=row.expected if row else 0,
                letter=row.letter if row else "",
            )
        )
    return tuple(points)
