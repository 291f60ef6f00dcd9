"""The long course of one indicator of one unit, as fine as a drawing can show it; from stored rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.indicator.rows import Around, number
from ronglu.kernel.measure.pyramid import STEP, fit, touched
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import IndicatorRow, PyramidRow


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `first`..`last` drawn as one: between which values they lay, and what they came to (by the day, what adds up)."""

    first: dt.date
    last: dt.date
    low: Decimal
    high: Decimal
    value: Decimal | None
    days: int
    """How many of them had a value."""


@dataclass(frozen=True, slots=True)
class Course:
    first: dt.date
    last: dt.date
    """Of what was asked for; days nobody read are in it."""
    width: int
    """Days of a stretch; 1 where each day is drawn, 0 where the indicator has no days and months are drawn."""
    stretches: tuple[Stretch, ...]


def course(*, at: Around, unit: int, code: str, first: dt.date | None, last: dt.date, pixels: int) -> Course:
    """From the first day there ever was, where `first` is None. Three queries at most, whatever the length."""
    begin = first or _begin(unit, code) or last
    level = fit((last - begin).days + 1, pixels)
    found = tuple(_days(unit, code, begin, last) if level == 0 else _buckets(unit, code, begin, last, level))
    if found:
        return Course(begin, last, STEP**level, found)
    return Course(begin, last, 0, tuple(_months(at, unit, code, begin, last)))


def _begin(unit: int, code: str) -> dt.date | None:
    """The first day with a value; of what comes by the month the month's."""
    rows = IndicatorRow.objects.filter(unit=unit, indicator=code, grain__in=(Grain.DAY.value, Grain.MONTH.value))
    # a month sorts before its days, whichever of the two there is
    text = rows.exclude(value="").order_by("period").values_list("period", flat=True).first()
    return Period.parse(text).first if text else None


def _days(unit: int, code: str, first: dt.date, last: dt.date) -> Iterable[Stretch]:
    rows = IndicatorRow.objects.filter(
        unit=unit, grain=Grain.DAY.value, indicator=code, period__range=(first.isoformat(), last.isoformat())
    ).exclude(value="")
    for text, value in rows.order_by("period").values_list("period", "value"):
        day, one = dt.date.fromisoformat(text), Decimal(value)
        yield Stretch(day, day, one, one, one, 1)


def _buckets(unit: int, code: str, first: dt.date, last: dt.date, level: int) -> Iterable[Stretch]:
    places, width = touched(first.toordinal(), last.toordinal(), level), STEP**level
    rows = PyramidRow.objects.filter(
        unit=unit, indicator=code, level=level, place__range=(places.start, places.stop - 1), days__gt=0
    )
    for place, low, high, value, days in rows.order_by("place").values_list("place", "low", "high", "value", "days"):
        begin = dt.date.fromordinal(place * width)
        end = dt.date.fromordinal((place + 1) * width - 1)
        yield Stretch(begin, end, Decimal(low), Decimal(high), number(value), days)


def _months(at: Around, unit: int, code: str, first: dt.date, last: dt.date) -> Iterable[Stretch]:
    """What is settled by the month alone has no extremes inside it."""
    span = (str(at.calendar.month_of(first)), str(at.calendar.month_of(last)))
    rows = IndicatorRow.objects.filter(unit=unit, grain=Grain.MONTH.value, indicator=code, period__range=span).exclude(
        value=""
    )
    for text, value in rows.order_by("period").values_list("period", "value"):
        one = Decimal(value)
        yield Stretch(*at.calendar.days_of(Period.parse(text)), one, one, one, 1)
