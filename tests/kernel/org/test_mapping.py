"""The map of the two trees, and the group that is suggested when somebody changes crew."""

from datetime import date

import pytest

from ronglu.kernel.org.mapping import Link, bodies_of, suggest_group, units_of
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Span
from tests.kernel.org.cast import ON, START, body, party

VIEW = party(
    body("熔炼支部", "branch"),
    body("甲班党小组", "group", "熔炼支部"),
    body("乙班党小组", "group", "熔炼支部"),
    body("电解支部", "branch"),
    body("电解乙班党小组", "group", "电解支部"),
).at(ON)
LINKS = (
    Link("甲班党小组", "熔炼甲班", Span(START)),
    Link("电解乙班党小组", "熔炼乙班", Span(START)),
    Link("乙班党小组", "熔炼乙班", Span(START)),
    Link("乙班党小组", "熔炼丙班", Span(START, date(2026, 2, 1))),
)
LI = Stay("李班长", "甲班党小组", Span(START), "full", "crew")


def test_the_map_is_many_to_many_and_dated() -> None:
    assert bodies_of(LINKS, unit="熔炼乙班", on=ON) == ("电解乙班党小组", "乙班党小组")
    assert units_of(LINKS, body="乙班党小组", on=ON) == ("熔炼乙班",)
    assert units_of(LINKS, body="乙班党小组", on=date(2026, 1, 31)) == ("熔炼乙班", "熔炼丙班")


@pytest.mark.covers("S1-02")
def test_a_member_who_changes_crew_is_suggested_the_group_of_his_own_branch_first() -> None:
    found = suggest_group(person="李班长", crew="熔炼乙班", links=LINKS, stays=[LI], party=VIEW)
    assert found is not None
    assert found.groups == ("乙班党小组", "电解乙班党小组")
    assert found.reason == "已调入该横大班，建议编入乙班党小组"


@pytest.mark.covers("S1-02")
def test_when_the_crew_has_no_group_the_suggestion_says_so() -> None:
    found = suggest_group(person="李班长", crew="熔炼丙班", links=LINKS, stays=[LI], party=VIEW)
    assert found is not None and found.groups == () and "尚未设党小组" in found.reason


def test_another_branch_s_group_is_suggested_with_a_warning() -> None:
    links = (Link("电解乙班党小组", "熔炼丁班", Span(START)), Link("撤销了的党小组", "熔炼丁班", Span(START)))
    found = suggest_group(person="李班长", crew="熔炼丁班", links=links, stays=[LI], party=VIEW)
    assert found is not None and "需同时转支部" in found.reason
    assert found.groups == ("电解乙班党小组",)


def test_non_members_and_those_already_in_the_group_get_no_suggestion() -> None:
    assert suggest_group(person="外人", crew="熔炼乙班", links=LINKS, stays=[LI], party=VIEW) is None
    assert suggest_group(person="李班长", crew="熔炼甲班", links=LINKS, stays=[LI], party=VIEW) is None
