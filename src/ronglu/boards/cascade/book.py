"""One quantity of one unit through a year: what each day was to bring and brought, what is needed of the rest, where it ends.

A day that was not read, or not whole, neither owes nor brings for the part that is missing: unknown is not nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.plan import PlanError
from ronglu.kernel.measure.replan import replan
from ronglu.kernel.measure.rounding import round_fraction

Daily = Mapping[dt.date, Decimal]
Ends = dict[str, str]
Foresee = Callable[[list[Decimal], int, int], Ends]
"""Whole past days, number of days to come, decimals → point, low, high and how it held; empty: nothing can be said."""
ONE = dt.timedelta(days=1)
ZERO = Decimal(0)
GUARD = 6


@dataclass(frozen=True, slots=True)
class Read:
    """What was done on a day, what was planned of it, and how much of it was reported."""

    value: Decimal
    plan: Decimal
    covered: int
    expected: int

    @classmethod
    def of(cls, value: str, plan: str, covered: int, expected: int) -> Read:
        return cls(Decimal(value), Decimal(plan or 0), covered, expected)

    @property
    def whole(self) -> bool:
        """Of the day that runs nothing is due yet: it is not whole, whatever it brought so far."""
        return 0 < self.expected <= self.covered

    @property
    def share(self) -> Fraction:
        return Fraction(self.covered, self.expected) if self.expected else Fraction(0)


@dataclass(frozen=True, slots=True)
class Book:
    plan: Daily
    read: Mapping[dt.date, Read]
    lost: Mapping[dt.date, Fraction]
    """The part of a day that stops take."""
    until: dt.date
    decimals: int

    @property
    def after(self) -> dt.date:
        """The last day that is over: of a day that was read only in part more may come."""
        last = self.read.get(self.until)
        return self.until if last is None or last.whole else self.until - ONE

    def owed(self, day: dt.date) -> Decimal:
        """Of the days that are over only what was read is judged."""
        plan = self.plan.get(day, ZERO)
        if day > self.after:
            return plan
        read = self.read.get(day)
        return plan if read and read.whole else round_fraction(Fraction(plan) * read.share, GUARD) if read else ZERO

    def needed(self, first: dt.date, last: dt.date) -> dict[dt.date, Decimal]:
        """Day by day from here on, so that the plan is met; empty where no day is left to carry the rest."""
        inside = {day: self.owed(day) for day in span(first, last)}
        came = sum((one.value for day, one in self.read.items() if first <= day <= min(last, self.after)), ZERO)
        try:
            return replan(inside, done=came, after=self.after, decimals=self.decimals, lost=self.lost)
        except PlanError:
            return {}

    def end(self, first: dt.date, last: dt.date, *, foresee: Foresee) -> Ends:
        """What was read whole, and a forecast of the planned days that were not or are still to come."""
        came = sum((one.value for day, one in self.read.items() if first <= day <= last and one.whole), ZERO)
        ahead = [day for day in span(first, last) if self._open(day)]
        mean = self._mean(ahead)
        past = [one.value * mean / one.plan for _, one in sorted(self.read.items()) if one.whole and one.plan > 0]
        found = foresee(past, len(ahead), self.decimals)
        if not found:
            return {}
        return found | {key: format(came + Decimal(found[key]), "f") for key in ("point", "low", "high")}

    def line(self, day: dt.date, *needed: Daily) -> list[str]:
        """As the table keeps it: plan, done, what is needed by month and by year, and the plan judged of a day in part."""
        read = self.read.get(day)
        part = "" if read is None or read.whole else "0" if day > self.after else _text(self.owed(day))
        done = _text(read.value) if read else ""
        return [day.isoformat(), _text(self.plan.get(day)), done, *(_text(one.get(day)) for one in needed), part]

    def _open(self, day: dt.date) -> bool:
        read = self.read.get(day)
        return bool(self.plan.get(day)) and not (read and read.whole) and self.lost.get(day, Fraction(0)) < 1

    def _mean(self, ahead: list[dt.date]) -> Decimal:
        """The plan of a day to come, less what stops take of it: the past is measured in plans, so that uneven days fit."""
        if not ahead:
            return ZERO
        whole = sum(Fraction(self.plan[day]) * (1 - self.lost.get(day, Fraction(0))) for day in ahead)
        return round_fraction(whole / len(ahead), GUARD)


def span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + ONE * n for n in range((last - first).days + 1)]


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
