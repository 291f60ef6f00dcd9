"""What a record is: strictly better than everything before (a tie is none), from a period that was read well enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
