"""Why this score: what a reader is told, step by step."""

from dataclasses import replace

from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.score import judge
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.trace import difference, trace
from tests.kernel.rules.made import closed, deduct, item, missed, rate, reading, target


def test_a_rate_is_told_from_due_to_points() -> None:
    made = item(rate(1200), code="E1", name="隐患闭环")
    told = trace(item=made, basis=closed(11, 12), score=judge(item=made, basis=closed(11, 12)))
    assert told.steps == (
        Step("到期", "12", "12"),
        Step("按期办结", "11", "11"),
        Step("按期办结 ÷ 到期", "11 ÷ 12", "0.916666667"),
        Step("得分，四舍五入到两位", "0.916666667 × 12 分", "11.00 分"),
    )
    assert told.sentence == "E1 隐患闭环得 11.00 分（满分 12）。得分比例 0.916666667"
    assert told.source == "系统默认，可修改" and told.status == "D"


def test_a_target_tells_plan_actual_attainment_and_where_on_the_curve() -> None:
    row = reading(4336, 4200, "down", label="煤耗", decimals=2, unit="kg/t")
    made = item(target(800), min_coverage=90, evidence=("indicator",))
    basis = Basis.of(row, covered=89, expected=90)
    told = trace(item=made, basis=basis, score=judge(item=made, basis=basis))
    assert told.steps[:4] == (
        Step("计划", "", "42.00 kg/t", "煤耗"),
        Step("实际", "先合计，后相除", "43.36 kg/t", "煤耗"),
        Step("达成率", "42.00 ÷ 43.36", "0.968635", "煤耗"),
        Step("折线", "0.95–0.98 之间", "0.824233333", "煤耗"),
    )
    assert told.coverage == "89/90"
    assert ("最低覆盖率", "90%，低于即缺数，不计分") in told.params


def test_a_missing_indicator_is_named_and_not_counted() -> None:
    gone = replace(reading(0, 4200), num=None, label="电耗")
    steps = target().explain(Basis.of(gone, reading(98, 100)))
    assert Step("这一指标", "缺数，不计入", "—", "电耗") in steps


def test_a_deduction_tells_how_often_how_much_and_where_it_stops() -> None:
    assert deduct(800).explain(missed(5, 6)) == (
        Step("missed", "5 次 × 2 分（应 6 次）", "10 分"),
        Step("得分比例（扣完为止）", "（8 − 10）÷ 8", "0"),
    )


def test_a_state_without_points_says_why_and_shows_no_steps() -> None:
    made = item(rate())
    told = trace(item=made, basis=Basis(), score=judge(item=made, basis=Basis(), wired=False))
    assert told.steps == () and told.sentence == "X1 闭环：未接入（满分 10）。本厂尚未接入这项事实"


def test_a_correction_shows_both_and_the_difference() -> None:
    made = item(rate(1200))
    before, after = (judge(item=made, basis=closed(n, 12)) for n in (11, 12))
    moved = difference(before, after)
    assert moved is not None and (moved.before, moved.after, moved.moved) == ("11.00", "12.00", "+1.00")
    assert difference(before, before) is None


def test_a_score_that_vanishes_is_a_difference_without_a_number() -> None:
    made = item(rate())
    moved = difference(judge(item=made, basis=closed(1, 2)), judge(item=made, basis=closed(1, 2), wired=False))
    assert moved is not None and (moved.after, moved.moved) == (State.NOT_WIRED.label, "—")


def test_what_people_read_holds_no_line_that_means_nothing() -> None:
    rows = Basis.of(Line("a", 1, 2), Line("b", 3, 4))
    assert rate().explain(rows)[0] == Step("到期", "2＋4", "6")
