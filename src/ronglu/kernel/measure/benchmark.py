"""How far an indicator stands from its benchmark, and how much of that gap was closed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.indicator import Direction
from ronglu.kernel.measure.rounding import round_fraction


def gap(actual: Decimal | None, benchmark: Decimal | None, direction: Direction) -> Decimal | None:
    """What is still missing to the benchmark; zero or less means it is reached. None for band and info."""
    if actual is None or benchmark is None or direction not in (Direction.UP, Direction.DOWN):
        return None
    return benchmark - actual if direction is Direction.UP else actual - benchmark


def closed(before: Decimal | None, now: Decimal | None, *, decimals: int = 2) -> Decimal | None:
    """Share of the former gap that was closed, per cent; negative when it widened, None when there was no gap."""
    if before is None or now is None or before <= 0:
        return None
    return round_fraction(Fraction(before - now) / Fraction(before) * 100, decimals)
