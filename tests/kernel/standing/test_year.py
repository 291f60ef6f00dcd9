"""The year: three parts by declared weights, rounded once; what is missing is named; a veto holds the year down."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.year import YearScore, grade_year, year_score
from ronglu.packs import standing
from tests.kernel.rules.sheets import sheet

RULES = standing.load().year
FULL_YEAR = dict.fromkeys(range(1, 13), 9000)
PANELS = {1: 9500, 2: 9000, 3: 8800, 4: 9100}


def test_months_panels_and_review_by_their_weights() -> None:
    # 0.6×90 + 0.2×91 + 0.2×88 = 54 + 18.2 + 17.6
    found = year_score(rules=RULES, months=FULL_YEAR, quarters=PANELS, review_h=8800)
    assert (found.value_h, found.missing, found.reason) == (8980, (), "")
    assert [(step.label, step.expression, step.value) for step in found.steps] == [
        ("月度平均（12 个月）", "0.6 × 90", "54"),
        ("季度点评平均（4 个季度）", "0.2 × 91", "18.2"),
        ("民主测评", "0.2 × 88", "17.6"),
        ("年度得分", "54＋18.2＋17.6，四舍五入到两位小数", "89.80"),
    ]


def test_a_month_that_was_not_rated_is_named_and_is_not_zero() -> None:
    months = {**FULL_YEAR, 2: None, 7: 8000}
    del months[12]
    found = year_score(rules=RULES, months=months, quarters={1: 9000, 3: 9000}, review_h=9000)
    assert found.missing == ("2 月", "12 月", "二季度点评分", "四季度点评分")
    # nine months of 90 and one of 80: 89, so 53.4 + 18 + 18
    assert found.value_h == 8940


def test_thirds_are_rounded_once_at_the_end() -> None:
    months = dict.fromkeys((1, 2), 9000) | dict.fromkeys((3, 4, 5, 6), 9001)
    found = year_score(rules=RULES, months=months, quarters={1: 9000, 2: 9000, 3: 9001}, review_h=9000)
    # 0.6×90.006667 + 0.2×90.003333 + 18 = 90.004667; rounding each mean first would give 90.006 → 90.01
    assert found.value_h == 9000
    assert found.steps[0].expression == "0.6 × 90.006667…"


@pytest.mark.parametrize(
    ("months", "quarters", "review", "reason"),
    [
        (5, 4, 9000, "评了 5 个月，不足 6 个月"),
        (6, 1, 9000, "有 1 个季度点评分，不足 2 个"),
        (12, 4, None, "民主测评没有结果"),
        (0, 0, None, "评了 0 个月，不足 6 个月；有 0 个季度点评分，不足 2 个；民主测评没有结果"),
    ],
)
def test_too_little_is_not_rated_and_never_padded(months: int, quarters: int, review: int | None, reason: str) -> None:
    found = year_score(
        rules=RULES, months=dict.fromkeys(range(1, months + 1), 9000),
        quarters=dict.fromkeys(range(1, quarters + 1), 9000), review_h=review,
    )  # fmt: skip
    assert (found.value_h, found.label, found.reason) == (None, "暂不评级", reason)


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputTrouble) as refused:
        year_score(rules=RULES, months={13: 9000, 1: 10_600}, quarters={1: -1}, review_h=10_001)
    assert refused.value.problems == (
        "没有 13 月",
        "1 月应在 0 到 105 之间，现为 106.00",
        "第 1 季度点评分应在 0 到 100 之间，现为 -0.01",
        "民主测评应在 0 到 100 之间，现为 100.01",
    )


def year(value_h: int | None) -> YearScore:
    return YearScore(value_h=value_h, steps=(), missing=(), reason="" if value_h is not None else "民主测评没有结果")


@pytest.mark.parametrize(
    ("value_h", "vetoed", "grade", "stars"),
    [(9000, False, "优秀", 4), (8999, False, "良好", 3), (9700, True, "一般", 2), (6500, True, "较差", 1)],
)
def test_the_thresholds_of_the_sheet_and_a_veto_of_the_year(value_h: int, vetoed: bool, grade: str, stars: int) -> None:
    found = grade_year(sheet=sheet(), score=year(value_h), vetoed=vetoed, scale="k")
    assert found.star is not None and (found.label, found.star.count) == (grade, stars)


def test_a_year_without_a_score_has_no_grade() -> None:
    found = grade_year(sheet=sheet(), score=year(None), vetoed=True, scale="k")
    assert (found.label, found.linkable, found.reason) == ("暂不评级", False, "民主测评没有结果")


MARK = st.integers(0, 10_000)


@given(months=st.lists(MARK, min_size=6, max_size=12), quarters=st.lists(MARK, min_size=2, max_size=4), review=MARK)
def test_the_year_is_the_exact_weighted_mean_inside_its_parts(
    months: list[int], quarters: list[int], review: int
) -> None:
    found = year_score(
        rules=RULES, months=dict(enumerate(months, 1)), quarters=dict(enumerate(quarters, 1)), review_h=review
    )
    exact = (
        Fraction(D("0.6")) * Fraction(sum(months), len(months))
        + Fraction(D("0.2")) * Fraction(sum(quarters), len(quarters))
        + Fraction(D("0.2")) * review
    )
    assert found.value_h == int(round_fraction(exact, 0))
    assert min(*months, *quarters, review) <= found.value_h <= max(*months, *quarters, review)


@given(months=st.lists(MARK, min_size=6, max_size=12), at=st.integers(1, 6), more=st.integers(0, 500))
def test_a_better_month_never_lowers_the_year(months: list[int], at: int, more: int) -> None:
    before = dict(enumerate(months, 1))
    after = {**before, at: min(10_000, before[at] + more)}
    one, two = (
        year_score(rules=RULES, months=m, quarters={1: 9000, 2: 9000}, review_h=9000).value_h for m in (before, after)
    )
    assert one is not None and two is not None and one <= two
