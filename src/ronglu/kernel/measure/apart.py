"""Whether two teams side by side differ by more than they do by chance: their difference against its own past, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ronglu.kernel.measure.control import WIDTH

LEAST = 8
"""Fewer earlier periods in which both were read say nothing about chance."""
Pair = tuple[Decimal | None, Decimal | None]


def apart(now: Pair, past: Sequence[Pair]) -> bool | None:
    """None where the past is too short or one of them is missing. The limit is that of individuals and moving range.

    What moves both alike, as the ore of a month does, is not in the difference and widens nothing.
    """
    steps = [None if a is None or b is None else a - b for a, b in past]
    ranges = [abs(b - a) for a, b in pairwise(steps) if a is not None and b is not None]
    known = sum(step is not None for step in steps)
    one, other = now
    if one is None or other is None or known < LEAST or not ranges:
        return None
    return abs(one - other) > WIDTH * sum(ranges, Decimal(0)) / len(ranges)
