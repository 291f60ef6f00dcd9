"""The plan of a plant: every rule is looked at by the kernel's own `faults`, which knows nothing of how a plan is made."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import pytest

from bench import meetings_made as made
from ronglu.kernel.gathering.due import DueMeeting, OnDuty, Room, TakenTime
from ronglu.kernel.gathering.plan import MeetingPlan, Session, faults
from ronglu.planner.solve import TAKEN, Senseless, solve

QUARTER = ("-1", "-2", "-3")


@pytest.fixture(scope="module")
def needs() -> list[DueMeeting]:
    """Two branches of four crews, January to March."""
    return [need for need in made.year(2) if need.code.endswith(QUARTER)]


@pytest.fixture(scope="module")
def plan(needs: list[DueMeeting]) -> MeetingPlan:
    return solve(needs, made.ROOMS)


def test_everything_due_is_planned_and_nothing_is_wrong_with_it(plan: MeetingPlan, needs: list[DueMeeting]) -> None:
    assert plan.unplanned == {}
    assert faults(plan, needs, made.ROOMS) == []
    main = Counter(one.need for one in plan.sessions if not one.makeup)
    assert main == Counter({need.code: 1 for need in needs})


def test_groups_meet_beside_their_shift_and_only_a_quorum_calls_people_from_rest(plan: MeetingPlan) -> None:
    called = {one.need.split("-")[1] for one in plan.sessions if one.called}
    assert called == {"支委", "大会"}
    assert all(6 <= one.starts_at.hour < 20 for one in plan.sessions), "no meeting in the middle of the night"


def test_the_same_needs_give_the_same_plan_again(plan: MeetingPlan, needs: list[DueMeeting]) -> None:
    assert solve(needs, made.ROOMS) == plan


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_plant_a_plan_holds_or_says_why_not(seed: int) -> None:
    """Crews away for weeks, few rooms, odd quorums: nothing is planned against a rule, nothing is left out without a word."""
    dice = random.Random(seed)
    rooms = tuple(Room(f"室{n}", f"室{n}", dice.choice((6, 12, 50))) for n in range(dice.randint(1, 3)))
    needs = []
    for need in made.year(2):
        if not need.code.endswith("-2") or dice.random() < 0.3:
            continue
        away = dt.datetime(2026, 2, dice.randint(1, 20))
        parts = tuple(replace(p, spells=_without(p.spells, away)) if dice.random() < 0.5 else p for p in need.parts)
        off = frozenset(need.first + dt.timedelta(days=dice.randrange(28)) for _ in range(dice.randint(0, 6)))
        least = dice.randint(0, need.due) if dice.random() < 0.4 else need.least
        needs.append(replace(need, parts=parts, keep_off=off, least=least, rooms=tuple(r.code for r in rooms)))
    found = solve(needs, rooms)
    assert faults(found, needs, rooms) == []
    assert all(found.unplanned.values())


def _without(spells: tuple[OnDuty, ...], away: dt.datetime) -> tuple[OnDuty, ...]:
    return tuple(one for one in spells if not away <= one.starts_at < away + dt.timedelta(days=9))


def test_what_cannot_be_is_left_out_with_its_cause(needs: list[DueMeeting]) -> None:
    group = next(need for need in needs if "组" in need.code)
    alone = replace(
        group, rooms=("大会议室",), keep_off=frozenset(group.first + dt.timedelta(days=n) for n in range(31))
    )
    small = replace(group, code="小", rooms=("柜",))
    rooms = (Room("大会议室", "大会议室", 80), Room("柜", "柜", 2))
    found = solve([alone, small], rooms)
    assert found.sessions == ()
    assert found.unplanned[alone.code].endswith("之间没有一个班前、班后可以开会的时间")
    assert found.unplanned["小"] == "最少也要坐 9 人，可用的场地最多 2 座"


def test_one_room_for_ten_groups_after_one_shift_goes_to_whom_it_can_and_names_the_rest(
    needs: list[DueMeeting],
) -> None:
    """Both crews have their shifts at the same hours; on one day the one room is free before and after: two of five fit."""
    group = next(need for need in needs if "组" in need.code)
    day = next(
        one.starts_at.date() for one in group.parts[0].spells if one.starts_at.hour == 8 and one.starts_at.year == 2026
    )
    few = [
        replace(group, code=f"组{n}", first=day, last=day, rooms=("室",), must=n == 4,
                parts=(replace(group.parts[0], people=frozenset(range(n * 10, n * 10 + 5))),))
        for n in range(5)
    ]  # fmt: skip
    found = solve(few, (Room("室", "室", 10),))
    assert faults(found, few, (Room("室", "室", 10),)) == []
    assert len(found.sessions) == 2 and set(found.unplanned.values()) == {TAKEN}
    assert "组4" in {one.need for one in found.sessions}, "what must be held goes before what should"


def test_needs_without_sense_are_refused(needs: list[DueMeeting]) -> None:
    with pytest.raises(Senseless, match="写了两遍"):
        solve([needs[0], needs[0]], made.ROOMS)


SPOILS = {
    "不在该开的日子里": lambda one: replace(one, starts_at=one.starts_at - dt.timedelta(days=200), ends_at=one.ends_at - dt.timedelta(days=200)),
    "时长不是": lambda one: replace(one, ends_at=one.ends_at + dt.timedelta(minutes=5)),
    "不能用场地": lambda one: replace(one, room="库房"),
    "不在班前班后": lambda one: replace(one, starts_at=one.starts_at + dt.timedelta(hours=3), ends_at=one.ends_at + dt.timedelta(hours=3)),
    "没有理由不叫": lambda one: replace(one, called=one.parts, parts=()),
}  # fmt: skip


@pytest.mark.parametrize("word", SPOILS)
def test_each_rule_that_a_plan_breaks_is_named(word: str, plan: MeetingPlan, needs: list[DueMeeting]) -> None:
    first = next(one for one in plan.sessions if "组" in one.need)
    spoilt = MeetingPlan(tuple(SPOILS[word](one) if one is first else one for one in plan.sessions), {})
    assert any(word in text for text in faults(spoilt, needs, made.ROOMS))


def test_a_plan_that_leaves_out_doubles_or_crowds_is_named(plan: MeetingPlan, needs: list[DueMeeting]) -> None:
    def wrong(sessions: tuple[Session, ...]) -> str:
        return " ".join(faults(MeetingPlan(sessions, {}), needs, made.ROOMS))

    first = next(one for one in plan.sessions if "组" in one.need)
    again = next(one for one in plan.sessions if one.makeup)
    without = tuple(one for one in plan.sessions if one is not first)
    assert "没有排，也没有说为什么" in wrong(without)
    assert "排了 2 次" in wrong((*plan.sessions, first)) and "人同时在" in wrong((*plan.sessions, first))
    assert "没有补课" in wrong(tuple(one for one in plan.sessions if one is not again))
    other = next(one for one in plan.sessions if "组" in one.need and not set(one.parts) & set(first.parts))
    moved = replace(other, room=first.room, starts_at=first.starts_at, ends_at=first.ends_at)
    assert "同时给了" in wrong((*(one for one in plan.sessions if one is not other), moved))


def test_what_is_taken_already_is_kept_off_however_little_is_left(needs: list[DueMeeting]) -> None:
    """The room is free beside one shift of the month alone, and not by the most convenient hour."""
    group = next(need for need in needs if "组" in need.code)
    room, night = (
        Room("室", "室", 20),
        next(one for one in group.parts[0].spells if one.starts_at.hour == 16 and one.starts_at.date() >= group.first),
    )
    starts_at = night.ends_at + dt.timedelta(minutes=15)
    first, last = dt.datetime.combine(group.first, dt.time.min), dt.datetime.combine(group.last, dt.time.max)
    taken = [TakenTime(first, starts_at, "室"), TakenTime(starts_at + group.length, last, "室")]
    need = replace(group, rooms=("室",))
    found = solve([need], [room], taken)
    assert [one.starts_at for one in found.sessions] == [starts_at]
    assert faults(found, [need], [room], taken) == []
    elsewhere = [*taken, TakenTime(starts_at, starts_at + group.length, people=frozenset(sorted(group.people)[:1]))]
    assert solve([need], [room], elsewhere).unplanned == {need.code: TAKEN}
    wrong = " ".join(faults(found, [need], [room], [*elsewhere, TakenTime(starts_at, last, "室")]))
    assert "1 人" in wrong and "另有会议" in wrong and "已经被占用" in wrong
