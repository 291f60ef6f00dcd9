"""A plan of all meetings that are due: month by month, each month by OR-tools' CP-SAT; what cannot be planned says why.

Hard: a room is given once, nobody is in two places, whoever cannot come is met with again. Soft: the strain of the hour, of
people called in, and of two meetings of one crew on one day. The same needs give the same plan.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ortools.sat.python import cp_model

from ronglu.kernel.gathering.due import Attendees, DueMeeting, Room, TakenTime, problems
from ronglu.kernel.gathering.openings import Opening, Presence, cause, expected, makeups, openings, presence
from ronglu.kernel.gathering.plan import MeetingPlan, Session

SLICE = dt.timedelta(minutes=15)
EPOCH = dt.datetime(2000, 1, 1)
UNPLANNED = {True: 4000, False: 1500}
"""What it costs to leave out a meeting that must, or that should be held: more than any strain."""
SAME_DAY = 8
AGAIN = 3
"""To call in those who were called before, each time: the burden goes round."""
LATER = 60
"""To leave somebody who was away for after the window: worse than any hour of a make-up, and no reason to move the meeting."""
SPARE, ROOMS = 12, 2
"""So many of the best slots, and rooms for each, are looked at for a need: choice enough, and a model that stays small."""
ALONE = 8
"""The same for the make-up of one person."""
EFFORT, NEAR = 1.0, 0.02
"""Deterministic time a month, so that a plan never depends on how fast the machine is; within two in a hundred of the best it
stops: what is left then is an hour here and there, and to prove the last of it takes as long as all the rest.
"""
TAKEN = "场地或人员在所有可开的时间都已排满"


class Senseless(ValueError):
    """要排的会写得不对。"""


@dataclass
class _Busy:
    """What stands already and what earlier months took: slices of rooms and of people, and how often a part was called in on its time off."""

    rooms: set[tuple[str, int]] = field(default_factory=set)
    people: set[tuple[int, int]] = field(default_factory=set)
    called: Counter[str] = field(default_factory=Counter)
    standing: bool = False


@dataclass(frozen=True)
class _Way:
    """One variable: this slot in this room, the main session or a make-up of one part."""

    need: DueMeeting
    slot: Opening
    room: str
    part: str
    people: frozenset[int]
    slices: range
    chosen: cp_model.IntVar

    @property
    def session(self) -> Session:
        one = self.slot
        return Session(self.need.code, one.starts_at, one.ends_at, self.room, one.here, one.called, bool(self.part))


@dataclass
class _Model:
    """The questions of one month: what it costs to answer them so, and who would be left for later."""

    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    costs: list[cp_model.LinearExprT] = field(default_factory=list)
    later: list[tuple[str, str, cp_model.IntVar]] = field(default_factory=list)


def solve(needs: Sequence[DueMeeting], rooms: Sequence[Room], taken: Iterable[TakenTime] = ()) -> MeetingPlan:
    """Needs with a longer window than a month are tried in its first month and then in the next ones."""
    if wrong := problems(tuple(needs), tuple(rooms)):
        raise Senseless("\n".join(wrong))
    seats = {room.code: room.seats for room in rooms}
    busy, sessions, later = _standing(taken), [], dict[str, tuple[str, ...]]()
    found = {need.code: _fitting(need, seats) for need in needs}
    unplanned = {
        need.code: cause(need, max((seats[r] for r in need.rooms), default=0)) for need in needs if not found[need.code]
    }
    waiting = [need for need in needs if found[need.code]]
    if busy.standing:
        found = {need.code: _clear(need, found[need.code], seats, busy) for need in waiting}
    for month in sorted({(day.year, day.month) for need in waiting for day in _days(need)}):
        now = [need for need in waiting if _in(need, month)]
        made, left = _month(now, month, found, seats, busy)
        sessions += made
        later |= left
        done = {one.need for one in made}
        waiting = [need for need in waiting if need.code not in done]
    unplanned |= {need.code: TAKEN for need in waiting}
    return MeetingPlan(tuple(sorted(sessions, key=lambda one: (one.starts_at, one.need, one.parts))), unplanned, later)


def _standing(taken: Iterable[TakenTime]) -> _Busy:
    busy = _Busy()
    for one in taken:
        span = _slices(one)
        busy.rooms |= {(one.room, at) for at in span if one.room}
        busy.people |= {(person, at) for person in one.people for at in span}
        busy.standing = True
    return busy


def _fitting(need: DueMeeting, seats: Mapping[str, int]) -> list[Opening]:
    most = max((seats[room] for room in need.rooms), default=0)
    return [one for one in openings(need) if expected(need, one) <= most]


def _clear(need: DueMeeting, found: Iterable[Opening], seats: Mapping[str, int], busy: _Busy) -> list[Opening]:
    """Those at which nobody who comes is elsewhere and a room is free: only of these the best are looked at."""
    return [one for one in found if _free(need, one, seats, busy)]


def _free(need: DueMeeting, slot: Opening, seats: Mapping[str, int], busy: _Busy) -> list[str]:
    """Rooms that hold those who come; none where somebody is elsewhere."""
    people, span = need.there(slot.there), _slices(slot)
    if any((person, at) in busy.people for person in people for at in span):
        return []
    return [
        room for room in need.rooms if seats[room] >= len(people) and not any((room, at) in busy.rooms for at in span)
    ]


def _days(need: DueMeeting) -> Iterable[dt.date]:
    """A day of every month of the window."""
    day = need.first
    while day <= need.last:
        yield day
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _in(need: DueMeeting, month: tuple[int, int]) -> bool:
    return any((day.year, day.month) == month for day in _days(need))


def _month(
    needs: list[DueMeeting],
    month: tuple[int, int],
    found: Mapping[str, list[Opening]],
    seats: Mapping[str, int],
    busy: _Busy,
) -> tuple[list[Session], dict[str, tuple[str, ...]]]:
    model, ways = _Model(), list[_Way]()
    for need in needs:
        ways += _need(model, need, _best(found[need.code], month), month, seats, busy)
    _once(model, ways)
    model.cp.minimize(sum(model.costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    # what these two look for is hardly ever there and takes a third of the time
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.relative_gap_limit = NEAR
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [], {}
    chosen = [way for way in ways if solver.boolean_value(way.chosen)]
    for way in chosen:
        _take(busy, way)
    later: dict[str, tuple[str, ...]] = {}
    for code, part, left in model.later:
        if solver.boolean_value(left):
            later[code] = (*later.get(code, ()), part)
    return _together(chosen, seats, busy), later


def _need(
    model: _Model, need: DueMeeting, best: list[Opening], month: tuple[int, int], seats: Mapping[str, int], busy: _Busy
) -> list[_Way]:
    """Held once or left out; every part that is not at the main session has one of its own after it."""
    mains = _ways(model, need, best, "", seats, busy)
    out = model.cp.new_bool_var("")
    model.cp.add_exactly_one([*(way.chosen for way in mains), out])
    model.costs.append(UNPLANNED[need.must] * out)
    model.costs += [
        (way.slot.strain + AGAIN * sum(busy.called[code] for code in way.slot.called)) * way.chosen for way in mains
    ]
    found = list(mains)
    if need.makeup:
        for part in need.parts:
            found += _again(model, need, part, month, mains, seats, busy)
    return found


def _again(
    model: _Model, need: DueMeeting, part: Attendees, month: tuple[int, int], mains: list[_Way], seats: Mapping[str, int],
    busy: _Busy,
) -> list[_Way]:  # fmt: skip
    """One person who was away makes it up when he is back; that may be after the window, and then moves nothing in it."""
    without = [way for way in mains if part.code not in way.slot.there]
    if not without:
        return []
    found = makeups(need, part)
    clear = _clear(need, found, seats, busy) if busy.standing else found
    best = _best(clear, month, until=need.last, spare=ALONE if part.alone else SPARE)
    again = _ways(model, need, best, part.code, seats, busy)
    left = [model.cp.new_bool_var("")] if part.alone else []
    model.cp.add(sum(way.chosen for way in again) + sum(left) == sum(way.chosen for way in without))
    for way in without:
        late = [one.chosen for one in again if one.slot.starts_at >= way.slot.ends_at]
        model.cp.add_bool_or([*late, *left, way.chosen.Not()])
    model.costs += [way.slot.strain * way.chosen for way in again]
    model.costs += [LATER * one for one in left]
    model.later += [(need.code, part.code, one) for one in left]
    return again


def _together(chosen: list[_Way], seats: Mapping[str, int], busy: _Busy) -> list[Session]:
    """One person's make-up and another of the same meeting become one where both parts can: so many sessions less."""
    main = {way.need.code: way.slot.ends_at for way in chosen if not way.part}
    parts = {(way.need.code, part.code): part for way in chosen for part in way.need.parts}
    held = {id(way): way.session for way in chosen}
    for way, other in ((a, b) for a in chosen for b in chosen if a is not b and a.part and b.part and a.need is b.need):
        if id(way) not in held or id(other) not in held or len(held[id(way)].parts) > 1:
            continue  # joined already, or joined by another
        part, session = parts[way.need.code, way.part], held[id(other)]
        if not (part.alone or parts[way.need.code, other.part].alone):
            continue
        here = presence(part, session.starts_at, session.ends_at) is Presence.BESIDE
        late = session.starts_at >= main[way.need.code]
        room = seats[session.room] >= len(way.need.there(session.there)) + len(way.people)
        free = not any((one, at) in busy.people for one in way.people for at in other.slices)
        if here and late and room and free:
            held[id(other)] = replace(session, parts=(*session.parts, part.code))
            busy.rooms -= {(way.room, at) for at in way.slices}
            busy.people -= {(one, at) for one in way.people for at in way.slices}
            busy.people |= {(one, at) for one in way.people for at in other.slices}
            del held[id(way)]
    return list(held.values())


def _best(
    found: list[Opening], month: tuple[int, int], *, until: dt.date | None = None, spare: int = SPARE
) -> list[Opening]:
    """The slots of the month with the least strain, spread over it; a make-up may lie in what is left of the window."""
    inside = [
        one for one in found
        if (one.starts_at.year, one.starts_at.month) == month
        or (until and month <= (one.starts_at.year, one.starts_at.month) and one.starts_at.date() <= until)
    ]  # fmt: skip
    if len(inside) <= spare:
        return inside
    ranked = sorted(inside, key=lambda one: (one.strain, one.starts_at.day % 5, one.starts_at))
    return sorted(ranked[:spare], key=lambda one: one.starts_at)


def _ways(
    model: _Model, need: DueMeeting, found: list[Opening], part: str, seats: Mapping[str, int], busy: _Busy
) -> list[_Way]:
    ways = []
    for n, slot in enumerate(found):
        people, span, free = need.there(slot.there), _slices(slot), _free(need, slot, seats, busy)
        turned = free[n % len(free) :] + free[: n % len(free)] if free else []
        ways += [_Way(need, slot, room, part, people, span, model.cp.new_bool_var("")) for room in turned[:ROOMS]]
    return ways


def _slices(slot: Opening | TakenTime) -> range:
    return range((slot.starts_at - EPOCH) // SLICE, -((EPOCH - slot.ends_at) // SLICE))


def _take(busy: _Busy, way: _Way) -> None:
    busy.rooms |= {(way.room, at) for at in way.slices}
    busy.people |= {(person, at) for person in way.people for at in way.slices}
    busy.called.update(way.slot.called)


def _once(model: _Model, ways: list[_Way]) -> None:
    """A room is given once, people are in one place; two meetings on one day of the same people cost something."""
    rooms: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    places: dict[tuple[frozenset[str], int], list[cp_model.IntVar]] = defaultdict(list)
    days: dict[tuple[frozenset[str], dt.date], list[cp_model.IntVar]] = defaultdict(list)
    alike = _alike(ways)
    for way in ways:
        for at in way.slices:
            rooms[way.room, at].append(way.chosen)
        for group in alike[_key(way)]:
            days[group, way.slot.starts_at.date()].append(way.chosen)
            for at in way.slices:
                places[group, at].append(way.chosen)
    # neighbouring slices mostly hold the same ways: each set is said once
    for found in {tuple(one.index for one in some): some for some in (*rooms.values(), *places.values())}.values():
        if len(found) > 1:
            model.cp.add_at_most_one(found)
    for found in days.values():
        if len(found) > 1:
            more = model.cp.new_int_var(0, len(found), "")
            model.cp.add(sum(found) <= 1 + more)
            model.costs.append(SAME_DAY * more)


Key = tuple[str, tuple[str, ...]]


def _key(way: _Way) -> Key:
    return way.need.code, way.slot.there


def _alike(ways: list[_Way]) -> dict[Key, list[frozenset[str]]]:
    """Who is in the same meetings is one group: (need, who is there) → its groups that are in more than one need."""
    members: dict[Key, frozenset[int]] = {}
    for way in ways:
        members.setdefault(_key(way), way.people)
    needs_of: dict[int, set[str]] = defaultdict(set)
    for (need, _), people in members.items():
        for person in people:
            needs_of[person].add(need)
    group = {person: frozenset(codes) for person, codes in needs_of.items()}
    return {
        key: sorted({group[person] for person in people if len(group[person]) > 1}, key=sorted)
        for key, people in members.items()
    }
