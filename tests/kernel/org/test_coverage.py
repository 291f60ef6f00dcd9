"""Which lines, crews and members are left out, and item B5 by days."""

from dataclasses import replace
from datetime import date

import pytest

from ronglu.kernel.org.coverage import Covered, coverage, covered
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Span
from tests.kernel.org.cast import ON, START, body, party, production, unit

PARTY = party(
    body("一支部", "branch"),
    body("甲组", "group", "一支部"),
    body("乙组", "group", "一支部"),
    body("二支部", "joint"),
)
PRODUCTION = production(
    unit("车间", "workshop"),
    unit("一线", "line", "车间"),
    unit("甲班", "crew", "一线"),
    unit("乙班", "crew", "一线"),
    unit("二线", "line", "车间"),
)
LINKS = (Link("一支部", "一线", Span(START)), Link("甲组", "甲班", Span(START)))
APRIL = Span.inclusive(date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.covers("S1-01", "S1-02")
def test_lines_without_a_branch_and_crews_without_a_group_are_listed() -> None:
    found = coverage(party=PARTY.at(ON), production=PRODUCTION.at(ON), links=LINKS, members=())
    assert [line.name for line in found.lines_without_branch] == ["二线"]
    assert [crew.name for crew in found.crews_without_group] == ["乙班"]
    assert found.mapped == (2, 4)


def test_a_group_on_a_line_or_a_branch_on_a_crew_fills_no_gap() -> None:
    crossed = (Link("甲组", "二线", Span(START)), Link("二支部", "乙班", Span(START)))
    found = coverage(party=PARTY.at(ON), production=PRODUCTION.at(ON), links=LINKS + crossed, members=())
    assert found.mapped == (2, 4)


def test_a_mapping_of_an_abolished_branch_fills_no_gap() -> None:
    gone = party(*(replace(s, span=Span(START, date(2026, 3, 1))) for s in PARTY.states))
    found = coverage(party=gone.at(ON), production=PRODUCTION.at(ON), links=LINKS, members=())
    assert found.mapped == (0, 4)


def test_members_without_a_place_are_those_in_no_body_and_those_in_a_divided_branch_without_a_group() -> None:
    stays = [
        Stay("李班长", "甲组", Span(START), "full"),
        Stay("王书记", "一支部", Span(START), "full"),  # the branch has groups: he belongs in one
        Stay("赵安全员", "二支部", Span(START), "full"),  # an undivided branch is a place
        Stay("周统计员", "甲组", Span(START, date(2026, 3, 1)), "full"),
    ]
    found = coverage(
        party=PARTY.at(ON), production=PRODUCTION.at(ON), links=LINKS, members=stays, persons=["李班长", "新党员"]
    )
    assert set(found.members_without_place) == {"王书记", "周统计员", "新党员"}


@pytest.mark.covers("S1-01")
def test_b5_counts_lines_and_crews_of_a_branch_by_days() -> None:
    """April, 一线 with two crews: line mapped 30 d, 甲班 30 d, 乙班 from the 21st = 10 d; 70 of 90 unit-days."""
    links = (*LINKS, Link("乙组", "乙班", Span(date(2026, 4, 21))))
    found = covered(party=PARTY, production=PRODUCTION, links=links, within=APRIL)
    assert found["一支部"] == Covered(70, 90)
    assert found[None] == Covered(0, 30)  # 二线 never had a branch: the plant's gap, no branch's


def test_b5_does_not_improve_by_ending_a_mapping() -> None:
    links = (Link("一支部", "一线", Span(START, date(2026, 4, 16))), LINKS[1])
    found = covered(party=PARTY, production=PRODUCTION, links=links, within=APRIL)
    assert found["一支部"] == Covered(15 + 30, 90)


def test_b5_of_a_line_handed_over_on_the_16th_is_split_between_the_two_branches() -> None:
    """甲组 belongs to 一支部, so for 二支部 neither crew is mapped."""
    links = (
        Link("一支部", "一线", Span(START, date(2026, 4, 16))),
        Link("二支部", "一线", Span(date(2026, 4, 16))),
        LINKS[1],
    )
    found = covered(party=PARTY, production=PRODUCTION, links=links, within=APRIL)
    assert found["一支部"] == Covered(15 + 15, 45)
    assert found["二支部"] == Covered(15, 45)


def test_b5_counts_a_line_built_in_mid_month_from_the_day_it_exists() -> None:
    late = production(unit("一线", "line", start=date(2026, 4, 11)))
    found = covered(party=PARTY, production=late, links=LINKS, within=APRIL)
    assert found == {"一支部": Covered(20, 20)}


def test_b5_adds_up_the_lines_of_a_branch() -> None:
    links = (*LINKS, Link("一支部", "二线", Span(START)))
    found = covered(party=PARTY, production=PRODUCTION, links=links, within=APRIL)
    assert found == {"一支部": Covered(30 + 30 + 30, 120)}
    assert Covered(1, 2) + Covered(3, 4) == Covered(4, 6)


def test_a_branch_without_a_line_does_not_appear_so_that_b5_is_not_applicable_to_it() -> None:
    found = covered(party=PARTY, production=PRODUCTION, links=LINKS, within=APRIL)
    assert "二支部" not in found
