"""A month's daily mean beside that of the earlier months of its year: a short month and a long one compare by the day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.indicator.derive import ADDITIVE
from ronglu.boards.indicator.read import COMPARABLE, Line
from ronglu.boards.indicator.rows import Around, number, rows_of
from ronglu.kernel.measure.compare import Change, PerDay, by_day
from ronglu.kernel.time.period import Grain, Period


@dataclass(frozen=True, slots=True)
class Daily:
    """`base` is the mean of `first`..`last`, months of the same year; None where one of them was not read well."""

    mean: Decimal
    base: Decimal | None
    change: Change
    first: Period | None
    last: Period | None


def daily(*, around: Around, unit: int, line: Line, period: Period) -> Daily | None:
    """Of quantities by the month; one query. The running month counts the days that have gone by."""
    if period.grain is not Grain.MONTH or line.indicator.rollup not in ADDITIVE or line.value is None:
        return None
    first, last = around.calendar.days_of(period)
    now = PerDay(line.value, (min(last, around.until) - first).days + 1)
    year = Period.month(period.first.year, 1)
    earlier = [year + n for n in range(period.index - year.index)]
    before = _sum(around, unit, line.indicator.code, earlier) if earlier else None
    decimals = line.indicator.decimals
    base = before.of(decimals) if before else None
    return Daily(now.of(decimals), base, by_day(now, before), *((earlier[0], earlier[-1]) if before else (None, None)))


def _sum(around: Around, unit: int, code: str, months: list[Period]) -> PerDay | None:
    """All of them, or nothing: a month left out would make the days too many."""
    rows = rows_of(around, [unit], [code], grain=[Grain.MONTH.value], period=[str(one) for one in months])
    found = rows.get((unit, code), {})
    total, days = Decimal(0), 0
    for month in months:
        row = found.get(str(month))
        value = number(row.value) if row else None
        if row is None or value is None or row.covered * 100 < row.expected * COMPARABLE:
            return None
        first, last = around.calendar.days_of(month)
        total, days = total + value, days + (last - first).days + 1
    return PerDay(total, days)
