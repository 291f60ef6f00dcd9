"""What an item refuses to be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ronglu.kernel.rules.shapes import Curve, How, Panel, Part, Parts
from ronglu.kernel.rules.state import WhenNothing
from ronglu.kernel.time.period import Grain
from tests.kernel.rules.made import deduct, item, rate, target


def test_a_sound_item_has_no_problems() -> None:
    assert item(rate()).problems() == []


@pytest.mark.parametrize(
    ("cadence", "starts", "first", "after"),
    [
        (Grain.MONTH, date(2026, 3, 2), "2026-03-01", "2026-04-01"),
        (Grain.QUARTER, date(2026, 2, 1), "2026-01-01", "2026-04-01"),
        (Grain.YEAR, date(2026, 7, 1), "2026-01-01", "2027-01-01"),
    ],
)
def test_a_start_inside_a_period_is_refused_with_the_two_days_that_would_do(
    cadence: Grain, starts: date, first: str, after: str
) -> None:
    (problem,) = item(rate(), cadence=cadence, starts_on=starts).problems()
    assert f"起用日 {starts} 不是一{cadence.label}的第一天" in problem and f"请用 {first} 或 {after}" in problem


@pytest.mark.parametrize("starts", [date(2026, 1, 1), date(2026, 4, 1)])
def test_a_quarterly_item_may_start_with_a_quarter(starts: date) -> None:
    assert item(rate(), cadence=Grain.QUARTER, starts_on=starts).problems() == []


def test_readings_need_a_minimum_coverage() -> None:
    (problem,) = item(target(), evidence=("indicator",)).problems()
    assert "min_coverage" in problem


def test_points_and_shape_must_agree() -> None:
    (problem,) = item(rate(1000), points=Decimal(8)).problems()
    assert "形状按 10" in problem and "满分 8" in problem


def test_one_miss_may_not_cost_more_than_everything() -> None:
    (problem,) = item(deduct(300, missed=400)).problems()
    assert "每次 4 分，超过该项满分 3" in problem


def test_a_panel_of_one_is_no_panel() -> None:
    shape = Panel(of=500, subject="做法", reviewers=1, rubric=("1", "2"))
    assert [text.split("：")[1] for text in item(shape).problems()] == [
        "评审至少 2 人，一个人说了不算，现在是 1",
        "评分标准应写满 1–5 分五档，现在是 2 档",
    ]


def test_a_curve_must_climb() -> None:
    shape = replace(target(), curve=Curve(((900_000, 5), (800_000, 1))))
    assert any("折线应一路向上" in text for text in item(shape).problems())


def test_deductions_are_not_weighted_but_taken_off() -> None:
    parts = (Part("a", "甲", rate(700)), Part("b", "乙", deduct(700)))
    assert any("不能加权" in text for text in item(Parts(of=700, how=How.WEIGHTED, parts=parts)).problems())
    taken_off = item(Parts(of=700, how=How.LESS, parts=parts))
    assert ["when_nothing 应为 full" in text for text in taken_off.problems()] == [True]
    assert replace(taken_off, when_nothing=WhenNothing.FULL).problems() == []


def test_an_item_is_wired_by_its_main_fact_and_lists_those_of_its_parts() -> None:
    parts = (Part("a", "甲", rate(700), fact="feedback"), Part("b", "乙", deduct(700), fact="complaint"))
    made = item(Parts(of=700, how=How.LESS, parts=parts), fact="feedback")
    assert made.facts == ("feedback", "complaint")
    assert made.wired({"feedback"}) and not made.wired({"complaint"})
