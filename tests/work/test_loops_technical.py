"""The technical loops with real rows: problems, parameters, procedures, gaps, actions, appeals, hazards by class."""

import datetime as dt

import pytest

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import CaseRow
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import LOOPS, settle
from tests.work.loops_played import DAY, SPRING, add, go, offices, raised, shows

__all__ = ["cast", "offices"]


@pytest.mark.covers("S0-15", "S0-39", "S4-05")
def test_a_problem_is_answered_analysed_and_its_time_to_solve_is_kept(cast: Cast) -> None:
    case = raised(cast, "problem", "李班长", what="阴极铜长粒子", source="site")
    assert case.due_at == dt.datetime(2026, 3, 18)  # five working days
    go(cast, case, "马主任", "take", answer="三周内查清", solve_by="2026-03-31", solver=[cast.person["何组长"].pk])
    for kind, cause in (("method", "配比偏高"), ("machine", "流量不稳"), ("man", "漏加")):
        add(cast, case, "何组长", "cause", cause_kind=kind, cause=cause)
    go(cast, case, "何组长", "solve", cause_kind="method", cause="配比偏高", solution="60 降到 45")
    with pytest.raises(LoopTrouble, match="“验证有效”不归您办"):
        go(cast, case, "何组长", "confirm")
    go(cast, case, "李班长", "confirm", at=AT + 9 * DAY)
    assert (case.state, case.closed_at - case.raised_at) == ("solved", 9 * DAY)


@pytest.mark.covers("S4-04")
def test_the_meeting_of_those_who_solve_it_ends_in_a_technical_conclusion(cast: Cast) -> None:
    case = raised(cast, "problem", "李班长", what="外贸阳极表面氧化")
    go(cast, case, "马主任", "take", answer="每周讨论一次", solve_by="2026-03-31", solver=[cast.person["何组长"].pk])
    said = {"held_on": "2026-03-12", "topic": "外贸阳极生产工艺控制措施"}
    with pytest.raises(LoopTrouble, match="请填写“技术结论”"):
        add(cast, case, "何组长", "talk", **said)
    add(cast, case, "何组长", "talk", **said, conclusion="加强表面泡洗，去除氧化物")
    assert CaseRow.objects.get(case=case).data == {**said, "conclusion": "加强表面泡洗，去除氧化物"}


@pytest.mark.covers("S4-23")
@pytest.mark.parametrize(("kind", "word"), [("site", "现场"), ("equipment", "设备"), ("person", "人身")])
def test_a_hazard_is_entered_under_site_equipment_or_people(cast: Cast, kind: str, word: str) -> None:
    case = raised(cast, "hazard", "李班长", kind=kind)
    assert (LOOPS["hazard"].field("kind").shown(case.data["kind"]), case.title) == (word, word)


def test_a_class_that_nobody_declared_is_refused_with_those_there_are(cast: Cast) -> None:
    with pytest.raises(
        LoopTrouble, match="“哪一类”没有“weather”这一项，应为设备、人身、现场、电气、火灾爆炸、其他之一"
    ):
        raised(cast, "hazard", "李班长", kind="weather")


@pytest.mark.covers("S4-07")
def test_a_parameter_is_changed_by_leave_of_another_and_put_back_when_it_did_not_help(cast: Cast) -> None:
    case = raised(cast, "parameter", "陈技术员", what="电解液温度 ℃", before="62", after="64", why="槽电压高")
    with pytest.raises(LoopTrouble, match="“提出”是您做的，“批准”须由另一人"):
        go(cast, case, "陈技术员", "approve", bounds="58–65", watch_until="2026-03-20", setter="李班长")
    go(cast, case, "马主任", "approve", bounds="58–65", watch_until="2026-03-20", setter="李班长")
    go(cast, case, "李班长", "report", set_on="2026-03-11", seen_before="0.31", seen_after="0.33")
    go(cast, case, "马主任", "undo", reason="槽电压更高")
    assert (case.state, shows(case, "step"), shows(case, "moved")) == ("undone", "+2.0000", "+0.020")


@pytest.mark.covers("S4-06")
def test_a_suggestion_from_the_floor_becomes_a_rule_once_the_crew_was_trained(cast: Cast) -> None:
    case = raised(cast, "sop", "吴师傅", rule="外购阳极入槽规程 3.2", what="入槽前泡洗")
    go(cast, case, "陈技术员", "accept", draft_by="2026-03-20", drafter="陈技术员")
    go(cast, case, "陈技术员", "draft", old_text="吊入", new_text="泡洗后吊入", risk="酸雾")
    go(cast, case, "马主任", "approve", edition="2026-02")
    add(cast, case, "李班长", "training", crew=cast.unit["QL-R1-甲"].pk, trained_on="2026-04-02", heads="12")
    with pytest.raises(LoopTrouble, match="先培训后执行"):
        go(cast, case, "马主任", "enforce", force_on="2026-04-01")
    go(cast, case, "马主任", "enforce", force_on="2026-04-06")
    assert case.state == "in_force"


def test_an_appeal_is_decided_by_none_who_made_the_decision(cast: Cast) -> None:
    case = raised(cast, "appeal", "王书记", against="score", which="3 月 D6", what="漏计两件", confidential=True)
    with pytest.raises(LoopTrouble, match="核查人不能是原决定人或申诉人"):
        go(cast, case, "高书记", "admit", maker=[cast.person["孙干事"].pk], checker="孙干事")
    go(cast, case, "高书记", "admit", maker=[cast.person["孙干事"].pk], checker="冯主席")
    go(cast, case, "冯主席", "find", finding="属实")
    with pytest.raises(LoopTrouble, match="您与这一件有关（原决定人），“更正”须由另一人"):
        go(cast, case, "孙干事", "correct", correction="补计", reason="属实")
    go(cast, case, "高书记", "correct", correction="补计两件", reason="属实")
    assert case.state == "corrected"


def test_an_action_of_a_meeting_and_a_gap_to_a_benchmark_close_by_another(cast: Cast) -> None:
    action = raised(
        cast, "action", "王书记", what="更新看板", source="meeting", said="3 月 8 日支委会", finish_by="2026-03-20"
    )
    go(cast, action, "王书记", "assign", doer="李班长")
    go(cast, action, "李班长", "finish", result="已更新")
    with pytest.raises(LoopTrouble, match="这一件由您办理，“验收办结”须由另一人"):
        go(cast, action, "李班长", "close")
    go(cast, action, "王书记", "close")
    gap = raised(cast, "gap", "陈技术员", indicator="SM-05", ours="0.9", best="0.6", from_whom="同类厂 2025")
    go(cast, gap, "马主任", "take", finish_by="2026-09-30", aim="0.7", owner="李班长")
    row = add(cast, gap, "李班长", "action", who="李班长", due_on=SPRING, measure="调渣型")
    settle(cast, row, "李班长", "done", loop=LOOPS["gap"])
    go(cast, gap, "李班长", "finish")
    settle(cast, row, "陈技术员", "pass", loop=LOOPS["gap"])
    go(cast, gap, "陈技术员", "close", measured="0.72")
    assert (action.state, gap.state, shows(gap, "now")) == ("closed", "narrowed", "+0.120")


def test_a_case_waits_for_the_next_in_line_where_nobody_holds_the_first_office(cast: Cast) -> None:
    at_crew = raised(cast, "idea", "李班长", what="换型", unit=cast.unit["QL-R1-甲"])
    above = raised(cast, "idea", "马主任", what="换型", unit=cast.unit["QL-R"])  # no group stands at a workshop
    assert (at_crew.turn, above.turn) == ("group_leader", "branch_committee")


def test_a_case_to_be_checked_does_not_wait_for_who_worked_on_it(cast: Cast) -> None:
    case = raised(cast, "action", "马主任", what="更新看板", source="meeting", finish_by="2026-03-20")
    go(cast, case, "马主任", "assign", doer="李班长")
    go(cast, case, "李班长", "finish", result="已更新")
    own = raised(cast, "action", "何组长", what="更新看板", source="meeting", finish_by="2026-03-20")
    go(cast, own, "何组长", "assign", doer="何组长")
    go(cast, own, "何组长", "finish", result="已更新")
    assert (case.turn, case.holder) == ("raiser", cast.person["马主任"])
    assert (own.turn, own.holder) == ("workshop_head", None)
