"""Counters that an event resets (炉寿, 模具寿命): each slot's running count, and the campaigns that events closed.

An event closes its slot: what was counted in that slot still belongs to the campaign that ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ronglu.kernel.measure.agg import EMPTY, Agg, merge

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """What one slot reported; `count` None is a missing reading, which leaves the counter where it was."""

    at: datetime
    count: Decimal | None
    events: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """The counter in one slot: the height it reached, and where it stands afterwards (0 after an event)."""

    at: datetime
    height: Decimal
    standing: Decimal
    closed: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Campaign:
    closed_at: datetime
    height: Decimal


def run(slots: Iterable[Slot], *, opening: Decimal = ZERO) -> tuple[Reached, ...]:
    """Walk the slots in time; `opening` is the count carried over from before the first of them."""
    standing, found = opening, []
    for slot in sorted(slots, key=lambda slot: slot.at):
        height = standing + (slot.count or ZERO)
        standing = ZERO if slot.events else height
        found.append(Reached(slot.at, height, standing, bool(slot.events), slot.count is not None))
    return tuple(found)


def campaigns(reached: Iterable[Reached]) -> tuple[Campaign, ...]:
    return tuple(Campaign(slot.at, slot.height) for slot in reached if slot.closed)


def agg(reached: Sequence[Reached]) -> Agg:
    """The sums under a key `x@e`: `last` where the counter stands at the end, `high` the greatest height.

    `total` has no meaning of its own here; `n` counts the slots that were read.
    """
    parts = (Agg(ZERO, int(slot.read), slot.standing, slot.height, slot.standing, ZERO, slot.at) for slot in reached)
    return merge(parts) if reached else EMPTY


@dataclass(frozen=True, slots=True)
class Life:
    """One life of what the counter counts; `until_on` None while it still runs."""

    from_on: date
    until_on: date | None
    height: Decimal


def lives(days: Iterable[tuple[date, Decimal, Decimal]]) -> tuple[Life, ...]:
    """From day to day: the greatest height reached that day and where the counter stood at its end, oldest first.

    A day that ends below its own height, or below the day before, had the event in it.
    """
    found: list[Life] = []
    began: date | None = None
    top = ZERO
    for day, height, standing in days:
        began = began or day
        if standing < max(height, top):
            found.append(Life(began, day, max(height, top)))
            began, top = None, ZERO
        else:
            top = height
    if began is not None:
        found.append(Life(began, None, top))
    return tuple(found)
