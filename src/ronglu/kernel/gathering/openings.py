"""When a meeting could be held: right before or after a shift of those who come, and who else could be there then."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ronglu.kernel.gathering.due import Attendees, DueMeeting

SETTLE = dt.timedelta(minutes=15)
"""Between a shift and a meeting: to wash and to change, to hand over. System default."""
NEAR = dt.timedelta(minutes=45)
"""Farther from the shift than that is not beside it any more. System default."""
RESTED = dt.timedelta(hours=10)
"""So long after a shift has ended nobody is called in. System default."""
DAYTIMES = (dt.time(9), dt.time(10, 30), dt.time(14), dt.time(15, 30))
"""Beginnings for who works by day, where no shift tells one. System default."""
NIGHT = (dt.time(22), dt.time(6))


class Presence(StrEnum):
    BESIDE = "beside"
    """Before or after the own shift, or in the own working hours."""
    CALLED = "called"
    """At home, and rested: may be called in for a reason."""
    BARRED = "barred"
    """At work, or in need of the rest between two shifts."""
    AWAY = "away"
    """Not at the plant (不在岗): neither expected nor to be called."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One way to hold it: `here` come beside their shift, `called` on their time off; the lower the strain the better."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    here: tuple[str, ...]
    called: tuple[str, ...]
    strain: int

    @property
    def there(self) -> tuple[str, ...]:
        return (*self.here, *self.called)


def presence(part: Attendees, starts_at: dt.datetime, ends_at: dt.datetime) -> Presence:
    """By the shift before and the one after: `spells` are in time order and do not overlap."""
    if part.away and any(one.starts_at < ends_at and starts_at < one.ends_at for one in part.away):
        return Presence.AWAY
    place = bisect_right(part.starts, starts_at)
    before = part.spells[place - 1] if place else None
    after = part.spells[place] if place < len(part.spells) else None
    if part.by_day:
        return Presence.BESIDE if before and ends_at <= before.ends_at else Presence.BARRED
    if (before and starts_at < before.ends_at) or (after and after.starts_at < ends_at):
        return Presence.BARRED
    if (before and beside(before.ends_at, starts_at)) or (after and beside(ends_at, after.starts_at)):
        return Presence.BESIDE
    short = before and starts_at < before.ends_at + RESTED
    soon = after and after.starts_at < ends_at + RESTED
    return Presence.BARRED if short or soon else Presence.CALLED


def beside(before: dt.datetime, after: dt.datetime) -> bool:
    return dt.timedelta(0) <= after - before <= NEAR


def openings(need: DueMeeting) -> list[Opening]:
    """Every way to hold the main session in its window, in time order; none where its quorum cannot come together."""
    return [one for starts_at in _beginnings(need, need.parts) if (one := _slot(need, starts_at)) is not None]


def makeups(need: DueMeeting, part: Attendees) -> list[Opening]:
    """Sessions for one part alone, beside its own shifts, inside the window."""
    found = []
    for starts_at in _beginnings(need, (part,)):
        if presence(part, starts_at, starts_at + need.length) is Presence.BESIDE:
            found.append(Opening(starts_at, starts_at + need.length, (part.code,), (), _strain(need, starts_at)))
    return found


def _beginnings(need: DueMeeting, parts: tuple[Attendees, ...]) -> list[dt.datetime]:
    crews = [part for part in parts if not part.by_day]
    starts = {at for part in crews for at in _beside_shifts(part, need)}
    if not crews:
        starts = {
            dt.datetime.combine(one.starts_at.date(), at) for part in parts for one in part.spells for at in DAYTIMES
        }
    return sorted(at for at in starts if need.first <= at.date() <= need.last and at.date() not in need.keep_off)


def _beside_shifts(part: Attendees, need: DueMeeting) -> Iterator[dt.datetime]:
    """Of the shifts around its window alone: a year of them has a thousand."""
    midnight = dt.datetime.combine(need.first, dt.time.min) - dt.timedelta(days=2)
    first = bisect_left(part.starts, midnight)
    for spell in part.spells[first:]:
        if spell.starts_at.date() > need.last + dt.timedelta(days=2):
            return
        yield spell.ends_at + SETTLE
        yield spell.starts_at - SETTLE - need.length


def _slot(need: DueMeeting, starts_at: dt.datetime) -> Opening | None:
    ends_at = starts_at + need.length
    by_presence: dict[Presence, list[Attendees]] = {one: [] for one in Presence}
    for part in need.parts:
        by_presence[presence(part, starts_at, ends_at)].append(part)
    here = by_presence[Presence.BESIDE]
    short = need.least - sum(len(part.people) for part in here)
    if not here:
        return None
    called = _fewest(by_presence[Presence.CALLED], short) if short > 0 else ()
    if called is None or (called and not need.reason):
        return None
    strain = _strain(need, starts_at) + 10 * sum(len(part.people) for part in called)
    strain += 5 * (len(need.parts) - len(here) - len(called))
    return Opening(starts_at, ends_at, tuple(p.code for p in here), tuple(p.code for p in called), strain)


def _fewest(parts: list[Attendees], short: int) -> tuple[Attendees, ...] | None:
    """The parts that fill what is missing with the fewest people called; None where all of them do not.

    Sum by sum, not set by set: a body with twenty people of their own days has a million sets.
    """
    best: dict[int, tuple[Attendees, ...]] = {0: ()}
    for part in parts:
        for people, some in sorted(best.items(), reverse=True):
            total = people + len(part.people)
            if people < short and len(some) + 1 < len(best.get(total, parts)) + (total not in best):
                best[total] = (*some, part)
    return best.get(min((people for people in best if people >= short), default=-1))


def _strain(need: DueMeeting, starts_at: dt.datetime) -> int:
    """An hour by night is worse than one by day, a day off the fixed one worse than it."""
    hour = 6 if starts_at.time() >= NIGHT[0] or starts_at.time() < NIGHT[1] else 0 if 8 <= starts_at.hour < 18 else 2
    far = abs((starts_at.date() - need.fixed_on).days) if need.fixed_on else 0
    return hour + 2 * far


def cause(need: DueMeeting, seats: int) -> str:
    """Why a need has no way at all to be held; empty where it has one. `seats`: of the largest room it may take."""
    beginnings = _beginnings(need, need.parts)
    if not beginnings:
        return f"{need.first} 至 {need.last} 之间没有一个班前、班后可以开会的时间"
    found = openings(need)
    if not found:
        most, away = max((_gathered(need, at) for at in beginnings), key=lambda pair: pair[0])
        more = "" if need.reason else "；休息的人没有理由不叫"
        if away:
            short = "够不上半数" if need.least == -(-need.due // 2) else f"至少要 {need.least} 人"
            return f"到会预计 {most}/{need.due}，{short}：{away} 人不在岗{more}"
        return f"应到 {need.due} 人、至少到 {need.least} 人，班前班后一次最多到 {most} 人{more}"
    fits = min(expected(need, one) for one in found)
    return f"最少也要坐 {fits} 人，可用的场地最多 {seats} 座" if fits > seats else ""


def expected(need: DueMeeting, slot: Opening) -> int:
    there = slot.there
    return sum(len(part.people) for part in need.parts if part.code in there)


def _gathered(need: DueMeeting, at: dt.datetime) -> tuple[int, int]:
    """Who would come then beside his shift, and who is away."""
    seen = [(presence(part, at, at + need.length), len(part.people)) for part in need.parts]
    return (
        sum(people for one, people in seen if one is Presence.BESIDE),
        sum(people for one, people in seen if one is Presence.AWAY),
    )
