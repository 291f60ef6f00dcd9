"""The stretch of days a rule looks at, and until when what it asks may still be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period

PERIODS = {"month": Grain.MONTH, "quarter": Grain.QUARTER, "half": Grain.HALF, "year": Grain.YEAR}
EVENT, TERM = "event", "term"
GRAINS = (*PERIODS, EVENT, TERM)


@dataclass(frozen=True, slots=True)
class Window:
    """Both days belong. `period` is None for events and terms."""

    first: date
    last: date
    grace_days: int = 0
    period: Period | None = None

    @classmethod
    def event(cls, on: date, *, grace_days: int = 0) -> Window:
        return cls(on, on, grace_days)

    @property
    def due_on(self) -> date:
        """The last day on which it is not yet missed."""
        return self.last + timedelta(days=self.grace_days)

    @property
    def key(self) -> str:
        """2026-03, 2026-Q1, 2026-H1, 2026, a day, or first..last."""
        if self.period is not None:
            return str(self.period)
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def label(self) -> str:
        if self.period is not None:
            return self.period.label
        return str(self.first) if self.first == self.last else f"{self.first} 至 {self.last}"

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last


def windows(
    grain: str, *, first: date, last: date, grace_days: int = 0, calendar: Calendar | None = None
) -> Iterator[Window]:
    """The periods that touch these days: civil ones, or with a calendar the plant's statistical ones.

    Events come month by month, so that a rule edited from a month on judges what happened from that month on.
    """
    if grain == TERM:
        yield Window(first, last, grace_days)
        return
    kind = PERIODS.get(grain, Grain.MONTH)
    period = calendar.period_of(first, kind) if calendar else Period.of(first, kind)
    while True:
        start, end = calendar.days_of(period) if calendar else (period.first, period.last)
        if start > last:
            return
        if grain == EVENT:
            yield Window(max(start, first), min(end, last), grace_days)
        else:
            yield Window(start, end, grace_days, period)
        period += 1
