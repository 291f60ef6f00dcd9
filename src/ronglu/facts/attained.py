"""Which units reached the plans of their indicators in a month, by what is audited and complete alone (S1-47)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from ronglu.kernel.measure.indicator import Direction, Indicator, Method
from ronglu.kernel.standing.record import Attained
from ronglu.kernel.time.period import Period
from ronglu.store.models import IndicatorRow, Plant

LEAST = 90
"""Per cent of a month's slots that must have been read (09-13)."""


def attained(*, plant: Plant, month: Period, indicators: Mapping[str, Indicator]) -> dict[int, Attained]:
    """Units with at least one such indicator. A row with anything unaudited in it says nothing yet."""
    rows = IndicatorRow.objects.filter(plant=plant, month=month.yyyymm, grain="month", letter="", pending=0)
    judged: Counter[int] = Counter()
    reached: Counter[int] = Counter()
    for row in rows.exclude(value="").exclude(plan=""):
        one = indicators.get(row.indicator)
        if one is None or row.covered * 100 < row.expected * LEAST:
            continue
        held = reaches(one, Decimal(row.value), Decimal(row.plan))
        if held is not None:
            judged[row.unit_id] += 1
            reached[row.unit_id] += held
    return {unit: Attained(unit=unit, reached=reached[unit], judged=n) for unit, n in judged.items()}


def reaches(indicator: Indicator, value: Decimal, plan: Decimal) -> bool | None:
    """None for what is shown for information only."""
    if indicator.direction is Direction.INFO or indicator.method is Method.NONE:
        return None
    if indicator.direction is Direction.BAND:
        low, high = indicator.band or (None, None)
        return (low is None or value >= low) and (high is None or value <= high)
    return value >= plan if indicator.direction is Direction.UP else value <= plan
