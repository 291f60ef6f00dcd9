"""The contract of the 33 items (decision §9.4), written out here a second time so that the data cannot drift from it."""

import re
from decimal import Decimal

import pytest

from ronglu.kernel.rules.item import CalendarKind, Item, Status
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes import Band, Deduct, How, Panel, Parts, Target
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.time.period import Grain
from ronglu.packs import sheets

# item: points, cadence, facts, evidence, shape, what nothing gives, who wires it
LIFE, LOOPS, PEOPLE, FOUNDATION, DEPTH = "Organisational life", "Loops", "People", "Foundation", "Production depth"
CONTRACT: dict[str, tuple[str, str, str, str, str, str, str]] = {
    "A1": ("4", "month", "duty_due", "duty", "deduct 2", "full", LIFE),
    "A2": ("5", "month", "study_topic", "closure", "rate", "not_applicable", LIFE),
    "A3": ("4", "month", "study_link", "duty", "deduct 1", "full", LIFE),
    "A4": ("6", "month", "duty_list", "duty", "deduct 1.5", "full", LIFE),
    "A5": ("4", "month", "key_task_stage", "duty", "deduct 1", "full", LIFE),
    "A6": ("4", "quarter", "problem", "closure", "rate", "not_applicable", f"{LOOPS}, {PEOPLE}"),
    "A7": ("3", "quarter", "commitment", "duty", "deduct 1 2", "full", LIFE),
    "B1": ("8", "month", "duty_due", "duty", "deduct 2", "full", LIFE),
    "B2": ("4", "month", "duty_due", "duty", "deduct 2 1", "full", LIFE),
    "B3": ("7", "month", "resolution", "closure", "rate", "not_applicable", LIFE),
    "B4": ("5", "month", "group_month", "duty", "deduct 1", "full", LIFE),
    "B5": ("4", "month", "coverage", "structure", "rate", "not_applicable", FOUNDATION),
    "B6": ("4", "quarter", "standard_item", "duty", "deduct 0.8", "full", "Assessment"),
    "B7": ("3", "month", "org_finding", "finding", "deduct 1", "full", f"{FOUNDATION}, {LIFE}"),
    "B8": ("5", "quarter", "practice", "effect, panel", "panel", "not_applicable", "Party+"),
    "C1": ("8", "month", "zone_coverage, zone_finding", "structure, closure", "parts weighted rate 4 rate 6",
           "not_applicable", LOOPS),
    "C2": ("7", "month", "member_axes", "effect", "rate", "not_applicable", f"Assessment, {PEOPLE}"),
    "C3": ("5", "quarter", "pair_goal", "closure", "milestone", "not_applicable", PEOPLE),
    "C4": ("5", "month", "mission", "effect, panel", "panel", "not_applicable", LOOPS),
    "C5": ("5", "quarter", "request", "closure", "rate", "not_applicable", LOOPS),
    "D1": ("12", "month", "indicator_month", "indicator", "parts indicators target target_pp", "not_applicable", FOUNDATION),
    "D2": ("10", "month", "indicator_month", "indicator", "parts indicators target target_pp", "not_applicable", FOUNDATION),
    "D3": ("8", "month", "indicator_month", "indicator", "parts indicators target target_pp", "not_applicable", FOUNDATION),
    "D4": ("6", "month", "cost_month", "indicator", "target", "not_applicable", FOUNDATION),
    "D5": ("6", "month", "benchmark_gap", "indicator", "band value", "not_applicable", DEPTH),
    "D6": ("6", "month", "idea", "closure", "rate", "not_applicable", LOOPS),
    "D7": ("8", "month", "project_milestone", "closure", "milestone", "not_applicable", LOOPS),
    "D8": ("4", "month", "contest_result", "indicator", "band place", "not_applicable", DEPTH),
    "E1": ("12", "month", "hazard_measure, hazard_lapse", "closure", "parts veto rate veto", "full", LOOPS),
    "E2": ("10", "month", "recordable_event", "finding", "deduct 3 10", "full", LOOPS),
    "E3": ("6", "month", "exceedance", "indicator, finding", "deduct 3 1", "full", f"{FOUNDATION}, {LOOPS}"),
    "E4": ("7", "month", "feedback, complaint", "closure, finding", "parts less rate deduct 2", "full", f"{LOOPS}, {DEPTH}"),
    "E5": ("5", "month", "drill_kit", "duty", "deduct 1", "full", DEPTH),
}  # fmt: skip
CURVE = [("1.05", "1.1"), ("1", "1"), ("0.98", "0.9"), ("0.95", "0.7"), ("0.9", "0.4"), ("0.85", "0")]


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return sheets.load()


def told(shape: Shape) -> str:
    """A shape in the words of the table above."""
    if isinstance(shape, Deduct):
        return "deduct " + " ".join(price.text for price in shape.prices)
    if isinstance(shape, Band):
        return f"band {shape.by}"
    if isinstance(shape, Parts):
        weighted = shape.how is How.WEIGHTED
        inner = (f"{told(part.shape)} {part.weight}" if weighted else told(part.shape) for part in shape.parts)
        return f"parts {shape.how} {' '.join(inner)}"
    return shape.kind


def row(item: Item) -> tuple[str, str, str, str, str, str, str]:
    return (
        str(item.points), str(item.cadence), ", ".join(item.facts), ", ".join(item.evidence), told(item.shape),
        str(item.when_nothing), ", ".join(item.wired_by),
    )  # fmt: skip


@pytest.mark.covers("S1-44")
def test_the_template_has_five_categories_thirty_three_items_and_two_hundreds(sheet: Sheet) -> None:
    assert [(c.code, c.points) for c in sheet.categories] == [("A", 30), ("B", 40), ("C", 30), ("D", 60), ("E", 40)]
    assert [len(sheet.in_category(code)) for code in "ABCDE"] == [7, 8, 5, 8, 5]
    assert [(s.name, sum(i.points for i in sheet.on_scale(s.code))) for s in sheet.scales] == [
        ("党建百分", 100),
        ("生产融合百分", 100),
    ]


def test_the_items_are_those_of_the_contract_in_order(sheet: Sheet) -> None:
    assert [item.code for item in sheet.items] == list(CONTRACT)


@pytest.mark.parametrize("code", CONTRACT)
def test_each_item_keeps_its_contract(sheet: Sheet, code: str) -> None:
    assert row(sheet.item(code)) == CONTRACT[code]


def test_production_reads_the_statistical_month_and_all_else_the_calendar(sheet: Sheet) -> None:
    stat = {item.code for item in sheet.items if item.calendar is CalendarKind.STAT}
    assert stat == {"D1", "D2", "D3", "D4", "D5", "D8", "E3"}


def test_readings_need_nine_tenths_and_exceedances_more(sheet: Sheet) -> None:
    minimal = {item.code: item.min_coverage for item in sheet.items if item.min_coverage}
    assert minimal == {"D1": 90, "D2": 90, "D3": 90, "D4": 90, "D5": 90, "D8": 90, "E3": 95}


def test_duty_costs_and_nothing_else_does_from_duty(sheet: Sheet) -> None:
    duty = {item.code for item in sheet.items if "duty" in item.evidence}
    assert duty == {"A1", "A3", "A4", "A5", "A7", "B1", "B2", "B4", "B6", "E5"}
    assert all(isinstance(sheet.item(code).shape, Deduct) for code in duty)


def test_attainment_follows_the_curve_of_the_rule_book(sheet: Sheet) -> None:
    shape = sheet.item("D4").shape
    assert isinstance(shape, Target)
    expected = [(int(Decimal(a) * 10**6), int(Decimal(s) * 10**9)) for a, s in reversed(CURVE)]
    assert list(shape.curve.knots) == expected
    d1 = sheet.item("D1").shape
    assert isinstance(d1, Parts) and next(getattr(part.shape, "curve", None) for part in d1.parts) == shape.curve


def test_bonus_is_off_and_small(sheet: Sheet) -> None:
    assert (sheet.bonus.on, sheet.bonus.per_year, sheet.bonus.overshoot) == (False, 5, Decimal("1.10"))


def test_a_veto_caps_at_fair_for_five_reasons(sheet: Sheet) -> None:
    assert sheet.veto.cap == "fair"
    assert [reason.name for reason in sheet.veto.reasons] == [
        "责任性重伤及以上事故", "重大环境事件", "重大隐患逾期", "班子成员严重违纪违法", "数据造假",
    ]  # fmt: skip


def test_grades_and_stars_stand_where_the_rule_book_puts_them(sheet: Sheet) -> None:
    assert [(g.name, g.at_least) for g in sheet.grades] == [("优秀", 90), ("良好", 80), ("一般", 70), ("较差", 0)]
    assert [(s.count, s.at_least) for s in sheet.stars] == [(5, 95), (4, 90), (3, 80), (2, 70), (1, 60), (0, 0)]
    assert (sheet.rated.available_percent, sheet.rated.applicable_points) == (80, 40)


def test_every_value_of_ours_is_shown_as_a_default_and_never_as_a_superiors_rule(sheet: Sheet) -> None:
    assert {item.source.status for item in sheet.items} == {Status.DEFAULT}
    assert {item.source.text for item in sheet.items} == {"系统默认，可修改"}
    assert all(re.fullmatch(r"S[0-4]-\d\d", name) for item in sheet.items for name in item.source.rows)


def test_every_item_is_told_in_one_or_two_chinese_sentences_and_named_in_english(sheet: Sheet) -> None:
    for item in sheet.items:
        assert re.search(r"[一-鿿]", item.rule) and item.rule.endswith("。")
        assert 1 <= len([part for part in item.rule.split("。") if part]) <= 2
        assert item.en.isascii()


def test_panels_have_three_reviewers_and_five_steps(sheet: Sheet) -> None:
    panels = [item.shape for item in sheet.items if isinstance(item.shape, Panel)]
    assert [(panel.reviewers, len(panel.rubric)) for panel in panels] == [(3, 5), (3, 5)]


def test_the_sheet_starts_with_a_year_so_that_its_quarters_are_whole(sheet: Sheet) -> None:
    assert sheet.from_month.first == sheet.from_month.up(Grain.YEAR).first
