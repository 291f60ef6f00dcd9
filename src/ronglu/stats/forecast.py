"""Where a running total will end: the sum of the days to come, with an interval that has been tried on the past.

The mean of two plain forecasts: an autoregression around the mean of the last weeks, which is too sure of itself when the
level moves, and exponential smoothing, which follows the level and is too unsure far ahead. No dice are thrown: the same
days always give the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

SURE = 0.8
LEAST = 30
"""Fewer days say nothing about how days scatter."""
AROUND, FOLLOWED = 60, 90
GRID = np.arange(0.02, 1.0, 0.02)
WARM = 7
TRIES = 40
Days = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The sum of the days to come. Of `tries` days in the past on which the same was asked, `held` fell into the interval."""

    point: float
    low: float
    high: float
    tries: int = 0
    held: int = 0


def ahead(past: Sequence[float], *, days: int) -> Ahead | None:
    """`past` are whole working days, oldest first; None where they are too few, or fewer than are to come, or none is."""
    known = np.asarray(past, dtype=np.float64)
    if len(known) < max(LEAST, days) or days < 1:
        return None
    point, low, high = both(known, days)
    origins = np.unique(np.linspace(LEAST, len(known) - days, TRIES).astype(int)) if len(known) - days >= LEAST else []
    tried = [(both(known[:at], days), known[at : at + days].sum()) for at in origins]
    return Ahead(point, low, high, len(tried), sum(one[1] <= came <= one[2] for one, came in tried))


def both(past: Days, days: int) -> tuple[float, float, float]:
    """Point, low, high."""
    pairs = zip(autoregression(past, days), smoothing(past, days), strict=True)
    point, low, high = ((one + other) / 2 for one, other in pairs)
    return point, low, high


def autoregression(past: Days, days: int) -> tuple[float, float, float]:
    """AR(1) around the mean of the last weeks; the interval knows that this mean is an estimate."""
    near = past[-AROUND:]
    n, mean = len(near), float(near.mean())
    off = near - mean
    spread = float(np.dot(off[:-1], off[:-1]))
    raw = float(np.dot(off[1:], off[:-1])) / spread if spread else 0.0
    phi = min(0.98, raw + (1 + 3 * raw) / n)  # the estimate from a short series is too low by about this
    left = off[1:] - phi * off[:-1]
    var = float(np.dot(left, left)) / (len(left) - 2)
    weights = (1 - phi ** np.arange(days, 0, -1)) / (1 - phi)
    carried = phi * (1 - phi**days) / (1 - phi)
    whole = var * float(np.dot(weights, weights)) + (days - carried) ** 2 * var / ((1 - phi) ** 2 * n)
    return _around(mean * days + carried * float(off[-1]), whole, n - 2)


def smoothing(past: Days, days: int) -> tuple[float, float, float]:
    """Simple exponential smoothing, its weight the one that would have foretold the next day best."""
    near = past[-FOLLOWED:]
    level = np.full(len(GRID), near[:WARM].mean())
    missed = np.zeros(len(GRID))
    for value in near[WARM:]:
        error = value - level
        missed += error**2
        level += GRID * error
    best, n = int(missed.argmin()), len(near) - WARM
    steps = 1 + GRID[best] * np.arange(days)
    return _around(float(level[best]) * days, float(missed[best]) / (n - 2) * float(np.dot(steps, steps)), n - 2)


def _around(point: float, var: float, freedom: int) -> tuple[float, float, float]:
    half = float(student.ppf((1 + SURE) / 2, freedom)) * float(np.sqrt(var))
    return point, point - half, point + half
