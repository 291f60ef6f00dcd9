"""Polls in the browser: voting on the phone, holding one, paper, and who reads which result."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Account, Poll
from ronglu.work import polls
from tests.cast import Cast, cast
from tests.web.pages import WIDTHS, Look, check, look
from tests.work.polled import DUE, body_poll, by, cadre_poll, close, people, rate, secret_poll, tick, vote

__all__ = ["cast", "look"]


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(account: Account, name: str, *args: Any, **query: str) -> HttpResponse:
    return client_of(account).get(reverse(name, args=args), query)  # type: ignore[return-value]


def post(account: Account, name: str, *args: Any, **said: Any) -> HttpResponse:
    # a form that only asks for a yes still sends its token
    said |= {"csrfmiddlewaretoken": "x"}
    return client_of(account).post(reverse(name, args=args), said)  # type: ignore[return-value]


def text(account: Account, name: str, *args: Any) -> str:
    response = get(account, name, *args)
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


def sent(poll: Poll, answer: str) -> dict[str, str]:
    return {f"1-{cell.question}": cell.answer for cell in rate(poll, answer)}


def test_a_voter_finds_his_ballot_votes_and_then_only_reads_that_he_did(cast: Cast) -> None:
    voter, *_rest = people(cast, 4)
    poll = body_poll(cast)
    assert reverse("poll", args=[poll.pk]) in text(voter, "polls")
    page = get(voter, "poll", poll.pk)
    assert "no-store" in page["Cache-Control"] and "系统里没有选票" in page.content.decode()
    assert post(voter, "poll_cast", poll.pk, **sent(poll, "good")).status_code == 302
    after = text(voter, "poll", poll.pk)
    assert "您已经投过" in after and 'type="radio"' not in after
    assert "现在没有等您投的票" in text(voter, "polls")
    again = post(voter, "poll_cast", poll.pk, **sent(poll, "poor"))
    assert again.status_code == 422 and "您已经投过" in again.content.decode()


def test_an_unfinished_ballot_comes_back_with_what_was_ticked(cast: Cast) -> None:
    voter, *_rest = people(cast, 4)
    poll = body_poll(cast)
    back = post(voter, "poll_cast", poll.pk, **{"1-overall": "fair"})
    said = back.content.decode()
    assert back.status_code == 422 and "转炉党支部“履职尽责”还没有选" in said
    assert 'name="1-overall" value="fair" checked' in said


def test_a_made_up_box_is_refused(cast: Cast) -> None:
    voter, *_rest = people(cast, 4)
    poll = body_poll(cast)
    back = post(voter, "poll_cast", poll.pk, **(sent(poll, "good") | {"1-overall": "superb"}))
    assert back.status_code == 422 and "没有的选项" in back.content.decode()
    chosen = secret_poll(cast, [cast.account["李班长"], voter], seats=1)
    back = post(voter, "poll_cast", chosen.pk, chosen=["1", "９", "-1", "77"])
    assert back.status_code == 422 and "没有的选项" in back.content.decode()


def test_nobody_meets_a_count_before_the_end(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters:
        vote(poll, voter, rate(poll, "good"))
    for name in ("孙干事", "高书记", "王书记"):
        page = get(cast.account[name], "poll", poll.pk)
        assert page.context["result"] is None and "100.00" not in page.content.decode()
    assert "只有人数，没有名单" in text(cast.account["孙干事"], "poll", poll.pk)
    assert "党员41001" not in text(cast.account["孙干事"], "poll", poll.pk)


def test_a_closed_result_is_the_holders_until_it_is_published(cast: Cast) -> None:
    voters = people(cast, 6)
    poll = body_poll(cast)
    for voter in voters:
        vote(poll, voter, rate(poll, "fair"))
    close(cast, poll, publish=False)
    assert "80.00" in text(cast.account["孙干事"], "poll", poll.pk)
    assert "还没有结果" in text(voters[0], "poll", poll.pk)
    # the secretary is on the rated committee: he waits like everybody
    assert "还没有结果" in text(cast.account["王书记"], "poll", poll.pk)
    polls.publish(poll=Poll.objects.get(), **by(cast, "孙干事"))
    for account in (voters[0], cast.account["王书记"]):
        assert "80.00" in text(account, "poll", poll.pk)
    assert get(cast.account["邻厂书记"], "poll", poll.pk).status_code == 404
    assert get(cast.account["吴师傅"], "poll", poll.pk).status_code == 404


@pytest.mark.covers("S2-29")
def test_a_cadres_review_is_read_by_himself_his_committee_and_the_office_not_by_the_raters(cast: Cast) -> None:
    voters = people(cast, 10)
    poll = cadre_poll(cast, {"above": voters[:5], "below": voters[5:]})
    for voter in voters:
        vote(poll, voter, rate(poll, "good"))
    close(cast, poll)
    for name in ("马主任", "王书记", "孙干事"):
        assert "100.00" in text(cast.account[name], "poll", poll.pk), name
    rater = get(voters[0], "poll", poll.pk)
    assert rater.status_code == 200 and rater.context["result"] is None
    assert poll.title not in text(voters[0], "polls")
    for name in ("何组长", "李班长", "郑师傅"):
        assert get(cast.account[name], "poll", poll.pk).status_code == 404, name


@pytest.mark.covers("S2-29")
def test_the_office_declares_a_cadre_review_with_weights_of_its_own(cast: Cast) -> None:
    voters = people(cast, 6)
    page = get(cast.account["孙干事"], "poll_new", "cadre")
    assert "系统默认，可修改，不是上级规定" in page.content.decode()
    said = {name: field.initial for name, field in page.context["form"].fields.items() if name.startswith("weight_")}
    assert said["weight_results"] == 25
    said |= {"title": "马主任 2026 测评", "body": cast.body["QL-B1"].pk, "person": "20107", "year": 2026, "due_on": DUE}
    said |= {"weight_results": 40, "voters_below": " ".join(one.staff_no for one in voters), "voters_above": ""}
    assert post(cast.account["孙干事"], "poll_new", "cadre", **said).status_code == 302
    poll = Poll.objects.get()
    assert {one["code"]: one["weight"] for one in poll.declaration["questions"]}["results"] == 40
    assert poll.roll.count() == 6
    wrong = post(cast.account["孙干事"], "poll_new", "cadre", **(said | {"voters_below": "41001 99999"}))
    assert wrong.status_code == 422 and "没有工号或姓名“99999”" in wrong.content.decode()
    for deed, state in (("start", "open"), ("close", "open")):
        post(cast.account["孙干事"], "poll_deed", poll.pk, deed)
        poll.refresh_from_db()
        assert poll.state == state  # the close is refused: nobody has voted and the day is not over


def test_paper_is_printed_handed_out_entered_and_confirmed_by_two(cast: Cast) -> None:
    voters = people(cast, 12)
    poll = body_poll(cast)
    office, committee = cast.account["孙干事"], cast.account["高书记"]
    for voter in voters[:5]:
        vote(poll, voter, rate(poll, "good"))
    assert "不要写名字" in text(office, "poll_sheet", poll.pk)
    for voter in voters[5:9]:
        assert post(office, "poll_deed", poll.pk, "hand", person=voter.staff_no).status_code == 302
    names = [given[0] for row in get(office, "poll_paper", poll.pk).context["rows"] for _answer, given in row[2]]
    said = {name: "4" if name.endswith("-fair") else "0" for name in names} | {"ballots": "4", "void": "0"}
    short = post(office, "poll_paper", poll.pk, **(said | {names[0]: "x"}))
    assert short.status_code == 422 and "每一格都填整数" in short.content.decode()
    assert post(office, "poll_paper", poll.pk, **said).status_code == 302
    assert "须由另一人" in text(office, "poll_paper", poll.pk)
    assert post(office, "poll_deed", poll.pk, "confirm").status_code == 422
    assert post(committee, "poll_deed", poll.pk, "confirm").status_code == 302
    assert set(poll.tallies.filter(answer="fair").values_list("count", flat=True)) == {4}
    assert "张数太少，合计已计入总数" in text(office, "poll_paper", poll.pk)


@pytest.mark.covers("S3-24")
def test_a_secret_vote_is_cast_with_boxes_and_told_with_who_is_chosen(cast: Cast) -> None:
    pool = people(cast, 6)
    poll = secret_poll(cast, pool[:3], seats=1)
    for voter in pool:
        assert post(voter, "poll_cast", poll.pk, chosen=["2"]).status_code == 302
    close(cast, poll)
    page = text(pool[0], "poll", poll.pk)
    assert "当选" in page and "党员41002" in page


def test_lists_cost_the_same_with_one_row_and_with_three(cast: Cast) -> None:
    voters = people(cast, 8)
    raters = {"below": voters[:6]}

    def cost(account: Account) -> int:
        client = client_of(account)
        client.get(reverse("polls"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("polls"))
        return len(seen)

    body_poll(cast)
    one = [cost(account) for account in (voters[0], cast.account["孙干事"])]
    secret_poll(cast, voters[:4], seats=2)
    cadre_poll(cast, raters)
    assert [cost(account) for account in (voters[0], cast.account["孙干事"])] == one


def test_a_ballot_costs_the_same_for_two_candidates_and_for_six(cast: Cast) -> None:
    pool = people(cast, 8)
    polls_ = [secret_poll(cast, pool[:2], seats=1), secret_poll(cast, pool[2:], seats=3)]
    client, found = client_of(cast.account["孙干事"]), []
    for poll in polls_:
        client.get(reverse("poll", args=[poll.pk]))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("poll", args=[poll.pk]))
        found.append(len(seen))
    assert found[0] == found[1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_looks_right_on_the_phone_and_on_the_desk(cast: Cast, look: Look, width: int) -> None:
    voters = people(cast, 15)
    told = cadre_poll(cast, {"above": voters[:4], "beside": voters[4:9], "below": voters[9:]})
    for number, voter in enumerate(voters):
        vote(told, voter, rate(told, ("good", "good", "fair", "common", "unknown")[number % 5]))
    close(cast, told)
    chosen = secret_poll(cast, voters[:4], seats=2)
    for voter in voters:
        vote(chosen, voter, tick(1, 2))
    close(cast, chosen)
    again = secret_poll(cast, voters[4:8], seats=2)
    poll = body_poll(cast)
    jar = {
        name: client_of(account).cookies for name, account in (("voter", voters[0]), ("office", cast.account["孙干事"]))
    }
    for who, name, args in (
        ("voter", "polls", []), ("voter", "poll", [poll.pk]), ("voter", "poll", [again.pk]), ("office", "poll", [told.pk]),
        ("office", "poll", [chosen.pk]), ("office", "poll", [poll.pk]), ("office", "polls", []), ("office", "poll_kinds", []),
        ("office", "poll_new", ["cadre"]), ("office", "poll_sheet", [poll.pk]), ("office", "poll_paper", [poll.pk]),
    ):  # fmt: skip
        page = look(reverse(name, args=args), width=width, cookies=jar[who])
        check(page, "-".join([name, who, *map(str, args)]))
