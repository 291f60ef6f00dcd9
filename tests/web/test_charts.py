"""Each drawing says in words what it shows, and draws what is missing as missing."""

import re
from decimal import Decimal as D

import pytest

from ronglu.web import marks
from ronglu.web.charts import Slot, Step, coverage, deviation, links, pace, rule_curve, sparkline, waterfall
from ronglu.web.charts.svg import lines_of, ticks


def where(svg: str, cls: str, what: str = "x") -> list[str]:
    """Attribute `what` of the elements with the class."""
    return [m for tag in re.findall(rf'<[^>]*class="{cls}"[^>]*>', svg) for m in re.findall(rf' {what}="([^"]*)"', tag)]


def test_debt_is_hatched_between_progress_and_time() -> None:
    drawing = pace(done=D("0.6"), time=D("0.7"))
    assert (where(drawing.svg, "hatch"), where(drawing.svg, "hatch", "width")) == (["60%"], ["10%"])
    assert drawing.summary == "进度 60.0\u00a0%，时间 70.0\u00a0%"


def test_a_lead_is_green_and_more_than_the_plan_still_fits() -> None:
    drawing = pace(done=D("1.25"), time=1)
    assert (where(drawing.svg, "c-good"), where(drawing.svg, "c-good", "width")) == (["80%"], ["20%"])


def test_progress_without_readings_draws_no_bar() -> None:
    drawing = pace(done=None, time=D("0.5"))
    assert where(drawing.svg, "c-data") == [] and drawing.summary.startswith("进度缺数")


@pytest.mark.parametrize(
    ("value", "direction", "place", "says"),
    [
        (D("42"), "down", "50%", "在允差内"),
        (D("43"), "down", "16.67%", "差于计划"),
        (D("41"), "down", "83.33%", "好于计划"),
        (D("43"), "up", "83.33%", "好于计划"),
    ],
)
def test_right_is_better_whichever_way_the_indicator_runs(value: D, direction: str, place: str, says: str) -> None:
    # tolerance 0.5: the strip reaches 1.5 to each side, so one unit is a third of the half
    drawing = deviation(value, plan=D("42"), tolerance=D("0.5"), direction=direction)
    assert (where(drawing.svg, "c-data", "cx"), drawing.summary) == ([place], says)


def test_a_value_outside_its_band_is_named_by_side() -> None:
    assert [deviation(v, low=58, high=62, direction="band").summary for v in (57, 60, 63)] == [
        "低于带",
        "在带内",
        "高于带",
    ]


def test_a_gap_breaks_the_line_and_leaves_a_tick() -> None:
    drawing = sparkline([41, None, 43, 44], plan=42, label="煤耗", unit="kg/t")
    assert len(where(drawing.svg, "l-warn", "x1")) == 1
    assert where(drawing.svg, "l-data", "d")[0].count("M") == 2
    assert drawing.summary == "煤耗 近 4 期，最低 41，最高 44，最后 44 kg/t，计划 42，缺 1 期"


def test_a_series_without_any_number_says_so() -> None:
    assert sparkline([None, None], label="煤耗").summary == "煤耗 没有数"


def test_coverage_counts_what_was_expected_and_names_the_gap() -> None:
    days = [["have", "have"], ["have", Slot("gap", "11-07 夜")], ["stop", "todo"]]
    assert coverage(days).summary == "3 / 4 班有数，缺 11-07 夜"


def test_the_waterfall_lands_on_its_total_and_says_where_it_was_cut() -> None:
    steps = [
        Step("满分", "", total=100),
        Step("D1", "产量", delta=D("-0.6")),
        Step("D2", "缺项", word="缺数"),
        Step("合计", "", total=D("99.4")),
    ]
    drawing = waterfall(steps)
    assert "D1 产量 −0.60" in drawing.summary and "纵轴从 99 起，已断开" in drawing.summary
    assert "缺数" in drawing.svg and "满分</text>" in drawing.svg


def test_names_are_escaped() -> None:
    assert "<script" not in waterfall([Step("<script>", "<b>", total=1)]).svg
    assert "<script" not in marks.status("<script>")
    assert "<script" not in coverage([[Slot("have", "<script>")]]).svg


def test_the_rule_curve_and_the_links_say_what_they_hold() -> None:
    assert rule_curve([(0, 0), (1, 1)], x_label="a", y_label="得分比例").summary == "得分比例 / a"
    assert links([(0, 0), (1, 1)], left=2, right=3).summary == "2 条对应关系"


def test_ticks_are_round_and_long_labels_take_two_lines() -> None:
    assert ticks(87, 100) == [90, 95, 100]
    assert lines_of("Hazards closed", room=60) == ["Hazards", "closed"]
    assert lines_of("能耗", room=60) == ["能耗"]


def test_a_cell_without_points_shows_a_word_and_never_a_nought() -> None:
    for state, word in {
        "readings_missing": "缺数",
        "awaiting_review": "待评",
        "not_wired": "未接入",
        "not_applicable": "不适用",
    }.items():
        cell = marks.score(state, full=10)
        assert word in cell and "0.00" not in cell


def test_full_marks_fade_and_half_lost_fills_the_cell() -> None:
    assert 'class="score full"' in marks.score("scored", points=4, full=4)
    assert 'class="score pc-50"' in marks.score("scored", points=3, full=4)
    assert 'class="score pc-100"' in marks.score("scored", points=D("1.5"), full=4)


def test_a_carried_score_names_its_month() -> None:
    assert '<span class="from">9 月</span><span>3.30</span>' in marks.score(
        "carried", points=D("3.30"), full=4, source="9 月"
    )
