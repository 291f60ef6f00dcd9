"""Rules on how many members a body has: R-ORG-01 to 06 and 08."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.org.checks import findings, run
from ronglu.kernel.org.facts import PROBATIONARY, Approval, History, Project
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Span
from ronglu.kernel.regulation.finding import Finding
from ronglu.kernel.regulation.load import load
from tests.kernel.org.cast import ON, START, body, history, members, pack, party, post, production, unit

BOOK = load(pack()["rules"])


def found(rule: str, story: History, on: date = ON) -> list[Finding]:
    return [one for one in run(BOOK, story.at(on)) if one.rule == rule]


def subjects(rule: str, story: History, on: date = ON) -> list[str]:
    return [one.subject.key for one in found(rule, story, on)]


def five_branches(*sizes: int) -> History:
    names = [f"支部{number}" for number in range(len(sizes))]
    tree = party(body("厂党委", "committee"), *(body(name, "branch", "厂党委") for name in names))
    return history(tree, stays=[stay for name, size in zip(names, sizes, strict=True) for stay in members(name, size)])


@pytest.mark.covers("S2-01")
def test_av_1_a_plant_of_188_members_in_5_branches_has_its_committee_rightly() -> None:
    story = five_branches(38, 38, 38, 37, 37)
    day = story.at(ON)
    assert day.headcount("厂党委") == 188
    assert day.mean_branch_size() == Decimal("37.6")
    assert found("R-ORG-05", story) == [] and found("R-ORG-03", story) == []


@pytest.mark.covers("S2-01")
def test_av_1_any_branch_of_more_than_50_is_flagged() -> None:
    story = five_branches(51, 50, 30, 30, 27)
    assert story.at(ON).headcount("厂党委") == 188
    assert subjects("R-ORG-03", story) == ["body:支部0"]
    only = found("R-ORG-03", story)[0]
    assert only.severity == "NORM" and only.detail == "支部0有党员 51 名，一般不超过 50 名"
    assert only.source == "《中国共产党支部工作条例（试行）》第4条（待本单位核对原文）"
    assert only.clear_by


def test_probationary_members_count_in_the_size_of_a_branch() -> None:
    story = history(party(body("支部", "branch")), stays=members("支部", 50) + members("支部", 1, kind=PROBATIONARY))
    assert subjects("R-ORG-03", story) == ["body:支部"]


def test_99_members_expect_a_general_branch_and_100_do_not_fall_under_that_rule() -> None:
    assert subjects("R-ORG-04", five_branches(99, 100, 50)) == ["body:支部0"]


def test_an_approval_to_stay_a_branch_quiets_both_size_rules_while_it_runs() -> None:
    tree = party(body("支部", "branch"))
    approval = Approval("R-ORG-04", "支部", Span(START, date(2026, 7, 1)), "批复")
    story = history(tree, stays=members("支部", 60), approvals=(approval,))
    assert found("R-ORG-03", story) == [] and found("R-ORG-04", story) == []
    assert len(found("R-ORG-04", story, date(2026, 7, 1))) == 1


def test_a_hundred_members_need_a_committee_and_99_need_an_approval_for_one() -> None:
    tree = party(body("厂总支", "general"), body("支部", "branch", "厂总支"))
    assert subjects("R-ORG-05", history(tree, stays=members("支部", 100))) == ["body:厂总支"]
    assert found("R-ORG-05", history(tree, stays=members("支部", 99))) == []
    small = party(body("厂党委", "committee"))
    assert found("R-ORG-05", history(small, stays=members("厂党委", 100))) == []
    assert subjects("R-ORG-05", history(small, stays=members("厂党委", 99))) == ["body:厂党委"]
    approval = Approval("R-ORG-05", "厂党委", Span(START), "批复")
    assert found("R-ORG-05", history(small, stays=members("厂党委", 99), approvals=(approval,))) == []


def test_an_approval_for_a_small_committee_does_not_excuse_a_large_general_branch() -> None:
    approval = Approval("R-ORG-05", "厂总支", Span(START), "批复")
    story = history(party(body("厂总支", "general")), stays=members("厂总支", 100), approvals=(approval,))
    assert subjects("R-ORG-05", story) == ["body:厂总支"]


def workshop(full: int, *, probationary: int = 0, **more: Any) -> History:
    """A workshop whose members belong to 别的支部."""
    stays = members("别的支部", full) + members("别的支部", probationary, kind=PROBATIONARY)
    at_work = tuple(Stay(stay.person, "一线", Span(START)) for stay in stays)
    units = production(unit("车间", "workshop"), unit("一线", "line", "车间"))
    return history(
        party(body("别的支部", "branch"), body("班组小组", "group", "别的支部")),
        stays=stays,
        production=units,
        engaged=at_work,
        **more,
    )


def test_three_full_members_in_a_workshop_need_a_branch_and_probationary_ones_do_not_count() -> None:
    assert subjects("R-ORG-01", workshop(3)) == ["unit:车间"]
    assert found("R-ORG-01", workshop(2, probationary=1)) == []
    assert found("R-ORG-01", workshop(3, links=(Link("别的支部", "一线", Span(START)),))) == []
    ended = Link("别的支部", "一线", Span(START, date(2026, 3, 1)))
    assert subjects("R-ORG-01", workshop(3, links=(ended,))) == ["unit:车间"]
    assert subjects("R-ORG-01", workshop(3, links=(Link("班组小组", "一线", Span(START)),))) == ["unit:车间"]


def test_an_office_may_be_served_from_its_plant_and_a_workshop_may_not() -> None:
    stays = members("机关支部", 3)
    units = production(unit("厂", "plant"), unit("科室", "office", "厂"), unit("车间", "workshop", "厂"))
    on_plant = (Link("机关支部", "厂", Span(START)),)
    tree = party(body("机关支部", "branch"))
    for place, expected in (("科室", []), ("车间", ["unit:车间"])):
        at_work = tuple(Stay(stay.person, place, Span(START)) for stay in stays)
        story = history(tree, stays=stays, engaged=at_work, production=units, links=on_plant)
        assert subjects("R-ORG-01", story) == expected


def test_fewer_than_three_full_members_belong_in_a_joint_branch() -> None:
    assert "unit:车间" in subjects("R-ORG-02", workshop(2))
    assert "unit:车间" not in subjects("R-ORG-02", workshop(3))
    assert "body:别的支部" in subjects("R-ORG-02", workshop(2))
    assert "body:别的支部" not in subjects("R-ORG-02", workshop(3))
    assert "unit:车间" not in subjects("R-ORG-02", workshop(0))


def test_an_approval_of_a_body_quiets_no_unit_that_happens_to_bear_the_same_key() -> None:
    approval = Approval("R-ORG-02", "车间", Span(START), "理由")
    assert "unit:车间" in subjects("R-ORG-02", workshop(2, approvals=(approval,)))


def test_a_joint_branch_covers_five_units_and_not_six() -> None:
    tree = party(body("联合支部", "joint"))
    six = tuple(Link("联合支部", f"科室{number}", Span(START)) for number in range(6))
    assert found("R-ORG-02", history(tree, links=six[:5])) == []
    assert subjects("R-ORG-02", history(tree, links=six)) == ["body:联合支部"]
    over = Link("联合支部", "科室5", Span(START, date(2026, 3, 1)))
    assert found("R-ORG-02", history(tree, links=(*six[:5], over))) == []


def test_a_project_of_six_months_with_members_of_two_branches_needs_one_of_its_own() -> None:
    tree = party(
        body("项目支部", "branch"), body("一支部", "branch"), body("二支部", "branch"), body("项目小组", "group")
    )
    stays = (*members("一支部", 2), *members("二支部", 1))
    there = tuple(stay.person for stay in stays)
    start, half_year = date(2026, 1, 15), date(2026, 7, 15)

    def seen(
        until: date | None = half_year, people: tuple[str, ...] = there, ended: date | None = None, **more: str
    ) -> list[str]:
        one = Project("搬迁", "搬迁项目", Span(start, ended), people, planned_until=until, **more)
        return subjects("R-ORG-06", history(tree, projects=(one,), stays=stays))

    assert seen() == ["project:搬迁"]
    assert seen(body="撤销了的支部") == seen(body="项目小组") == ["project:搬迁"]
    assert seen(body="项目支部") == []
    assert seen(until=date(2026, 7, 14)) == []  # a day short of six months
    assert seen(people=there[:2]) == []  # both of one branch, which carries it
    assert seen(people=(*there[:2], "非党员")) == [] == seen(people=())
    assert seen(ended=ON) == []


def test_a_project_that_runs_over_is_as_long_as_it_has_become() -> None:
    tree = party(body("一支部", "branch"), body("二支部", "branch"))
    stays = (*members("一支部", 1), *members("二支部", 1))
    people = tuple(stay.person for stay in stays)
    for begun, expected in ((date(2025, 9, 30), ["project:检修"]), (date(2025, 10, 2), [])):
        for planned in (None, date(2025, 12, 1)):
            one = Project("检修", "检修项目", Span(begun), people, planned_until=planned)
            assert subjects("R-ORG-06", history(tree, projects=(one,), stays=stays)) == expected


def test_a_branch_of_21_without_groups_and_a_group_without_leader_are_found() -> None:
    tree = party(body("大支部", "branch"), body("小支部", "branch"), body("分组支部", "branch"))
    stays = members("大支部", 21) + members("小支部", 20)
    assert subjects("R-ORG-08", history(tree, stays=stays)) == ["body:大支部"]
    grouped = party(body("支部", "branch"), body("甲组", "group", "支部"), body("乙组", "group", "支部"))
    led = history(grouped, stays=members("甲组", 30), posts=(post("甲组", "leader", "李班长"),))
    assert subjects("R-ORG-08", led) == ["body:乙组"]


def test_seven_members_scattered_over_four_crews_need_groups() -> None:
    stays = members("支部", 7)
    places = ("甲班", "乙班", "丙班", "丁班", "甲班", "乙班", "丙班")
    at_work = tuple(Stay(stay.person, place, Span(START)) for stay, place in zip(stays, places, strict=True))
    tree = party(body("支部", "branch"))
    assert subjects("R-ORG-08", history(tree, stays=stays, engaged=at_work)) == ["body:支部"]
    assert found("R-ORG-08", history(tree, stays=stays, engaged=at_work[:3])) == []


def test_a_finding_dates_from_the_day_the_organisation_changed_not_from_the_day_of_looking() -> None:
    """The 51st member came on 10 February and nobody looked before the end of March."""
    tree = party(body("支部", "branch"))
    stays = members("支部", 50) + members("支部", 1, kind=PROBATIONARY, start=date(2026, 2, 10))
    seen = {one.rule: one.since for one in findings(BOOK, history(tree, stays=stays), on=ON)}
    assert seen["R-ORG-03"] == date(2026, 2, 10)
    assert seen["R-ORG-08"] == START  # fifty without groups were too many from the first day


def test_a_finding_that_went_away_and_came_back_dates_from_its_return() -> None:
    tree = party(body("支部", "branch"))
    stays = (
        *members("支部", 50),
        Stay("甲", "支部", Span(START, date(2026, 2, 1)), "full"),
        Stay("乙", "支部", Span(date(2026, 3, 5)), "full"),
    )
    seen = {one.rule: one.since for one in findings(BOOK, history(tree, stays=stays), on=ON)}
    assert seen["R-ORG-03"] == date(2026, 3, 5)


def test_the_plant_s_own_threshold_changes_what_is_found() -> None:
    stricter = BOOK.edited("R-ORG-03", values={"members": Decimal(30)}, from_on=START)
    day = five_branches(31, 30).at(ON)
    assert [one.subject.key for one in run(stricter, day) if one.rule == "R-ORG-03"] == ["body:支部0"]
