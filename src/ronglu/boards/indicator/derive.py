"""What stands beside a stored value: against plan, against time, against before, and the word for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from ronglu.kernel.measure.compare import (
    AgainstPlan,
    Change,
    Progress,
    against_plan,
    beyond,
    points,
    progress,
    relative,
)
from ronglu.kernel.measure.indicator import Direction, Indicator, Method, RollUp
from ronglu.kernel.measure.rounding import round_fraction

ADDITIVE = (RollUp.SUM, RollUp.COUNT)
# 系统默认: a little behind is to be watched, more is an alarm; percentage points have the tolerance of the indicator
NEAR_PERCENT = Decimal(2)
NEAR_SHARE = Decimal("0.5")
GOOD, WATCH, ALARM, MISSING, UNJUDGED = "good", "watch", "alarm", "readings_missing", ""


@dataclass(frozen=True, slots=True)
class Versus:
    """Against an earlier figure, both ways: relative per cent, and percentage points where both are per cent."""

    base: Decimal | None
    change: Change
    points: Decimal | None


def versus(indicator: Indicator, value: Decimal | None, base: Decimal | None) -> Versus:
    return Versus(base, relative(value, base), points(value, base, unit=indicator.unit))


def gap(indicator: Indicator, value: Decimal | None, plan: Decimal | None) -> AgainstPlan:
    return against_plan(value, plan, unit=indicator.unit)


def paced(indicator: Indicator, value: Decimal | None, plan: Decimal | None, due: Decimal | None) -> Progress | None:
    """Done against the cumulative plan, which is the fair time base where months and days are uneven."""
    if indicator.rollup not in ADDITIVE or plan is None or plan <= 0 or due is None:
        return None
    return progress(value, plan, elapsed=due, whole=plan)


class Read(Protocol):
    """A stored row, of which this much was read."""

    covered: int
    expected: int


def pending(plan: Decimal | None, day: Read, *, decimals: int) -> Decimal:
    """Of the plan of a day that still runs, the part of the shifts that have not reported: nobody is behind with what is not due."""
    if plan is None or day.covered >= day.expected:
        return Decimal(0)
    return plan - round_fraction(Fraction(plan) * day.covered / day.expected, decimals)


def judge(indicator: Indicator, value: Decimal | None, plan: Decimal | None) -> str:
    """`plan` is what was due by now. Without a plan or a band nothing is said: a number alone is neither good nor bad."""
    if value is None:
        return MISSING
    if indicator.direction is Direction.BAND:
        return _in_band(indicator, value)
    if indicator.direction is Direction.INFO or plan is None:
        return UNJUDGED
    short = plan - value if indicator.direction is Direction.UP else value - plan
    if short <= 0:
        return GOOD
    return WATCH if short <= _near(indicator, plan) else ALARM


def _near(indicator: Indicator, plan: Decimal) -> Decimal:
    if indicator.method is Method.COUNT:
        return Decimal(0)
    if indicator.method is Method.POINTS and indicator.tolerance is not None:
        return indicator.tolerance * NEAR_SHARE
    return abs(plan) * NEAR_PERCENT / 100


def _in_band(indicator: Indicator, value: Decimal) -> str:
    if indicator.band is None:
        return UNJUDGED
    out = beyond(value, indicator.band)
    if out == 0:
        return GOOD
    edge = next(e for e in indicator.band if e is not None)
    return WATCH if out <= (indicator.tolerance or abs(edge) * NEAR_PERCENT / 100) else ALARM
