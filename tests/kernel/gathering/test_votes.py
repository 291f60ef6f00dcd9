"""R-LIFE-11 and R-LIFE-12: half of those due to vote, more than half of those due to pass; four fifths to elect, more than half
of those who came to be elected."""

from decimal import Decimal

import pytest

from ronglu.kernel.gathering.votes import VoteCount, VoteShares, lacking, passed, wrong

LIMITS = VoteShares(quorum=Decimal("0.5"), majority=Decimal("0.5"), elect=Decimal("0.8"))


@pytest.mark.parametrize(
    ("due", "voting", "election", "holds"),
    [
        (30, 15, False, True), (30, 14, False, False), (31, 16, False, True), (31, 15, False, False),
        (30, 24, True, True), (30, 23, True, False), (7, 6, True, True), (7, 5, True, False),
    ],
)  # fmt: skip
def test_enough_people_must_be_there(due: int, voting: int, election: bool, holds: bool) -> None:
    assert (lacking(VoteCount(due=due, voting=voting), LIMITS, election=election) == "") is holds


def test_what_is_lacking_is_told_with_the_number_that_would_do() -> None:
    assert (
        lacking(VoteCount(due=31, voting=15), LIMITS, election=False)
        == "有表决权的应到 31 人，到会 15 人，至少 16 人到会才能表决"
    )
    assert "至少 6 人到会才能选举" in lacking(VoteCount(due=7, voting=5), LIMITS, election=True)
    assert "没有应到会的有表决权党员" in lacking(VoteCount(due=0, voting=0), LIMITS, election=False)


@pytest.mark.parametrize(("favour", "holds"), [(15, False), (16, True), (14, False)])
def test_it_passes_by_more_than_half_of_those_due_not_of_those_who_came(favour: int, holds: bool) -> None:
    assert passed(VoteCount(due=30, voting=20, favour=favour), LIMITS, election=False) is holds


@pytest.mark.parametrize(("favour", "holds"), [(12, False), (13, True), (15, True)])
def test_one_is_elected_by_more_than_half_of_those_who_came_with_a_vote(favour: int, holds: bool) -> None:
    assert passed(VoteCount(due=30, voting=24, favour=favour), LIMITS, election=True) is holds


def test_a_stricter_majority_of_the_plant_is_for_its_motions() -> None:
    strict = VoteShares(quorum=Decimal("0.5"), majority=Decimal("0.6667"), elect=Decimal("0.8"))
    count = VoteCount(due=30, voting=30, favour=20)
    assert (passed(count, strict, election=False), passed(count, strict, election=True)) == (False, True)


def test_more_votes_than_people_cannot_be() -> None:
    assert wrong(VoteCount(due=30, voting=20, favour=16, against=4, abstained=1)) == (
        "赞成、反对、弃权合计 21 票，多于到会有表决权的 20 人"
    )
    assert wrong(VoteCount(due=30, voting=20, favour=16, against=3, abstained=1)) == ""
    assert wrong(VoteCount(due=30, voting=20, favour=-1)) == "票数不能是负数"
