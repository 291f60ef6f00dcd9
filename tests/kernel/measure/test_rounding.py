"""Numbers are rounded once, half-up unless an indicator says half-even, and kept as scaled integers."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.rounding import (
    NumberError,
    Rounding,
    divide,
    from_scaled,
    half_even,
    half_up,
    round_fraction,
    round_to,
    to_scaled,
)

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("value", "up", "even"),
    [("0.125", "0.13", "0.12"), ("2.675", "2.68", "2.68"), ("-46.835", "-46.84", "-46.84"), ("0.115", "0.12", "0.12")],
)
def test_a_half_goes_away_from_zero_or_to_the_even_neighbour(value, up, even):
    assert half_up(D(value), 2) == D(up)
    assert half_even(D(value), 2) == D(even)


def test_a_quotient_is_rounded_once_and_not_by_way_of_its_guard_digits():
    # 0.12499999996 cut at six decimals reads 0.125000, which would wrongly become 0.13.
    assert divide(D("0.12499999996"), D(1), 2) == D("0.12")
    assert divide(D(1), D(3), 4) == D("0.3333")
    assert divide(D(2), D(3), 0) == D(1)


def test_dividing_by_zero_gives_nothing():
    assert divide(D(5), D(0), 2) is None


def test_a_negative_half_is_rounded_like_a_positive_one():
    assert round_fraction(Fraction(-1, 8), 2) == D("-0.13")
    assert round_fraction(Fraction(-1, 8), 2, Rounding.HALF_EVEN) == D("-0.12")


def test_more_decimals_than_declared_are_rounded_and_are_no_error():
    assert to_scaled("1.2345", 3) == 1235
    assert to_scaled(" 12 ", 2) == 1200
    assert to_scaled("1.2e3", 0) == 1200
    assert to_scaled("-0.5", 0) == -1


@pytest.mark.parametrize("text", ["", "1,234", "1 234", "—", "NaN", "Infinity", "12t"])
def test_a_text_that_is_no_plain_number_is_refused_by_name(text):
    with pytest.raises(NumberError, match="不是数"):
        to_scaled(text, 2)


@pytest.mark.parametrize("value", [True, 1.5, None])
def test_bool_and_float_are_no_numbers_here(value):
    with pytest.raises(NumberError):
        to_scaled(value, 2)


@given(numbers)
def test_scaling_and_back_is_the_same_number(value):
    assert from_scaled(to_scaled(value, 6), 6) == value


@given(numbers, st.integers(0, 6), st.sampled_from(Rounding))
def test_both_ways_of_rounding_agree(value, decimals, rule):
    assert round_fraction(Fraction(value), decimals, rule) == round_to(value, decimals, rule)
