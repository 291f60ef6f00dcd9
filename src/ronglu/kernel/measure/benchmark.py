"""How far an indicator stands from its benchmarks, which tier it has reached, and how much of a gap was closed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.indicator import Direction
from ronglu.kernel.measure.rounding import round_fraction

TIERS = ("own", "sister", "industry", "domestic", "world")
"""From what lies nearest to what lies furthest."""
OUTSIDE = ("industry", "domestic", "world")
"""The tiers that a unit may be said to have reached."""


def gap(actual: Decimal | None, benchmark: Decimal | None, direction: Direction) -> Decimal | None:
    """What is still missing to the benchmark; zero or less means it is reached. None for band and info."""
    if actual is None or benchmark is None or direction not in (Direction.UP, Direction.DOWN):
        return None
    return benchmark - actual if direction is Direction.UP else actual - benchmark


def relative(missing: Decimal | None, benchmark: Decimal | None, *, decimals: int = 2) -> Decimal | None:
    """The gap in per cent of the benchmark: what indicators of different units are ordered by."""
    if missing is None or not benchmark:
        return None
    return round_fraction(Fraction(missing) / abs(Fraction(benchmark)) * 100, decimals)


def closed(before: Decimal | None, now: Decimal | None, *, decimals: int = 2) -> Decimal | None:
    """Share of the former gap that was closed, per cent; negative when it widened, None when there was no gap."""
    if before is None or now is None or before <= 0:
        return None
    return round_fraction(Fraction(before - now) / Fraction(before) * 100, decimals)


def reached(actual: Decimal | None, marks: Mapping[str, Decimal], direction: Direction) -> str:
    """The furthest outside tier whose value is reached, empty for none; a tier nobody entered cannot be."""
    there = [tier for tier in OUTSIDE if _met(actual, marks.get(tier), direction)]
    return there[-1] if there else ""


def aim(actual: Decimal | None, marks: Mapping[str, Decimal], direction: Direction) -> str:
    """The tier to measure against: of those not reached the one whose value is nearest; empty when all are reached."""
    open_ = [tier for tier in TIERS if tier in marks and not _met(actual, marks[tier], direction)]
    if actual is None or direction not in (Direction.UP, Direction.DOWN):
        return ""
    return min(open_, key=lambda tier: abs(marks[tier] - actual), default="")


def _met(actual: Decimal | None, mark: Decimal | None, direction: Direction) -> bool:
    missing = gap(actual, mark, direction)
    return missing is not None and missing <= 0
