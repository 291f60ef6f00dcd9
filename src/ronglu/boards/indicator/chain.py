"""日保周、周保月、月保年: the leading quantity on one day and in the week, month and year around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.boards.cascade.read import Day, days_of
from ronglu.boards.indicator import derive
from ronglu.boards.indicator.rows import Around, Rows, number, rows_of
from ronglu.kernel.measure.compare import Progress
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.plan import required
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Cascade, IndicatorRow

GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR)
RECENT = 7


@dataclass(frozen=True, slots=True)
class Step:
    """`due` is the cumulative plan; `needed` a day from now on, None once the period is over.

    Where a cascade was reckoned, `days_left` are working days, and what was not read is neither owed nor done.
    """

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
    """Four queries at most; a grain that has no row is left out, and, for a crew, which has no days, a period not yet over by `on`."""
    periods = [around.calendar.period_of(on, grain) for grain in GRAINS]
    whole = {p.grain: around.calendar.days_of(p) for p in periods}
    since = min(first for first, _ in whole.values())
    named = {str(p): p for p in periods}
    found = rows_of(around, [unit], [lead.code], grain=[g.value for g in GRAINS], period=list(named))
    at = found.get((unit, lead.code), {})
    days = rows_of(around, [unit], [lead.code], grain=[Grain.DAY.value], spans=[(since.isoformat(), on.isoformat())])
    by_day = days.get((unit, lead.code), {})
    year = _cascade(unit, lead.code, periods[-1])
    pending = _pending(around, unit, lead, on, year, by_day)
    return tuple(
        _step(at, by_day, text, p, lead, whole[p.grain], on, around.until, year, pending)
        for text, p in named.items()
        if text in at and (by_day or whole[p.grain][1] <= on)
    )


def shift(*, around: Around, unit: int, lead: Indicator, day: dt.date, no: int, plan: Decimal | None) -> Step:
    """One query. `plan` stands in where no reading of the shift came yet, which leaves it without a row."""
    period = Period.shift(day, no)
    found = rows_of(around, [unit], [lead.code], grain=[Grain.SHIFT.value], period=[str(period)])
    row = found.get((unit, lead.code), {}).get(str(period))
    value = number(row.value) if row is not None and row.covered >= row.expected else None
    due = number(row.plan) if row is not None and row.plan else plan
    return Step(
        period=period,
        indicator=lead,
        value=value,
        plan=due,
        due=due,
        pace=derive.paced(lead, value, due, due),
        state=derive.judge(lead, value, due),
        days_left=0,
        needed=None,
        recent=None,
    )


def _cascade(unit: int, code: str, year: Period) -> list[Day] | None:
    """The year day by day; None where no cascade was reckoned."""
    row = Cascade.objects.filter(unit_id=unit, indicator=code, year=year.first.year).first()
    return days_of(row) if row else None


def _pending(
    around: Around, unit: int, lead: Indicator, on: dt.date, year: Sequence[Day] | None, by_day: Rows
) -> Decimal:
    """Of the day that runs, the plan of the shifts that have not reported: nobody is behind with what is not due.

    Without a cascade the day's own row tells how many of them have.
    """
    if year is None:
        row = by_day.get(on.isoformat()) if on == around.until else None
        return derive.pending(number(row.plan), row, decimals=lead.decimals) if row else Decimal(0)
    day = next((one for one in year if one.on == on and one.by_month is not None), None)
    if day is None:
        return Decimal(0)
    span = (str(Period.shift(on, 1)), str(Period.shift(on, len(around.calendar.slots(on)))))
    found = rows_of(around, [unit], [lead.code], grain=[Grain.SHIFT.value], spans=[span]).get((unit, lead.code), {})
    read = sum((number(row.plan) or Decimal(0) for row in found.values() if row.value), Decimal(0))
    return max(Decimal(0), day.plan - read)


def _unread(day: Day) -> Decimal:
    """The part of a day's plan that nobody can judge; of the day that runs what is still to come of it."""
    return day.plan - (day.judged if day.by_month is None else day.done or Decimal(0))


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
    year: list[Day] | None,
    pending: Decimal,
) -> Step:
    row, (first, last) = at[text], whole
    gone = [r for day, r in sorted(by_day.items()) if first.isoformat() <= day]
    value, plan = _reached(row, gone, whole=min(last, until) <= on), number(row.plan)
    due = plan if on >= last else sum((number(r.plan) or Decimal(0) for r in gone), Decimal(0))
    due = due - pending if due is not None and first <= on <= last else due
    inside = [day for day in year or () if first <= day.on <= last]
    left = (last - on).days if year is None else sum(1 for day in inside if day.on > on and day.plan)
    unread = sum((_unread(day) for day in inside if day.on <= on), Decimal(0))
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
        needed=required(plan - unread - value, left, decimals=1)
        if left and plan is not None and value is not None
        else None,
        recent=round_fraction(Fraction(sum(recent, Decimal(0))) / len(recent), 1) if recent else None,
    )
