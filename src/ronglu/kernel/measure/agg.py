"""The sums one series leaves behind in a period, and how they join over time and over units.

Joining is associative and does not depend on the order, so any partition of the readings gives the same figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce

from ronglu.kernel.measure import keys
from ronglu.kernel.measure.rounding import EXACT

ZERO = Decimal(0)
Pick = Callable[[Decimal, Decimal], Decimal]


@dataclass(frozen=True, slots=True)
class Agg:
    """`n` slots were read; a slot without a reading leaves no trace here, least of all a zero.

    `hours` is the length of the read slots, `last_at` the start of the slot that `last` came from.
    """

    total: Decimal = ZERO
    n: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    last: Decimal | None = None
    hours: Decimal = ZERO
    last_at: datetime | None = None


EMPTY = Agg()


def one(value: Decimal | None, *, at: datetime | None = None, hours: Decimal = ZERO) -> Agg:
    """The sums of a single slot; a missing reading gives the empty Agg."""
    if value is None:
        return EMPTY
    return Agg(value, 1, value, value, value, hours, at)


def merge(aggs: Iterable[Agg]) -> Agg:
    """Parts of one unit's time: the latest reading stays `last`."""
    return reduce(_later, aggs, EMPTY)


def pool(aggs: Iterable[Agg], *, counter: bool = False) -> Agg:
    """Units side by side in one period: end states add up, while counters (炉寿) show the longest-running unit."""
    found = list(aggs)
    return reduce(_longest if counter else _beside, found) if found else EMPTY


def merge_all(parts: Iterable[Mapping[str, Agg]]) -> dict[str, Agg]:
    """Join the sums of several periods key by key."""
    return {key: merge(found) for key, found in _columns(parts).items()}


def pool_all(parts: Iterable[Mapping[str, Agg]]) -> dict[str, Agg]:
    """Join the sums of several units key by key."""
    return {key: pool(found, counter=keys.parse(key).event is not None) for key, found in _columns(parts).items()}


def _columns(parts: Iterable[Mapping[str, Agg]]) -> dict[str, list[Agg]]:
    found: dict[str, list[Agg]] = {}
    for part in parts:
        for key, agg in part.items():
            found.setdefault(key, []).append(agg)
    return found


def _joined(a: Agg, b: Agg, last: Decimal | None, last_at: datetime | None) -> Agg:
    return Agg(
        EXACT.add(a.total, b.total),
        a.n + b.n,
        _pick(min, a.low, b.low),
        _pick(max, a.high, b.high),
        last,
        EXACT.add(a.hours, b.hours),
        last_at,
    )


def _later(a: Agg, b: Agg) -> Agg:
    # Two readings of the same instant: the larger one, only so that the order of the parts cannot matter.
    last = max((x for x in (a, b) if x.last is not None), key=_moment, default=EMPTY)
    return _joined(a, b, last.last, last.last_at)


def _moment(agg: Agg) -> tuple[datetime, Decimal]:
    return agg.last_at or datetime.min, agg.last or ZERO


def _beside(a: Agg, b: Agg) -> Agg:
    return _joined(a, b, _pick(EXACT.add, a.last, b.last), _latest(a, b))


def _longest(a: Agg, b: Agg) -> Agg:
    return _joined(a, b, _pick(max, a.last, b.last), _latest(a, b))


def _latest(a: Agg, b: Agg) -> datetime | None:
    return max((x.last_at for x in (a, b) if x.last_at), default=None)


def _pick(how: Pick, a: Decimal | None, b: Decimal | None) -> Decimal | None:
    if a is None or b is None:
        return b if a is None else a
    return how(a, b)
