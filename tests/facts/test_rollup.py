"""Readings become sums in columns: which slots count, for whom, and that one division comes last."""

import datetime as dt
from decimal import Decimal as D

import pytest

from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, Term
from ronglu.kernel.measure.series import Series
from ronglu.store.models import Unit
from tests.facts.mill import Mill, mill

__all__ = ["mill"]
METAL = ("cn_ore", "cn_ore_cu", "cn_conc", "cn_conc_cu")
THE_10TH = dt.date(2026, 3, 10)


def shift_of_metal(
    mill: Mill, line: str, ore: str, ore_cu: str, conc: str, conc_cu: str, day: dt.date = THE_10TH
) -> None:
    for series, text in zip(METAL, (ore, ore_cu, conc, conc_cu), strict=True):
        mill.read(line, series, day, 1, text)


def test_plant_recovery_is_metal_over_metal_never_a_mean_of_lines(mill: Mill) -> None:
    """AV-11: 9000 t at 1.2 % won 86 %, 3000 t at 0.8 % won 78 %; 111.6 t of 132 t is 84.545… %."""
    for line in ("一系列", "二系列"):
        mill.reports(line, *METAL)
    shift_of_metal(mill, "一系列", "9000", "1.2", "464.4", "20")  # 92.88 t of 108 t
    shift_of_metal(mill, "二系列", "3000", "0.8", "93.6", "20")  # 18.72 t of 24 t
    plant = mill.figure("选矿厂", "CN-03a").rolled
    assert (plant.num, plant.den, plant.shown) == (D("111.6"), D("132"), D("84.55"))
    assert mill.figure("一系列", "CN-03a").rolled.shown == D("86.00")
    assert mill.figure("二系列", "CN-03a").rolled.shown == D("78.00")
    assert mill.figure("磨浮车间", "CN-03a").rolled == plant


def test_a_ratio_takes_only_the_slots_where_all_its_series_were_read(mill: Mill) -> None:
    """Shift 2 has power but no ore: counting its power would raise the rate from 25 to 50 kWh/t."""
    mill.reports("一系列", "cn_ore", "cn_power")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "1000")
    mill.read("一系列", "cn_power", THE_10TH, 1, "25000")
    mill.read("一系列", "cn_power", THE_10TH, 2, "25000")
    rate = mill.figure("一系列", "CN-11")
    assert (rate.rolled.num, rate.rolled.den, rate.rolled.shown) == (D(25000), D(1000), D("25.00"))
    assert str(rate.coverage) == "1/93"
    assert mill.figure("一系列", "CN-01").rolled.shown == D("1000.00")


def test_a_weighted_mean_weighs_only_where_the_grade_was_read(mill: Mill) -> None:
    """(60 × 100 + 70 × 300) ÷ 400 = 67.5; the 500 t without an assay stay out."""
    mill.reports("一系列", "cn_ore", "cn_fineness")
    for shift, ore, fine in ((1, "100", "60"), (2, "300", "70"), (3, "500", None)):
        mill.read("一系列", "cn_ore", THE_10TH, shift, ore)
        if fine:
            mill.read("一系列", "cn_fineness", THE_10TH, shift, fine)
    assert mill.figure("一系列", "CN-10").rolled.shown == D("67.50")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("900.00")


def test_a_crew_gets_the_shifts_of_its_letter_on_its_own_line(mill: Mill) -> None:
    for line in ("一系列", "二系列"):
        mill.reports(line, "cn_ore")
    (day, shift), *_ = mill.shifts_of("甲", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    (day2, shift2), *_ = mill.shifts_of("乙", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    mill.read("一系列", "cn_ore", day, shift, "100")
    mill.read("一系列", "cn_ore", day2, shift2, "40")
    mill.read("二系列", "cn_ore", day, shift, "7")
    assert mill.figure("一系列甲班", "CN-01").rolled.shown == D("100.00")
    assert mill.figure("一系列乙班", "CN-01").rolled.shown == D("40.00")
    assert mill.figure("二系列甲班", "CN-01").rolled.shown == D("7.00")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("140.00")


def test_a_shift_swapped_to_another_crew_counts_for_who_stood_it(mill: Mill) -> None:
    """The letter is on the reading: what the roster says today changes nothing."""
    mill.reports("一系列", "cn_ore")
    (day, shift), *_ = mill.shifts_of("甲", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    row = mill.read("一系列", "cn_ore", day, shift, "100")
    row.letter = "乙"
    row.save()
    assert mill.figure("一系列甲班", "CN-01").rolled.shown is None
    assert mill.figure("一系列乙班", "CN-01").rolled.shown == D("100.00")


def test_a_forecast_is_shown_and_does_not_score(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "100")
    mill.read("一系列", "cn_ore", THE_10TH, 2, "50", state="forecast")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("100.00")
    assert mill.figure("一系列", "CN-01", which="shown").rolled.shown == D("150.00")


def test_a_correction_scores_only_once_it_is_audited(mill: Mill) -> None:
    """The last audited version scores; the newer one is shown (09-8)."""
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "100")
    newer = mill.read("一系列", "cn_ore", THE_10TH, 1, "90", version=2, state="forecast")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("100.00")
    assert mill.figure("一系列", "CN-01", which="shown").rolled.shown == D("90.00")
    newer.channel.readings.filter(version=1).update(state="superseded")
    newer.channel.readings.filter(version=2).update(state="audited")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("90.00")


def test_a_reading_deleted_by_mark_takes_its_slot_away(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "100", state="superseded")
    mill.read("一系列", "cn_ore", THE_10TH, 1, None, version=2)
    mill.read("一系列", "cn_ore", THE_10TH, 2, "60")
    found = mill.figure("一系列", "CN-01")
    assert (found.rolled.shown, found.coverage.covered) == (D("60.00"), 1)


def test_a_rejected_reading_is_neither_shown_nor_scored(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "100", state="rejected")
    for which in ("scores", "shown"):
        found = mill.figure("一系列", "CN-01", which=which)
        assert (found.rolled.shown, str(found.coverage)) == (None, "0/93")


def test_the_other_plant_and_the_other_month_stay_out(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", dt.date(2026, 2, 28), 3, "5")
    mill.read("一系列", "cn_ore", dt.date(2026, 3, 1), 1, "7")
    mill.read("一系列", "cn_ore", dt.date(2026, 3, 31), 3, "11")
    mill.read("一系列", "cn_ore", dt.date(2026, 4, 1), 1, "13")
    assert mill.figure("一系列", "CN-01").rolled.shown == D("18.00")


def made(**more: object) -> Indicator:
    plain = {"code": "T-1", "name": "试", "en": "t", "unit": "t", "direction": Direction.UP, "decimals": 3}
    return Indicator(**{**plain, "module": "concentrating", **more})  # type: ignore[arg-type]


def invent(mill: Mill, *indicators: Indicator, series: dict[str, int]) -> None:
    """The plant measures these alone."""
    known = {c: Series(code=c, name=c, en=c, unit="t", decimals=d) for c, d in series.items()}
    mill.pack = type("Pack", (), {"indicators": {i.code: i for i in indicators}, "series": known})


def test_a_mean_over_time_needs_nothing_but_its_own_series(mill: Mill) -> None:
    """Weighted by the hours of the slot: three shifts of eight hours at 10, 20 and 60 make 30."""
    mean = made(rollup=RollUp.WMEAN, numerator=(Term("level"),), weight=("@hours",))
    invent(mill, mean, series={"level": 1})
    mill.reports("一系列", "level")
    for shift, text in enumerate(("10", "20", "60"), start=1):
        mill.read("一系列", "level", THE_10TH, shift, text)
    assert mill.figure("一系列", "T-1").rolled.shown == D("30.000")


def test_a_product_needs_every_factor_also_where_a_term_is_optional(mill: Mill) -> None:
    """An optional term switches the common-slots rule off; 2 × 3 of shift 1 counts, the lone 5 of shift 2 does not."""
    terms = (Term("a*b"), Term("c", optional=True))
    invent(mill, made(rollup=RollUp.SUM, numerator=terms), series={"a": 0, "b": 0, "c": 0})
    mill.reports("一系列", "a", "b", "c")
    mill.read("一系列", "a", THE_10TH, 1, "2")
    mill.read("一系列", "b", THE_10TH, 1, "3")
    mill.read("一系列", "a", THE_10TH, 2, "5")
    assert mill.figure("一系列", "T-1").rolled.shown == D("6.000")


def test_extremes_and_the_last_state_keep_their_slot(mill: Mill) -> None:
    kinds = {"T-max": RollUp.MAX, "T-min": RollUp.MIN, "T-last": RollUp.LAST, "T-n": RollUp.COUNT}
    invent(mill, *(made(code=c, rollup=r, numerator=(Term("x"),)) for c, r in kinds.items()), series={"x": 1})
    mill.reports("一系列", "x")
    for shift, text in ((3, "4"), (1, "9.5"), (2, "-1")):
        mill.read("一系列", "x", THE_10TH, shift, text)
    shown = {code: mill.figure("一系列", code).rolled.shown for code in kinds}
    assert shown == {"T-max": D("9.5"), "T-min": D(-1), "T-last": D(4), "T-n": D("12.5")}


def test_series_of_different_grain_are_each_summed_over_the_period(mill: Mill) -> None:
    """Cost comes once a month, ore by shift: 600 yuan over 20 t is 30 yuan a tonne."""
    mill.reports("一系列", "cn_ore")
    mill.reports("一系列", "cn_cost", grain="month")
    mill.read("一系列", "cn_ore", THE_10TH, 1, "12")
    mill.read("一系列", "cn_ore", THE_10TH, 2, "8")
    mill.month_end("一系列", "cn_cost", "600", grain="month")
    cost = mill.figure("选矿厂", "SM-16c")
    assert cost.rolled.shown == D("30.00")


def test_a_line_without_the_series_has_no_such_indicator(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    with pytest.raises(KeyError):
        mill.figure("一系列", "CN-11")
    Unit.objects.filter(code="一系列").update(module="smelting")
    with pytest.raises(KeyError):
        mill.figure("一系列", "CN-01")
