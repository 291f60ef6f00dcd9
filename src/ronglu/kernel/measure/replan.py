"""What is left of a plan, spread anew over the days that can still carry it: after a stop, a shortfall or a lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm

from ronglu.kernel.measure.plan import PlanError, allot
from ronglu.kernel.measure.rounding import from_scaled, to_scaled

ZERO = Decimal(0)
WHOLE = Fraction(1)


def replan(
    daily: Mapping[date, Decimal],
    *,
    done: Decimal,
    after: date,
    decimals: int,
    lost: Mapping[date, Fraction] | None = None,
) -> dict[date, Decimal]:
    """Each day after `after` with what is needed of it, so that the whole plan is met to the last digit.

    Days carry the rest in proportion to their plan, so an uneven plan stays uneven; `lost` is the part of a day that a
    stop takes. Where no planned day is left, days without a plan carry it evenly; nothing is needed once the plan is met.
    PlanError where no day is left at all.
    """
    left = sum(daily.values(), ZERO) - done
    days = [day for day in sorted(daily) if day > after]
    if left <= 0:
        return dict.fromkeys(days, from_scaled(0, decimals))
    gone = lost or {}
    open_part = {day: max(Fraction(0), WHOLE - gone.get(day, Fraction(0))) for day in days}
    weights = [Fraction(daily[day]) * open_part[day] for day in days]
    if not any(weights):
        weights = [open_part[day] for day in days]
    if not any(weights):
        raise PlanError(f"还欠 {left:f}，期内已没有能生产的日子")
    base = lcm(*(weight.denominator for weight in weights))  # allot takes decimals and integers
    parts = allot(to_scaled(left, decimals), [int(weight * base) for weight in weights])
    return {day: from_scaled(part, decimals) for day, part in zip(days, parts, strict=True)}
