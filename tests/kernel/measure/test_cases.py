"""The computable cases of the shared test data, each by the function a page would call."""

import json
import os
from decimal import Decimal as D
from fractions import Fraction
from pathlib import Path

import pytest

from ronglu.kernel.measure.compare import base_from_delta, base_from_value, points, progress, relative, share
from ronglu.kernel.measure.coverage import mean
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, Term
from ronglu.kernel.measure.records import records
from ronglu.kernel.measure.rollup import merge_all, one, value
from ronglu.kernel.measure.rounding import divide, half_even, half_up
from ronglu.kernel.standing.link_models import LinkParams, product

FOLDER = Path(os.environ.get("RONGLU_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
FILE = FOLDER / "cases_dev.json"


@pytest.fixture(scope="module")
def cases():
    if not FILE.exists():
        pytest.skip("cases_dev.json is not in RONGLU_TEST_DATA: the shared cases did not run")
    return {case["id"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))}


@pytest.fixture
def case(cases):
    def pick(code):
        return cases[code]["input"], cases[code]["expected"]

    return pick


def d(row, *names):
    return [D(row[name]) for name in names]


def test_s1_year_progress(case):
    given, expected = case("S1")
    assert share(*d(given, "ytd_actual_t", "annual_plan_t")) == D(expected["pct"])


def test_s1b_progress_from_months_beside_time(case):
    given, expected = case("S1b")
    done = sum(D(month) for month in given["months_t"])
    found = progress(done, D(given["annual_plan_t"]), elapsed=273, whole=365)
    assert done == D(expected["ytd"]) and found.task == D(expected["pct"])
    assert found.time == D(expected["time_progress_pct_linear(273/365)"])
    assert found.gap == D(expected["gap_to_linear_pp"])


@pytest.mark.parametrize(
    ("code", "now", "base", "answer"),
    [("S2", "this_year_failures", "last_year_failures", "yoy_pct"), ("S3", "actual_t", "plan_t", "vs_plan_pct"),
     ("S4", "actual_t", "plan_t", "vs_plan_pct"), ("S5a", "actual_pct", "plan_pct", "relative_pct"),
     ("S5b", "actual_pct", "plan_pct", "relative_pct"), ("P4-精炼铜", "this_万t", "last_万t(derived)", "yoy_pct"),
     ("P4-原铝", "this_万t", "last_万t(derived)", "yoy_pct")],
)  # fmt: skip
def test_relative_changes(case, code, now, base, answer):
    given, expected = case(code)
    assert relative(*d(given, now, base)).percent == D(expected[answer])


@pytest.mark.parametrize("code", ["S5a", "S5b"])
def test_s5_percentage_points(case, code):
    given, expected = case(code)
    assert points(*d(given, "actual_pct", "plan_pct"), unit="%") == D(expected["pp"])


def test_s5c_a_yield_is_a_ratio_of_sums(case):
    given, expected = case("S5c")
    rate = Indicator(
        code="FG-03", name="综合成品率", en="Yield", unit="%", direction=Direction.UP, rollup=RollUp.RATIO,
        numerator=(Term("out"),), denominator=(Term("charged"),), factor=D(100),
    )  # fmt: skip
    lots = merge_all({"out": one(D(lot["out_t"])), "charged": one(D(lot["in_t"]))} for lot in given["lots"])
    assert value(rate, lots).shown == D(expected["yield_pct"])
    wrong = mean([D(lot["out_t"]) / D(lot["in_t"]) * 100 for lot in given["lots"]]).mean
    assert wrong == D(expected["wrong_mean_of_lots_pct"]) != value(rate, lots).shown


def test_s6_records_are_strictly_better(case):
    given, expected = case("S6")
    found = records([D(heats) for heats in given["campaign_heats"]])
    assert list(found.at) == expected["records_at_index"]
    assert [found.current, found.previous, found.margin] == d(expected, "current_record", "previous", "margin")


def test_s7_the_party_score_multiplies_the_administrative_coefficient(case):
    """What is paid out is no business of the system: the base stands outside it."""
    given, expected = case("S7")
    linked = product({"party": Fraction(given["party_score"]), "admin": Fraction(given["admin_coef"])}, LinkParams())
    assert Fraction(given["base"]) * linked.value == Fraction(expected["payout"])


def test_s9_measures_per_hazard(case):
    given, expected = case("S9")
    assert divide(D(given["measures"]), D(given["hazards"]), 2) == D(expected["measures_per_hazard"])


@pytest.mark.parametrize("code", ["R1", "R2", "R3"])
def test_rounding(case, code):
    given, expected = case(code)
    number = D(given["value"])
    assert half_up(number, 2) == D(expected["half_up(Excel ROUND, 四舍五入)"])
    assert half_even(number, 2) == D(expected["half_even(四舍六入五成双)"])


@pytest.mark.parametrize("code", ["Z1", "Z2"])
def test_over_no_base_a_word_is_shown(case, code):
    given, expected = case(code)
    found = relative(*d(given, "this", "last"))
    assert found.percent is None and found.word == expected["display"]
    assert found.delta == D(expected.get("delta", found.delta))


def test_z3_missing_is_not_zero(case):
    given, expected = case("Z3")
    found = mean([None if text is None else D(text) for text in given["values"]])
    assert (found.mean, found.n) == (D(expected["mean"]), expected["n"])
    assert found.coverage.percent == D(expected["coverage_pct"])


def test_p2_target_met(case):
    given, expected = case("P2")
    assert share(*d(given, "actual_t", "target_t")) == D(expected["pct"])


def test_p3_growth_and_rate_imply_the_base(case):
    given, expected = case("P3")
    for metal, row in given.items():
        base = base_from_delta(*d(row, "delta_t", "pct"))
        assert base == D(expected[metal]["implied_last"])
        assert base + half_up(D(row["delta_t"]), 1) == D(expected[metal]["implied_this"])


def test_p5_a_published_rate_implies_its_base(case):
    given, expected = case("P5")
    assert base_from_value(*d(given, "mar_daily_万t", "published_环比_pct")) == D(expected["implied_JanFeb_daily"])
    assert divide(D("1206.07") - 31 * D(given["mar_daily_万t"]), D(60), 2) == D(expected["check_from_quarter"])


def test_p6_share(case):
    given, expected = case("P6")
    assert share(*d(given, "smelter_kg", "total_kg")) == D(expected["share_pct"])


def test_p9_completion_over_plan(case):
    given, expected = case("P9")
    assert relative(D(given["published_完成率"]), D(100)).percent == D(expected["over_plan_pct"])
