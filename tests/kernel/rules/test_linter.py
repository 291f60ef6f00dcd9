"""The linter refuses what must never score, names the clause, and lets the rest pass; nothing switches it off."""

import inspect
from dataclasses import replace
from typing import Any

import pytest

from ronglu.kernel.rules import linter
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.linter import REFUSED, Evidence, build_redlist, lint, refuse
from ronglu.kernel.rules.shapes import How, Part, Parts
from tests.kernel.rules.made import deduct, item, rate
from tests.kernel.rules.sheets import sheet

RED = build_redlist(
    {
        "clauses": [
            {"code": "R1", "title": "办法", "says": "不以学习时长考评", "official": True},
            {"code": "R3", "title": "规定", "says": "不以开会发文评判", "official": True},
            {"code": "D9", "title": "本系统", "says": "出席不乘进分数", "official": False},
        ],
        "duty_clauses": ["D9", "R3"],
        "entries": [
            {
                "code": "time", "label": "学习时长", "evidence": "app_use", "words": ["学习时长"],
                "patterns": ["每人每月.{0,4}条"], "facts": ["reading_time"], "clauses": ["R1"], "instead": "请看决定",
            },
            {
                "code": "volume", "label": "材料数量", "evidence": "activity", "words": ["篇数"], "clauses": ["R3"],
                "instead": "请看采用",
            },
            {"code": "praise", "label": "表彰", "evidence": "recognition", "clauses": ["R3"], "instead": "荣誉不计分"},
        ],
    }
)  # fmt: skip


def refusals(**changes: Any) -> list[str]:
    return [refusal.text for refusal in lint(item(rate(), **changes), RED)]


@pytest.mark.parametrize("kind", ["indicator", "closure", "effect", "structure", "finding", "panel"])
def test_evidence_of_work_passes(kind: str) -> None:
    assert refusals(evidence=(kind,)) == []


@pytest.mark.parametrize(
    ("kind", "clause"), [("activity", "R3《规定》"), ("recognition", "R3《规定》"), ("app_use", "R1《办法》")]
)
def test_activity_recognition_and_app_use_are_refused_by_clause(kind: str, clause: str) -> None:
    (text,) = refusals(evidence=("closure", kind))
    assert f"（{kind}）不得计分" in text and clause in text and "引用前请核对原文" in text


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    (text,) = refusals(evidence=("vibes",))
    assert "不认识依据种类“vibes”" in text and "closure（按期闭环）" in text
    assert not any(f"{kind}（" in text for kind in REFUSED)


def test_no_evidence_at_all_is_refused() -> None:
    assert "没有写依据的种类" in refusals(evidence=())[0]


def test_duty_may_cost() -> None:
    assert lint(item(deduct(), evidence=("duty",)), RED) == ()


def test_duty_may_never_pay() -> None:
    (text,) = refusals(evidence=("duty",))
    assert "只能扣分" in text and "D9《本系统》" in text and "请改用 deduct" in text


def test_duty_hidden_in_a_part_that_pays_is_found() -> None:
    parts = (Part("a", "甲", rate(800)), Part("b", "乙", deduct(800)))
    shape = Parts(of=800, how=How.LESS, parts=parts)
    assert len(lint(item(shape, evidence=("duty",)), RED)) == 1


def test_the_rule_of_sixty_minutes_fails_with_the_citation() -> None:
    (text,) = refusals(rule="学习时长≥60分 +2")
    assert text.startswith("X1 闭环：出现“学习时长”，属于学习时长，不得计分。依据 R1《办法》：不以学习时长考评")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "学习 时长达标"},
        {"rule": "每人每月 3 条"},
        {"fact": "reading_time"},
        {"filter": {"source": ("reading_time",)}},
        {"shape": replace(rate(), done="上报篇数")},
    ],
)
def test_a_declared_closure_does_not_hide_a_forbidden_source(changes: dict[str, Any]) -> None:
    assert len(lint(replace(item(rate()), **changes), RED)) == 1


def test_an_ordinary_item_is_not_suspected() -> None:
    assert refusals(rule="到期的决议按期办结多少，就得多少。") == []


def test_a_sheet_with_a_forbidden_item_is_not_published() -> None:
    made = sheet()
    refuse(made, RED)
    with pytest.raises(SheetProblem, match=r"不能发布.*\n.*R1《办法》"):
        refuse(replace(made, items=(*made.items, item(rate(), evidence=("app_use",)))), RED)


def test_nothing_in_the_linter_takes_a_way_round() -> None:
    taken = {
        name: tuple(inspect.signature(getattr(linter, name)).parameters) for name in ("lint", "lint_sheet", "refuse")
    }
    assert taken == {"lint": ("item", "red"), "lint_sheet": ("sheet", "red"), "refuse": ("sheet", "red")}


def test_a_clause_that_nobody_defined_cannot_be_cited() -> None:
    entry = {"code": "x", "label": "x", "evidence": "activity", "clauses": ["R9"], "instead": "x"}
    with pytest.raises(SheetProblem, match="没有定义的条款 R9"):
        build_redlist({"clauses": [], "duty_clauses": [], "entries": [entry]})


def test_ten_kinds_of_evidence_are_known() -> None:
    assert len(Evidence) == 10 and {"activity", "recognition", "app_use"} == REFUSED
