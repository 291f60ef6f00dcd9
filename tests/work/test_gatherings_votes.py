"""Votes in a meeting: nobody votes before it is known who came, nor without enough people; a poll's numbers are brought in."""

import datetime as dt

import pytest

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.store.models import Gathering, Poll, PollSubject, Post, Tally
from ronglu.work import gatherings_room, gatherings_votes
from ronglu.work.queries import gatherings as queries
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.gathered import HOUR, by, came, held, members, opened

__all__ = ["cast"]


def assembly(cast: Cast, *, more: int = 6, away: int = 0) -> Gathering:
    """转炉党支部 has four members; `more` join, `away` of them do not come."""
    people = members(cast, more)
    row = opened(cast, "assembly", "QL-B1", name="王书记")
    absent = {one.pk: "倒班" for one in people[:away]}
    return gatherings_room.attend(gathering=row, away=absent, **by(cast, "王书记"))


def vote(cast: Cast, row: Gathering, favour: int, against: int = 0, **more: object) -> bool:
    made = gatherings_votes.vote(
        gathering=row, title="通过年度计划", favour=favour, against=against, abstained=0, **by(cast, "王书记"), **more
    )  # type: ignore[arg-type]
    return gatherings_votes.outcome(made, gatherings_votes.limits(cast.plant, ON))


def test_it_passes_by_more_than_half_of_the_ten_who_were_due(cast: Cast) -> None:
    row = assembly(cast, away=3)
    assert vote(cast, row, 6, 1) is True
    assert vote(cast, row, 5, 2) is False
    found = row.votes.first()
    assert found and (found.due, found.voting) == (10, 7)


@pytest.mark.parametrize(("away", "says"), [(6, "至少 5 人到会才能表决")])
def test_without_half_of_those_due_there_is_no_vote(cast: Cast, away: int, says: str) -> None:
    with pytest.raises(GatheringTrouble, match=says):
        vote(cast, assembly(cast, away=away), 4)


def test_an_election_needs_four_fifths_and_is_secret(cast: Cast) -> None:
    with pytest.raises(GatheringTrouble, match="至少 8 人到会才能选举"):
        vote(cast, assembly(cast, away=3), 6, kind="election")
    Gathering.objects.all().delete()
    row = opened(cast, "assembly", "QL-B1", name="王书记")
    came(cast, row, name="王书记")
    assert vote(cast, row, 9, kind="election") is True
    assert row.votes.get().secret is True


def test_a_motion_counts_those_due_and_an_election_those_who_came(cast: Cast) -> None:
    """Ten are due and eight there: five for it elect one, and do not pass a motion."""
    row = assembly(cast, away=2)
    assert vote(cast, row, 5, 3) is False
    assert vote(cast, row, 5, 3, kind="election") is True
    assert vote(cast, row, 4, 4, kind="election") is False


def test_a_probationary_member_is_not_counted_among_the_votes(cast: Cast) -> None:
    members(cast, 5, status="probationary", first=50)
    row = assembly(cast)
    vote(cast, row, 6)
    assert row.votes.get().due == 10 and row.due == 15


def test_nobody_votes_before_it_is_written_down_who_came(cast: Cast) -> None:
    row = opened(cast, "assembly", "QL-B1", name="王书记")
    with pytest.raises(GatheringTrouble, match="先登记到会"):
        vote(cast, row, 3)


def test_a_group_meeting_neither_votes_nor_elects(cast: Cast) -> None:
    row = came(cast, opened(cast))
    with pytest.raises(GatheringTrouble, match="党小组会不表决"):
        vote(cast, row, 1)


def test_the_rules_of_the_plant_say_how_many_are_enough(cast: Cast) -> None:
    cast.plant.settings["org_rules"] = [{"rule": "R-LIFE-11", "values": {"quorum": "0.6"}, "from_on": "2026-01-01"}]
    cast.plant.save()
    with pytest.raises(GatheringTrouble, match="至少 6 人到会才能表决"):
        vote(cast, assembly(cast, away=5), 5)


def test_a_big_item_names_the_committee_meeting_that_discussed_it(cast: Cast) -> None:
    Post.objects.create(person=cast.person["马主任"], body=cast.body["QL-B1"], role="organiser", from_on=SINCE)
    before = held(cast, "committee", "QL-B1", name="王书记", starts_at=AT - dt.timedelta(days=5))
    row = assembly(cast)
    assert gatherings_votes.discussed(row) == [before]
    vote(cast, row, 6, discussed_in=before)
    assert row.votes.get().discussed_in == before
    with pytest.raises(GatheringTrouble, match="应是本支部更早的支委会"):
        vote(cast, row, 6, discussed_in=row)


def test_the_numbers_of_a_secret_poll_are_brought_in_once(cast: Cast) -> None:
    row = assembly(cast)
    poll = Poll.objects.create(
        plant=cast.plant, body=cast.body["QL-B1"], kind="secret", title="推选代表", year=2026, declaration={}, seats=1,
        due_on=ON, state="open", turnout={"": [10, 9]},
    )  # fmt: skip
    for no, (name, yes) in enumerate((("李班长", 6), ("何组长", 3)), 1):
        PollSubject.objects.create(poll=poll, no=no, name=name, person=cast.person[name])
        Tally.objects.create(poll=poll, part="", subject=no, question="choose", answer="for", count=yes)
    with pytest.raises(GatheringTrouble, match="还没有结束"):
        gatherings_votes.take_poll(gathering=row, poll=poll, **by(cast, "王书记"))
    Poll.objects.update(state="closed")
    poll.refresh_from_db()
    assert gatherings_votes.polls(row) == [poll]
    made = gatherings_votes.take_poll(gathering=row, poll=poll, **by(cast, "王书记"))
    assert [(one.title, one.favour, one.abstained, one.secret) for one in made] == [
        ("推选代表：李班长", 6, 3, True), ("推选代表：何组长", 3, 6, True)
    ]  # fmt: skip
    assert [passed for _one, passed in queries.outcomes(queries.sheet(row))] == [True, False]
    assert gatherings_votes.polls(row) == []
    with pytest.raises(GatheringTrouble, match="已经带入"):
        gatherings_votes.take_poll(gathering=row, poll=poll, **by(cast, "王书记"))


def rated(cast: Cast, full: int, **ratings: int) -> Gathering:
    """民主评议 of a branch with so many 正式党员."""
    members(cast, full - 4)
    members(cast, 2, status="probationary", first=900)
    row = opened(cast, "appraisal", "QL-B1", name="王书记")
    return gatherings_room.take_down(gathering=row, said={}, given={"ratings": ratings}, **by(cast, "王书记"))


def test_of_thirty_members_at_most_ten_are_excellent(cast: Cast) -> None:
    """AV-20."""
    with pytest.raises(GatheringTrouble, match="参评正式党员 30 人，优秀最多 10 人，现有 11 人"):
        rated(cast, 30, excellent=11, qualified=19)
    Gathering.objects.all().delete()
    row = opened(cast, "appraisal", "QL-B1", name="王书记", starts_at=AT + HOUR)
    given = {"ratings": {"excellent": 10, "qualified": 20}}
    row = gatherings_room.take_down(gathering=row, said={}, given=given, **by(cast, "王书记"))
    assert row.data["ratings"] == {"excellent": 10, "qualified": 20, "basic": 0, "failed": 0}


def test_probationary_members_get_no_grade(cast: Cast) -> None:
    with pytest.raises(GatheringTrouble, match="多于正式党员 10 人；预备党员不评定等次"):
        rated(cast, 10, excellent=1, qualified=10)


def test_there_are_four_grades_and_no_other(cast: Cast) -> None:
    with pytest.raises(GatheringTrouble, match="没有 superb"):
        rated(cast, 10, superb=1)
