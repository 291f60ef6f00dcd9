"""Who could come when: beside the shift, called in from rest, or not at all; and why a meeting cannot be held."""

import datetime as dt
from dataclasses import replace

import pytest

from ronglu.kernel.gathering.due import Attendees, DueMeeting, OnDuty, Room, problems
from ronglu.kernel.gathering.openings import Presence, cause, makeups, openings, presence

DAY = dt.date(2026, 5, 11)  # a Monday


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 5, day, hour, minute)


def shift(day: int, first: int, hours: int = 8) -> OnDuty:
    return OnDuty(at(day, first), at(day, first) + dt.timedelta(hours=hours))


def crew(name: str, *spells: OnDuty, people: int = 4, first: int = 0) -> Attendees:
    return Attendees(name, f"{name}班", frozenset(range(first, first + people)), spells)


WHITE = crew("甲", shift(11, 8), shift(12, 8))
MIDDLE = crew("乙", shift(11, 16), shift(12, 16), first=10)
NIGHT = crew("丙", shift(11, 0), shift(12, 0), first=20)
RESTING = crew("丁", shift(8, 8), shift(13, 8), first=30)
OFFICE = replace(
    crew("长白", OnDuty(at(11, 8), at(11, 17)), OnDuty(at(12, 8), at(12, 17)), people=2, first=40), by_day=True
)


def need(*parts: Attendees, **more: object) -> DueMeeting:
    said = {"code": "n", "label": "党小组会", "first": DAY, "last": DAY, "minutes": 60, "rooms": ("小",)} | more
    return DueMeeting(parts=parts, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "hour", "minute", "who"),
    [
        (WHITE, 16, 15, Presence.BESIDE),  # a quarter of an hour after the shift
        (WHITE, 6, 45, Presence.BESIDE),  # over at 7:45, a quarter before it
        (WHITE, 16, 46, Presence.BARRED),  # 46 minutes after it is not beside it, and eight hours' work are behind them
        (WHITE, 15, 30, Presence.BARRED),  # at work
        (MIDDLE, 14, 45, Presence.BESIDE),
        (MIDDLE, 9, 0, Presence.BARRED),  # the shift begins six hours after the meeting: that is their sleep
        (NIGHT, 8, 15, Presence.BESIDE),
        (NIGHT, 17, 59, Presence.BARRED),  # 9 h 59 after the night
        (RESTING, 16, 15, Presence.CALLED),
        (OFFICE, 9, 0, Presence.BESIDE),
        (OFFICE, 16, 15, Presence.BARRED),  # would last until 17:15, they go at 17:00
    ],
)
def test_a_crew_comes_beside_its_shift_and_day_workers_inside_their_hours(
    part: Attendees, hour: int, minute: int, who: Presence
) -> None:
    assert presence(part, at(11, hour, minute), at(11, hour, minute) + dt.timedelta(hours=1)) is who


def test_a_group_of_one_crew_meets_before_or_after_its_shift_and_never_on_its_rest_day() -> None:
    assert [one.starts_at for one in openings(need(WHITE))] == [at(11, 6, 45), at(11, 16, 15)]
    assert openings(need(RESTING)) == []
    assert cause(need(RESTING), 20) == "2026-05-11 至 2026-05-11 之间没有一个班前、班后可以开会的时间"


def test_a_quorum_calls_as_few_as_will_do_from_those_at_rest_and_only_for_a_reason() -> None:
    """16 people in four crews, half of them are eight: with 白 beside its shift four are missing, 丁 is at home."""
    four = (WHITE, MIDDLE, NIGHT, RESTING)
    assert openings(need(*four, least=8)) == []
    assert cause(need(*four, least=8), 50) == "应到 16 人、至少到 8 人，班前班后一次最多到 4 人；休息的人没有理由不叫"
    found = openings(need(*four, least=8, reason="表决须半数以上到会"))
    assert {(one.here, one.called) for one in found} == {(("甲",), ("丁",)), (("乙",), ("丁",)), (("丙",), ("丁",))}
    assert openings(need(*four, least=9, reason="表决须半数以上到会")) == []
    assert all(not one.called for one in openings(need(*four, reason="表决须半数以上到会"))), (
        "nobody is called without need"
    )


def test_an_hour_by_night_and_a_day_off_the_fixed_one_are_a_strain() -> None:
    found = {one.starts_at: one.strain for one in openings(need(MIDDLE, last=dt.date(2026, 5, 12), fixed_on=DAY))}
    assert found == {at(11, 14, 45): 0, at(12, 0, 15): 8, at(12, 14, 45): 2}


def test_days_to_keep_off_have_no_slot_and_a_room_too_small_is_named() -> None:
    assert openings(need(WHITE, keep_off=frozenset({DAY}))) == []
    assert cause(need(WHITE), 3) == "最少也要坐 4 人，可用的场地最多 3 座"
    assert cause(need(WHITE), 4) == ""


def test_a_make_up_is_beside_the_shifts_of_that_part_alone() -> None:
    assert [one.starts_at for one in makeups(need(WHITE, NIGHT), NIGHT)] == [at(11, 8, 15), at(11, 22, 45)]


def test_what_makes_no_sense_is_told_before_anything_is_planned() -> None:
    wrong = (
        need(WHITE, last=dt.date(2026, 5, 1), minutes=0, rooms=("大",)),
        need(WHITE, replace(WHITE, code="又"), least=5),
        need(crew("空", people=0)),
    )
    assert problems(wrong, (Room("小", "小", 10),)) == [
        "n 写了两遍",
        "党小组会：止于 2026-05-01，早于起日 2026-05-11",
        "党小组会：时长 0 分钟，应大于零",
        "党小组会：没有“大”这个场地",
        "党小组会：至少到 5 人，应到只有 4 人",
        "党小组会：有人同时写在两个班里",
        "党小组会：一个应到的人也没有",
    ]
