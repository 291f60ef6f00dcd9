"""Home and inbox: members' points to verify, polls to vote in, paper to count — each told to whom it concerns and to nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.kernel.standing.ballot import Tick
from ronglu.store.models import Account
from ronglu.work import points, polls, polls_paper
from tests.cast import AT, Cast, cast
from tests.work import membered
from tests.work.polled import body_poll, by, cadre_poll, people, rate, secret_poll, vote

__all__ = ["cast"]
VERIFY, COUNT, CONFIRM, CLOSE = "条党员积分等支部核实", "清点纸质票", "等第二人核对", "可以结束"


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def seen(account: Account) -> str:
    """What the rows of the inbox say: the home page draws the same ones."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    home, inbox = (client.get(reverse(name)) for name in ("home", "inbox_others"))
    assert home.status_code == inbox.status_code == 200
    assert [one.title for one in home.context["rows"]] == [one.title for one in inbox.context["rows"]]
    return inbox.content.decode()


def by_name(cast: Cast, name: str) -> str:
    return seen(cast.account[name])


def test_points_wait_for_the_committee_of_the_branch_and_name_nobody(cast: Cast) -> None:
    membered.entry(cast)
    page = by_name(cast, "王书记")
    assert f"1 {VERIFY}" in page and f"{reverse('me_branch')}?body=QL-B1" in page
    assert "李班长" not in page.split(VERIFY)[0].rsplit("<li", 1)[1]
    for name in ("李班长", "孙干事", "马主任", "吴师傅", "郑师傅", "邻厂书记"):
        assert VERIFY not in by_name(cast, name), name


def test_nobody_is_told_to_verify_his_own_points_or_those_he_entered(cast: Cast) -> None:
    membered.seat(cast, "李班长", "member")
    membered.proposed(cast, membered.record(cast))
    assert VERIFY not in by_name(cast, "李班长")
    assert f"1 {VERIFY}" in by_name(cast, "王书记")
    points.claim(
        person=cast.person["何组长"], rules=membered.POINTS, source="violation", on=membered.FRIDAY, ground="违章查实通报 3 号",
        **by(cast, "王书记"),
    )  # fmt: skip
    assert f"1 {VERIFY}" in by_name(cast, "王书记"), "the deduction he entered is for another"
    assert f"1 {VERIFY}" in by_name(cast, "李班长")


def test_what_was_verified_waits_no_longer(cast: Cast) -> None:
    entry = membered.entry(cast)
    points.verify(entry=entry, **by(cast, "王书记"))
    assert VERIFY not in by_name(cast, "王书记")


def test_an_open_poll_waits_for_who_is_on_the_roll_until_he_has_voted(cast: Cast) -> None:
    voter, other, *_rest = people(cast, 4)
    poll = body_poll(cast)
    page = seen(voter)
    assert poll.title in page and "截止 03-15" in page and reverse("poll", args=[poll.pk]) in page
    vote(poll, voter, rate(poll, "good"))
    assert poll.title not in seen(voter)
    assert poll.title in seen(other)
    for name in ("吴师傅", "郑师傅", "邻厂书记", "孙干事"):
        assert poll.title not in by_name(cast, name), name


def test_a_poll_past_its_day_no_longer_asks_for_votes_but_for_its_closing(cast: Cast, settings: Any) -> None:
    voter, *_rest = people(cast, 4)
    body_poll(cast)
    assert CLOSE not in by_name(cast, "孙干事")
    settings.TODAY = "2026-03-16"
    assert "转炉支部民主测评" not in seen(voter)
    assert CLOSE in by_name(cast, "孙干事")
    # he sits on the committee that is rated
    assert CLOSE not in by_name(cast, "王书记")
    assert CLOSE not in by_name(cast, "邻厂书记")


def test_paper_waits_to_be_counted_then_for_another_to_confirm_then_for_the_closing(cast: Cast, settings: Any) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters[:5]:
        polls_paper.hand_out(poll=poll, person=voter.person, **by(cast, "孙干事"))
    assert poll.title not in seen(voters[0]), "who has a paper ballot votes on it"
    assert COUNT not in by_name(cast, "孙干事"), "before the last day ballots may still be handed out"
    settings.TODAY = "2026-03-16"
    page = by_name(cast, "孙干事")
    assert COUNT in page and CLOSE not in page
    counts = {Tick(*cell): 5 if cell.answer == "good" else 0 for cell in polls.kind_of(poll).cells(1)}
    polls_paper.enter(poll=poll, ballots=5, void=0, counts=counts, **by(cast, "孙干事", AT + dt.timedelta(days=6)))
    page = by_name(cast, "孙干事")
    assert COUNT not in page and CONFIRM not in page and CLOSE not in page
    assert CONFIRM in by_name(cast, "高书记")
    assert CONFIRM not in by_name(cast, "王书记") and CONFIRM not in by_name(cast, "邻厂书记")
    polls_paper.confirm(poll=poll, **by(cast, "高书记", AT + dt.timedelta(days=6)))
    assert CONFIRM not in by_name(cast, "高书记")
    assert CLOSE in by_name(cast, "孙干事")


def test_who_is_rated_is_not_asked_to_close_his_own_review(cast: Cast, settings: Any) -> None:
    voters = people(cast, 10)
    cadre_poll(cast, {"above": voters[:5], "below": voters[5:]}, who="高书记")
    settings.TODAY = "2026-03-16"
    assert CLOSE in by_name(cast, "孙干事")
    assert CLOSE not in by_name(cast, "高书记")


def test_three_polls_and_three_entries_cost_what_one_costs(cast: Cast, client: Client) -> None:
    candidates = people(cast, 6)
    membered.entry(cast)
    secret_poll(cast, candidates[:2], seats=1)
    ask = cast.login(client, "王书记").get
    ask(reverse("inbox_others"))
    with CaptureQueriesContext(connection) as one:
        assert "1 条党员积分" in ask(reverse("inbox_others")).content.decode()
    membered.proposed(cast, *(membered.record(cast, key=f"case:{n}:1") for n in (2, 3)))
    for first in (2, 4):
        secret_poll(cast, candidates[first : first + 2], seats=1, title=f"第 {first} 次推选")
    with CaptureQueriesContext(connection) as three:
        page = ask(reverse("inbox_others")).content.decode()
    assert "3 条党员积分" in page and page.count(">去投<") == 3
    assert len(three) == len(one)
