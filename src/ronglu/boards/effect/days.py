"""An indicator of a unit day by day, as a judgement may use it: what was not fully reported, not audited, or stood by plan, is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ronglu.boards.indicator.derive import ADDITIVE
from ronglu.kernel.measure.indicator import Indicator
from ronglu.store.models import IndicatorRow, Plant

Days = Mapping[dt.date, Decimal]
Stops = Iterable[tuple[dt.date, dt.date]]


def days(
    *, plant: Plant, units: Sequence[int], indicators: Sequence[Indicator], first: dt.date, last: dt.date
) -> dict[tuple[int, str], dict[dt.date, Decimal]]:
    """One query. A quantity of a day that lacks a shift is too small by that shift, and so is no value of the day; nor is a
    forecast, which may still become another figure (09-8)."""
    wanted = {one.code: one for one in indicators}
    rows = IndicatorRow.objects.filter(
        plant=plant, unit__in=units, indicator__in=wanted, grain="day", period__range=(str(first), str(last)), pending=0
    ).exclude(value="")
    found: dict[tuple[int, str], dict[dt.date, Decimal]] = {(u, c): {} for u in units for c in wanted}
    for unit, code, period, value, covered, expected in rows.values_list(
        "unit", "indicator", "period", "value", "covered", "expected"
    ):
        if covered >= expected or wanted[code].rollup not in ADDITIVE:
            found[unit, code][dt.date.fromisoformat(period)] = Decimal(value)
    return found


def running(values: Days, stops: Stops) -> dict[dt.date, Decimal]:
    """Without the days of planned stops: that the line stood is nobody's doing."""
    spans = list(stops)
    return {day: one for day, one in values.items() if not any(first <= day < until for first, until in spans)}
