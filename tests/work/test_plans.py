"""Plans set and split: the parts add up to the whole, to the last unit."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.period import Period
from ronglu.store.models import Plan, PlanStop, Unit
from ronglu.work import plans
from ronglu.work.plans import BadPlan, Figure
from tests.cast import AT, Cast, cast
from tests.work.clock import set_clock

__all__ = ["cast"]


@pytest.fixture
def line(cast: Cast) -> Unit:
    set_clock(cast.plant)
    return cast.unit["QL-R1"]


@pytest.fixture
def feed() -> Indicator:
    return pack_of("qinglan").indicators["SM-01"]


def put(line: Unit, **figures: str) -> None:
    """put(line, y2026="3650", m2026_03="400")"""
    rows = [
        Figure(line.pk, "SM-01", Period.parse(period[1:].replace("_", "-")), Decimal(value)) for period, value in figures.items()
    ]  # fmt: skip
    plans.put(plant=line.plant, figures=rows, by=None, at=AT)


def plan(period: str) -> Decimal:
    return Decimal(Plan.objects.get(period=period).value)


def test_a_year_is_split_by_the_days_of_its_months(line: Unit, feed: Indicator) -> None:
    put(line, y2026="3650")
    done = plans.split_year(unit=line, indicator=feed, year=2026, by=None, at=AT)
    assert done.new == 12
    assert [plan(f"2026-0{month}") for month in (1, 2, 4)] == [310, 280, 300]


def test_a_month_that_has_its_own_plan_keeps_it_and_the_others_share_the_rest(line: Unit, feed: Indicator) -> None:
    put(line, y2026="3650", m2026_03="640")  # 3010 left for 334 days
    plans.split_year(unit=line, indicator=feed, year=2026, by=None, at=AT)
    months = [plan(f"2026-{month:02}") for month in range(1, 13)]
    assert (months[2], sum(months)) == (640, 3650)
    # 28/334 of 3010 is 252.3353; of the five hundredths that rounding down leaves, February has the fifth largest claim
    assert months[1] == Decimal("252.34")


def test_days_of_an_approved_stop_carry_nothing_and_others_the_whole(line: Unit, feed: Indicator, cast: Cast) -> None:
    put(line, m2026_03="280")
    PlanStop.objects.create(unit=line, from_on=dt.date(2026, 3, 4), until_on=dt.date(2026, 3, 7), reason="检修",
                            approved_by=cast.account["马主任"])  # fmt: skip
    plans.split_month(unit=line, indicator=feed, month=Period.month(2026, 3), by=None, at=AT)
    assert [plan(f"2026-03-{day:02}") for day in (3, 4, 6, 7)] == [10, 0, 0, 10]


def test_a_day_that_has_its_own_plan_keeps_it(line: Unit, feed: Indicator) -> None:
    put(line, m2026_03="310", d2026_03_05="40")  # 270 left for 30 days
    plans.split_month(unit=line, indicator=feed, month=Period.month(2026, 3), by=None, at=AT)
    assert [plan(f"2026-03-{day:02}") for day in (4, 5, 6)] == [9, 40, 9]
    put(line, m2026_03="300")
    with pytest.raises(BadPlan, match="各日之和 310，与本月 300 合不上"):
        plans.split_month(unit=line, indicator=feed, month=Period.month(2026, 3), by=None, at=AT)


def test_a_month_that_is_stopped_throughout_cannot_carry_a_plan(line: Unit, feed: Indicator, cast: Cast) -> None:
    put(line, m2026_03="310")
    PlanStop.objects.create(unit=line, from_on=dt.date(2026, 3, 1), until_on=dt.date(2026, 4, 1), reason="大修",
                            approved_by=cast.account["马主任"])  # fmt: skip
    with pytest.raises(BadPlan, match="没有生产日，却有计划 310"):
        plans.split_month(unit=line, indicator=feed, month=Period.month(2026, 3), by=None, at=AT)


def test_months_that_already_exceed_the_year_leave_nothing_to_split(line: Unit, feed: Indicator) -> None:
    put(line, y2026="1000", m2026_03="1200")
    with pytest.raises(BadPlan, match="1200 超过全年 1000"):
        plans.split_year(unit=line, indicator=feed, year=2026, by=None, at=AT)


def test_a_ratio_is_not_split(line: Unit) -> None:
    with pytest.raises(BadPlan, match="比率"):
        plans.split_year(unit=line, indicator=pack_of("qinglan").indicators["SM-02"], year=2026, by=None, at=AT)


def test_without_a_plan_there_is_nothing_to_split(line: Unit, feed: Indicator) -> None:
    with pytest.raises(BadPlan, match="没有 2026-03 的"):
        plans.split_month(unit=line, indicator=feed, month=Period.month(2026, 3), by=None, at=AT)


def test_plans_are_for_years_months_and_days_alone(line: Unit) -> None:
    with pytest.raises(BadPlan, match="不能按周"):
        put(line, w2026_W11="5")
