"""How a figure is set beside another: absolute, relative per cent, percentage points, year on year, progress.

A relative change exists only over a positive base; otherwise a word stands in its place, never infinity or 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.measure.series import Bounds

NOTHING = "—"
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Change:
    """A change in per cent, or None with the word to show in its place; `delta` is the absolute difference."""

    delta: Decimal | None
    percent: Decimal | None
    word: str = ""


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """Both readings of “提高 1.64%” side by side: relative per cent and percentage points."""

    delta: Decimal | None
    relative: Change
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Task progress beside the time base it must be read with, all in per cent; `gap` in percentage points."""

    task: Decimal | None
    time: Decimal | None
    gap: Decimal | None


@dataclass(frozen=True, slots=True)
class PerDay:
    """A quantity over so many days."""

    total: Decimal
    days: int

    def of(self, decimals: int) -> Decimal:
        """By the day, for people; comparisons take the quotient itself."""
        return round_fraction(Fraction(self.total) / self.days, decimals)


def difference(actual: Decimal | None, base: Decimal | None) -> Decimal | None:
    return None if actual is None or base is None else actual - base


def share(part: Decimal | None, whole: Decimal | None, *, decimals: int = 2) -> Decimal | None:
    """part ÷ whole in per cent; None when a side is missing or the whole is not positive."""
    if part is None or whole is None or whole <= 0:
        return None
    return round_fraction(Fraction(part) / Fraction(whole) * 100, decimals)


def relative(actual: Decimal | None, base: Decimal | None, *, decimals: int = 2) -> Change:
    """(actual ÷ base − 1) × 100; against last year (同比) as against the period before (环比)."""
    if actual is None or base is None:
        return Change(None, None, NOTHING)
    delta = actual - base
    if base <= 0 or actual < 0:
        return Change(delta, None, _word(actual, base))
    return Change(delta, round_fraction(Fraction(delta) / Fraction(base) * 100, decimals))


def by_day(now: PerDay, before: PerDay | None, *, decimals: int = 2) -> Change:
    """日均 against 日均, from the exact quotients: 31 days and 59 are not compared by their sums."""
    if before is None:
        return Change(None, None, NOTHING)
    # the same over now.days × before.days, which leaves no division to round
    return relative(now.total * before.days, before.total * now.days, decimals=decimals)


def points(actual: Decimal | None, base: Decimal | None, *, unit: str) -> Decimal | None:
    """Percentage points: only between two per cent figures."""
    return difference(actual, base) if unit == "%" else None


def against_plan(actual: Decimal | None, plan: Decimal | None, *, unit: str, decimals: int = 2) -> AgainstPlan:
    return AgainstPlan(
        difference(actual, plan),
        relative(actual, plan, decimals=decimals),
        points(actual, plan, unit=unit),
    )


def progress(
    done: Decimal | None,
    plan: Decimal | None,
    *,
    elapsed: Decimal | int,
    whole: Decimal | int,
    decimals: int = 2,
) -> Progress:
    """`elapsed` of `whole` is days, or planned quantity where months are uneven."""
    task = share(done, plan, decimals=decimals)
    time = share(Decimal(elapsed), Decimal(whole), decimals=decimals)
    if task is None or time is None or done is None or plan is None:
        return Progress(task, time, None)
    gap = Fraction(done) / Fraction(plan) - Fraction(elapsed) / Fraction(whole)
    return Progress(task, time, round_fraction(gap * 100, decimals))


def base_from_delta(delta: Decimal, percent: Decimal, *, decimals: int = 1) -> Decimal | None:
    """Which base a published increase and its rate imply: a check of two figures against each other."""
    return None if percent == 0 else round_fraction(Fraction(delta) / Fraction(percent) * 100, decimals)


def base_from_value(this: Decimal, percent: Decimal, *, decimals: int = 2) -> Decimal | None:
    """Which base a published figure and its growth imply."""
    grown = 1 + Fraction(percent) / 100
    return None if grown == 0 else round_fraction(Fraction(this) / grown, decimals)


def beyond(value: Decimal, band: Bounds) -> Decimal:
    """How far a value lies outside its band; 0 inside, edges included."""
    low, high = band
    if low is not None and value < low:
        return low - value
    if high is not None and value > high:
        return value - high
    return Decimal(0)


def _word(actual: Decimal, base: Decimal) -> str:
    if base == 0:
        return NOTHING
    if base > 0:
        return "转亏"
    if actual >= 0:
        return "扭亏"
    if actual == base:
        return "持平"
    return "减亏" if actual > base else "增亏"
