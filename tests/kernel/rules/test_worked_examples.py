"""Worked examples: an error in one is told so that a party office can mend it."""

from typing import Any

import pytest

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.examples import Kind, build_examples, gaps, run
from ronglu.kernel.rules.state import State
from tests.kernel.rules.made import item, rate, target

SOUND: dict[str, Any] = {
    "kind": "normal", "say": "到期 4 件，办结 3 件，得 7.5 分。", "facts": [{"num": 3, "den": 4}], "points": "7.5",
}  # fmt: skip


def load(*rows: dict[str, Any]) -> Any:
    return build_examples("X.examples.yaml", {"examples": {"X1": list(rows)}})


def wrong(**changes: Any) -> str:
    with pytest.raises(SheetProblem) as refused:
        load(SOUND | changes)
    return str(refused.value)


def test_an_example_that_holds_says_nothing() -> None:
    (example,) = load(SOUND)
    assert run(item(rate()), example) == []


def test_an_example_that_does_not_hold_shows_both_and_the_way() -> None:
    (example,) = load(SOUND | {"facts": [{"num": 2, "den": 4}]})
    (told,) = run(item(rate()), example)
    assert told.splitlines() == [
        "X1（正常）“到期 4 件，办结 3 件，得 7.5 分。”",
        "  应得 7.50 分，算出 5.00 分。算法：比率",
        "    到期：4 = 4",
        "    按期办结：2 = 2",
        "    按期办结 ÷ 到期：2 ÷ 4 = 0.5",
        "    得分比例 0.500000000 × 10 分",
        "  规则：到期的按期办结多少，就得多少。",
    ]


def test_a_wrong_state_is_told_in_words() -> None:
    (example,) = load(SOUND | {"facts": []})
    told = run(item(rate()), example)
    assert "应为“已计分”，算出“不适用”（本期没有发生，不占分母）" in told[0]
    assert "应得 7.50 分，算出 （没有分）" in told[1]


def test_facts_that_cannot_be_are_told_and_not_thrown() -> None:
    (example,) = load(SOUND | {"facts": [{"num": 3, "den": 0}]})
    (told,) = run(item(rate()), example)
    assert "算不出来：“到期”是 0，“按期办结”却有 3" in told


def test_a_sentence_must_say_what_is_tested() -> None:
    assert "X1 第 1 例：句子里最后应写“得 8 分”，现在写的是 7.5" in wrong(points=8)
    assert "现在写的是 没有写得几分" in wrong(say="办结大半。")


def test_a_sentence_without_points_must_name_the_state() -> None:
    assert "句子里应写“缺数”，不写得几分" in wrong(points=None, state="readings_missing")
    (example,) = load(SOUND | {"points": None, "state": "readings_missing", "say": "读数不够，缺数。"})
    assert (example.state, example.points) == (State.READINGS_MISSING, None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "odd"}, "“kind”应为 normal、boundary、nothing 之一，现在是“odd”"),
        ({"coverage": "九成"}, "“coverage”应写成 89/90"),
        ({"facts": [{"num": "三", "den": 4}]}, "“num”应为数，现在是“三”"),
        ({"facts": [{"num": 3, "dne": 4}]}, "不认识“dne”"),
        ({"fact": []}, "不认识“fact”"),
        ({"points": "7.555", "say": "得 7.555 分"}, "小数多于两位"),
    ],
)
def test_each_slip_is_named_with_what_would_be_right(changes: dict[str, Any], told: str) -> None:
    assert told in wrong(**changes)


def test_indicator_rows_are_written_in_plain_decimals() -> None:
    row = {"key": "SM-02", "label": "煤耗", "method": "attainment", "better": "down", "actual": "43.36", "plan": "42"}
    (example,) = load(SOUND | {"facts": [row], "points": "6.59", "say": "得 6.59 分"})
    (line,) = example.basis.lines
    assert (line.num, line.plan, line.decimals) == (4336, 4200, 2)
    # 0.824233333 × 8 = 6.593866664
    assert run(item(target(800)), example) == []


def test_missing_readings_are_written_as_such() -> None:
    row = {"key": "SM-02", "method": "attainment", "better": "down", "actual": "缺", "plan": "42"}
    (example,) = load(SOUND | {"facts": [row], "points": None, "say": "缺数", "state": "readings_missing"})
    assert example.basis.lines[0].num is None and run(item(target(800)), example) == []


def test_an_item_without_all_three_kinds_is_named() -> None:
    examples = load(SOUND, SOUND | {"kind": "boundary"})
    assert gaps([item(rate())], examples) == ["X1 闭环 还缺例子：没有发生（每项至少正常、边界、没有发生各一例）"]
    assert gaps([], examples) == ["例子写给了不存在的项 X1"]
    assert [kind.label for kind in Kind] == ["正常", "边界", "没有发生"]
