"""日保周、周保月、月保年: the leading quantity on one day and in the week, month and year around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.boards.indicator import derive
from ronglu.boards.indicator.rows import Around, Rows, number, rows_of
from ronglu.kernel.measure.compare import Progress
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.plan import required
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import IndicatorRow

GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR)
RECENT = 7


@dataclass(frozen=True, slots=True)
class Step:
    """`due` is the cumulative plan; `needed` a day from now on, None once the period is over."""

    period: Period
    indicator: Indicator
    value: Decimal | None
    plan: Decimal | None
    due: Decimal | None
    pace: Progress | None
    state: str
    days_left: int
    needed: Decimal | None
    recent: Decimal | None
    """Mean of the last days that have a figure, seven at most."""


def chain(*, around: Around, unit: int, lead: Indicator, on: dt.date) -> tuple[Step, ...]:
    """Two queries; a grain that has no row is left out, and, for a crew, which has no days, a period not yet over by `on`."""
    periods = [around.calendar.period_of(on, grain) for grain in GRAINS]
    whole = {p.grain: around.calendar.days_of(p) for p in periods}
    since = min(first for first, _ in whole.values())
    named = {str(p): p for p in periods}
    found = rows_of(around, [unit], [lead.code], grain=[g.value for g in GRAINS], period=list(named))
    at = found.get((unit, lead.code), {})
    days = rows_of(around, [unit], [lead.code], grain=[Grain.DAY.value], spans=[(since.isoformat(), on.isoformat())])
    by_day = days.get((unit, lead.code), {})
    return tuple(
        _step(at, by_day, text, p, lead, whole[p.grain], on, around.until)
        for text, p in named.items()
        if text in at and (by_day or whole[p.grain][1] <= on)
    )


def _reached(row: IndicatorRow, gone: list[IndicatorRow], *, whole: bool) -> Decimal | None:
    """The stored figure, unless the period went on after the day looked at: then its days up to there."""
    if whole:
        return number(row.value)
    known = [value for one in gone if (value := number(one.value)) is not None]
    return sum(known, Decimal(0)) if known else None


def _step(
    at: Rows,
    by_day: Rows,
    text: str,
    period: Period,
    lead: Indicator,
    whole: tuple[dt.date, dt.date],
    on: dt.date,
    until: dt.date,
) -> Step:
    row, (first, last) = at[text], whole
    gone = [r for day, r in sorted(by_day.items()) if first.isoformat() <= day]
    value, plan = _reached(row, gone, whole=min(last, until) <= on), number(row.plan)
    due = plan if on >= last else sum((number(r.plan) or Decimal(0) for r in gone), Decimal(0))
    left = (last - on).days
    recent = [v for r in gone[-RECENT:] if (v := number(r.value)) is not None]
    return Step(
        period=period,
        indicator=lead,
        value=value,
        plan=plan,
        due=due,
        pace=derive.paced(lead, value, plan, due),
        state=derive.judge(lead, value, due if plan is not None else None),
        days_left=left,
        needed=required(plan - value, left, decimals=1) if left and plan is not None and value is not None else None,
        recent=round_fraction(Fraction(sum(recent, Decimal(0))) / len(recent), 1) if recent else None,
    )
