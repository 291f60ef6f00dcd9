"""A vote at the shift terminal: behind number and PIN, once, and nothing of it stays — neither on the screen nor anywhere else."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import packs
from ronglu.store.models import AuditEntry, Burden, PinTry, Poll, PollVoter, Tally
from ronglu.web.kiosk import holder
from ronglu.work import polls, polls_cast
from tests.cast import Cast, cast, make_cast
from tests.web.pages import Look, axe, look, no_overflow, shoot
from tests.web.terminals import HOME, known, moment, set_up, terminal, words
from tests.work.polled import KINDS, body_poll, by, people, rate, secret_poll

__all__ = ["cast", "look", "moment", "terminal"]
LIST = reverse("kiosk_polls")


def ballot_of(poll: Poll) -> str:
    return reverse("kiosk_vote", args=[poll.pk])


def sent(poll: Poll, answer: str = "good") -> dict[str, str]:
    return {f"1-{cell.question}": cell.answer for cell in rate(poll, answer)}


def a_poll(cast: Cast, **more: Any) -> Poll:
    people(cast, 5)
    return body_poll(cast, **more)


def counted(poll: Poll) -> dict[str, int]:
    rows = Tally.objects.filter(poll=poll, count__gt=0).values_list("question", "answer", "count")
    return {f"{question}:{answer}": count for question, answer, count in rows}


def test_the_button_names_nobody_and_asks_for_the_pin(cast: Cast, terminal: Client) -> None:
    poll = a_poll(cast)
    home = words(terminal.get(HOME))
    assert LIST in home and poll.title not in home
    for url in (LIST, ballot_of(poll)):
        assert terminal.get(url)["Location"] == f"{reverse('kiosk_pin')}?next={url}"
    assert terminal.post(ballot_of(poll), sent(poll)).status_code == 302
    assert counted(poll) == {}


def test_he_votes_and_the_terminal_forgets_him(cast: Cast, terminal: Client) -> None:
    poll = a_poll(cast)
    assert known(terminal, goal=LIST)["Location"] == LIST
    listed = words(terminal.get(LIST))
    assert poll.title in listed and ballot_of(poll) in listed
    page = terminal.get(ballot_of(poll))
    assert "no-store" in page["Cache-Control"] and "data-sealed" not in words(page)
    answer = terminal.post(ballot_of(poll), sent(poll))
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}?voted")
    assert counted(poll) == dict.fromkeys((f"{one['code']}:good" for one in poll.declaration["questions"]), 1)
    after = words(terminal.get(answer["Location"]))
    assert "投好了" in after and "李班长" not in after and poll.title not in after
    assert holder.KEY not in terminal.session
    assert "投好了" not in words(terminal.get(HOME))


def test_nothing_is_written_but_the_mark_and_the_counts(cast: Cast, terminal: Client) -> None:
    poll = a_poll(cast)
    known(terminal, goal=LIST)
    terminal.get(ballot_of(poll))
    trail = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as asked:
        terminal.post(ballot_of(poll), sent(poll))
    assert (AuditEntry.objects.count(), Burden.objects.count(), PinTry.objects.count()) == (trail, 0, 0)
    tables = {
        one["sql"].split('"')[1] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }  # fmt: skip
    assert tables == {"store_pollvoter", "store_tally", "django_session"}
    assert holder.KEY not in terminal.session


def test_one_person_one_vote_here_and_in_the_browser(cast: Cast, terminal: Client) -> None:
    poll = a_poll(cast)
    polls_cast.cast(poll=poll, ballot=rate(poll, "fair"), **by(cast, "李班长"))
    known(terminal, goal=LIST)
    assert "现在没有等您投的票" in words(terminal.get(LIST))
    assert terminal.get(ballot_of(poll))["Location"] == LIST
    assert terminal.post(ballot_of(poll), sent(poll))["Location"] == LIST
    assert set(counted(poll).values()) == {1} and "overall:fair" in counted(poll)


def test_who_is_on_no_roll_meets_no_ballot(cast: Cast, terminal: Client) -> None:
    """外人: a poll of another branch, a draft, and one whose last day is over."""
    people(cast, 5, body="QL-B2")
    other = body_poll(cast, body="QL-B2", about=[polls.About(name="精炼党支部", body=cast.body["QL-B2"])])
    people(cast, 5, first=43001)
    draft = polls.declare(
        kind=KINDS["democratic"], body=cast.body["QL-B1"], title="还在筹备的", due_on=dt.date(2026, 3, 20),
        about=[polls.About(name="转炉党支部", body=cast.body["QL-B1"])], **by(cast, "孙干事"),
    )  # fmt: skip
    known(terminal, goal=LIST)
    said = words(terminal.get(LIST))
    assert other.title not in said and draft.title not in said
    for poll in (other, draft):
        assert terminal.get(ballot_of(poll))["Location"] == LIST
        assert terminal.post(ballot_of(poll), sent(poll))["Location"] == LIST
    assert not PollVoter.objects.exclude(state="waiting").exists()


def test_an_unfinished_ballot_comes_back_with_what_was_ticked(cast: Cast, terminal: Client) -> None:
    poll = a_poll(cast)
    known(terminal, goal=LIST)
    answer = terminal.post(ballot_of(poll), {"1-overall": "fair"})
    assert answer.status_code == 422 and "还没有选" in words(answer)
    assert 'name="1-overall" value="fair" checked' in words(answer)
    assert counted(poll) == {} and holder.KEY in terminal.session


def test_a_finger_on_the_page_counts_as_being_there(terminal: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    there = reverse("kiosk_here")
    assert terminal.post(there).status_code == 409
    now = [1_000_000]
    monkeypatch.setattr(holder, "_now", lambda: now[0])
    known(terminal, goal=LIST)
    for _ in range(3):
        now[0] += 100
        assert terminal.post(there).status_code == 204
    now[0] += 120
    assert terminal.post(there).status_code == 409


def test_three_polls_cost_what_one_costs(cast: Cast, terminal: Client) -> None:
    a_poll(cast)
    known(terminal, goal=LIST)
    terminal.get(LIST)
    with CaptureQueriesContext(connection) as one:
        terminal.get(LIST)
    for first in (51001, 52001):
        secret_poll(cast, people(cast, 2, first=first), seats=1, title=f"推选 {first}")
    with CaptureQueriesContext(connection) as three:
        assert words(terminal.get(LIST)).count("kiosk/polls/") == 3
    assert len(three) == len(one)


def test_a_closed_poll_takes_no_vote_here_either(cast: Cast, terminal: Client, settings: Any) -> None:
    poll = a_poll(cast)
    settings.TODAY = "2026-03-16T09:00"
    known(terminal, goal=LIST)
    assert poll.title not in words(terminal.get(LIST))
    assert terminal.post(ballot_of(poll), sent(poll))["Location"] == LIST
    assert counted(poll) == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_the_ballot_fits_the_glove_and_leaves_nothing(
    look: Look, transactional_db: None, width: int, height: int
) -> None:
    cast = make_cast()
    packs()
    poll, client = a_poll(cast), set_up(cast)
    known(client, goal=LIST)
    page = look(LIST, width=width, height=height, cookies=client.cookies)
    sound(page, f"kiosk-polls-{width}")
    page.click(f"text={poll.title}")
    page.wait_for_selector("form[data-ballot]")
    sound(page, f"kiosk-ballot-{width}")
    for tile in page.locator(".kiosk-tile", has_text="较好").all():
        tile.click()
    page.context.set_offline(True)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=请等网络通了再按一次")
    assert page.evaluate("() => Object.keys(localStorage)") == []
    page.context.set_offline(False)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=投好了")
    sound(page, f"kiosk-voted-{width}")
    assert "李班长" not in page.content()
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("form[data-ballot]").count() == 0
    assert counted(poll)["overall:fair"] == 1


def sound(page: Any, name: str) -> None:
    shoot(page, name)
    small = page.evaluate("""() => [...document.querySelectorAll('main :is(a[href], button, .kiosk-tile)')]
      .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 63.5).map(e => e.outerHTML.slice(0, 80))""")
    assert (small, no_overflow(page), axe(page)) == ([], [], []), name
