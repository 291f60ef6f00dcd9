"""The indicator board of a unit in a period, read from stored rows alone: the same number of queries for any unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.indicator import derive
from ronglu.boards.indicator.chain import Step, chain
from ronglu.boards.indicator.derive import ADDITIVE, Versus
from ronglu.boards.indicator.rows import Around, Rows, number, rows_of
from ronglu.kernel.measure.compare import AgainstPlan, Progress
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import IndicatorRow

GRAINS = (Grain.SHIFT, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
# how far back a sparkline looks, and in which steps
TREND = {
    Grain.SHIFT: (Grain.SHIFT, 21), Grain.DAY: (Grain.DAY, 21), Grain.WEEK: (Grain.WEEK, 13),
    Grain.MONTH: (Grain.DAY, 21), Grain.QUARTER: (Grain.MONTH, 12), Grain.HALF: (Grain.MONTH, 12),
    Grain.YEAR: (Grain.MONTH, 12),
}  # fmt: skip
# per cent of the days or slots that an earlier period must have had to be compared with
COMPARABLE = 85


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one unit in the period. `due` is the part of the plan that should be done by now."""

    indicator: Indicator
    value: Decimal | None
    plan: Decimal | None
    due: Decimal | None
    covered: int
    expected: int
    pending: int
    letter: str
    numerator: Decimal | None
    denominator: Decimal | None
    gap: AgainstPlan
    pace: Progress | None
    year: Versus
    before: Versus
    state: str
    trend: tuple[Decimal | None, ...] = ()
    trend_plan: Decimal | None = None
    reported: Decimal | None = None
    """What the shift reports alone come to, where the month was settled."""


@dataclass(frozen=True, slots=True)
class Board:
    period: Period
    first: dt.date
    last: dt.date
    running: bool
    """The period is not over: quantities are compared with the same number of days before."""
    lines: tuple[Line, ...]
    chain: tuple[Step, ...]
    days: tuple[tuple[dt.date, int, int], ...]
    """Day, slots read, slots due of the indicator that was read worst that day."""
    pending: int


def board(*, around: Around, unit: int, period: Period) -> Board:
    """Eight queries at most."""
    first, last = around.calendar.days_of(period)
    lines = lines_of(around=around, units=[unit], period=period)[unit]
    lead = next((one for one in lines if one.indicator.rollup in ADDITIVE and one.plan), None)
    return Board(
        period=period,
        first=first,
        last=last,
        running=first <= around.until < last,
        lines=lines,
        chain=chain(around=around, unit=unit, lead=lead.indicator, on=min(last, around.until)) if lead else (),
        days=_days(around, unit, first, last),
        pending=max((one.pending for one in lines), default=0),
    )


def lines_of(
    *, around: Around, units: Sequence[int], period: Period, only: Iterable[str] | None = None
) -> dict[int, tuple[Line, ...]]:
    """Indicators of several units in one period, in the order of their declaration; two queries, three while the period runs."""
    codes = [code for code in around.indicators if only is None or code in set(only)]
    past = _Past(around, period)
    rows = rows_of(around, units, codes, grain=[period.grain.value], period=[str(p) for p in past.spans])
    grain, periods = trend_periods(around.calendar, period, around.until)
    trend = rows_of(around, units, codes, grain=[grain.value], spans=[(str(periods[0]), str(periods[-1]))])
    days: Mapping[tuple[int, str], Rows] = {}
    if past.running or past.today:
        additive = [code for code in codes if around.indicators[code].rollup in ADDITIVE]
        spans = list(past.spans.values()) if past.running else [(past.today, past.today)]
        days = rows_of(around, units, additive, grain=[Grain.DAY.value], spans=spans)
    return {
        unit: tuple(
            _line(around.indicators[c], past, rows[unit, c], days.get((unit, c), {}), trend.get((unit, c), {}), periods)
            for c in codes
            if str(period) in rows.get((unit, c), {})
        )
        for unit in units
    }


def trend_periods(calendar: Calendar, period: Period, until: dt.date) -> tuple[Grain, list[Period]]:
    """The periods of a sparkline, oldest first, ending with the period or with the last day that has data."""
    grain, n = TREND[period.grain]
    if grain is period.grain:
        end = period
    else:
        first, last = calendar.days_of(period)
        end = calendar.period_of(max(min(last, until), first), grain)
    return grain, [step(calendar, end, i - n + 1) for i in range(n)]


def step(calendar: Calendar, period: Period, n: int) -> Period:
    return calendar.step(period, n) if period.grain is Grain.SHIFT else period + n


def a_year_before(period: Period) -> Period | None:
    """The same month, quarter, week number, day or shift of the year before; 29 February and week 53 may have none."""
    try:
        if period.grain in (Grain.SHIFT, Grain.DAY):
            on = period.first.replace(year=period.first.year - 1)
            return Period(period.grain, on.toordinal(), period.no)
        if period.grain is Grain.WEEK:
            year, week, _ = period.first.isocalendar()
            return Period.week(dt.date.fromisocalendar(year - 1, week, 1))
    except ValueError:
        return None
    return period - {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.HALF: 2, Grain.YEAR: 1}[period.grain]


class _Past:
    """The period, the one before, the same one a year ago; while it runs, as many of their days as have gone by."""

    def __init__(self, around: Around, period: Period) -> None:
        first, last = around.calendar.days_of(period)
        self.now, self.before, self.year = period, step(around.calendar, period, -1), a_year_before(period)
        self.running = first <= around.until < last and period.grain is not Grain.SHIFT
        # the day that runs, where it lies in the period; of a shift there is no part
        self.today = (
            around.until.isoformat() if first <= around.until <= last and period.grain is not Grain.SHIFT else ""
        )
        gone = min(last, around.until) - first
        self.gone = gone.days + 1
        self.spans: dict[Period, tuple[str, str]] = {}
        for one in (self.now, self.before, self.year):
            if one is not None:
                begin, end = around.calendar.days_of(one)
                self.spans[one] = begin.isoformat(), min(begin + gone, end).isoformat()


def _line(
    indicator: Indicator,
    past: _Past,
    rows: Rows,
    days: Rows,
    trend: Rows,
    periods: Sequence[Period],
) -> Line:
    row = rows[str(past.now)]
    value, plan = number(row.value), number(row.plan)
    summed = past.running and indicator.rollup in ADDITIVE
    due = _so_far(days, past.spans[past.now], "plan") if summed and plan is not None else plan
    if due is not None and indicator.rollup in ADDITIVE and (running := days.get(past.today)):
        due -= derive.pending(number(running.plan), running, decimals=indicator.decimals)

    def base(one: Period | None) -> Decimal | None:
        if one is None:
            return None
        if summed:
            return _so_far(days, past.spans[one], "value", whole=past.gone)
        found = rows.get(str(one))
        # a quantity of a period that was only half reported is no base for comparison
        thin = found and indicator.rollup in ADDITIVE and found.expected * 100 < row.expected * COMPARABLE
        return number(found.value) if found and not thin else None

    points = [trend.get(str(p)) for p in periods]
    return Line(
        indicator=indicator,
        value=value,
        plan=plan,
        due=due,
        covered=row.covered,
        expected=row.expected,
        pending=row.pending,
        letter=row.letter,
        numerator=number(row.numerator),
        denominator=number(row.denominator),
        gap=derive.gap(indicator, value, due),
        pace=derive.paced(indicator, value, plan, due),
        year=derive.versus(indicator, value, base(past.year)),
        before=derive.versus(indicator, value, base(past.before)),
        # all that was due is there: what still lacks comes with the end of the month
        state=derive.UNJUDGED if value is None and row.covered >= row.expected else derive.judge(indicator, value, due),
        trend=tuple(number(p.value) if p else None for p in points),
        trend_plan=next((number(p.plan) for p in reversed(points) if p and p.plan), None),
        reported=number(row.note),
    )


def _so_far(days: Rows, span: tuple[str, str], column: str, *, whole: int = 0) -> Decimal | None:
    """Day by day up to the day reached; None where no day has a figure, or fewer than `whole` days were reported."""
    found = [number(getattr(row, column)) for text, row in days.items() if span[0] <= text <= span[1]]
    known = [one for one in found if one is not None]
    return sum(known, Decimal(0)) if known and len(found) * 100 >= whole * COMPARABLE else None


def _days(around: Around, unit: int, first: dt.date, last: dt.date) -> tuple[tuple[dt.date, int, int], ...]:
    """Coverage day by day: of each day the indicator that was read worst."""
    rows = IndicatorRow.objects.filter(
        plant=around.plant, unit_id=unit, grain=Grain.DAY.value, period__range=(first.isoformat(), last.isoformat())
    )
    worst: dict[str, tuple[int, int]] = {}
    for period, covered, expected in rows.values_list("period", "covered", "expected"):
        old = worst.get(period)
        if expected and (old is None or covered * old[1] < old[0] * expected):
            worst[period] = covered, expected
    return tuple((dt.date.fromisoformat(day), *worst[day]) for day in sorted(worst))


def attention(lines: Iterable[Line]) -> list[Line]:
    """What is furthest from its plan first; only what has a plan or a band."""
    behind = [one for one in lines if one.state in (derive.ALARM, derive.WATCH)]
    return sorted(behind, key=lambda one: (one.state != derive.ALARM, _size(one)))


def _size(line: Line) -> Decimal:
    percent = line.gap.relative.percent
    if line.indicator.direction is Direction.BAND or percent is None:
        return Decimal(0)
    return -abs(percent)
