"""A poll from its declaration to its result: who may hold it, who may vote, once, in time, and what is told of it afterwards."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.kernel.standing.ballot import PollTrouble, Tick
from ronglu.store.models import AuditEntry, Membership, Poll, Tally
from ronglu.work import polls
from ronglu.work.polls import About
from ronglu.work.queries import polls as queries
from tests.cast import AT, Cast, cast
from tests.work.polled import (
    AFTER,
    DUE,
    KINDS,
    body_poll,
    by,
    cadre_poll,
    close,
    people,
    rate,
    secret_poll,
    tick,
    vote,
)

__all__ = ["cast"]


def roll(poll: Poll) -> list[str]:
    return list(poll.roll.order_by("pk").values_list("person__name", flat=True))


def test_the_roll_is_the_members_of_the_body_and_its_groups_in_order_of_staff_numbers(cast: Cast) -> None:
    people(cast, 2)
    poll = body_poll(cast)
    assert roll(poll) == ["李班长", "王书记", "何组长", "马主任", "党员41001", "党员41002"]
    assert set(poll.roll.values_list("state", flat=True)) == {"waiting"}
    # five questions with five answers, all made before anybody votes
    assert (poll.tallies.count(), sum(poll.tallies.values_list("count", flat=True))) == (25, 0)


@pytest.mark.covers("S3-24")
def test_probationary_members_do_not_vote_in_a_secret_vote_and_do_in_an_appraisal(cast: Cast) -> None:
    people(cast, 2)
    Membership.objects.filter(person=cast.person["李班长"]).update(status="probationary")
    pool = [cast.account[name] for name in ("王书记", "何组长", "马主任")]
    assert "李班长" not in roll(secret_poll(cast, pool, seats=1))
    assert "李班长" in roll(body_poll(cast))


@pytest.mark.covers("S2-29")
def test_nobody_rates_himself_and_nobody_is_counted_in_two_groups(cast: Cast) -> None:
    others = people(cast, 6)
    with pytest.raises(PollTrouble, match="马主任是被测评的一方"):
        cadre_poll(cast, {"below": [*others, cast.account["马主任"]]})
    with pytest.raises(PollTrouble, match="党员41001写在了两类测评人里"):
        cadre_poll(cast, {"above": others[:1], "below": others})


def test_the_committee_of_a_rated_body_has_no_say_where_the_kind_forbids_it(cast: Cast) -> None:
    with pytest.raises(PollTrouble, match="王书记是被测评的一方"):
        body_poll(cast, "satisfaction", named={"": [one.person for one in people(cast, 5)] + [cast.person["王书记"]]})


def test_who_is_rated_or_stands_for_election_holds_no_poll_on_it(cast: Cast) -> None:
    people(cast, 3)
    said = {
        "kind": KINDS["democratic"], "body": cast.body["QL-B1"], "title": "测评", "due_on": DUE,
        "about": [About(name="转炉党支部", body=cast.body["QL-B1"])],
    }  # fmt: skip
    with pytest.raises(PollTrouble, match="请由上级或另一人组织"):
        polls.declare(**said, **by(cast, "王书记"))
    poll = body_poll(cast)
    for verb in (polls.close, polls.publish):
        with pytest.raises(PollTrouble, match="请由上级或另一人组织"):
            verb(poll=poll, **by(cast, "王书记", AFTER))
    with pytest.raises(PollTrouble, match="请由上级或另一人组织"):
        polls.abandon(poll=poll, reason="不想评", **by(cast, "王书记"))


def test_a_roll_of_four_is_refused_before_anybody_is_asked(cast: Cast) -> None:
    with pytest.raises(PollTrouble, match="名册上有 4 人，应在 5 到 400 人之间"):
        body_poll(cast)


def test_a_second_poll_about_the_same_waits_for_the_end_of_the_first(cast: Cast) -> None:
    people(cast, 3)
    first = body_poll(cast)
    with pytest.raises(PollTrouble, match="还有一次没有结束"):
        body_poll(cast)
    polls.abandon(poll=first, reason="名册错了", **by(cast, "孙干事"))
    body_poll(cast)


def test_seats_are_fewer_than_candidates_and_the_last_day_is_ahead(cast: Cast) -> None:
    pool = people(cast, 5)
    with pytest.raises(PollTrouble, match="名额应在 1 到 4 之间"):
        secret_poll(cast, pool, seats=5)
    with pytest.raises(PollTrouble, match="截止日 2026-03-09 已经过去"):
        secret_poll(cast, pool, seats=2, due_on=dt.date(2026, 3, 9))
    with pytest.raises(PollTrouble, match="写重了"):
        secret_poll(cast, [*pool, pool[0]], seats=2)


def test_a_vote_counts_once_and_a_second_is_refused_in_words(cast: Cast) -> None:
    (voter, *_rest) = people(cast, 3)
    poll = body_poll(cast)
    vote(poll, voter, rate(poll, "good"))
    with pytest.raises(PollTrouble, match="您已经投过"):
        vote(poll, voter, rate(poll, "poor"))
    assert set(poll.tallies.filter(answer="good").values_list("count", flat=True)) == {1}
    assert set(poll.tallies.exclude(answer="good").values_list("count", flat=True)) == {0}


def test_who_is_late_not_on_the_roll_or_unfinished_is_refused_and_nothing_changes(cast: Cast) -> None:
    voter, *_rest = people(cast, 3)
    poll = body_poll(cast)
    before = list(poll.tallies.values_list()), list(poll.roll.values_list())
    for account, ballot, at, words in (
        (voter, rate(poll, "good"), AFTER, "投票已于 2026-03-15 截止"),
        (cast.account["吴师傅"], rate(poll, "good"), AT, "名册上没有您"),
        (cast.account["集团"], rate(poll, "good"), AT, "名册上没有您"),
        (voter, frozenset(list(rate(poll, "good"))[1:]), AT, "还没有选"),
    ):
        with pytest.raises(PollTrouble, match=words):
            vote(poll, account, ballot, at)
    assert (list(poll.tallies.values_list()), list(poll.roll.values_list())) == before


def test_a_poll_that_is_not_open_takes_no_vote(cast: Cast) -> None:
    voters = people(cast, 5)
    poll = body_poll(cast)
    Poll.objects.update(state="draft")
    with pytest.raises(PollTrouble, match="筹备，不能再办这一步"):
        vote(poll, voters[0], rate(poll, "good"))
    Poll.objects.update(state="open")
    closed = close(cast, poll, publish=False)
    with pytest.raises(PollTrouble, match="已结束，未公布"):
        vote(closed, voters[0], rate(poll, "good"))


def test_it_ends_after_its_last_day_or_when_all_have_voted(cast: Cast) -> None:
    voters = [*people(cast, 1), *(cast.account[name] for name in ("李班长", "王书记", "何组长", "马主任"))]
    poll = body_poll(cast)
    for voter in voters[:4]:
        vote(poll, voter, rate(poll, "good"))
    with pytest.raises(PollTrouble, match="还有人没有投，过了 2026-03-15 才能结束"):
        polls.close(poll=poll, **by(cast, "孙干事"))
    vote(poll, voters[4], rate(poll, "fair"))
    assert polls.close(poll=poll, **by(cast, "孙干事")).state == "closed"


def test_there_is_no_result_before_the_end_and_it_is_right_after(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter, answer in zip(voters, ("good", "good", "good", "fair", "common", "unknown"), strict=True):
        vote(poll, voter, rate(poll, answer))
    with pytest.raises(PollTrouble, match="没有结果"):
        queries.result(poll)
    found = queries.result(close(cast, poll))
    # (3·100 + 80 + 60) / 5 = 88, in every question, hence in all
    assert (found.entitled, found.cast, found.scores[0].score) == (10, 6, Decimal("88.00"))
    assert queries.score_of(kind="democratic", year=2026, body=cast.body["QL-B1"]) == Decimal("88.00")
    assert queries.scores_of(plant=cast.plant, kind="democratic", year=2026) == {
        cast.body["QL-B1"].pk: Decimal("88.00")
    }
    assert queries.score_of(kind="democratic", year=2025, body=cast.body["QL-B1"]) is None


def test_too_few_votes_are_not_told_and_do_not_stay(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters[:4]:
        vote(poll, voter, rate(poll, "poor"))
    found = queries.result(close(cast, poll))
    assert (found.withheld, found.cast, found.scores) == ("few", 4, ())
    assert not Tally.objects.exists()
    assert queries.score_of(kind="democratic", year=2026, body=cast.body["QL-B1"]) is None


def test_exactly_half_is_no_quorum(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters[:5]:
        vote(poll, voter, rate(poll, "good"))
    assert queries.result(close(cast, poll)).withheld == "quorum"
    assert not Tally.objects.exists()


@pytest.mark.covers("S2-29")
def test_a_rater_group_of_four_is_added_to_another_for_good(cast: Cast) -> None:
    voters = people(cast, 15)
    above, beside, below = voters[:4], voters[4:9], voters[9:]
    poll = cadre_poll(cast, {"above": above, "beside": beside, "below": below})
    for group, answer in ((above, "poor"), (beside, "good"), (below, "fair")):
        for voter in group:
            vote(poll, voter, rate(poll, answer))
    found = queries.result(close(cast, poll)).scores[0]
    assert [(part.groups, part.weight, part.score) for part in found.parts] == [
        (("above", "beside"), 60, Decimal("73.33")),  # (4·40 + 5·100) / 9
        (("below",), 40, Decimal("80.00")),
    ]
    assert found.score == Decimal("76.00")  # 0.6·73.3333 + 0.4·80
    # what the four said is nowhere any more
    assert set(Tally.objects.values_list("part", flat=True)) == {"above+beside", "below"}


@pytest.mark.covers("S2-29")
def test_the_weights_are_those_of_the_day_it_was_declared(cast: Cast) -> None:
    voters = people(cast, 5)
    weighed = KINDS["cadre"].weighed({"virtue": 100, "ability": 0, "diligence": 0, "results": 0, "honesty": 0})
    poll = polls.declare(
        kind=weighed, body=cast.body["QL-B1"], title="测评", due_on=DUE,
        about=[About(name="马主任", person=cast.person["马主任"])],
        named={"below": [one.person for one in voters]}, **by(cast, "孙干事"),
    )  # fmt: skip
    polls.start(poll=poll, **by(cast, "孙干事"))
    paper = frozenset(Tick(1, one.code, "good" if one.code == "virtue" else "poor") for one in weighed.questions)
    for voter in voters:
        vote(poll, voter, paper)
    assert queries.result(close(cast, poll)).scores[0].score == Decimal("100.00")


@pytest.mark.covers("S3-24")
def test_a_secret_vote_names_who_has_more_than_half(cast: Cast) -> None:
    pool = people(cast, 4)
    poll = secret_poll(cast, pool[:3], seats=2)
    papers = (tick(1, 2), tick(1, 2), tick(1), tick(1, 3), tick())
    voters = [*pool, cast.account["李班长"]]
    for voter, paper in zip(voters, papers, strict=True):
        vote(poll, voter, paper)
    with pytest.raises(PollTrouble, match="最多选 2 人，您选了 3 人"):
        vote(poll, cast.account["王书记"], tick(1, 2, 3))
    found = queries.result(close(cast, poll))
    assert [(found.names[row.subject], row.votes, row.share, row.standing) for row in found.votes] == [
        ("党员41001", 4, Decimal("80.0"), "chosen"),
        ("党员41002", 2, Decimal("40.0"), "not"),
        ("党员41003", 1, Decimal("20.0"), "not"),
    ]


def test_an_abandoned_poll_leaves_neither_roll_nor_counts(cast: Cast) -> None:
    voters = people(cast, 5)
    poll = body_poll(cast)
    vote(poll, voters[0], rate(poll, "good"))
    poll = polls.abandon(poll=poll, reason="名册漏了人", **by(cast, "孙干事"))
    assert (poll.state, poll.roll.count(), poll.tallies.count(), poll.turnout) == ("abandoned", 0, 0, {})
    with pytest.raises(PollTrouble, match="已作废"):
        polls.start(poll=poll, **by(cast, "孙干事"))
    with pytest.raises(PollTrouble, match="没有结果"):
        queries.result(poll)


def test_the_trail_has_the_opening_and_the_end_and_no_voter(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters:
        vote(poll, voter, rate(poll, "good"))
    close(cast, poll)
    lines = AuditEntry.objects.filter(verb__startswith="polls.").order_by("pk")
    assert [line.verb for line in lines] == ["polls.declare", "polls.open", "polls.close", "polls.publish"]
    assert {line.account for line in lines} == {cast.account["孙干事"]}


def test_the_end_wipes_who_has_voted(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters:
        vote(poll, voter, rate(poll, "good"))
    assert set(close(cast, poll).roll.values_list("state", flat=True)) == {"over"}
