"""A plan of meetings and everything that may be wrong with one; whoever made it, this says whether it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from ronglu.kernel.gathering.due import DueMeeting, Room, TakenTime
from ronglu.kernel.gathering.openings import Presence, presence


@dataclass(frozen=True, slots=True)
class Session:
    """`called` come on their time off, for the reason of the need; a make-up is for parts that were not at the main one."""

    need: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    room: str
    parts: tuple[str, ...]
    called: tuple[str, ...] = ()
    makeup: bool = False

    @property
    def there(self) -> tuple[str, ...]:
        return (*self.parts, *self.called)


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """`unplanned`: code of a need → why it could not be planned. `later`: code → persons (as parts) who are back too late for
    a make-up inside its window, or for whom no room is left in it: they make it up after it.
    """

    sessions: tuple[Session, ...]
    unplanned: Mapping[str, str]
    later: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def faults(
    plan: MeetingPlan, needs: Iterable[DueMeeting], rooms: Iterable[Room], taken: Iterable[TakenTime] = ()
) -> list[str]:
    by_code = {need.code: need for need in needs}
    seats = {room.code: room.seats for room in rooms}
    found = [f"{code}：没有排，也没有说为什么" for code in by_code if not _told(plan, code)]
    for session in plan.sessions:
        found += [
            f"{session.need} {session.starts_at:%m-%d %H:%M}：{text}"
            for text in _one(session, by_code[session.need], seats)
        ]
    for need in by_code.values():
        found += _whole(plan, need)
    return [*found, *_clashes(plan, by_code), *_against(plan, by_code, tuple(taken))]


def _told(plan: MeetingPlan, code: str) -> bool:
    return bool(plan.unplanned.get(code)) != any(one.need == code and not one.makeup for one in plan.sessions)


def _one(session: Session, need: DueMeeting, seats: Mapping[str, int]) -> Iterable[str]:
    parts = {part.code: part for part in need.parts}
    if not need.first <= session.starts_at.date() <= need.last or session.starts_at.date() in need.keep_off:
        yield "不在该开的日子里"
    if session.ends_at - session.starts_at != need.length:
        yield f"时长不是 {need.minutes} 分钟"
    if session.room not in need.rooms:
        yield f"不能用场地 {session.room}"
    present = sum(len(parts[code].people) for code in session.there)
    if present > seats.get(session.room, 0):
        yield f"{present} 人坐不下"
    if not session.makeup and present < need.least:
        yield f"只到 {present} 人，至少要 {need.least} 人"
    for code in session.parts:
        here = presence(parts[code], session.starts_at, session.ends_at)
        if here is not Presence.BESIDE:
            yield f"{parts[code].label} {'不在岗' if here is Presence.AWAY else '不在班前班后'}"
    for code in session.called:
        if presence(parts[code], session.starts_at, session.ends_at) is not Presence.CALLED:
            yield f"{parts[code].label} 在岗，或要保证休息，不能叫"
        if not need.reason:
            yield f"{parts[code].label} 在休息，没有理由不叫"


def _whole(plan: MeetingPlan, need: DueMeeting) -> Iterable[str]:
    main = [one for one in plan.sessions if one.need == need.code and not one.makeup]
    if len(main) > 1:
        yield f"{need.code}：排了 {len(main)} 次"
    if not main or not need.makeup:
        return
    again = [one for one in plan.sessions if one.need == need.code and one.makeup]
    met = [code for one in (main[0], *again) for code in one.there]
    alone = {part.code for part in need.parts if part.alone}
    waived = alone & set(plan.later.get(need.code, ()))
    lacking = [part for part in need.parts if part.code not in met and part.code not in waived]
    yield from (f"{need.code}：{part.label} 没有补课" for part in lacking)
    yield from (f"{need.code}：补课排在正会以前" for one in again if one.starts_at < main[0].ends_at)


def _clashes(plan: MeetingPlan, needs: Mapping[str, DueMeeting]) -> Iterable[str]:
    people = [(one, needs[one.need].there(one.there)) for one in plan.sessions]
    ordered = sorted(people, key=lambda pair: pair[0].starts_at)
    for place, (a, of_a) in enumerate(ordered, 1):
        for b, of_b in islice(ordered, place, None):
            if b.starts_at >= a.ends_at:
                break
            if a.room == b.room:
                yield f"{a.room} {b.starts_at:%m-%d %H:%M} 同时给了 {a.need} 和 {b.need}"
            if both := of_a & of_b:
                yield f"{len(both)} 人同时在 {a.need} 和 {b.need}"


def _against(plan: MeetingPlan, needs: Mapping[str, DueMeeting], taken: tuple[TakenTime, ...]) -> Iterable[str]:
    """What stands already is nobody's to move."""
    for one in plan.sessions:
        people = needs[one.need].there(one.there)
        for other in taken:
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                if other.room == one.room:
                    yield f"{one.need}：{one.room} {one.starts_at:%m-%d %H:%M} 已经被占用"
                if both := people & other.people:
                    yield f"{one.need}：{len(both)} 人 {one.starts_at:%m-%d %H:%M} 另有会议"
