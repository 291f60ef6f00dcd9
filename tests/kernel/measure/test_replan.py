"""What is left of a plan spread anew: exact to the last digit, uneven days stay uneven, a stop carries nothing."""

import datetime as dt
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.plan import PlanError
from ronglu.kernel.measure.replan import replan

FIRST = dt.date(2026, 3, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number - 1)


def plan(*values: int) -> dict[dt.date, D]:
    return {day(n): D(value) for n, value in enumerate(values, 1)}


def test_a_shortfall_is_spread_over_the_days_left() -> None:
    """5 days of 100; 2 days brought 140 of 200: 360 over three days is 120 each."""
    found = replan(plan(100, 100, 100, 100, 100), done=D(140), after=day(2), decimals=0)
    assert found == {day(3): D(120), day(4): D(120), day(5): D(120)}


def test_uneven_days_stay_uneven() -> None:
    """300 left over days planned 100 and 50: two thirds and one third."""
    assert replan(plan(150, 100, 50), done=D(0), after=day(1), decimals=0) == {day(2): D(200), day(3): D(100)}


def test_a_day_that_a_stop_takes_half_carries_half() -> None:
    """300 left; days of equal plan, one of them half lost: 200 and 100. Lost whole it carries nothing."""
    days = plan(100, 100, 100)
    assert replan(days, done=D(0), after=day(1), decimals=0, lost={day(3): Fraction(1, 2)}) == {
        day(2): D(200),
        day(3): D(100),
    }
    assert replan(days, done=D(0), after=day(1), decimals=0, lost={day(3): Fraction(1)}) == {
        day(2): D(300),
        day(3): D(0),
    }


def test_a_plan_that_is_met_needs_nothing_more() -> None:
    assert set(replan(plan(100, 100), done=D(250), after=day(1), decimals=1).values()) == {D("0.0")}


def test_where_no_day_is_left_it_says_how_much_is_owed() -> None:
    with pytest.raises(PlanError, match="还欠 60，期内已没有能生产的日子"):
        replan(plan(100, 100), done=D(140), after=day(2), decimals=0)


@given(
    values=st.lists(st.integers(0, 5000), min_size=2, max_size=40).filter(lambda found: any(found[1:])),
    done=st.integers(0, 10_000),
    gone=st.integers(1, 1440),
)
def test_the_parts_add_up_to_what_is_left_to_the_last_digit(values: list[int], done: int, gone: int) -> None:
    days = {one: D(value) / 10 for one, value in plan(*values).items()}
    found = replan(days, done=D(done) / 10, after=day(1), decimals=1, lost={day(2): Fraction(gone, 1440)})
    assert sum(found.values()) == max(D(0), sum(days.values()) - D(done) / 10)
