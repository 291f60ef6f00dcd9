"""Rules on committees: seats, terms, elections, vacancies, money: R-ORG-07 and 09 to 14."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.org.checks import run
from ronglu.kernel.org.facts import Approval, Budget, History, Term
from ronglu.kernel.org.span import Span
from ronglu.kernel.regulation.finding import Finding
from ronglu.kernel.regulation.load import load
from tests.kernel.org.cast import ON, START, body, history, members, pack, party, post

BOOK = load(pack()["rules"])
BRANCH = party(body("支部", "branch"))
SEATS = ("secretary", "deputy", "organiser", "propaganda", "discipline", "member", "member", "member")


def found(rule: str, story: History, on: date = ON) -> list[Finding]:
    return [one for one in run(BOOK, story.at(on)) if one.rule == rule]


def branch(full: int, seats: int, **more: Any) -> History:
    posts = tuple(post("支部", role, f"委员{number}") for number, role in enumerate(SEATS[:seats]))
    return history(BRANCH, stays=members("支部", full), posts=posts + tuple(more.pop("posts", ())), **more)


@pytest.mark.covers("S0-18")
def test_av_2_a_branch_of_30_full_members_needs_a_committee_of_3_to_5_at_most_7() -> None:
    assert [one.severity for one in found("R-ORG-07", branch(30, 0))] == ["MUST"]
    assert found("R-ORG-07", branch(30, 0))[0].detail == "支部有正式党员 30 名，支委会现有 0 人，应设 3—5 人，最多 7 人"
    assert len(found("R-ORG-07", branch(30, 2))) == 1
    assert [found("R-ORG-07", branch(30, seats)) for seats in (3, 4, 5)] == [[], [], []]
    assert [[one.severity for one in found("R-ORG-07", branch(30, seats))] for seats in (6, 7)] == [["NOTE"], ["NOTE"]]
    assert [one.severity for one in found("R-ORG-07", branch(30, 8))] == ["MUST"]


@pytest.mark.covers("S0-18")
def test_30_members_do_not_exceed_the_50_of_a_branch() -> None:
    assert found("R-ORG-03", branch(30, 5)) == []


def test_a_person_on_two_seats_is_one_member_of_the_committee() -> None:
    story = branch(30, 2, posts=[post("支部", "organiser", "委员0")])
    assert len(found("R-ORG-07", story)) == 1


def test_six_full_members_need_a_secretary_only_and_seven_a_committee() -> None:
    assert found("R-ORG-07", branch(6, 1)) == []
    assert len(found("R-ORG-07", branch(7, 1))) == 1
    assert found("R-ORG-07", branch(6, 2)) == []  # with one deputy
    assert found("R-ORG-07", branch(6, 0))[0].detail.endswith("应设书记 1 人，尚未任命")
    two = [post("支部", "deputy", "甲"), post("支部", "deputy", "乙")]
    assert [one.subject.part for one in found("R-ORG-07", branch(6, 1, posts=two))] == ["deputy"]


def test_a_secretary_who_only_begins_tomorrow_is_not_there_today() -> None:
    coming = post("支部", "secretary", "王书记", start=date(2026, 4, 1))
    assert len(found("R-ORG-07", branch(6, 0, posts=[coming]))) == 1
    assert found("R-ORG-07", branch(6, 0, posts=[coming]), date(2026, 4, 1)) == []


def term(elected: date | None, due: date, **more: Any) -> History:
    return history(BRANCH, stays=members("支部", 6), terms=(Term("支部", elected, due, **more),))


def test_a_branch_term_is_three_years_and_a_committee_s_five() -> None:
    assert found("R-ORG-09", term(date(2024, 5, 10), date(2027, 5, 10))) == []
    assert [one.severity for one in found("R-ORG-09", term(date(2024, 5, 10), date(2029, 5, 10)))] == ["NORM"]
    slack = [found("R-ORG-09", term(date(2024, 5, 10), date(2027, 6, day))) for day in (10, 11)]
    assert [len(one) for one in slack] == [0, 1]  # 31 days after 10 May is 10 June
    plant = party(body("厂党委", "committee"))
    five = history(plant, terms=(Term("厂党委", date(2024, 5, 10), date(2029, 5, 10)),))
    assert found("R-ORG-09", five) == []


def test_a_body_without_a_recorded_term_is_told_as_a_note() -> None:
    assert [one.severity for one in found("R-ORG-09", history(BRANCH))] == ["NOTE"]


def test_the_day_after_the_term_ends_without_election_is_a_violation() -> None:
    story = term(date(2023, 3, 31), date(2026, 3, 31))
    assert found("R-ORG-10", story, date(2026, 3, 31)) == []
    late = found("R-ORG-10", story, date(2026, 5, 1))
    assert [(one.severity, one.since) for one in late] == [("MUST", date(2026, 4, 1))]


def test_a_new_election_ends_the_violation() -> None:
    terms = (Term("支部", date(2023, 3, 31), date(2026, 3, 31)), Term("支部", date(2026, 4, 20), date(2029, 4, 20)))
    story = history(BRANCH, terms=terms)
    assert len(found("R-ORG-10", story, date(2026, 4, 19))) == 1
    assert found("R-ORG-10", story, date(2026, 4, 20)) == []


def test_an_extension_needs_an_approval_and_is_a_year_at_most() -> None:
    due = date(2026, 3, 1)
    approved = term(date(2023, 3, 1), due, extended_to=date(2027, 3, 1), approved=True)
    assert found("R-ORG-10", approved) == []
    assert len(found("R-ORG-10", approved, date(2027, 3, 2))) == 1
    unapproved = term(date(2023, 3, 1), due, extended_to=date(2026, 9, 1))
    assert "没有上级批复" in found("R-ORG-10", unapproved)[0].detail
    too_long = term(date(2023, 3, 1), due, extended_to=date(2027, 3, 2), approved=True)
    assert "超过一年" in found("R-ORG-10", too_long)[0].detail


def test_an_early_election_needs_an_approval() -> None:
    before = Term("支部", date(2023, 9, 1), date(2026, 9, 1))
    early = history(BRANCH, terms=(before, Term("支部", date(2026, 2, 1), date(2029, 2, 1))))
    assert "提前换届" in found("R-ORG-10", early)[0].detail
    for elected, count in ((date(2026, 8, 1), 0), (date(2026, 7, 31), 1)):  # 31 and 32 days before it was due
        near = history(BRANCH, terms=(before, Term("支部", elected, date(2029, 8, 1))))
        assert len(found("R-ORG-10", near, date(2026, 8, 2))) == count
    for elected, count in ((date(2025, 9, 1), 0), (date(2025, 8, 31), 1)):  # a year before, and a day more
        far = history(BRANCH, terms=(before, Term("支部", elected, date(2028, 9, 1), approved=True)))
        assert len(found("R-ORG-10", far)) == count
    allowed = history(BRANCH, terms=(before, Term("支部", date(2026, 2, 1), date(2029, 2, 1), approved=True)))
    assert found("R-ORG-10", allowed) == []


def test_the_reminder_comes_six_months_before_and_counts_against_nobody() -> None:
    story = term(date(2023, 8, 31), date(2026, 8, 31))
    assert found("R-ORG-11", story, date(2026, 2, 27)) == []
    reminder = found("R-ORG-11", story, date(2026, 2, 28))  # 31 August less six months is the last of February
    assert [(one.severity, one.counts) for one in reminder] == [("NOTE", False)]
    assert len(found("R-ORG-11", story, date(2026, 8, 31))) == 1
    assert found("R-ORG-11", story, date(2026, 9, 1)) == []


def plant_committee(seats: int, **more: Any) -> History:
    people = [f"委员{number}" for number in range(seats)]
    posts = tuple(post("厂党委", "secretary" if n == 0 else "member", name) for n, name in enumerate(people))
    joined = {name: date(2010, 1, 1) for name in people} | more.pop("joined", {})
    return history(party(body("厂党委", "committee")), posts=posts, joined=joined, **more)


def test_a_committee_has_five_to_nine_seats_and_eleven_at_most() -> None:
    severities = {n: [one.severity for one in found("R-ORG-12", plant_committee(n))] for n in (4, 5, 9, 10, 11, 12)}
    assert severities == {4: ["NORM"], 5: [], 9: [], 10: ["NOTE"], 11: ["NOTE"], 12: ["NORM"]}


def test_a_committee_member_needs_three_years_in_the_party_when_taking_the_seat() -> None:
    """The seats began on 2026-01-01."""
    enough = plant_committee(5, joined={"委员3": date(2023, 1, 1)})
    short = plant_committee(5, joined={"委员3": date(2023, 1, 2)})
    assert found("R-ORG-12", enough) == []
    assert [one.subject.key for one in found("R-ORG-12", short)] == ["body:厂党委:age:委员3"]


def test_the_secretary_of_a_general_branch_needs_one_year_and_its_other_members_none() -> None:
    tree = party(body("总支", "general"))
    roles = ("secretary", "deputy", "organiser", "propaganda", "member")
    posts = tuple(post("总支", role, role) for role in roles)
    for joined, expected in ((date(2025, 1, 1), []), (date(2025, 1, 2), ["body:总支:age:secretary"])):
        story = history(tree, posts=posts, joined=dict.fromkeys(roles, joined))
        assert [one.subject.key for one in found("R-ORG-12", story)] == expected


def test_a_seat_without_a_joining_date_is_told_as_a_note() -> None:
    story = history(
        party(body("总支", "general")), posts=tuple(post("总支", "secretary", f"委员{n}") for n in range(5))
    )
    assert {one.severity for one in found("R-ORG-12", story)} == {"NOTE"}


def test_a_recorded_reason_quiets_a_norm() -> None:
    reason = Approval("R-ORG-12", "厂党委", Span(START), "合并过渡期")
    assert found("R-ORG-12", plant_committee(4, approvals=(reason,))) == []


def money(budget: str, carried: str = "0", year: int = 2026) -> History:
    row = Budget("支部", year, Decimal(10_000_000), Decimal(budget), Decimal(carried))
    return history(BRANCH, budgets=(row,))


def test_party_work_money_is_checked_only_where_a_budget_was_entered() -> None:
    """One per cent of 10,000,000 is 100,000; two per cent carried over is 200,000."""
    assert found("R-ORG-13", history(BRANCH)) == []
    assert found("R-ORG-13", money("100000")) == []
    assert len(found("R-ORG-13", money("99999.99"))) == 1
    assert found("R-ORG-13", money("100000", carried="200000")) == []
    assert [one.subject.part for one in found("R-ORG-13", money("100000", carried="200000.01"))] == ["carry"]
    assert found("R-ORG-13", money("0", carried="200000.01")) == []
    assert found("R-ORG-13", money("1", year=2025)) == []


def test_a_seat_empty_for_sixty_days_is_found_on_the_sixtieth() -> None:
    left = date(2026, 2, 1)
    posts = [post("支部", "secretary", "王书记", until=left)]
    story = history(BRANCH, stays=members("支部", 6), posts=tuple(posts))
    assert found("R-ORG-14", story, date(2026, 4, 1)) == []
    vacancy = found("R-ORG-14", story, date(2026, 4, 2))
    assert [(one.subject.key, one.since) for one in vacancy] == [("body:支部:secretary", date(2026, 4, 2))]
    assert found("R-ORG-07", story, date(2026, 4, 2)) == []  # one gap is found once
    filled = history(BRANCH, stays=members("支部", 6), posts=(*posts, post("支部", "secretary", "新书记", start=ON)))
    assert found("R-ORG-14", filled, date(2026, 4, 2)) == []


def test_a_seat_given_up_at_an_election_is_no_vacancy_but_the_secretary_s_is() -> None:
    left = date(2026, 1, 20)
    posts = tuple(post("支部", role, role, until=left) for role in ("secretary", "propaganda"))
    story = history(BRANCH, stays=members("支部", 8), posts=posts, terms=(Term("支部", left, date(2029, 1, 20)),))
    assert [one.subject.part for one in found("R-ORG-14", story)] == ["secretary"]
    unknown = history(BRANCH, stays=members("支部", 8), posts=posts, terms=(Term("支部", None, date(2027, 1, 20)),))
    assert [one.subject.part for one in found("R-ORG-14", unknown)] == ["secretary", "propaganda"]


def test_a_branch_too_small_for_a_committee_misses_no_committee_seat() -> None:
    posts = (post("支部", "propaganda", "周统计员", until=date(2026, 1, 10)),)
    assert found("R-ORG-14", history(BRANCH, stays=members("支部", 6), posts=posts)) == []
    assert len(found("R-ORG-14", history(BRANCH, stays=members("支部", 7), posts=posts))) == 1
