"""Which part of the days to come is gone already: planned stops ahead, and halts that reach past the last day with figures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ronglu.kernel.measure.halts import Spell
from ronglu.kernel.time.calendar import Calendar
from ronglu.store.models import Halt, HaltState, PlanStop

ONE = dt.timedelta(days=1)


@dataclass
class Lost:
    share: dict[dt.date, Fraction] = field(default_factory=dict)
    words: list[list[str]] = field(default_factory=list)
    """[what, first, last, why] of each stop, for the page to say: last empty while it lasts."""


def lost_of(
    units: Sequence[int], *, calendar: Calendar, after: dt.date, last: dt.date, at: dt.datetime
) -> dict[int, Lost]:
    """Days after `after`, up to `last`, of these units; a halt that still runs is counted up to `at`: nobody knows its end."""
    found: dict[int, Lost] = defaultdict(Lost)
    for stop in PlanStop.objects.approved().filter(unit_id__in=units).within(after + ONE, last):
        end = min((stop.until_on or last + ONE) - ONE, last)
        found[stop.unit_id].words.append(["stop", stop.from_on.isoformat(), end.isoformat(), stop.reason])
        day = max(stop.from_on, after + ONE)
        while day <= end:
            found[stop.unit_id].share[day] = Fraction(1)
            day += ONE
    since, _ = calendar.bounds(after + ONE)
    halts = Halt.objects.filter(unit_id__in=units).exclude(state=HaltState.WITHDRAWN).exclude(ends_at__lte=since)
    for halt in halts.order_by("starts_at"):
        _halted(found[halt.unit_id], halt, calendar, max(since, halt.starts_at), at)
    return found


def _halted(lost: Lost, halt: Halt, calendar: Calendar, since: dt.datetime, at: dt.datetime) -> None:
    ends = halt.ends_at or at
    shown = halt.ends_at.isoformat(timespec="minutes") if halt.ends_at else ""
    lost.words.append(["halt", halt.starts_at.isoformat(timespec="minutes"), shown, halt.reason])
    spell, day = Spell(since, ends), calendar.day_of(since)
    while since < ends:
        begins, since = calendar.bounds(day)
        whole = int((since - begins).total_seconds()) // 60
        share = lost.share.get(day, Fraction(0)) + Fraction(spell.minutes(begins, since), whole)
        lost.share[day] = min(share, Fraction(1))
        day += ONE
