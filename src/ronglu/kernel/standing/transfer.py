"""Somebody who moved in the middle of a month counts by days: days of each place, a mean weighted by them, shares that add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.exact import apportion, rounded

Stay = tuple[str, date, date | None]
"""(place, from, until): half-open, None = still there."""


def days_in(first: date, last: date, stays: Iterable[Stay]) -> dict[str, int]:
    """Days of each place inside first–last (both counted); places without a day are left out, two on one day refused."""
    found: Counter[str] = Counter()
    seen: dict[date, str] = {}
    for place, from_on, until_on in stays:
        day = max(first, from_on)
        end = last if until_on is None else min(last, until_on - timedelta(days=1))
        while day <= end:
            if day in seen:
                raise InputTrouble([f"{day} 同时在 {seen[day]} 和 {place}，一天只能算一处"])
            seen[day] = place
            found[place] += 1
            day += timedelta(days=1)
    return dict(found)


def by_days(days: Mapping[str, int], scores_h: Mapping[str, int | None]) -> tuple[int | None, tuple[str, ...]]:
    """The mean of the places' scores weighted by days, and the places that have no score: those days are left out."""
    missing = tuple(sorted(place for place, n in days.items() if n and scores_h.get(place) is None))
    counted = [(n, score) for place, n in days.items() if n and (score := scores_h.get(place)) is not None]
    whole = sum(n for n, _ in counted)
    return (rounded(Fraction(sum(n * score for n, score in counted), whole)) if whole else None), missing


def split(total_h: int, days: Mapping[str, int]) -> dict[str, int]:
    """Hundredths shared among places by days; the shares add up to the whole."""
    return apportion(total_h, days)
