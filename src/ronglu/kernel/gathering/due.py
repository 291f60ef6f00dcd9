"""What has to be planned: a meeting that is due in a window, the parts of its body by how they work, and the rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A shift, or the day of who works by day; half-open, plant time."""

    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AwayTime:
    """Not at the plant at all, half-open; why is nobody's business here."""

    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Attendees:
    """People of a body who work alike: a 横班, or those on day work. `spells` in time order."""

    code: str
    label: str
    people: frozenset[int]
    spells: tuple[OnDuty, ...]
    by_day: bool = False
    """Meets inside working hours; a crew meets before or after its shift."""
    away: tuple[AwayTime, ...] = ()
    alone: bool = False
    """One person whose days are not those of his crew: away, or in another crew's shift (顶班). His make-up may have to wait."""
    starts: tuple[dt.datetime, ...] = field(init=False, repr=False, compare=False)
    """Of the spells; looked up a few hundred times for each meeting."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(one.starts_at for one in self.spells))


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    label: str
    seats: int


@dataclass(frozen=True, slots=True)
class TakenTime:
    """What is arranged already, half-open: a room that is booked or shut, people who are at another meeting, or both."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room: str = ""
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMeeting:
    """One meeting that is due. `least`: so many must be there at the main session (quorum), of those due at it.

    `reason`: why people may be called on a rest day, where the meeting allows it at all; without one nobody is called.
    `makeup`: who cannot come is met with later, part by part.
    """

    code: str
    label: str
    parts: tuple[Attendees, ...]
    first: dt.date
    last: dt.date
    minutes: int
    rooms: tuple[str, ...]
    least: int = 0
    reason: str = ""
    makeup: bool = False
    must: bool = True
    fixed_on: dt.date | None = None
    keep_off: frozenset[dt.date] = frozenset()

    @property
    def due(self) -> int:
        return len(self.people)

    @property
    def people(self) -> frozenset[int]:
        return frozenset().union(*(part.people for part in self.parts))

    def there(self, codes: Iterable[str]) -> frozenset[int]:
        """Everybody of the parts with these codes."""
        wanted = frozenset(codes)
        return frozenset().union(*(part.people for part in self.parts if part.code in wanted))

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.minutes)


def problems(needs: tuple[DueMeeting, ...], rooms: tuple[Room, ...]) -> list[str]:
    """Everything that makes a need senseless before anything is planned."""
    known = {room.code for room in rooms}
    codes = [need.code for need in needs]
    found = [f"{code} 写了两遍" for code in sorted({one for one in codes if codes.count(one) > 1})]
    for need in needs:
        if need.last < need.first:
            found.append(f"{need.label}：止于 {need.last}，早于起日 {need.first}")
        if not need.people:
            found.append(f"{need.label}：一个应到的人也没有")
        if need.minutes <= 0:
            found.append(f"{need.label}：时长 {need.minutes} 分钟，应大于零")
        if need.least > need.due:
            found.append(f"{need.label}：至少到 {need.least} 人，应到只有 {need.due} 人")
        found += [f"{need.label}：没有“{code}”这个场地" for code in need.rooms if code not in known]
        if len(frozenset(p for part in need.parts for p in part.people)) < sum(len(part.people) for part in need.parts):
            found.append(f"{need.label}：有人同时写在两个班里")
    return found
