"""A roster gives each shift exactly one crew and each crew at least twelve hours of rest, or is refused by name."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import RosterError
from ronglu.kernel.time.roster import (
    FOUR,
    Roster,
    RosterBook,
    day_crew,
    five_four,
    four_three,
    four_two,
    named_cycle,
)
from tests.kernel.time import clocks
from tests.kernel.time.clocks import DEFAULT, ELEVEN, LONG_AGO, MIDNIGHT, SIX_HOURS, TWELVE_HOURS, rule

ANCHOR = date(2026, 1, 1)


def shifts(calendar: Calendar) -> tuple:
    return calendar.rules[0].shifts


def roster(words: str, calendar: Calendar, **other: date) -> Roster:
    return Roster("测试轮班", FOUR, named_cycle(words, shifts(calendar)), 2, ANCHOR, LONG_AGO, **other)


COMMON = {
    "四班三运转": (DEFAULT, four_three(shifts=shifts(DEFAULT), anchor=ANCHOR, from_on=LONG_AGO)),
    "夜班在前": (MIDNIGHT, four_three(shifts=shifts(MIDNIGHT), anchor=ANCHOR, from_on=LONG_AGO, night_first=True)),
    "23 点起": (ELEVEN, four_three(shifts=shifts(ELEVEN), anchor=ANCHOR, from_on=LONG_AGO, night_first=True)),
    "五班四倒": (SIX_HOURS, five_four(shifts=shifts(SIX_HOURS), anchor=ANCHOR, from_on=LONG_AGO)),
    "四班两运转": (TWELVE_HOURS, four_two(shifts=shifts(TWELVE_HOURS), anchor=ANCHOR, from_on=LONG_AGO)),
}


def standing(name: str, day: date) -> str:
    """The crews of a day in the order of its shifts."""
    calendar, found = COMMON[name]
    return "".join(found.crew_on(day, slot.no) or "无" for slot in calendar.slots(day))


@pytest.mark.parametrize(
    ("name", "crews"),
    [
        # 甲 at 0 = 白, 乙 at 2 = 中, 丙 at 4 = 夜, 丁 at 6 = rest; two days later each is two further on
        ("四班三运转", ["甲乙丙", "甲乙丙", "丁甲乙", "丁甲乙", "丙丁甲", "丙丁甲", "乙丙丁", "乙丙丁", "甲乙丙"]),
        ("夜班在前", ["甲乙丙", "甲乙丙", "丁甲乙"]),
        ("五班四倒", ["甲乙丙丁", "甲乙丙丁", "戊甲乙丙", "戊甲乙丙", "丁戊甲乙"]),
        ("四班两运转", ["甲乙", "丁甲", "丙丁", "乙丙", "甲乙"]),
    ],
)
def test_the_common_rosters_day_by_day(name: str, crews: list[str]) -> None:
    assert [standing(name, ANCHOR + timedelta(days=n)) for n in range(len(crews))] == crews


def test_days_before_the_anchor_run_the_same_cycle() -> None:
    assert standing("四班三运转", ANCHOR - timedelta(days=1)) == standing("四班三运转", ANCHOR + timedelta(days=7))


@pytest.mark.parametrize("name", COMMON)
def test_the_common_rosters_are_lawful_under_their_clocks(name: str) -> None:
    calendar, found = COMMON[name]
    assert found.problems(calendar) == []


@given(st.sampled_from(list(COMMON)), clocks.days)
def test_each_shift_has_exactly_one_crew_and_each_crew_its_fair_share(name: str, day: date) -> None:
    calendar, found = COMMON[name]
    size = len(found.cycle)
    crews = [
        [c for i, c in enumerate(found.crews) if found.cycle[found.position((on - ANCHOR).days, i)] == slot.no]
        for on in (day + timedelta(days=n) for n in range(size))
        for slot in calendar.slots(on)
    ]
    assert all(len(who) == 1 for who in crews)
    assert set(Counter(who[0] for who in crews).values()) == {len(crews) // len(found.crews)}
    assert [who[0] for who in crews[: len(calendar.slots(day))]] == list(standing(name, day))


def test_the_wrong_order_is_refused_by_name_with_no_rest_at_all() -> None:
    """夜 ends at 08:00 and 白 begins at 08:00 of the next production day."""
    assert roster("夜夜白白中中休休", DEFAULT).problems(DEFAULT) == [
        "轮班表“测试轮班”：夜班下班到白班上班只隔 0 小时，少于 12 小时；请检查循环的顺序是否与生产日从 08:00 开始相符"
    ]
    assert roster("白白中中夜夜休休", MIDNIGHT).problems(MIDNIGHT) == [
        "轮班表“测试轮班”：中班下班到夜班上班只隔 0 小时，少于 12 小时；请检查循环的顺序是否与生产日从 00:00 开始相符"
    ]


@pytest.mark.parametrize(("calendar", "right"), [(DEFAULT, "白中夜"), (MIDNIGHT, "夜白中"), (ELEVEN, "夜白中")])
def test_of_the_six_orders_only_one_leaves_enough_rest(calendar: Calendar, right: str) -> None:
    lawful = [
        "".join(order)
        for order in permutations("白中夜")
        if not roster("".join(name * 2 for name in order) + "休休", calendar).problems(calendar)
    ]
    assert lawful == [right]


def test_exactly_twelve_hours_of_rest_are_enough() -> None:
    two = Roster("两班", ("甲", "乙"), named_cycle("白夜", shifts(TWELVE_HOURS)), 1, ANCHOR, LONG_AGO)
    assert [text.split("；")[0] for text in two.problems(TWELVE_HOURS)] == [
        "轮班表“两班”：夜班下班到白班上班只隔 0 小时，少于 12 小时"
    ]
    days_only = Roster("白班", ("甲",), named_cycle("白", shifts(TWELVE_HOURS)), 0, ANCHOR, LONG_AGO)
    assert days_only.problems(TWELVE_HOURS) == []


def test_a_shift_with_two_crews_or_none_is_refused() -> None:
    step_one = Roster("错位", FOUR, named_cycle("白白中中夜夜休休", shifts(DEFAULT)), 1, ANCHOR, LONG_AGO)
    found = step_one.problems(DEFAULT)
    assert found[0] == "轮班表“错位”：循环第 1 天白班应恰有一个班组，现在是甲、乙"
    assert "轮班表“错位”：循环第 1 天夜班应恰有一个班组，现在是没有班组" in found


def test_a_roster_for_another_number_of_shifts_is_refused() -> None:
    five = COMMON["五班四倒"][1]
    assert five.problems(DEFAULT)[0] == "轮班表“五班四倒”：循环里有第 4 班，2000-01-01 起的日历只有 3 个班"


def test_a_roster_is_held_against_every_clock_it_meets_and_no_other() -> None:
    changing = Calendar((rule("08:00", "白中夜"), rule("00:00", "夜白中", date(2026, 6, 1))))
    numbers = COMMON["四班三运转"][1].cycle
    ends = Roster("到五月", FOUR, numbers, 2, ANCHOR, ANCHOR, date(2026, 6, 1))
    wrong = Roster("夜在前", FOUR, named_cycle("夜夜白白中中休休", shifts(DEFAULT)), 2, ANCHOR, ANCHOR)
    late = Roster("六月起", FOUR, wrong.cycle, 2, ANCHOR, date(2026, 6, 1))
    assert ends.problems(changing) == []
    assert [text.split("只隔")[0] for text in wrong.problems(changing)] == [
        "轮班表“夜在前”：夜班下班到白班上班",
        "轮班表“夜在前”：中班下班到夜班上班",
    ]
    assert [text.split("只隔")[0] for text in late.problems(changing)] == ["轮班表“六月起”：中班下班到夜班上班"]


def test_the_day_crew_stands_the_day_shift_only() -> None:
    found = day_crew(shifts=shifts(MIDNIGHT), anchor=ANCHOR, from_on=LONG_AGO)
    assert [found.crew_on(ANCHOR, no) for no in (1, 2, 3)] == [None, "长白", None]
    assert found.problems(MIDNIGHT) == []


def test_a_roster_holds_from_its_first_day_to_before_its_last() -> None:
    found = roster("白白中中夜夜休休", DEFAULT, until_on=date(2026, 2, 1))
    assert found.crew_on(date(2026, 1, 31), 1) is not None
    assert found.crew_on(date(2026, 2, 1), 1) is None
    backwards = roster("白白中中夜夜休休", DEFAULT, until_on=LONG_AGO)
    assert "轮班表“测试轮班”：截止日 2000-01-01 应晚于起始日 2000-01-01" in backwards.problems(DEFAULT)


def test_words_that_are_no_shift_of_the_clock_are_refused() -> None:
    with pytest.raises(RosterError, match="循环里的“中”不是班次；这一日历的班次是 白、夜"):
        named_cycle("白中夜休", shifts(TWELVE_HOURS))
    with pytest.raises(RosterError, match="不能为空"):
        Roster("空", FOUR, (), 2, ANCHOR, LONG_AGO)


def test_the_crew_of_an_instant_follows_the_production_day() -> None:
    book = RosterBook({"磨浮线": [COMMON["四班三运转"][1]]}, calendar=DEFAULT)
    assert book.crew_on("磨浮线", datetime(2026, 1, 1, 8)) == "甲"
    assert book.crew_on("磨浮线", datetime(2026, 1, 2, 3)) == "丙"
    assert book.crew_on("别的线", datetime(2026, 1, 2, 3)) is None
    with pytest.raises(RosterError, match="需要日历"):
        RosterBook({}).crew_on("磨浮线", datetime(2026, 1, 1, 8))
