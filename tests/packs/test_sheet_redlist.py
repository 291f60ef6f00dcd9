"""The red list that ships: it lets the default sheet pass and catches what the regulations forbid."""

from dataclasses import replace

import pytest

from ronglu.kernel.rules.linter import REFUSED, RedList, lint, lint_sheet
from ronglu.kernel.rules.sheet import Sheet
from ronglu.packs import sheets


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return sheets.load()


@pytest.fixture(scope="module")
def red() -> RedList:
    return sheets.redlist()


def test_the_default_sheet_lives_with_its_own_linter(sheet: Sheet, red: RedList) -> None:
    assert lint_sheet(sheet, red) == ()


@pytest.mark.parametrize(
    ("rule", "clauses"),
    [
        ("学习时长≥60分 +2", {"R1", "R4", "AF-3", "D1"}),
        ("每月登录不少于 20 天得 3 分", {"R1", "R2", "R4", "AF-1", "AF-4", "D1", "D7"}),
        ("点赞、转发各得 0.1 分", {"R1", "R4", "D1"}),
        ("上传现场照片 2 张", {"R1", "R2", "R3", "AF-6", "D3"}),
        ("信息稿件每篇 1 分", {"R3", "AF-7", "D1"}),
        ("获得领导批示 +5", {"R3", "D1"}),
        ("党员大会出勤率 95% 以上", {"R3", "D9", "AF-3"}),
        ("工作群接龙回复率达到 95%", {"R2", "AF-10", "D1"}),
        ("知识竞赛得分折算", {"D1", "AF-3"}),
        ("金点子每人每月 2 条", {"D1", "AF-7", "R2"}),
        ("每名党员每季度提 1 条建议", {"D1", "AF-7", "R2"}),
        ("在省级媒体刊发 +3", {"R3"}),
        ("个人排名后三位扣 2 分", {"R1", "R2", "AF-2", "D4"}),
    ],
)
def test_a_forbidden_rule_is_refused_by_its_clauses(sheet: Sheet, red: RedList, rule: str, clauses: set[str]) -> None:
    refused = lint(replace(sheet.item("D6"), rule=rule), red)
    assert {clause.code for refusal in refused for clause in refusal.clauses} == clauses


@pytest.mark.parametrize(
    "rule",
    [
        "到期的决议按期办结多少，就得多少。",
        "采纳后到期应实施的建议，实施了的占多少，就得多少。",
        "岗位技能等级经评定提高的党员占多少，就得多少。",
        "三会一课应开而没有开、又没有记录理由的，每次扣 2 分。",
        "应签责任书 34 份，缺一份扣 1 分。",
    ],
)
def test_an_honest_rule_passes(sheet: Sheet, red: RedList, rule: str) -> None:
    assert lint(replace(sheet.item("D6"), rule=rule), red) == ()


def test_each_forbidden_kind_has_clauses_and_a_way_out(red: RedList) -> None:
    for kind in REFUSED:
        assert red.of(kind)
    assert all(entry.instead and entry.clauses and (entry.words or entry.patterns) for entry in red.entries)


def test_official_clauses_ask_to_be_checked_before_they_are_quoted(red: RedList) -> None:
    official = {code for code, clause in red.clauses.items() if clause.official}
    assert official == {"R1", "R2", "R3", "R4"}
    assert all(("引用前请核对原文" in clause.text) == clause.official for clause in red.clauses.values())


def test_every_rule_of_the_product_is_there_and_says_how_it_is_kept(red: RedList) -> None:
    """R1 to R4, AF-1 to AF-10 and D1 to D9 of domain/07: refused by the linter, or kept by something that is named."""
    asked = {*(f"R{n}" for n in range(1, 5)), *(f"AF-{n}" for n in range(1, 11)), *(f"D{n}" for n in range(1, 10))}
    assert set(red.clauses) == asked
    cited = {code for entry in red.entries for code in entry.clauses} | set(red.duty_clauses)
    assert {code for code, clause in red.clauses.items() if clause.kept} == asked - cited
    assert all(clause.says for clause in red.clauses.values())


@pytest.mark.parametrize("fact", ["login", "like", "photo", "article_count", "attendance_rate", "quiz_score", "honour"])
def test_a_forbidden_fact_is_refused_whatever_the_rule_says(sheet: Sheet, red: RedList, fact: str) -> None:
    assert lint(replace(sheet.item("D6"), fact=fact), red)
