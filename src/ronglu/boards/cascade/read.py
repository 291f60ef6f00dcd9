"""The cascade of one quantity of one unit, from its stored row: year, months, weeks and days, the curve, the forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Cascade

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Day:
    """`judged` is the plan of what was read of the day: nothing where nothing was, a part where a part was."""

    on: dt.date
    plan: Decimal
    done: Decimal | None
    by_month: Decimal | None
    by_year: Decimal | None
    judged: Decimal
    whole: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A period of the cascade. `due` is the plan of what was read of the days that are over, `gap` what these brought less
    that; `needed` a working day from here on.

    `replanned` is what the period comes to if the days ahead bring what is needed of them; `unread` counts working days.
    """

    period: Period
    first: dt.date
    last: dt.date
    plan: Decimal
    due: Decimal
    done: Decimal | None
    gap: Decimal | None
    unread: int
    days_left: int
    needed: Decimal | None
    replanned: Decimal | None


@dataclass(frozen=True, slots=True)
class End:
    """Where a period will end: `held` of `tries` like it in the past fell inside."""

    point: Decimal
    low: Decimal
    high: Decimal
    days: int
    sure: int
    tries: int
    held: int


@dataclass(frozen=True, slots=True)
class View:
    indicator: Indicator
    until: dt.date
    year: Level
    months: tuple[Level, ...]
    weeks: tuple[Level, ...]
    days: tuple[Day, ...]
    """Of the month or the year looked at."""
    end: End | None
    lost: tuple[tuple[str, str, str, str], ...]
    built_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Curve:
    """Running totals at the end of each point; `needed` begins where the figures end."""

    labels: tuple[dt.date, ...]
    plan: tuple[Decimal, ...]
    done: tuple[Decimal | None, ...]
    needed: tuple[Decimal | None, ...]


def rows_of(units: Sequence[int], year: int) -> dict[int, dict[str, Cascade]]:
    """By unit and indicator; one query."""
    found: dict[int, dict[str, Cascade]] = {}
    for row in Cascade.objects.filter(unit_id__in=units, year=year):
        found.setdefault(row.unit_id, {})[row.indicator] = row
    return found


def view(row: Cascade, *, indicator: Indicator, calendar: Calendar, period: Period) -> View:
    """`period` is a month or a year of the row."""
    year = Period.year(row.year)
    listed = days_of(row)
    month = period if period.grain is Grain.MONTH else calendar.period_of(row.until, Grain.MONTH)
    first, last = calendar.days_of(period)
    return View(
        indicator=indicator,
        until=row.until,
        year=level(listed, year, calendar.days_of(year), row.until, indicator.decimals, by_year=True),
        months=tuple(
            level(listed, one, calendar.days_of(one), row.until, indicator.decimals, by_year=True)
            for one in year.down(Grain.MONTH)
        ),
        weeks=tuple(
            level(listed, part.week, (part.first, part.last), row.until, indicator.decimals)
            for part in calendar.weeks_in(month)
        ),
        days=tuple(day for day in listed if first <= day.on <= last),
        end=end_of(row, period),
        lost=tuple((what, begins, ends, why) for what, begins, ends, why in row.lost),
        built_at=row.built_at,
    )


def days_of(row: Cascade) -> list[Day]:
    found = []
    for on, plan, done, by_month, by_year, part in row.days:
        whole = bool(done) and not part
        planned = Decimal(plan or 0)
        judged = Decimal(part) if part else planned if whole else ZERO
        found.append(
            Day(dt.date.fromisoformat(on), planned, _number(done), _number(by_month), _number(by_year), judged, whole)
        )
    return found


def level(
    listed: Sequence[Day], period: Period, span: tuple[dt.date, dt.date], until: dt.date, decimals: int, *,
    by_year: bool = False,
) -> Level:  # fmt: skip
    """What is needed by the month of `until`, or by the year."""
    inside = [day for day in listed if span[0] <= day.on <= span[1]]
    wants = {day.on: asked for day in inside if (asked := day.by_year if by_year else day.by_month) is not None}
    over = [day for day in inside if day.on <= until and day.on not in wants]
    came = sum((day.done for day in over if day.done is not None), ZERO)
    begun = sum((day.done for day in inside if day.on in wants and day.done is not None), ZERO)
    read = any(day.done is not None for day in inside)
    due, asked = sum((day.judged for day in over), ZERO), sum(wants.values(), ZERO)
    left = sum(1 for day in inside if day.on in wants and (day.plan or wants[day.on]))
    return Level(
        period=period,
        first=span[0],
        last=span[1],
        plan=sum((day.plan for day in inside), ZERO),
        due=due,
        done=came + begun if read else None,
        gap=came - due if any(day.done is not None for day in over) else None,
        unread=sum(1 for day in over if day.plan and not day.whole),
        days_left=left,
        needed=round_fraction(Fraction(asked) / left, decimals) if left else None,
        replanned=came + asked if wants else came if read else None,
    )


def end_of(row: Cascade, period: Period) -> End | None:
    said = row.ends.get(str(period))
    if not said:
        return None
    figures = (Decimal(said[key]) for key in ("point", "low", "high"))
    return End(*figures, *(int(said[key]) for key in ("days", "sure", "tries", "held")))


def curve(days: Sequence[Day], until: dt.date, *, by_year: bool) -> Curve:
    """A day that was not read lifts neither line of what was done: the page says how many there are."""
    done: list[Decimal | None] = []
    needed: list[Decimal | None] = []
    run = ZERO
    for day in days:
        if day.on <= until:
            run += day.done or ZERO
            done.append(run)
            needed.append(run if day.on == until else None)
        else:
            asked = day.by_year if by_year else day.by_month
            last = needed[-1] if needed else ZERO
            done.append(None)
            needed.append(None if asked is None or last is None else last + asked)
    return Curve(tuple(day.on for day in days), tuple(accumulate(day.plan for day in days)), tuple(done), tuple(needed))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
