"""A period's value comes from sums: numerators over denominators, divided once and last."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ronglu.kernel.measure.agg import merge, merge_all, one
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, Term
from ronglu.kernel.measure.rollup import breakdown, evaluate, products, series_of, value
from ronglu.kernel.measure.rounding import Rounding


def indicator(rollup: RollUp, **changes) -> Indicator:
    given_ = {"code": "XX-01", "name": "试", "en": "Test", "unit": "t", "direction": Direction.UP, "rollup": rollup}
    return Indicator(**{**given_, **changes})


RATE = indicator(RollUp.RATIO, unit="%", numerator=(Term("out"),), denominator=(Term("in"),), factor=D(100), decimals=2)
GRADE = indicator(RollUp.WMEAN, unit="%", numerator=(Term("grade"),), weight=("ore",), decimals=2)
RECOVERY = indicator(
    RollUp.RATIO,
    unit="%",
    numerator=(Term("conc*conc_grade", D("0.01")),),
    denominator=(Term("ore*ore_grade", D("0.01")),),
    factor=D(100),
)
amounts = st.decimals(min_value=1, max_value=10**5, places=2)


def metal(ore: str, grade: str, recovered: str) -> dict:
    """One line: ore t at a grade, and so much of its metal in a concentrate of 10 %."""
    contained = D(ore) * D(grade) * D(recovered) / 100
    return {"ore*ore_grade": one(D(ore) * D(grade)), "conc*conc_grade": one(contained)}


@pytest.mark.covers("S3-33")
def test_recovery_of_two_lines_is_metal_over_metal_av_11():
    """9 000 t @1.2 % rec 86 and 3 000 t @0.8 % rec 78: 92.88 + 18.72 = 111.6 t out of 132 t."""
    lines = merge_all([metal("9000", "1.2", "86"), metal("3000", "0.8", "78")])
    assert value(RECOVERY, lines).shown == D("84.55")
    simple_mean = (D(86) + D(78)) / 2
    assert value(RECOVERY, lines).shown not in {simple_mean, D("84.00")}


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=12), st.data())
def test_a_ratio_of_the_whole_is_the_ratio_of_the_merged_parts(lots, data):
    parts = [{"out": one(out), "in": one(charged)} for out, charged in lots]
    cut = data.draw(st.integers(0, len(parts)))
    halves = merge_all([merge_all(parts[:cut]), merge_all(parts[cut:])])
    assert value(RATE, halves) == value(RATE, merge_all(parts))
    total_out, total_in = sum(out for out, _ in lots), sum(charged for _, charged in lots)
    assert abs(value(RATE, halves).value - total_out / total_in * 100) < D("0.000001")


@given(amounts, amounts, amounts, amounts)
def test_a_ratio_equals_the_mean_of_ratios_only_when_the_denominators_are_equal(a, b, p, q):
    assume(abs(p - q) > 1)
    assume(abs(a / p - b / q) > D("0.01"))
    both = value(RATE, {"out": merge([one(a), one(b)]), "in": merge([one(p), one(q)])})
    # (a+b)/(p+q) − (a/p+b/q)/2 = (p−q)(a/p−b/q) / 2(p+q)
    gap = (p - q) * (a / p - b / q) / (2 * (p + q)) * 100
    mean = (a / p + b / q) / 2 * 100
    assert abs(both.value - mean - gap) < D("0.00001")
    assert (both.value - mean > 0) == (gap > 0) or abs(gap) < D("0.00001")


def test_a_sum_adds_terms_with_their_factors():
    energy = indicator(RollUp.SUM, unit="kgce", numerator=(Term("power", D("0.1229")), Term("coal", D("0.7143"))))
    assert value(energy, {"power": one(D(1000)), "coal": one(D(100))}).shown == D("194.33")


def test_one_missing_term_makes_the_sum_missing_unless_it_is_optional():
    terms = (Term("power"), Term("coal"))
    assert value(indicator(RollUp.SUM, numerator=terms), {"power": one(D(5))}).value is None
    optional = (Term("power"), Term("coal", optional=True))
    assert value(indicator(RollUp.SUM, numerator=optional), {"power": one(D(5))}).shown == D("5.00")
    assert value(indicator(RollUp.SUM, numerator=optional[1:]), {}).value is None


def test_missing_is_not_zero_but_a_zero_is_a_value():
    assert value(RATE, {"in": one(D(10))}).value is None
    assert value(RATE, {"out": one(D(0)), "in": one(D(10))}).shown == D("0.00")
    assert value(RATE, {"out": one(D(5)), "in": one(D(0))}).value is None
    assert value(indicator(RollUp.COUNT, decimals=0, numerator=(Term("complaints"),)), {}).shown is None
    assert value(
        indicator(RollUp.COUNT, decimals=0, numerator=(Term("complaints"),)), {"complaints": one(D(0))}
    ).shown == D(0)


def test_a_weighted_mean_forgets_the_weight_of_slots_without_an_assay():
    """1.2 % on 300 t and 0.8 % on 100 t give 1.10 %; the third shift's 500 t have no assay and do not count."""
    read = {"grade*ore": one(D("1.2") * 300 + D("0.8") * 100), "ore|grade": one(D(400)), "ore": one(D(900))}
    assert value(GRADE, read).shown == D("1.10")


def test_hours_as_weight_come_from_the_slots_that_were_read():
    volts = indicator(RollUp.WMEAN, unit="V", numerator=(Term("volts"),), weight=("@hours",), decimals=3)
    read = {"volts": one(D("0.3"), hours=D(12)), "volts*@hours": one(D("0.3") * 8 + D("0.36") * 4)}
    assert value(volts, read).shown == D("0.320")
    assert [key.text for key in products(volts)] == ["volts*@hours"]


def test_running_time_is_measured_against_the_hours_that_were_reported():
    running = indicator(
        RollUp.RATIO, unit="%", numerator=(Term("run"),), denominator=(Term("@hours|run"),), factor=D(100)
    )
    read = {"run": merge([one(D(6), hours=D(8)), one(D(8), hours=D(8)), one(None, hours=D(8))])}
    assert value(running, read).shown == D("87.50")


def test_last_max_and_min_read_the_state_the_highest_and_the_lowest():
    read = {
        "stock": merge(
            [one(D(3), at=datetime(2026, 3, 1)), one(D(9), at=datetime(2026, 3, 2)), one(D(5), at=datetime(2026, 3, 3))]
        )
    }
    terms = (Term("stock"),)
    shown = [
        value(indicator(kind, numerator=terms, decimals=0), read).shown
        for kind in (RollUp.LAST, RollUp.MAX, RollUp.MIN)
    ]
    assert shown == [D(5), D(9), D(3)]


def test_four_guard_digits_are_kept_and_the_shown_figure_is_rounded_from_the_exact_one():
    rolled = value(RATE, {"out": one(D(2)), "in": one(D(3))})
    assert (rolled.num, rolled.den, rolled.value, rolled.shown) == (D(2), D(3), D("66.666667"), D("66.67"))
    third = replace(RATE, decimals=0, factor=D(1), rounding=Rounding.HALF_EVEN)
    assert value(third, {"out": one(D(1)), "in": one(D(2))}).shown == D(0)


def test_derived_indicators_follow_those_they_are_made_of():
    made = {
        "GAP": indicator(RollUp.DERIVED, unit="%", derived="recovery_gap", of=("THEORY", "ACTUAL")),
        "THEORY": replace(RATE, numerator=(Term("theory"),)),
        "ACTUAL": RATE,
    }
    read = {"out": one(D(80)), "in": one(D(100)), "theory": one(D(85))}
    assert evaluate(made, read)["GAP"].shown == D("5.00")
    del read["theory"]
    assert evaluate(made, read)["GAP"].shown is None


def test_the_explanation_shows_every_sum_above_and_below_the_bar():
    yearly = replace(RATE, denominator=(Term("in"), Term("stock", D(-1), optional=True)))
    parts = breakdown(yearly, {"out": one(D(8)), "in": one(D(10))})
    assert [(part.key, part.factor, part.total, part.below) for part in parts] == [
        ("out", D(1), D(8), False),
        ("in", D(1), D(10), True),
        ("stock", D(-1), None, True),
    ]


def test_an_indicator_names_the_products_and_the_series_it_needs():
    assert [key.text for key in products(GRADE)] == ["grade*ore", "ore|grade"]
    assert series_of(RECOVERY) == ("conc", "conc_grade", "ore", "ore_grade")
    assert products(RATE) == ()
