"""Stored rows of units as they are fetched: by unit and indicator, then by period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain
from ronglu.store.models import IndicatorRow, Plant
from ronglu.store.values import calendar_of

Rows = Mapping[str, IndicatorRow]
"""Period text → row."""


@dataclass(frozen=True, slots=True)
class Around:
    """What every read of a board needs to know: the plant's clock, the last day with data, what is declared."""

    plant: Plant
    calendar: Calendar
    until: dt.date
    indicators: Mapping[str, Indicator]


def around(*, plant: Plant, indicators: Mapping[str, Indicator]) -> Around | None:
    """None for a plant whose boards were never built."""
    until = newest_day(plant)
    return None if until is None else Around(plant, calendar_of(plant), until, indicators)


def rows_of(
    at: Around,
    units: Sequence[int],
    codes: Sequence[str],
    *,
    grain: Sequence[str],
    period: Sequence[str] = (),
    spans: Sequence[tuple[str, str]] = (),
) -> dict[tuple[int, str], dict[str, IndicatorRow]]:
    """Of the plant of `at`, by (unit, indicator): the named periods, or those inside the spans (periods of one grain sort as text)."""
    when = Q(period__in=period) if period else Q()
    for span in spans:
        when |= Q(period__range=span)
    found: dict[tuple[int, str], dict[str, IndicatorRow]] = {}
    # unit, grain and indicator lead the table's index
    for row in IndicatorRow.objects.filter(
        when, plant=at.plant, unit_id__in=units, grain__in=grain, indicator__in=codes
    ):
        found.setdefault((row.unit_id, row.indicator), {})[row.period] = row
    return found


def newest_day(plant: Plant) -> dt.date | None:
    """The last production day that has a figure; a plant whose boards were never built has none.

    The newest month may owe days and have none yet, where only a figure of the month itself came: then it is one before it.
    """
    days = IndicatorRow.objects.filter(plant=plant, grain=Grain.DAY.value)
    month = days.aggregate(last=Max("month"))["last"]
    while month is not None:
        text = days.filter(month=month).exclude(value="").aggregate(last=Max("period"))["last"]
        if text:
            return dt.date.fromisoformat(text)
        month = days.filter(month__lt=month).aggregate(last=Max("month"))["last"]
    return None


def boarded(plant: Plant, month: int) -> set[int]:
    """Units that have a board in the month."""
    rows = IndicatorRow.objects.filter(plant=plant, month=month, grain=Grain.MONTH.value)
    return set(rows.values_list("unit_id", flat=True).distinct())


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
