"""Board rows are made of sums: lines, workshops and plants, shifts to years, crews, plans, what is missing."""

import datetime as dt

from ronglu.facts.month import refresh
from ronglu.kernel.time.period import Period
from ronglu.store.models import IndicatorRow, PlanStop, Reading
from tests.boards.milled import METAL, built, metal, ore_every_shift, row, said
from tests.facts.mill import Mill, mill

__all__ = ["mill"]
MARCH = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
THE_10TH = dt.date(2026, 3, 10)


def test_one_tonne_a_shift_is_added_up_from_the_shift_to_the_year(mill: Mill) -> None:
    """10 t a shift on one line, 20 t on the other: 30, 90 a day, 7 × 90 a week, 31 × 90 the month and all above it."""
    for line in ("一系列", "二系列"):
        mill.reports(line, "cn_ore")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    ore_every_shift(mill, "二系列", "20", *MARCH)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    assert said(mill, "一系列", "CN-01", "2026-03-10/2") == ("10.00", "", "1/1")
    assert said(mill, "二系列", "CN-01", "2026-03-10") == ("60.00", "", "3/3")
    assert said(mill, "磨浮车间", "CN-01", "2026-03-10/2") == ("30.00", "", "2/2")
    assert said(mill, "选矿厂", "CN-01", "2026-W11") == ("630.00", "", "42/42")
    for period in ("2026-03", "2026-Q1", "2026-H1", "2026"):
        assert said(mill, "选矿厂", "CN-01", period)[0] == "2790.00"
    # the year's first quarter was due from 1 February, where the roster of this mill begins
    assert said(mill, "选矿厂", "CN-01", "2026-03")[2] == "186/186"
    assert said(mill, "选矿厂", "CN-01", "2026-Q1")[2] == "186/354"


def test_a_recovery_of_two_lines_is_metal_over_metal_at_every_grain(mill: Mill) -> None:
    """AV-11 in March: 111.6 of 132 t is 84.55 %. With 44 of 50 t in April the quarter and the year: 155.6 of 182 t, 85.49 %."""
    for line in ("一系列", "二系列"):
        mill.reports(line, *METAL)
    metal(mill, "一系列", THE_10TH, "9000", "1.2", "464.4", "20")
    metal(mill, "二系列", THE_10TH, "3000", "0.8", "93.6", "20")
    metal(mill, "一系列", dt.date(2026, 4, 7), "5000", "1.0", "220", "20")
    built(mill, "2026-03", "2026-04")
    for unit in ("磨浮车间", "选矿厂"):
        assert [row(mill, unit, "CN-03a", p).value for p in ("2026-03-10/1", "2026-03-10", "2026-W11", "2026-03")] == [
            "84.55"
        ] * 4
    year = row(mill, "选矿厂", "CN-03a", "2026")
    assert (year.numerator, year.denominator, year.value) == ("155.6", "182", "85.49")
    assert row(mill, "选矿厂", "CN-03a", "2026-Q1").value == "84.55"
    assert row(mill, "一系列", "CN-03a", "2026-Q2").value == "88.00"


def test_without_the_finest_everything_is_there_but_the_shifts(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    built(mill, "2026-03")
    grains = IndicatorRow.objects.exclude(grain="shift").values_list("unit", "indicator", "grain", "period", "value")
    whole = set(grains)
    built(mill, "2026-03", finest=False)
    assert set(grains.all()) == whole and not IndicatorRow.objects.filter(grain="shift").exists()


def test_a_shift_without_a_reading_is_told_as_missing_and_never_as_zero(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "10")
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    assert said(mill, "一系列", "CN-01", "2026-03-10/1") == ("10.00", "", "1/1")
    assert said(mill, "一系列", "CN-01", "2026-03-10/2") == ("", "", "0/1")
    assert said(mill, "一系列", "CN-01", "2026-03-10") == ("10.00", "", "1/3")
    assert said(mill, "一系列", "CN-01", "2026-03-11") == ("", "", "0/3")


def test_crews_have_the_shifts_they_stood_and_that_part_of_the_plan(mill: Mill) -> None:
    """31 days, 93 shifts of 10 t: a crew's tonnes are ten times its shifts, its plan 930 × shifts ÷ 93."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026_03="930")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    counts = {letter: len(mill.shifts_of(letter, *MARCH)) for letter in "甲乙丙丁"}
    assert sum(counts.values()) == 93
    for letter, n in counts.items():
        assert said(mill, f"一系列{letter}班", "CN-01", "2026-03") == (f"{n * 10}.00", f"{n * 10}.00", f"{n}/{n}")
    stood = row(mill, "一系列", "CN-01", "2026-03-10/1")
    assert stood.letter == mill.letter("一系列", THE_10TH, 1)


def test_plans_add_up_over_lines_days_and_months_and_leave_planned_stops_out(mill: Mill) -> None:
    """March: 930 t over 31 days. April: 600 t, stopped from the 21st: 20 days of 30 t. The year plan has no other month."""
    mill.reports("一系列", "cn_ore", "cn_power")
    mill.plans("一系列", "CN-01", _2026_03="930", _2026_04="600")
    mill.plans("一系列", "CN-11", _2026_03="20", _2026_04="26")
    PlanStop.objects.create(
        unit=mill.unit["一系列"], from_on=dt.date(2026, 4, 21), reason="检修", set_by=mill.keyer, approved_by=mill.keyer
    )
    built(mill, "2026-03", "2026-04")
    plans = {p: row(mill, "选矿厂", "CN-01", p).plan for p in ("2026-03-10", "2026-03-10/1", "2026-W11", "2026-04-20")}
    assert plans == {"2026-03-10": "30.00", "2026-03-10/1": "10.00", "2026-W11": "210.00", "2026-04-20": "30.00"}
    # the week of 30 March has two days of March at 30 t and five of April at 30 t
    assert row(mill, "一系列", "CN-01", "2026-W14").plan == "210.00"
    assert [row(mill, "选矿厂", "CN-01", p).plan for p in ("2026-04", "2026-Q1", "2026-H1")] == [
        "600.00",
        "930.00",
        "1530.00",
    ]
    # a level is weighed by days: 31 of 20 and 20 of 26 are (620 + 520) ÷ 51 = 22.352941…
    assert [row(mill, "一系列", "CN-11", p).plan for p in ("2026-03", "2026-Q2", "2026")] == ["20", "26", "22.35"]


def test_a_corrected_reading_changes_its_shift_and_everything_above_and_nothing_else(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    before = {(r.grain, r.period, r.unit_id): r.value for r in IndicatorRow.objects.all()}
    Reading.objects.filter(day=THE_10TH, shift_no=1).update(state="superseded")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "13", version=2)
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    after = {(r.grain, r.period, r.unit_id): r.value for r in IndicatorRow.objects.all()}
    moved = {
        (grain, period) for (grain, period, _unit), value in after.items() if value != before[grain, period, _unit]
    }
    assert after.keys() == before.keys()
    assert moved == {
        ("shift", "2026-03-10/1"), ("day", "2026-03-10"), ("week", "2026-W11"), ("month", "2026-03"),
        ("quarter", "2026-Q1"), ("half", "2026-H1"), ("year", "2026"),
    }  # fmt: skip
    assert row(mill, "选矿厂", "CN-01", "2026").value == "933.00"


def test_a_forecast_is_shown_and_counted_as_waiting(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "10")
    mill.read("一系列", "cn_ore", THE_10TH, 2, "12", state="forecast")
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    day = row(mill, "磨浮车间", "CN-01", "2026-03-10")
    assert (day.value, day.pending) == ("22.00", 1)
    assert row(mill, "磨浮车间", "CN-01", "2026-03-10/1").pending == 0
    assert row(mill, "选矿厂", "CN-01", "2026").pending == 1


def test_the_settled_figure_of_a_month_stands_in_the_month_and_above_it_but_not_in_its_days(mill: Mill) -> None:
    """930 t reported, 900 t settled: the quarter takes 900."""
    mill.reports("一系列", "cn_ore")
    mill.reports("一系列", "cn_ore", grain="settlement")
    ore_every_shift(mill, "一系列", "10", *MARCH)
    mill.month_end("一系列", "cn_ore", "900")
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    values = [row(mill, "选矿厂", "CN-01", p).value for p in ("2026-03-31", "2026-W13", "2026-03", "2026-Q1", "2026")]
    assert values == ["30.00", "210.00", "900.00", "900.00", "900.00"]
    assert row(mill, "选矿厂", "CN-01", "2026-03").note == "930.00"
    assert row(mill, "选矿厂", "CN-01", "2026-Q1").note == ""


def test_another_month_of_the_quarter_is_taken_as_it_was_last_built(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", dt.date(2026, 2, 3), 1, "5")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "7")
    built(mill, "2026-02", "2026-03")
    Reading.objects.filter(day=THE_10TH).update(value=9000)
    built(mill, "2026-03")
    assert row(mill, "一系列", "CN-01", "2026-Q1").value == "14.00"
    assert row(mill, "一系列", "CN-01", "2026-02").value == "5.00"


def test_a_week_across_two_months_has_the_days_of_both_whichever_month_is_built(mill: Mill) -> None:
    """30 March to 5 April: 1 t on the 31st, 2 t on 2 April."""
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", dt.date(2026, 3, 31), 1, "1")
    mill.read("一系列", "cn_ore", dt.date(2026, 4, 2), 1, "2")
    refresh(plant=mill.plant, month=202604, home=mill.home)
    built(mill, "2026-03")
    assert row(mill, "一系列", "CN-01", "2026-W14").value == "3.00"
    built(mill, "2026-04")
    assert row(mill, "一系列", "CN-01", "2026-W14").value == "3.00"
    assert row(mill, "一系列", "CN-01", "2026-W14").month == 202604


def test_an_indicator_that_comes_by_the_month_has_no_days(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore", "cn_power")
    mill.reports("一系列", "cn_repair_saved", grain="month")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "10")
    mill.month_end("一系列", "cn_repair_saved", "1200", grain="month")
    built(mill, "2026-03", until=MARCH[1], newest="2026-03")
    grains = set(
        IndicatorRow.objects.filter(indicator="CN-15", unit=mill.unit["一系列"]).values_list("grain", flat=True)
    )
    assert grains == {"month", "quarter", "half", "year"}
    assert said(mill, "一系列", "CN-15", "2026-03")[2] == "1/1"


def test_shifts_are_kept_for_the_newest_months_and_for_what_is_built_alone(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    for day in (dt.date(2026, 2, 3), THE_10TH, dt.date(2026, 4, 7)):
        mill.read("一系列", "cn_ore", day, 1, "5")
    months = "2026-02", "2026-03", "2026-04"
    built(mill, *months)
    shifts = IndicatorRow.objects.filter(grain="shift").exclude(value="")
    assert set(shifts.values_list("month", flat=True)) == {202603, 202604}
    built(mill, "2026-02")
    assert set(shifts.values_list("month", flat=True)) == {202602, 202603, 202604}
    built(mill, *months)
    assert set(shifts.values_list("month", flat=True)) == {202603, 202604}


def test_building_again_changes_no_row(mill: Mill) -> None:
    mill.reports("一系列", *METAL)
    metal(mill, "一系列", THE_10TH, "9000", "1.2", "464.4", "20")
    built(mill, "2026-03", "2026-04")
    columns = [f.name for f in IndicatorRow._meta.fields if f.name != "id"]
    before = set(IndicatorRow.objects.values_list(*columns))
    built(mill, "2026-03", "2026-04")
    built(mill, "2026-04")
    assert set(IndicatorRow.objects.values_list(*columns)) == before


def test_months_that_do_not_follow_each_other_are_taken_apart(mill: Mill) -> None:
    from ronglu.boards.indicator.build import runs

    def months(*texts: str) -> list[Period]:
        return [Period.parse(t) for t in texts]

    assert list(runs(months("2025-12", "2026-01", "2026-03"))) == [months("2025-12", "2026-01"), months("2026-03")]
