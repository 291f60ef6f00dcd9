"""不在岗 and 顶班 in the kernel: who is away is neither expected nor called, and a short quorum says so in words."""

import datetime as dt
import time
from dataclasses import replace

from ronglu.kernel.gathering.due import Attendees, AwayTime, DueMeeting, OnDuty
from ronglu.kernel.gathering.openings import Presence, cause, openings, presence

DAY = dt.date(2026, 4, 2)


def at(hour: int, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute))


WHITE = (OnDuty(at(8), at(16)),)
GONE = (AwayTime(at(0), at(0, day=DAY + dt.timedelta(days=1))),)


def one(person: int, away: tuple[AwayTime, ...] = GONE) -> Attendees:
    return Attendees(f"one-{person}", "甲班", frozenset({person}), WHITE, away=away, alone=True)


def need(*parts: Attendees, least: int = 0, reason: str = "") -> DueMeeting:
    return DueMeeting(
        code="n",
        label="支委会",
        parts=parts,
        first=DAY,
        last=DAY,
        minutes=60,
        rooms=("室",),
        least=least,
        reason=reason,
    )


def test_who_is_away_is_away_beside_his_shift_and_at_home_alike() -> None:
    assert presence(one(1), at(16, 15), at(17, 15)) is Presence.AWAY
    assert presence(one(1), at(2), at(3)) is Presence.AWAY
    assert presence(one(1, ()), at(16, 15), at(17, 15)) is Presence.BESIDE
    next_day = DAY + dt.timedelta(days=1)
    assert presence(one(1), at(0, day=next_day), at(1, day=next_day)) is not Presence.AWAY, (
        "the last day is over at midnight"
    )


def test_a_quorum_that_the_absent_break_is_told_in_words() -> None:
    here = Attendees("crew", "甲班", frozenset(range(4)), WHITE)
    nine = (here, one(11), one(12), one(13), replace(one(14), away=()), replace(one(15), away=()))
    asked = need(*nine, least=7, reason="须过半数")
    assert openings(asked) == []
    assert cause(asked, 20) == "到会预计 6/9，至少要 7 人：3 人不在岗"
    half = need(replace(here, people=frozenset(range(2))), *(one(n) for n in range(11, 15)), least=3)
    assert cause(half, 20) == "到会预计 2/6，够不上半数：4 人不在岗；休息的人没有理由不叫"
    assert cause(replace(asked, least=6), 20) == ""


def test_the_absent_are_never_called_in() -> None:
    rest = Attendees(
        "rest", "丙班", frozenset({21, 22}), (OnDuty(at(8) - dt.timedelta(days=3), at(16) - dt.timedelta(days=3)),)
    )
    gone = replace(one(1), spells=())
    found = openings(need(replace(one(9), away=()), rest, gone, least=3, reason="须过半数"))
    assert found and all(slot.called == ("rest",) for slot in found)


def test_the_fewest_to_call_are_found_among_forty_single_persons() -> None:
    """Set by set that would be a million million."""
    spells = (OnDuty(at(8) - dt.timedelta(days=3), at(16) - dt.timedelta(days=3)),)
    many = tuple(replace(one(n, ()), spells=spells) for n in range(100, 140))
    pair = Attendees("two", "乙班", frozenset({1, 2}), spells)
    began = time.process_time()
    [first, *_] = openings(need(replace(one(9), away=()), *many, pair, least=22, reason="须过半数"))
    assert time.process_time() - began < 2
    called = sum(2 if code == "two" else 1 for code in first.called)
    assert called == 21 and "two" in first.called, "as few as the number asks for, in as few parts as can be"
