"""Who owns which line on which day, and which slots were due: nothing without facts may vanish, nothing is owed twice."""

import datetime as dt
from decimal import Decimal as D

from ronglu.store.models import Channel, Mapping, PlanStop, ShiftRow, UnitState
from tests.facts.mill import SINCE, Mill, days, mill

__all__ = ["mill"]
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
THE_14TH = dt.date(2026, 3, 14)


def test_a_mapping_that_changes_on_the_14th_splits_the_month(mill: Mill) -> None:
    """One tonne a shift: 13 days are 39 t for the old branch, 18 days are 54 t for the new one."""
    mill.reports("一系列", "cn_ore")
    for day in days(FIRST, LAST):
        for shift in (1, 2, 3):
            mill.read("一系列", "cn_ore", day, shift, "1")
    Mapping.objects.filter(body=mill.body["一支部"]).update(until_on=THE_14TH)
    Mapping.objects.create(body=mill.body["二支部"], unit=mill.unit["一系列"], from_on=THE_14TH)
    old, new = mill.figure("一支部", "CN-01"), mill.figure("二支部", "CN-01")
    assert (old.rolled.shown, str(old.coverage)) == (D("39.00"), "39/39")
    assert (new.rolled.shown, str(new.coverage)) == (D("54.00"), "54/54")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("93.00")


def test_a_line_moved_to_another_workshop_takes_its_days_along(mill: Mill) -> None:
    mill.reports("二系列", "cn_ore")
    mill.read("二系列", "cn_ore", dt.date(2026, 3, 13), 3, "5")
    mill.read("二系列", "cn_ore", THE_14TH, 1, "7")
    UnitState.objects.filter(unit=mill.unit["二系列"]).update(until_on=THE_14TH)
    UnitState.objects.create(unit=mill.unit["二系列"], name="二系列", parent=mill.unit["选矿厂"], from_on=THE_14TH)
    assert mill.figure("磨浮车间", "CN-01").rolled.shown == D("5.00")
    assert mill.figure("选矿厂", "CN-01").rolled.shown == D("12.00")


def test_a_branch_mapped_to_a_workshop_has_its_lines_once(mill: Mill) -> None:
    """Mapped to the workshop, to one of its lines and to a crew of it: the line still counts once."""
    mill.reports("一系列", "cn_ore")
    for unit in ("磨浮车间", "一系列甲班"):
        Mapping.objects.create(body=mill.body["一支部"], unit=mill.unit[unit], from_on=SINCE)
    (day, shift), *_ = mill.shifts_of("甲", FIRST, LAST)
    mill.read("一系列", "cn_ore", day, shift, "10")
    found = mill.figure("一支部", "CN-01")
    assert (found.rolled.shown, str(found.coverage)) == (D("10.00"), "1/93")


def test_a_branch_of_one_crew_has_that_crews_shifts_only(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    Mapping.objects.filter(body=mill.body["二支部"]).update(unit=mill.unit["一系列甲班"])
    stood = mill.shifts_of("甲", FIRST, LAST)
    for day in days(FIRST, LAST):
        for shift in (1, 2, 3):
            mill.read("一系列", "cn_ore", day, shift, "1")
    found = mill.figure("二支部", "CN-01")
    assert (found.rolled.shown, found.coverage.expected) == (D(len(stood)), len(stood))
    assert len(stood) in (23, 24)  # 93 shifts of a month shared among four


def test_a_line_without_a_single_reading_is_there_with_nothing(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    found = mill.figure("一系列", "CN-01")
    assert (found.rolled.value, str(found.coverage)) == (None, "0/93")


def test_slots_after_the_last_finished_day_are_not_due_yet(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    assert str(mill.figure("一系列", "CN-01", until=dt.date(2026, 3, 10)).coverage) == "0/30"


def test_a_planned_stop_owes_nothing(mill: Mill) -> None:
    """Three days of repair: 84 of 93 shifts stay due."""
    mill.reports("一系列", "cn_ore")
    PlanStop.objects.create(
        unit=mill.unit["一系列"],
        from_on=dt.date(2026, 3, 4),
        until_on=dt.date(2026, 3, 7),
        reason="检修",
        approved_by=mill.keyer,
    )
    assert str(mill.figure("一系列", "CN-01").coverage) == "0/84"


def test_a_series_first_reported_on_the_14th_is_not_owed_before(mill: Mill) -> None:
    """Eighteen days of power (54 shifts) beside a whole month of ore."""
    mill.reports("一系列", "cn_ore")
    mill.reports("一系列", "cn_power", since=THE_14TH)
    assert mill.figure("一系列", "CN-01").coverage.expected == 93
    assert mill.figure("一系列", "CN-11").coverage.expected == 54


def test_a_channel_that_ended_owes_nothing_any_more(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    Channel.objects.filter(series="cn_ore").update(until_on=THE_14TH)
    assert str(mill.figure("一系列", "CN-01").coverage) == "0/39"


def test_each_grain_owes_its_own_number_of_slots(mill: Mill) -> None:
    """31 days: 744 hours, 2,976 quarters of an hour, 31 days, one month."""
    mill.reports("一系列", "cn_ore", grain="hour")
    mill.reports("二系列", "cn_ore", grain="instant", per_day=96)
    assert mill.figure("一系列", "CN-01").coverage.expected == 744
    assert mill.figure("二系列", "CN-01").coverage.expected == 2976
    Channel.objects.all().update(grain="day")
    assert mill.figure("一系列", "CN-01").coverage.expected == 31
    Channel.objects.all().update(grain="month")
    assert mill.figure("一系列", "CN-01").coverage.expected == 1


def test_two_instant_series_of_a_line_owe_each_its_own_rate(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore", grain="instant", per_day=96)
    mill.reports("一系列", "cn_exceedances", grain="instant", per_day=24)
    assert mill.figure("一系列", "CN-01").coverage.expected == 2976
    assert mill.figure("一系列", "SM-14e").coverage.expected == 744


def test_a_monthly_figure_is_due_only_when_the_month_is_over(mill: Mill) -> None:
    mill.reports("一系列", "cn_repair_saved", grain="month")
    assert mill.figure("一系列", "CN-15").coverage.expected == 1
    halfway = {f.indicator for f in mill.figures(until=dt.date(2026, 3, 20))}
    assert "CN-15" not in halfway


def test_a_crew_owes_no_daily_or_monthly_figures(mill: Mill) -> None:
    """They cannot be told apart by crew."""
    mill.reports("一系列", "cn_ore", grain="day")
    mill.read("一系列", "cn_ore", FIRST, 0, "100", grain="day")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("100.00")
    assert {f.owner for f in mill.figures()} & {mill.owner(f"一系列{c}班") for c in "甲乙丙丁"} == set()


def test_a_shift_nobody_is_rostered_for_is_owed_by_the_line_alone(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    (day, shift), *_ = mill.shifts_of("甲", FIRST, LAST)
    before = mill.figure("一系列甲班", "CN-01").coverage.expected
    ShiftRow.objects.filter(unit=mill.unit["一系列"], day=day, shift_no=shift).update(letter="")
    assert mill.figure("一系列甲班", "CN-01").coverage.expected == before - 1
    assert mill.figure("一系列乙班", "CN-01").coverage.expected in (23, 24)
    assert mill.figure("一系列", "CN-01").coverage.expected == 93


def test_branches_come_in_the_order_of_the_organisation(mill: Mill) -> None:
    f = mill.frame()
    assert f.spine.branches == (mill.body["一支部"].pk, mill.body["二支部"].pk)
