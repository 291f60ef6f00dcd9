"""The calendar says for every instant which production day, shift and statistical month it belongs to."""

import itertools
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.kernel.time.errors import CalendarError
from ronglu.kernel.time.period import Grain, Period
from tests.kernel.time import clocks
from tests.kernel.time.clocks import DEFAULT, ELEVEN, FROM_26, MIDNIGHT, SEVEN, rule

ONE = timedelta(days=1)


def test_the_night_shift_of_the_second_belongs_to_the_first() -> None:
    """09 §9.1-2: a day from 08:00, 夜 of 2 May 00–08."""
    assert DEFAULT.shift_of(datetime(2026, 5, 2, 0, 0)) == (date(2026, 5, 1), 3)
    assert DEFAULT.shift_of(datetime(2026, 5, 2, 7, 59, 59)) == (date(2026, 5, 1), 3)
    assert DEFAULT.shift_of(datetime(2026, 5, 2, 8, 0)) == (date(2026, 5, 2), 1)
    assert DEFAULT.bounds(date(2026, 5, 1), 3) == (datetime(2026, 5, 2, 0), datetime(2026, 5, 2, 8))
    assert DEFAULT.bounds(date(2026, 5, 1)) == (datetime(2026, 5, 1, 8), datetime(2026, 5, 2, 8))


def test_av14_twenty_to_midnight_is_night_from_seven_and_middle_by_the_default_clock() -> None:
    at = datetime(2026, 5, 2, 23, 40)
    for calendar, name in ((SEVEN, "夜"), (DEFAULT, "中")):
        day, no = calendar.shift_of(at)
        assert (day, calendar.slot(day, no).name) == (date(2026, 5, 2), name)


def test_a_day_that_begins_late_in_the_evening_carries_the_date_on_which_most_of_it_lies() -> None:
    assert ELEVEN.bounds(date(2026, 5, 2)) == (datetime(2026, 5, 1, 23), datetime(2026, 5, 2, 23))
    assert ELEVEN.shift_of(datetime(2026, 5, 1, 23)) == (date(2026, 5, 2), 1)
    assert ELEVEN.shift_of(datetime(2026, 5, 2, 22, 59)) == (date(2026, 5, 2), 3)


def test_the_shifts_of_a_plain_day_are_those_of_its_rule() -> None:
    assert SEVEN.shifts_on(date(2026, 5, 2)) == (
        ShiftTime(1, "白", time(7), Decimal(8)),
        ShiftTime(2, "中", time(15), Decimal(8)),
        ShiftTime(3, "夜", time(23), Decimal(8)),
    )
    with pytest.raises(CalendarError, match="只有 3 个班，没有第 4 班"):
        SEVEN.bounds(date(2026, 5, 2), 4)


def test_a_month_from_the_26th_is_named_after_the_month_it_ends_in() -> None:
    assert FROM_26.days_of(Period.month(2026, 3)) == (date(2026, 2, 26), date(2026, 3, 25))
    assert FROM_26.days_of(Period.month(2026, 1)) == (date(2025, 12, 26), date(2026, 1, 25))
    assert FROM_26.days_of(Period.quarter(2026, 1)) == (date(2025, 12, 26), date(2026, 3, 25))
    assert FROM_26.days_of(Period.year(2026)) == (date(2025, 12, 26), date(2026, 12, 25))
    assert FROM_26.month_of(date(2026, 2, 25)) == Period.month(2026, 2)
    assert FROM_26.month_of(date(2025, 12, 26)) == Period.month(2026, 1)
    assert FROM_26.period_of(date(2025, 12, 26), Grain.YEAR) == Period.year(2026)
    assert FROM_26.note(Period.month(2026, 3)) == ""


def test_the_night_of_the_25th_still_belongs_to_the_month_that_ends() -> None:
    day = FROM_26.day_of(datetime(2026, 3, 26, 7, 30))
    assert (day, FROM_26.month_of(day)) == (date(2026, 3, 25), Period.month(2026, 3))
    assert FROM_26.span(Period.month(2026, 3)) == (datetime(2026, 2, 26, 8), datetime(2026, 3, 26, 8))


def test_a_month_from_the_5th_is_named_after_the_month_it_begins_in() -> None:
    calendar = Calendar((rule("08:00", "白中夜", month_first=5),))
    assert calendar.days_of(Period.month(2026, 3)) == (date(2026, 3, 5), date(2026, 4, 4))


def test_weeks_are_whole_and_a_month_counts_their_days_inside_it() -> None:
    """1 March 2026 is a Sunday and 31 March a Tuesday."""
    parts = DEFAULT.weeks_in(Period.month(2026, 3))
    assert [(str(part.week), part.days) for part in parts] == [
        ("2026-W09", 1), ("2026-W10", 7), ("2026-W11", 7), ("2026-W12", 7), ("2026-W13", 7), ("2026-W14", 2),
    ]  # fmt: skip
    assert (parts[-1].first, parts[-1].last) == (date(2026, 3, 30), date(2026, 3, 31))
    assert DEFAULT.days_of(parts[-1].week) == (date(2026, 3, 30), date(2026, 4, 5))


def test_shifts_are_stepped_by_the_calendar() -> None:
    assert DEFAULT.step(Period.parse("2026-03-31/3"), 1) == Period.parse("2026-04-01/1")
    assert DEFAULT.step(Period.parse("2026-03-31/1"), -4) == Period.parse("2026-03-29/3")
    assert MIDNIGHT.children(Period.parse("2026-03-31"), Grain.SHIFT)[-1] == Period.parse("2026-03-31/3")


def test_a_production_day_must_begin_at_the_start_of_a_shift() -> None:
    off = CalendarRule(clocks.LONG_AGO, time(8), SEVEN.rules[0].shifts)
    assert Calendar((off,)).problems() == [
        "2000-01-01 起的日历：生产日从 08:00 开始，却没有班次在此时开始（班次开始于 07:00、15:00、23:00）"
    ]


def test_shifts_out_of_order_too_short_or_with_a_hole_are_named() -> None:
    shift = ShiftTime
    eight = Decimal(8)
    turned = (shift(1, "夜", time(0), eight), shift(2, "白", time(8), eight), shift(3, "中", time(16), eight))
    assert Calendar((CalendarRule(clocks.LONG_AGO, time(8), turned),)).problems() == [
        "2000-01-01 起的日历：第 1 班应是 08:00 开始的班，班次按生产日内的先后排列"
    ]
    hole = (shift(1, "白", time(8), Decimal("7.5")), shift(2, "中", time(16), eight), shift(3, "夜", time(0), eight))
    assert Calendar((CalendarRule(clocks.LONG_AGO, time(8), hole),)).problems() == [
        "2000-01-01 起的日历：各班合计应为 24 小时，现在是 23.5 小时",
        "2000-01-01 起的日历：白班到 15:30 结束，中班却从 16:00 开始，应首尾相接",
    ]


def test_wrong_numbers_names_and_month_days_are_named() -> None:
    twice = (ShiftTime(1, "白", time(8), Decimal(12)), ShiftTime(3, "白", time(20), Decimal(12)))
    assert Calendar((CalendarRule(clocks.LONG_AGO, time(8), twice, 31),)).problems() == [
        "2000-01-01 起的日历：统计月首日应在 1 到 28 之间，不能是 31",
        "2000-01-01 起的日历：班次号应从 1 起连续编号，顺序与生产日内的先后一致",
        "2000-01-01 起的日历：班次名称重复",
    ]
    assert Calendar((CalendarRule(clocks.LONG_AGO, time(8), ()),)).problems() == ["2000-01-01 起的日历：没有班次"]
    with pytest.raises(CalendarError, match="至少要有一条规则"):
        Calendar(())


def test_two_rules_from_one_day_are_refused() -> None:
    calendar = Calendar((rule("08:00", "白中夜"), rule("00:00", "夜白中")))
    assert calendar.problems() == ["两条日历规则都从 2000-01-01 起：每条规则应从不同的日期起"]


@given(clocks.calendars(), clocks.busy_instants)
def test_every_instant_falls_in_exactly_one_production_day_and_one_shift(calendar: Calendar, at: datetime) -> None:
    assert calendar.problems() == []
    near = [at.date() + n * ONE for n in (-2, -1, 0, 1, 2)]
    holding = [(day, slot.no) for day in near for slot in calendar.slots(day) if slot.starts_at <= at < slot.ends_at]
    assert holding == [calendar.shift_of(at)]
    holding_days = [day for day in near if calendar.bounds(day)[0] <= at < calendar.bounds(day)[1]]
    assert holding_days == [calendar.day_of(at)] == [holding[0][0]]


@given(clocks.calendars(), clocks.busy_days)
def test_shifts_tile_the_day_and_days_follow_each_other(calendar: Calendar, day: date) -> None:
    slots = calendar.slots(day)
    assert [slot.no for slot in slots] == list(range(1, len(slots) + 1))
    edges = [slots[0].starts_at, *(slot.ends_at for slot in slots)]
    assert [slot.starts_at for slot in slots[1:]] == edges[1:-1] and edges == sorted(set(edges))
    assert calendar.bounds(day) == (edges[0], edges[-1])
    assert calendar.bounds(day + ONE)[0] == edges[-1]


@given(clocks.calendars(), clocks.busy_days)
def test_statistical_months_follow_each_other_and_hold_their_days(calendar: Calendar, day: date) -> None:
    month = calendar.month_of(day)
    first, last = calendar.days_of(month)
    assert first <= day <= last
    assert calendar.days_of(month + 1)[0] == last + ONE and calendar.days_of(month - 1)[1] == first - ONE
    assert calendar.month_of(first) == calendar.month_of(last) == month
    assert sum(part.days for part in calendar.weeks_in(month)) == (last - first).days + 1


@given(clocks.calendars(), clocks.busy_days, st.sampled_from(Grain), st.sampled_from(Grain))
def test_the_children_of_a_period_tile_it(calendar: Calendar, day: date, wide: Grain, fine: Grain) -> None:
    order = list(Grain)
    if wide is Grain.SHIFT or order.index(fine) >= order.index(wide) or (fine is Grain.WEEK):
        return
    period = calendar.period_of(day, wide)
    spans = [calendar.span(child) for child in calendar.children(period, fine)]
    assert all(one[1] == two[0] for one, two in itertools.pairwise(spans))
    assert (spans[0][0], spans[-1][1]) == calendar.span(period)


@given(clocks.calendars(), clocks.busy_instants, st.integers(-30, 30))
def test_stepping_by_shifts_can_be_undone_and_moves_in_time(calendar: Calendar, at: datetime, n: int) -> None:
    shift = Period.shift(*calendar.shift_of(at))
    there = calendar.step(shift, n)
    assert calendar.step(there, -n) == shift
    assert (calendar.span(there) > calendar.span(shift)) == (n > 0)
    assert calendar.span(calendar.step(shift, 1))[0] == calendar.span(shift)[1]


@given(clocks.calendars(), clocks.busy_days)
def test_a_month_of_another_length_than_its_rule_says_so(calendar: Calendar, day: date) -> None:
    month = calendar.month_of(day)
    first, last = calendar.days_of(month)
    touched = any(first <= r.from_on <= last + ONE for r in calendar.rules[1:])
    assert touched or calendar.note(month) == ""
