"""Half-open stretches of days, [from_on, until_on): the one shape in which anything dated is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from ronglu.kernel.org.errors import OrgTrouble

Key: TypeAlias = int | str
"""How the caller names a body, unit or person: a row's primary key or a code."""


class BadSpan(OrgTrouble):
    """止日不晚于起日。"""


@dataclass(frozen=True, slots=True)
class Span:
    """`until_on` is the first day that no longer belongs; None means still running."""

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on <= self.from_on:
            raise BadSpan(f"截止日期 {self.until_on} 必须晚于起始日期 {self.from_on}（截止当日不计入）")

    @classmethod
    def inclusive(cls, first: date, last: date) -> Span:
        """Both days belong: the bounds that a statistical month prints."""
        return cls(first, last + timedelta(days=1))

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def common(self, other: Span) -> Span | None:
        """The days both have, or None."""
        start = max(self.from_on, other.from_on)
        ends = [end for end in (self.until_on, other.until_on) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Span(start, end)

    def split(self, on: date) -> tuple[Span, ...]:
        """Two spans, the second beginning on `on`; unchanged when `on` cuts nothing off."""
        if on <= self.from_on or not self.holds(on):
            return (self,)
        return (Span(self.from_on, on), Span(on, self.until_on))

    @property
    def days(self) -> int:
        if self.until_on is None:
            raise BadSpan(f"自 {self.from_on} 起未截止的区间没有天数，请先限定统计期")
        return (self.until_on - self.from_on).days


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Touching and overlapping spans joined, in order of time."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.from_on):
        last = joined[-1] if joined else None
        if last is None or (last.until_on is not None and last.until_on < span.from_on):
            joined.append(span)
            continue
        open_end = last.until_on is None or span.until_on is None
        joined[-1] = Span(last.from_on, None if open_end else max(last.until_on, span.until_on))  # type: ignore[type-var]
    return tuple(joined)


def days_within(spans: Iterable[Span], within: Span) -> int:
    """How many days of `within` are covered; a day covered twice counts once."""
    inside = (span.common(within) for span in spans)
    return sum(span.days for span in merge(one for one in inside if one is not None))


def boundaries(spans: Iterable[Span]) -> tuple[date, ...]:
    """Every day on which something begins or has just ended, in order."""
    found: set[date] = set()
    for span in spans:
        found.add(span.from_on)
        if span.until_on is not None:
            found.add(span.until_on)
    return tuple(sorted(found))
