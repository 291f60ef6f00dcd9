"""The tree as of a day: name, parent, path, subtree; and what cannot be a tree is said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.org.span import Span
from ronglu.kernel.org.tree import Cycle, State, Tree
from tests.kernel.org.cast import ON, START, body, party, production, unit

PARTY = party(
    body("厂党委", "committee"),
    body("电解党总支", "general", "厂党委"),
    body("电解二支部", "branch", "电解党总支"),
    body("甲班党小组", "group", "电解二支部"),
    body("熔炼支部", "branch", "厂党委"),
)


@pytest.mark.covers("S0-04")
def test_a_branch_hangs_under_its_general_branch_and_that_under_the_committee() -> None:
    view = PARTY.at(ON)
    assert [state.name for state in view.path("电解二支部")] == ["厂党委", "电解党总支", "电解二支部"]
    assert view.depth("甲班党小组") == 3 and view.depth("厂党委") == 0
    assert view.subtree("电解党总支") == {"电解党总支", "电解二支部", "甲班党小组"}
    assert [root.name for root in view.roots] == ["厂党委"]
    assert view.nearest("甲班党小组", "general", "committee").name == "电解党总支"
    assert PARTY.problems() == []


@pytest.mark.covers("S0-04")
def test_a_branch_that_moved_and_was_renamed_shows_both_lives() -> None:
    moved = date(2026, 3, 14)
    before = State(1, "branch", "净液支部", 10, Span(START, moved))
    after = State(1, "branch", "综合支部", 20, Span(moved))
    tree = party(*(State(n, "general", f"总支{n}", None, Span(START)) for n in (10, 20)), before, after)
    assert [s.name for s in tree.at(date(2026, 3, 13)).path(1)] == ["总支10", "净液支部"]
    assert [s.name for s in tree.at(moved).path(1)] == ["总支20", "综合支部"]
    assert tree.history(1) == (before, after)


def test_a_body_that_did_not_exist_yet_is_nowhere() -> None:
    view = PARTY.at(date(2025, 12, 31))
    assert "电解二支部" not in view and view.subtree("电解二支部") == frozenset() and view.path("电解二支部") == ()


def test_a_cycle_is_reported_and_does_not_hang() -> None:
    tree = party(body("甲总支", "general", "乙总支"), body("乙总支", "general", "甲总支"))
    assert [p for p in tree.problems() if "成环" in p and p.startswith("甲总支")]
    with pytest.raises(Cycle, match="成环"):
        tree.at(ON).path("甲总支")
    assert tree.at(ON).subtree("甲总支") == {"甲总支", "乙总支"}


def test_a_cycle_that_only_begins_in_summer_is_found_on_that_day() -> None:
    summer = date(2026, 7, 1)
    a = [State("a", "committee", "甲", None, Span(START, summer)), State("a", "committee", "甲", "b", Span(summer))]
    tree = party(*a, State("b", "committee", "乙", "a", Span(START)))
    assert tree.problems() == ["甲：2026-07-01 的上下级关系成环", "乙：2026-07-01 的上下级关系成环"]


def test_overlapping_states_and_missing_parents_are_reported() -> None:
    tree = party(body("支部", "branch"), replace(body("支部", "branch", "无"), span=Span(date(2026, 2, 1))))
    assert len(tree.problems()) == 2
    assert any("日期重叠" in p for p in tree.problems()) and any("尚未设立或已撤销" in p for p in tree.problems())


def test_a_branch_cannot_stand_under_a_group_nor_a_workshop_under_a_line() -> None:
    assert party(body("党小组", "group"), body("支部", "branch", "党小组")).problems() == ["支部：不能设在 党小组 之下"]
    plant = production(unit("一线", "line"), unit("车间", "workshop", "一线"), unit("甲班", "crew", "一线"))
    assert plant.problems() == ["车间：不能设在 一线 之下"]
    assert party(body("公司党委", "committee"), body("厂党委", "committee", "公司党委")).problems() == []


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30))
def test_children_subtrees_and_paths_say_the_same_thing(parents: list[int]) -> None:
    """Any forest: node n hangs under an earlier node or is a root."""
    states = [
        State(number, "", str(number), None if parent >= number else parent, Span(START))
        for number, parent in enumerate(parents)
    ]
    view = Tree(tuple(states)).at(ON)
    for node in view.nodes:
        assert view.subtree(node) == {other for other in view.nodes if node in {s.id for s in view.path(other)}}
    assert sum(len(view.subtree(root.id)) for root in view.roots) == len(states)
