"""A long series at every width: buckets of 4, 16, 64, 256 days that keep the extremes, so that no picture loses a peak.

A bucket is made of days, or of the four buckets below it; both give the same, in whatever steps it is done. A day is named
by its ordinal, so a bucket never moves: a corrected day changes the one bucket of each level that it lies in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.measure.indicator import Indicator, RollUp
from ronglu.kernel.measure.rollup import value
from ronglu.kernel.measure.rounding import EXACT, divide

STEP, LEVELS = 4, 4
GUARD = 4
SPARE = 2
"""Decimals more for what a day comes to on average: a count of three in a week is 0.43 a day."""
ADDED = (RollUp.SUM, RollUp.COUNT)
DIVIDED = (RollUp.RATIO, RollUp.WMEAN)
Buckets = Mapping[int, "Bucket"]
"""By place: the ordinal of the day, divided by the width of the level."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """`days` had a value; where none had, there are no extremes, though something may have been read.

    Numerator and denominator are added up apart: the ratio of several days is the quotient of the sums, never a mean.
    """

    low: Decimal | None
    high: Decimal | None
    last: Decimal | None
    num: Decimal | None
    den: Decimal | None
    days: int


def leaf(shown: Decimal | None, num: Decimal | None = None, den: Decimal | None = None) -> Bucket:
    """One day."""
    return Bucket(shown, shown, shown, num, den, 0 if shown is None else 1)


def join(buckets: Iterable[Bucket]) -> Bucket:
    """Oldest first: the newest value that there is stays the last."""
    found = list(buckets)
    return Bucket(
        low=min((one.low for one in found if one.low is not None), default=None),
        high=max((one.high for one in found if one.high is not None), default=None),
        last=next((one.last for one in reversed(found) if one.last is not None), None),
        num=_added(one.num for one in found),
        den=_added(one.den for one in found),
        days=sum(one.days for one in found),
    )


def _added(parts: Iterable[Decimal | None]) -> Decimal | None:
    total = None
    for part in parts:
        if part is not None:
            total = part if total is None else EXACT.add(total, part)
    return total


def above(buckets: Buckets) -> dict[int, Bucket]:
    """The level above; where nothing lies below there is no bucket: a gap stays a gap."""
    found: dict[int, list[Bucket]] = {}
    for place in sorted(buckets):
        found.setdefault(place // STEP, []).append(buckets[place])
    return {place: join(below) for place, below in found.items()}


def touched(first: int, last: int, level: int) -> range:
    """Places of the buckets of a level in which the days `first`..`last` lie."""
    width = STEP**level
    return range(first // width, last // width + 1)


def below(places: range) -> range:
    """Places of the level below that make up these."""
    return range(places.start * STEP, places.stop * STEP)


def climb(
    first: int, last: int, *, of: Callable[[int, range], Buckets], levels: int = LEVELS
) -> dict[int, dict[int, Bucket]]:
    """Level → its buckets made anew after the days `first`..`last` changed, and no others.

    `of` gives what is stored of a level (0: days) inside a range of places; what was just made takes its place.
    """
    made: dict[int, dict[int, Bucket]] = {}
    for level in range(1, levels + 1):
        places = touched(first, last, level)
        found = dict(of(level - 1, below(places)))
        if level > 1:
            renewed = touched(first, last, level - 1)
            found = {place: one for place, one in found.items() if place not in renewed} | made[level - 1]
        made[level] = above(found)
    return made


def fit(days: int, pixels: int) -> int:
    """The finest level of which so many days take no more buckets than there are pixels; the coarsest, where none does."""
    return next((level for level in range(LEVELS) if days <= pixels * STEP**level), LEVELS)


def figure(indicator: Indicator, bucket: Bucket, others: Mapping[str, Decimal | None] | None = None) -> Decimal | None:
    """What the days of a bucket come to together, by the indicator's own way; `others` are those it is derived from."""
    if indicator.rollup is RollUp.DERIVED:
        return value(indicator, {}, others).value
    if indicator.rollup in DIVIDED:
        if bucket.num is None or not bucket.den:
            return None
        return divide(indicator.factor * bucket.num, bucket.den, indicator.decimals + GUARD, indicator.rounding)
    return {RollUp.MAX: bucket.high, RollUp.MIN: bucket.low}.get(
        indicator.rollup, bucket.num if indicator.rollup in ADDED else bucket.last
    )


def drawn(indicator: Indicator, bucket: Bucket, together: Decimal | None) -> Decimal | None:
    """The figure as it stands beside values of single days: what adds up is shown by the day."""
    if together is None or not bucket.days:
        return None
    more = SPARE if indicator.rollup in ADDED else 0
    return divide(together, Decimal(bucket.days if more else 1), indicator.decimals + more, indicator.rounding)
