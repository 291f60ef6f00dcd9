"""What stands beside a value on the board: plan and pace, a year ago, the period before, coverage, a word."""

import datetime as dt
from decimal import Decimal as D

import pytest

from ronglu.boards.indicator.read import Line, attention, board, lines_of
from ronglu.boards.indicator.rows import Around, around, newest_day
from ronglu.boards.indicator.story import story
from ronglu.kernel.time.period import Period
from ronglu.store.models import IndicatorRow, Reading
from tests.boards.milled import METAL, built, metal, ore_every_shift
from tests.facts.mill import Mill, mill

__all__ = ["mill"]
MARCH = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


def at(mill: Mill) -> Around:
    found = around(plant=mill.plant, indicators=mill.pack.indicators)
    assert found is not None
    return found


def line(mill: Mill, unit: str, indicator: str, period: str) -> Line:
    pk = mill.unit[unit].pk
    found = lines_of(around=at(mill), units=[pk], period=Period.parse(period), only=[indicator])
    return found[pk][0]


def kept(mill: Mill, unit: str, indicator: str, period: str, value: str, plan: str = "", due: int = 93) -> None:
    """A row as it was built long ago."""
    found = Period.parse(period)
    IndicatorRow.objects.create(
        plant=mill.plant, unit=mill.unit[unit], indicator=indicator, grain=found.grain.value, period=period,
        month=mill.calendar.month_of(found.last).yyyymm, value=value, plan=plan, covered=due, expected=due,
    )  # fmt: skip


def test_a_plant_whose_boards_were_never_built_has_nothing_to_read(mill: Mill) -> None:
    assert newest_day(mill.plant) is None
    assert around(plant=mill.plant, indicators=mill.pack.indicators) is None


def test_a_new_month_that_owes_days_and_has_none_hides_no_board(mill: Mill) -> None:
    """On the morning of the first a figure of the month itself came before any shift's."""
    kept(mill, "一系列", "CN-01", "2026-03-31", "30.00", due=3)
    kept(mill, "一系列", "CN-01", "2026-04-01", "", due=3)
    assert newest_day(mill.plant) == MARCH[1]


@pytest.mark.covers("S3-39")
def test_a_quantity_is_compared_in_per_cent_and_a_per_cent_both_ways(mill: Mill) -> None:
    """930 t against 900 planned, 1000 a year ago, 800 in February; 86 % against 84 % planned and 80 % a year ago."""
    mill.reports("一系列", *METAL)
    mill.plans("一系列", "CN-01", _2026_03="900")
    mill.plans("一系列", "CN-03a", _2026_03="84")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    IndicatorRow.objects.filter(indicator="CN-03a", period="2026-03").update(value="86.00")
    kept(mill, "一系列", "CN-01", "2025-03", "1000.00")
    kept(mill, "一系列", "CN-01", "2026-02", "800.00", due=84)
    kept(mill, "一系列", "CN-03a", "2025-03", "80.00")
    ore, recovery = line(mill, "一系列", "CN-01", "2026-03"), line(mill, "一系列", "CN-03a", "2026-03")
    assert (ore.value, ore.plan, ore.due, ore.state) == (D("930.00"), D("900.00"), D("900.00"), "good")
    assert (ore.gap.delta, ore.gap.relative.percent, ore.gap.points) == (D("30.00"), D("3.33"), None)
    assert (ore.year.change.percent, ore.before.change.percent) == (D("-7.00"), D("16.25"))
    assert (recovery.gap.points, recovery.gap.relative.percent) == (D("2.00"), D("2.38"))
    assert (recovery.year.points, recovery.year.change.percent) == (D("6.00"), D("7.50"))
    assert recovery.before.base is None


@pytest.mark.covers("S0-24")
def test_a_running_month_is_set_against_the_plan_and_the_days_gone_by(mill: Mill) -> None:
    """Ten days of April at 30 t: 300 of 900 planned, a third of the plan's days; the same ten days of March had 200 t."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026_04="900")
    tenth = dt.date(2026, 4, 10)
    ore_every_shift(mill, "一系列", "10", dt.date(2026, 4, 1), tenth)
    built(mill, "2026-04", until=tenth)
    for day in range(1, 32):
        kept(mill, "一系列", "CN-01", f"2026-03-{day:02}", "20.00", due=3)
    found = board(around=at(mill), unit=mill.unit["一系列"].pk, period=Period.parse("2026-04"))
    ore = found.lines[0]
    assert found.running
    assert (ore.value, ore.plan, ore.due) == (D("300.00"), D("900.00"), D("300.00"))
    assert ore.pace is not None
    assert (ore.pace.task, ore.pace.time, ore.pace.gap) == (D("33.33"), D("33.33"), D("0.00"))
    assert (ore.before.base, ore.before.change.percent) == (D("200.00"), D("50.00"))
    assert ore.year.base is None
    steps = {s.period.grain.value: s for s in found.chain}
    assert (steps["day"].value, steps["day"].plan) == (D("30.00"), D("30.00"))
    # 600 t left over 20 days
    assert (steps["month"].days_left, steps["month"].needed, steps["month"].recent) == (20, D("30.0"), D("30.0"))


@pytest.mark.covers("S0-24")
@pytest.mark.parametrize(
    ("period", "plan", "due"), [("2026-04-05", "30", "20"), ("2026-W14", "210", "200"), ("2026-04", "900", "140")]
)
def test_of_the_day_that_runs_only_the_shifts_that_reported_are_due(
    mill: Mill, period: str, plan: str, due: str
) -> None:
    """930 t in March and 900 in April are 30 a day, 10 a shift. Two shifts of Sunday 5 April have reported: 20 are due of that
    day; with four days before it in April 140; with the six before it in the week 200, though Sunday ends it."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026_03="930", _2026_04="900")
    fifth = dt.date(2026, 4, 5)
    ore_every_shift(mill, "一系列", "10", dt.date(2026, 3, 1), fifth)
    Reading.objects.filter(day=fifth, shift_no=3).delete()
    built(mill, "2026-03", "2026-04", until=fifth)
    found = board(around=at(mill), unit=mill.unit["一系列"].pk, period=Period.parse(period))
    ore = found.lines[0]
    assert (ore.plan, ore.due, ore.value) == (D(plan), D(due), D(due))
    assert ore.state == "good"
    steps = {str(s.period): s for s in found.chain}
    assert (steps[period].due, steps[period].state) == (D(due), "good")


def test_half_a_month_a_year_ago_is_no_base_for_a_quantity(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    kept(mill, "一系列", "CN-01", "2025-03", "450.00", due=45)
    assert line(mill, "一系列", "CN-01", "2026-03").year.base is None


def test_looking_back_shows_the_chain_as_it_stood_then(mill: Mill) -> None:
    """On 31 March the year had March alone, whatever April brought since."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026="3650")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    ore_every_shift(mill, "一系列", "10", dt.date(2026, 4, 1), dt.date(2026, 4, 5))
    built(mill, "2026-03", "2026-04", until=dt.date(2026, 4, 5))
    found = board(around=at(mill), unit=mill.unit["一系列"].pk, period=Period.parse("2026-03"))
    year = next(s for s in found.chain if s.period == Period.year(2026))
    assert year.value == D("930.00")
    week = next(s for s in found.chain if s.period.grain.value == "week")
    assert (week.value, week.days_left) == (D("60.00"), 5)


def test_a_crew_has_no_days_so_only_periods_that_are_over_stand_in_its_chain(mill: Mill) -> None:
    """Its stored rows are whole weeks, months and years: how far a running one should be, nothing says."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026_03="930", _2026_04="900")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    ore_every_shift(mill, "一系列", "10", dt.date(2026, 4, 1), dt.date(2026, 4, 5))
    built(mill, "2026-03", "2026-04", until=dt.date(2026, 4, 5))

    def grains(period: str) -> list[str]:
        found = board(around=at(mill), unit=mill.unit["一系列甲班"].pk, period=Period.parse(period))
        return [step.period.grain.value for step in found.chain]

    assert grains("2026-03") == ["month"]  # the week of 31 March and the year go on
    assert grains("2026-04") == ["week"]  # the week ends on 5 April, the month does not


def test_missing_and_short_values_say_so_and_the_furthest_from_plan_comes_first(mill: Mill) -> None:
    """5 % below plan is an alarm, 1 % below is watched, nothing read is missing."""
    mill.reports("一系列", "cn_ore", "cn_power", "cn_balls")
    mill.plans("一系列", "CN-01", _2026_03_10="100")
    mill.plans("一系列", "CN-11", _2026_03_10="25")
    day = dt.date(2026, 3, 10)
    for shift, ore in ((1, "35"), (2, "35"), (3, "25")):
        mill.read("一系列", "cn_ore", day, shift, ore)
        mill.read("一系列", "cn_power", day, shift, str(D(ore) * D("25.25")))
    built(mill, "2026-03", until=day, newest="2026-03")
    found = board(around=at(mill), unit=mill.unit["一系列"].pk, period=Period.parse("2026-03-10"))
    states = {one.indicator.code: one.state for one in found.lines}
    assert (states["CN-01"], states["CN-11"], states["CN-12a"]) == ("alarm", "watch", "readings_missing")
    assert [one.indicator.code for one in attention(found.lines)] == ["CN-01", "CN-11"]
    assert [(d.day, have, due) for d, have, due in found.days] == [(10, 0, 3)]


def test_reading_costs_the_same_for_one_unit_and_for_seven(mill: Mill, django_assert_num_queries: object) -> None:
    for name in ("一系列", "二系列"):
        mill.reports(name, *METAL)
        metal(mill, name, dt.date(2026, 3, 10), "9000", "1.2", "464.4", "20")
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    where, march = at(mill), Period.parse("2026-03")
    for units in ([mill.unit["一系列"].pk], [u.pk for u in mill.unit.values()]):
        with django_assert_num_queries(3):  # type: ignore[operator]
            lines_of(around=where, units=units, period=march)


def test_the_course_of_an_indicator_keeps_its_gaps_and_the_year_before(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    kept(mill, "一系列", "CN-01", "2025-03", "900.00")
    points = story(at=at(mill), unit=mill.unit["一系列"].pk, code="CN-01", period=Period.parse("2026-03"))
    assert (len(points), points[-2].value, points[-1].value, points[-1].past) == (13, None, D("930.00"), D("900.00"))
    assert points[0].value == D("900.00")
