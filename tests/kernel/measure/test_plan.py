"""A plan splits exactly: uneven months, stopped days, and the pace that is still needed."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.plan import (
    PlanError,
    Stop,
    allot,
    curve,
    level,
    pace,
    planned,
    required,
    to_days,
    to_months,
    within,
    working,
)

MARCH = [date(2026, 3, 1) + timedelta(days=no) for no in range(31)]
OVERHAUL = Stop(date(2026, 3, 10), date(2026, 3, 15))


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 100), min_size=1, max_size=40).filter(any))
def test_the_parts_always_add_up_to_the_whole(total, weights):
    parts = allot(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1 + 1e-6
        assert weight or not part


def test_the_largest_remainders_get_the_units_that_are_left():
    assert allot(10, [1, 1, 1]) == (4, 3, 3)
    assert allot(7, [D("1.5"), D("0.5"), 1]) == (4, 1, 2)  # exact 3.5, 1.1667, 2.3333
    assert allot(0, [0, 0]) == (0, 0)


def test_a_month_with_a_stop_carries_its_whole_plan_on_the_other_days():
    daily = to_days(D("1000.00"), days=MARCH, decimals=2, stops=[OVERHAUL])
    assert sum(daily.values()) == D("1000.00")
    assert [daily[day] for day in MARCH if OVERHAUL.holds(day)] == [D("0.00")] * 5
    # 100 000 hundredths over 26 days: 3 846 each, and 4 days get one more.
    open_days = working(MARCH, [OVERHAUL])
    assert [daily[day] for day in open_days] == [D("38.47")] * 4 + [D("38.46")] * 22


def test_a_stop_ends_on_the_day_work_starts_again():
    assert OVERHAUL.holds(date(2026, 3, 14)) and not OVERHAUL.holds(date(2026, 3, 15))


def test_a_plan_for_a_month_that_is_stopped_whole_is_refused():
    whole = Stop(date(2026, 3, 1), date(2026, 4, 1))
    with pytest.raises(PlanError, match="没有生产日"):
        to_days(D(10), days=MARCH, decimals=0, stops=[whole])
    assert set(to_days(D(0), days=MARCH, decimals=0, stops=[whole]).values()) == {D(0)}


def test_a_year_goes_to_uneven_months_and_signed_months_keep_their_figure():
    """12 000 t; March is fixed at 450 t for an overhaul, the rest goes by days: 11 550 over 334 days."""
    days = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    months = to_months(D(12_000), weights=days, decimals=1, fixed={3: D(450)})
    assert list(months) == list(days) and sum(months.values()) == D(12_000)
    assert months[3] == D(450)
    assert months[2] == D("968.3")  # 11550 × 28 / 334 = 968.263


def test_a_level_is_the_same_every_working_day_and_absent_in_a_stop():
    targets = level(D("84.5"), days=MARCH, stops=[OVERHAUL])
    assert len(targets) == 26 and set(targets.values()) == {D("84.5")}


def test_the_curve_adds_up_day_by_day_and_is_flat_in_a_stop():
    daily = to_days(D(260), days=MARCH, decimals=0, stops=[OVERHAUL])
    points = dict(curve(daily))
    assert points[date(2026, 3, 9)] == points[date(2026, 3, 14)] == D(90)
    assert points[MARCH[-1]] == D(260) and planned(daily, through=date(2026, 3, 15)) == D(100)


def test_the_pace_still_needed_counts_only_the_days_on_which_work_is_planned():
    """Day 9 of 31: 81 of 260 t done, 179 t left on 17 working days (31 − 9 − 5)."""
    daily = to_days(D(260), days=MARCH, decimals=0, stops=[OVERHAUL])
    found = pace(daily, done=D(81), on=date(2026, 3, 9), decimals=2, stops=[OVERHAUL])
    assert (found.left, found.days_left, found.required) == (D(179), 17, D("10.53"))
    assert (found.task, found.time, found.curve, found.ahead) == (D("31.15"), D("29.03"), D("34.62"), D(-9))


def test_what_the_year_plan_still_asks_of_each_day_av_4():
    """9 000 000 − 6 728 400 = 2 271 600 t on the 92 days from 1 October."""
    year = [date(2026, 1, 1) + timedelta(days=no) for no in range(365)]
    daily = to_days(D(9_000_000), days=year, decimals=0)
    found = pace(daily, done=D(6_728_400), on=date(2026, 9, 30), decimals=1)
    assert (found.task, found.days_left, found.required) == (D("74.76"), 92, D("24691.3"))


def test_a_met_plan_needs_no_pace_and_a_missed_one_has_no_day_left():
    assert required(D(0), 0, decimals=1) == D("0.0") and required(D(-3), 5, decimals=1) == D("0.0")
    assert required(D(3), 0, decimals=1) is None


def test_a_week_keeps_only_its_days_inside_the_month():
    daily = to_days(D(310), days=MARCH, decimals=0)
    week = within(daily, first=date(2026, 3, 30), last=date(2026, 4, 5))
    assert (len(week), sum(week.values())) == (2, D(20))
