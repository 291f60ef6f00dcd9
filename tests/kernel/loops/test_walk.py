"""A walk tells where the loop did not do what it says, and refuses words that the loop does not have."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.loops.walk import BadWalk, walked
from tests.kernel.loops.toy import TOY

ROLES = {"主任": "head", "文员": "clerk"}
WHO = {"甲": ["主任"], "乙": [], "丙": ["文员"]}
RAISED: dict[str, Any] = {"by": "乙", "do": "提出", "fill": {"内容": "换灯", "类别": "甲类"}, "to": "待派"}
SENT = {"by": "甲", "do": "派办", "fill": {"期限": dt.date(2026, 3, 20), "经办人": "乙"}, "to": "办理"}


def run(*steps: dict[str, Any], **more: Any) -> list[str]:
    return walked(TOY, {"who": WHO, "steps": steps} | more, ROLES).faults


def test_a_walk_goes_to_its_end_and_says_which_states_it_reached() -> None:
    steps = [RAISED, SENT, {"by": "乙", "do": "办完", "to": "验收"}, {"by": "丙", "do": "办结", "to": "办结"}]
    found = walked(TOY, {"who": WHO, "steps": steps}, ROLES)
    assert (found.faults, found.reached) == ([], {"raised", "doing", "checking", "done"})


def test_another_state_or_an_unexpected_refusal_is_a_fault() -> None:
    assert run(RAISED | {"to": "办理"}) == ["第 1 步后应在“办理”，实在“待派”"]
    assert run(RAISED, {"by": "丙", "do": "派办"}) == ["第 2 步“派办”：应为 可以办，实为 ['“派办”不归您办']"]
    assert run(RAISED, SENT | {"refused": "不行"}) == ["第 2 步“派办”：应为 不行，实为 可以办"]


def test_a_refused_step_leaves_the_case_where_it_was() -> None:
    refused = {
        "by": "甲",
        "do": "派办",
        "fill": {"期限": "明天"},
        "refused": "“期限”的“明天”不是日期，应写成 2026-03-14",
    }
    assert run(RAISED, refused, {"by": "丙", "do": "派办", "refused": "“派办”不归您办", "to": "待派"}) == []


def test_raising_asks_for_what_it_needs_and_for_a_name() -> None:
    assert run({"by": "乙", "do": "提出", "refused": "请填写“内容”"}) == []
    assert run({"by": "匿名", "do": "提出", "refused": "心愿须登录后提出"}) == []
    with pytest.raises(BadWalk, match="第一步应为“提出”"):
        run({"by": "甲", "do": "派办"})


def test_lines_are_added_done_and_passed_by_their_labels() -> None:
    added = {"by": "甲", "line": "任务", "do": "添加", "fill": {"内容": "买灯"}, "for": "乙"}
    done = {"by": "乙", "line": "任务", "row": 1, "do": "完成"}
    own = {"by": "乙", "line": "任务", "row": 1, "do": "验收通过", "refused": "第 1 条不归您验收"}
    assert run(RAISED, SENT, added | {"fill": {}, "refused": "请填写“内容”"}, added, done, own) == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"by": "甲", "do": "飞"}, "没有“飞”"),
        ({"by": "甲", "do": "派办", "fill": {"颜色": "红"}}, "第 2 步没有这些字段：颜色"),
        ({"by": "甲", "line": "账单", "do": "添加"}, "没有“账单”"),
    ],
)
def test_words_that_the_loop_does_not_have_are_refused(step: dict[str, Any], said: str) -> None:
    with pytest.raises(BadWalk, match=said):
        run(RAISED, step)


def test_roles_go_by_their_labels() -> None:
    with pytest.raises(BadWalk, match="没有这些角色：女王"):
        run(RAISED, who={"甲": ["女王"]})


def test_a_report_of_what_was_closed_goes_where_repeats_go() -> None:
    assert run(RAISED, again=True) == []
