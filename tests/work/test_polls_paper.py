"""Paper ballots: handed out against the roll, entered by one, confirmed by another, told only where nothing can be subtracted."""

from decimal import Decimal

import pytest

from ronglu.kernel.standing.ballot import PollTrouble, Tick
from ronglu.store.models import Poll, PollPaper, Tally
from ronglu.work import polls, polls_paper
from ronglu.work.queries import polls as queries
from tests.cast import Cast, cast
from tests.work.polled import AFTER, body_poll, by, cadre_poll, close, people, rate, vote

__all__ = ["cast"]


def paper_counts(poll: Poll, **answers: int) -> dict[Tick, int]:
    return {cell: answers.get(cell.answer, 0) for cell in polls.kind_of(poll).cells(1)}


def papered(cast: Cast, *, online: int) -> Poll:
    """Eleven on the roll, some of them in the browser, six on paper."""
    voters = people(cast, 7 + online)
    poll = body_poll(cast)
    for voter in voters[:online]:
        vote(poll, voter, rate(poll, "poor"))
    for voter in voters[online : online + 6]:
        polls_paper.hand_out(poll=poll, person=voter.person, **by(cast, "孙干事"))
    return poll


def test_paper_totals_count_once_another_person_has_confirmed_them(cast: Cast) -> None:
    poll = papered(cast, online=5)
    said = {"poll": poll, "ballots": 6, "void": 1, "counts": paper_counts(poll, good=3, fair=2)}
    with pytest.raises(PollTrouble, match="先录入合计"):
        polls.close(poll=poll, **by(cast, "孙干事", AFTER))
    polls_paper.enter(**said, **by(cast, "孙干事", AFTER))
    assert set(poll.tallies.filter(answer="good").values_list("count", flat=True)) == {0}
    with pytest.raises(PollTrouble, match="须由另一人"):
        polls_paper.confirm(poll=poll, **by(cast, "孙干事", AFTER))
    polls_paper.confirm(poll=poll, **by(cast, "高书记", AFTER))
    with pytest.raises(PollTrouble, match="已经核对过"):
        polls_paper.confirm(poll=poll, **by(cast, "高书记", AFTER))
    found = queries.result(close(cast, poll))
    # 5·40 + 3·100 + 2·80 = 660 over ten valid ballots; eleven were cast
    assert (found.cast, found.scores[0].score) == (11, Decimal("66.00"))


def test_paper_totals_must_add_up_to_what_was_handed_out(cast: Cast) -> None:
    poll = papered(cast, online=5)
    for ballots, void, counts, words in (
        (7, 0, paper_counts(poll, good=7), "发出 6 张，收回 7 张"),
        (6, 1, paper_counts(poll, good=6), "各选项合计 6 张，应为有效票 5 张"),
        (6, 0, {}, "每一个选项都要填"),
    ):
        with pytest.raises(PollTrouble, match=words):
            polls_paper.enter(poll=poll, ballots=ballots, void=void, counts=counts, **by(cast, "孙干事"))
    assert not PollPaper.objects.exists()


def test_totals_that_disagree_with_the_paper_go_back(cast: Cast) -> None:
    poll = papered(cast, online=5)
    said = {"poll": poll, "ballots": 6, "void": 0, "counts": paper_counts(poll, good=6)}
    polls_paper.enter(**said, **by(cast, "孙干事"))
    polls_paper.send_back(poll=poll, **by(cast, "高书记"))
    polls_paper.enter(**said, **by(cast, "孙干事"))


def test_few_votes_beside_the_paper_are_not_told_since_the_counters_could_subtract(cast: Cast) -> None:
    poll = papered(cast, online=2)
    polls_paper.enter(poll=poll, ballots=6, void=0, counts=paper_counts(poll, good=6), **by(cast, "孙干事"))
    polls_paper.confirm(poll=poll, **by(cast, "高书记"))
    assert queries.result(close(cast, poll)).withheld == "paper"
    assert (Tally.objects.count(), PollPaper.objects.get().counts) == (0, [])


def test_who_has_a_paper_ballot_does_not_vote_in_the_browser_and_the_other_way_round(cast: Cast) -> None:
    first, second, *_rest = people(cast, 4)
    poll = body_poll(cast)
    polls_paper.hand_out(poll=poll, person=first.person, **by(cast, "孙干事"))
    vote(poll, second, rate(poll, "good"))
    with pytest.raises(PollTrouble, match="领了纸质票"):
        vote(poll, first, rate(poll, "good"))
    for account in (first, second):
        with pytest.raises(PollTrouble, match="或已经投过、领过"):
            polls_paper.hand_out(poll=poll, person=account.person, **by(cast, "孙干事"))


def test_a_review_by_groups_is_never_on_paper(cast: Cast) -> None:
    voters = people(cast, 5)
    poll = cadre_poll(cast, {"below": voters})
    with pytest.raises(PollTrouble, match="不用纸质票"):
        polls_paper.hand_out(poll=poll, person=voters[0].person, **by(cast, "孙干事"))


def test_of_a_few_paper_ballots_no_totals_are_kept_beside_the_sum(cast: Cast) -> None:
    """One on paper among nine: who counted it saw it, and nobody can look it up afterwards."""
    voters = people(cast, 10)
    poll = body_poll(cast)
    for voter in voters[:9]:
        vote(poll, voter, rate(poll, "good"))
    polls_paper.hand_out(poll=poll, person=voters[9].person, **by(cast, "孙干事"))
    polls_paper.enter(poll=poll, ballots=1, void=0, counts=paper_counts(poll, poor=1), **by(cast, "孙干事"))
    polls_paper.confirm(poll=poll, **by(cast, "高书记", AFTER))
    assert PollPaper.objects.get().counts == []
    assert set(poll.tallies.filter(answer="poor").values_list("count", flat=True)) == {1}
    assert queries.result(close(cast, poll)).cast == 10
