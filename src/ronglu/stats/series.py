"""A value a day, with gaps: a missing day is nan and never nought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """`values[i]` belongs to `first` + i days."""

    first: dt.date
    values: Floats

    @classmethod
    def of(cls, rows: Mapping[dt.date, Decimal]) -> Daily:
        """From the first to the last day that has a value."""
        first, last = min(rows), max(rows)
        values = np.full((last - first).days + 1, np.nan)
        for day, value in rows.items():
            values[(day - first).days] = float(value)
        return cls(first, values)

    def __len__(self) -> int:
        return len(self.values)

    def place(self, day: dt.date) -> int:
        return (day - self.first).days

    def beside(self, other: Daily) -> Daily:
        """The same days as `other`; a day that is not here is missing."""
        values = np.full(len(other), np.nan)
        shift = self.place(other.first)
        here = np.arange(len(other)) + shift
        inside = (here >= 0) & (here < len(self))
        values[inside] = self.values[here[inside]]
        return Daily(other.first, values)

    def outside(self, low: float | None, high: float | None) -> Daily:
        """How far outside a band each day lies; 0 inside it."""
        below = 0.0 if low is None else np.maximum(low - self.values, 0.0)
        above = 0.0 if high is None else np.maximum(self.values - high, 0.0)
        # nan minus nan keeps a missing day missing where an edge is open
        return Daily(self.first, below + above + (self.values - self.values))

    @property
    def sigma(self) -> float:
        """The standard deviation of the days that are there; nought where they are all alike, whatever the rounding of a mean."""
        known = self.values[~np.isnan(self.values)]
        return float(known.std(ddof=1)) if len(known) > 1 and np.ptp(known) > 0 else 0.0
