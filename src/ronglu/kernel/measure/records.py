"""What a record is: strictly better than everything before (a tie is none), from a period that was read well enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain

COMPLETE = Decimal("0.95")


@dataclass(frozen=True, slots=True)
class Records:
    """Positions at which a record was set, the standing record, the one before it and by how much it was beaten."""

    at: tuple[int, ...] = ()
    current: Decimal | None = None
    previous: Decimal | None = None
    margin: Decimal | None = None


def is_record(value: Decimal | None, best: Decimal | None, *, up: bool = True, coverage: Decimal = Decimal(1)) -> bool:
    """`coverage` is the read share of the period; below 95 % nothing counts as a record."""
    if value is None or coverage < COMPLETE:
        return False
    return best is None or (value > best if up else value < best)


def records(
    values: Sequence[Decimal | None],
    *,
    up: bool = True,
    coverage: Sequence[Decimal] | None = None,
) -> Records:
    found = Records()
    for place, value in enumerate(values):
        read = coverage[place] if coverage is not None else Decimal(1)
        if value is not None and is_record(value, found.current, up=up, coverage=read):
            margin = None if found.current is None else abs(value - found.current)
            found = Records((*found.at, place), value, found.current, margin)
    return found


class RecordTrouble(TimeTrouble):
    """纪录规则写得不对。"""


@dataclass(frozen=True, slots=True)
class RecordRules:
    """`least`: how many periods of a grain must have been read before the next best one is called a record, and how many of
    the year before it is the best of the year; `news_days`: how long it is told on the first page.
    """

    least: Mapping[Grain, int] = field(default_factory=dict)
    least_of_year: Mapping[Grain, int] = field(default_factory=dict)
    news_days: int = 7
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordStep:
    """One line of a record's history; the first is only where looking began, `previous` and `margin` are None there."""

    place: int
    value: Decimal
    previous: Decimal | None
    margin: Decimal | None


def history(values: Iterable[Decimal], *, up: bool, least: int) -> Iterator[RecordStep]:
    """Periods that were read well enough, oldest first. The best of the first `least` is what the others must beat."""
    found: list[Decimal] = []
    best: RecordStep | None = None
    for place, value in enumerate(values):
        found.append(value)
        if len(found) < least:
            continue
        if best is None:
            first = max(found) if up else min(found)
            best = RecordStep(found.index(first), first, None, None)
            yield best
        elif is_record(value, best.value, up=up):
            best = RecordStep(place, value, best.value, abs(value - best.value))
            yield best


def read(content: Mapping[str, Any]) -> RecordRules:
    least, of_year = (_least(content, name) for name in ("least", "least_of_year"))
    days = content.get("news_days", 7)
    if not isinstance(days, int) or days < 0:
        raise RecordTrouble(f"news_days 应是不小于 0 的整数，现在是 {days}")
    return RecordRules(least, of_year, days, str(content.get("note", "")))


def _least(content: Mapping[str, Any], name: str) -> dict[Grain, int]:
    given = content.get(name, {})
    wrong = [str(grain) for grain, n in given.items() if grain not in set(Grain) or not isinstance(n, int) or n < 1]
    if wrong:
        raise RecordTrouble(f"{name} 的每一行是“粒度: 至少几个时段”，写得不对的：{'、'.join(wrong)}")
    return {Grain(grain): n for grain, n in given.items()}
