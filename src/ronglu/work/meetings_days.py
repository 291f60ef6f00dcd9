"""Days of single persons in a stretch of time: who is not at the plant, and who stands a shift for somebody else (顶班)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from ronglu.kernel.gathering.due import AwayTime, OnDuty
from ronglu.kernel.gathering.openings import RESTED
from ronglu.store.models import Away, Plant, ShiftRow, Substitution

Slot = tuple[int, dt.date, int]


class OwnDays:
    """One reading for all persons of a plant; who has none of them works as his crew does."""

    def __init__(self, plant: Plant, first: dt.date, last: dt.date) -> None:
        self._away: dict[int, list[AwayTime]] = defaultdict(list)
        for person, from_on, until_on in (
            Away.objects.within(first, last).filter(person__plant=plant).values_list("person", "from_on", "until_on")
        ):
            self._away[person].append(AwayTime(_midnight(from_on), _midnight(until_on)))
        swaps = list(Substitution.objects.filter(unit__plant=plant, day__range=(first, last)))
        spans = _spans(swaps)
        self._off: dict[int, set[OnDuty]] = defaultdict(set)
        self._on: dict[int, set[OnDuty]] = defaultdict(set)
        for one in swaps:
            if (span := spans.get((one.unit_id, one.day, one.shift_no))) is not None:
                self._off[one.absent_id].add(span)
                self._on[one.standin_id].add(span)

    def has(self, person: int) -> bool:
        return any(person in kept for kept in (self._away, self._off, self._on))

    def away(self, person: int) -> tuple[AwayTime, ...]:
        return tuple(sorted(self._away.get(person, ()), key=lambda one: one.starts_at))

    def spells(self, person: int, spells: tuple[OnDuty, ...], by_day: bool) -> tuple[OnDuty, ...]:
        """His own: without the shifts that another stands for him, with those he stands for another.

        Who works by day and stands a shift is not in the office beside it.
        """
        off, on = self._off.get(person, set()), self._on.get(person, set())
        if by_day:
            return tuple(one for one in spells if not any(_close(one, shift) for shift in on))
        return tuple(sorted({*spells} - off | on, key=lambda one: one.starts_at))


def _close(one: OnDuty, other: OnDuty) -> bool:
    return one.starts_at < other.ends_at + RESTED and other.starts_at < one.ends_at + RESTED


def _spans(swaps: Iterable[Substitution]) -> dict[Slot, OnDuty]:
    swapped = list(swaps)
    rows = ShiftRow.objects.filter(unit__in={one.unit_id for one in swapped}, day__in={one.day for one in swapped})
    return {(row.unit_id, row.day, row.shift_no): OnDuty(row.starts_at, row.ends_at) for row in rows}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
