"""A plant whose people are away and stand in for each other, and sit on several bodies: nobody twice at once, everybody met again."""

import datetime as dt
import random
from dataclasses import replace
from itertools import pairwise

import pytest

from bench import meetings_made as made
from ronglu.kernel.gathering.due import Attendees, AwayTime, DueMeeting, Room, TakenTime
from ronglu.kernel.gathering.plan import MeetingPlan, faults
from ronglu.planner.solve import solve

DAY = dt.timedelta(days=1)


def away(part: Attendees, person: int, first: dt.date, days: int) -> tuple[Attendees, Attendees]:
    """The crew without him, and him alone."""
    span = AwayTime(dt.datetime.combine(first, dt.time.min), dt.datetime.combine(first + days * DAY, dt.time.min))
    him = replace(part, code=f"one-{person}", people=frozenset({person}), away=(span,), alone=True)
    return replace(part, people=part.people - {person}), him


def theme_day() -> DueMeeting:
    return next(need for need in made.year(1) if need.code == "0-党日-4")


def met(plan: MeetingPlan, need: DueMeeting, code: str) -> list[dt.datetime]:
    return [one.starts_at for one in plan.sessions if one.need == need.code and code in one.there]


def test_who_was_away_makes_it_up_after_he_is_back_and_the_day_is_not_moved_for_him() -> None:
    need = theme_day()
    person = min(need.parts[0].people)
    crew, him = away(need.parts[0], person, dt.date(2026, 4, 1), 20)
    asked = replace(need, parts=(crew, *need.parts[1:], him))
    found = solve([asked], made.ROOMS)
    assert faults(found, [asked], made.ROOMS) == [] and found.later == {}
    main = next(one for one in found.sessions if not one.makeup)
    assert him.code not in main.there and abs((main.starts_at.date() - dt.date(2026, 4, 10)).days) <= 2
    [again] = met(found, asked, him.code)
    assert again.date() > dt.date(2026, 4, 20)


def test_who_is_back_after_the_window_is_named_for_later_and_holds_nobody_up() -> None:
    need = theme_day()
    person = min(need.parts[0].people)
    crew, him = away(need.parts[0], person, dt.date(2026, 4, 5), 60)
    asked = replace(need, parts=(crew, *need.parts[1:], him))
    found = solve([asked], made.ROOMS)
    main = next(one for one in found.sessions if not one.makeup)
    assert found.unplanned == {} and abs((main.starts_at.date() - dt.date(2026, 4, 10)).days) <= 2
    assert met(found, asked, him.code) == [] and found.later == {asked.code: (him.code,)}
    assert faults(found, [asked], made.ROOMS) == []
    silent = MeetingPlan(found.sessions, {})
    assert any("没有补课" in text for text in faults(silent, [asked], made.ROOMS)), (
        "to leave him out without a word is a fault"
    )


def test_several_who_were_away_together_make_it_up_together() -> None:
    need = theme_day()
    crew, parts = need.parts[0], []
    for person in sorted(crew.people)[:4]:
        crew, him = away(crew, person, dt.date(2026, 4, 6), 7)
        parts.append(him)
    asked = replace(need, parts=(crew, *need.parts[1:], *parts), fixed_on=dt.date(2026, 4, 9))
    found = solve([asked], made.ROOMS)
    assert faults(found, [asked], made.ROOMS) == []
    main = next(one for one in found.sessions if not one.makeup)
    lacking = [one.code for one in parts if one.code not in main.there]
    sessions = [one for one in found.sessions if one.makeup and set(one.there) & set(lacking)]
    assert len(sessions) < max(len(lacking), 2), f"{len(lacking)} people, {len(sessions)} sessions"


@pytest.mark.parametrize("seed", range(8))
def test_nobody_is_in_two_meetings_at_once_whatever_he_belongs_to(seed: int) -> None:
    """Branches, groups, committees and teams across them; some away, some at meetings that stand already; three rooms."""
    dice = random.Random(seed)
    needs = [need for need in made.year(3) if need.code.endswith("-2")]
    everybody = sorted({person for need in needs for person in need.people})
    crews = {person: part for need in needs for part in need.parts for person in part.people}
    for n in range(4):
        people = dice.sample(everybody, dice.randint(3, 9))
        by_part: dict[str, set[int]] = {}
        for person in people:
            by_part.setdefault(crews[person].code, set()).add(person)
        known = {crews[person].code: crews[person] for person in people}
        parts = tuple(replace(known[code], people=frozenset(found)) for code, found in sorted(by_part.items()))
        for week in range(4):
            first = dt.date(2026, 2, 2) + week * 7 * DAY
            needs.append(
                DueMeeting(
                    code=f"队{n}-{week}", label=f"攻关队{n}", parts=parts, first=first, last=first + 6 * DAY, minutes=30,
                    rooms=made.SMALL[:2], must=False,
                )
            )  # fmt: skip
    gone = {person: dt.date(2026, 2, dice.randint(1, 20)) for person in dice.sample(everybody, 12)}
    needs = [_without(need, gone, dice.randint(2, 9)) for need in needs]
    if seed % 2:  # three days for a whole month's meetings: whoever sits on two bodies is wanted twice at one hour
        needs = [replace(need, first=dt.date(2026, 2, 10), last=dt.date(2026, 2, 12)) for need in needs]
    rooms = tuple(room for room in made.ROOMS if seed % 2 or room.code in ("大会议室", *made.SMALL[:2]))
    needs = [
        replace(need, rooms=tuple(code for code in need.rooms if code in {r.code for r in rooms})) for need in needs
    ]
    taken = [_meeting(dice, everybody) for _ in range(12)]
    found = solve(needs, rooms, taken)
    assert faults(found, needs, rooms, taken) == []
    assert len(found.sessions) > 20, "not by planning nothing"
    by_code = {need.code: need for need in needs}
    spans: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    for one in found.sessions:
        for person in by_code[one.need].there(one.there):
            spans.setdefault(person, []).append((one.starts_at, one.ends_at))
    for one in taken:
        for person in one.people:
            spans.setdefault(person, []).append((one.starts_at, one.ends_at))
    for person, his in spans.items():
        stood = {
            span for span in his if any(person in one.people and (one.starts_at, one.ends_at) == span for one in taken)
        }
        ordered = sorted(set(his))
        for a, b in pairwise(ordered):
            assert b[0] >= a[1] or {a, b} <= stood, f"{person}: {a} and {b}"
        for from_on in [gone[person]] if person in gone else []:
            day = dt.datetime.combine(from_on, dt.time.min)
            assert all(span in stood or not day <= span[0] < day + 2 * DAY for span in his), f"{person} is away"


def _without(need: DueMeeting, gone: dict[int, dt.date], days: int) -> DueMeeting:
    parts: list[Attendees] = []
    for part in need.parts:
        alone = []
        for person in sorted(part.people & gone.keys()):
            part, him = away(part, person, gone[person], days)
            alone.append(him)
        parts += [part, *alone] if part.people else alone
    return replace(need, parts=tuple(parts))


def _meeting(dice: random.Random, everybody: list[int]) -> TakenTime:
    starts_at = dt.datetime(2026, 2, dice.randint(1, 27), dice.choice((8, 15, 16)), dice.choice((0, 15, 30)))
    room = dice.choice(("", "大会议室", made.SMALL[0]))
    return TakenTime(
        starts_at, starts_at + dt.timedelta(minutes=dice.choice((45, 90))), room, frozenset(dice.sample(everybody, 15))
    )


def test_one_room_alone_serves_several_bodies_in_turn() -> None:
    needs = [
        replace(need, rooms=("室",)) for need in made.year(2) if need.code.endswith("-3") and "党日" not in need.code
    ]
    room = (Room("室", "室", 60),)
    found = solve(needs, room)
    assert faults(found, needs, room) == []
