"""A figure beside another: absolute, per cent, percentage points; a word where per cent has no meaning."""

from decimal import Decimal as D

import pytest

from ronglu.kernel.measure.compare import (
    Change,
    PerDay,
    against_plan,
    base_from_delta,
    base_from_value,
    beyond,
    by_day,
    points,
    progress,
    relative,
    share,
)


@pytest.mark.covers("S3-32")
def test_ore_against_the_year_plan_stands_beside_the_elapsed_time_av_4():
    """6 728 400 of 9 000 000 t on 30 September: 74.76 % of the task in 273/365 = 74.79 % of the time."""
    found = progress(D(6_728_400), D(9_000_000), elapsed=273, whole=365)
    assert (found.task, found.time, found.gap) == (D("74.76"), D("74.79"), D("-0.03"))


@pytest.mark.covers("S3-39")
@pytest.mark.parametrize("now", ["0.8399", "0.84"])
def test_the_failure_rate_fell_by_46_84_per_cent_av_5(now):
    assert relative(D(now), D("1.58")).percent == D("-46.84")


@pytest.mark.covers("S2-23")
def test_output_above_plan_av_6():
    assert relative(D(10_450), D(10_000)).percent == D("4.50")
    assert relative(D("2169.2"), D(2_000)).percent == D("8.46")


@pytest.mark.covers("S2-23")
def test_a_yield_above_plan_is_shown_in_both_readings_av_7():
    found = against_plan(D("62.00"), D("61.00"), unit="%")
    assert (found.relative.percent, found.points, found.delta) == (D("1.64"), D("1.00"), D("1.00"))


def test_percentage_points_exist_only_between_percentages():
    assert points(D(10_450), D(10_000), unit="t") is None


@pytest.mark.parametrize(
    ("now", "base", "word", "delta"),
    [("12", "0", "—", "12"), ("30", "-50", "扭亏", "80"), ("-30", "-50", "减亏", "20"), ("-60", "-50", "增亏", "-10"),
     ("-50", "-50", "持平", "0"), ("-5", "20", "转亏", "-25"), ("0", "-5", "扭亏", "5")],
)  # fmt: skip
def test_over_no_positive_base_a_word_stands_instead_of_a_percentage(now, base, word, delta):
    assert relative(D(now), D(base)) == Change(D(delta), None, word)


def test_a_missing_side_is_neither_zero_nor_a_change():
    assert relative(None, D(5)) == Change(None, None, "—")
    assert relative(D(5), None) == Change(None, None, "—")
    assert relative(D(0), D(5)).percent == D("-100.00")
    assert share(None, D(5)) is None and share(D(5), D(0)) is None
    assert progress(None, D(10), elapsed=5, whole=10).time == D("50.00")


def test_a_published_growth_implies_its_base():
    assert base_from_delta(D(4800), D("3.24")) == D("148148.1")
    assert base_from_value(D("13.91"), D("9.62")) == D("12.69")
    assert base_from_delta(D(1), D(0)) is None and base_from_value(D(1), D(-100)) is None


def test_a_band_is_left_by_the_distance_to_its_edge():
    band = (D(58), D(62))
    assert [beyond(D(value), band) for value in ("57", "58", "60", "62", "63.5")] == [D(1), D(0), D(0), D(0), D("1.5")]
    assert beyond(D(-5), (None, D(1))) == D(0)


def test_a_month_by_the_day_is_compared_by_exact_quotients():
    """310 t in 31 days against 580 t in 59: 10 against 9.83050… a day, which rounded to 9.83 would make it 1.73 %."""
    assert by_day(PerDay(D(310), 31), PerDay(D(580), 59)).percent == D("1.72")
    assert PerDay(D(580), 59).of(2) == D("9.83")
    assert by_day(PerDay(D(310), 31), None) == Change(None, None, "—")
    assert by_day(PerDay(D(310), 31), PerDay(D(0), 59)).percent is None
