"""Giving a shift and logging a stop at the terminal through a cut network: once, whole, for the right shift, or kept with the reason."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Case, Halt, Handover
from tests.cast import Cast, cast, make_cast
from tests.web.pages import Look
from tests.web.terminals import DRAFT, known, set_up, terminal, words
from tests.web.test_kiosk_drafts import sealed
from tests.work.clock import set_clock

__all__ = ["cast", "terminal"]
GIVE, HALT, SHIFT = reverse("kiosk_give"), reverse("kiosk_halt"), reverse("kiosk_shift")
SAID = {"form": "give", "day": "2026-03-09", "no": "3", "reason": "", "words": "二号风机听着响", "act": "", "what": ""}
STOP = {"form": "halt", "starts_at": "2026-03-10T07:30", "reason": "mechanical", "words": "托轮断裂"}


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    """The night shift of 9 March ended at eight, half an hour ago."""
    settings.TODAY = "2026-03-10T08:30"


@pytest.fixture
def at_work(cast: Cast, terminal: Client) -> Client:
    set_clock(cast.plant)
    known(terminal)
    return terminal


def draft(client: Client, page: str, typed: dict[str, str]) -> dict[str, str]:
    ticket = client.get(page).context["ticket"].text
    return {"ticket": ticket, "sealed": sealed(ticket, typed)}


def test_a_hand_over_sent_twice_is_stored_once_though_its_writer_has_gone(cast: Cast, at_work: Client) -> None:
    said = SAID | {"act": "problem", "what": "二号风机为什么响"}
    sent = draft(at_work, GIVE, said)
    at_work.post(reverse("kiosk_over"))
    known(at_work, "何组长")
    answers = [at_work.post(DRAFT, sent) for _ in range(2)]
    assert [(one.status_code, one.content) for one in answers] == [(204, b""), (204, b"")]
    row = Handover.objects.get()
    assert (str(row.day), row.shift_no, row.given_by, row.words) == (
        "2026-03-09", 3, cast.account["李班长"], "二号风机听着响",
    )  # fmt: skip
    assert Case.objects.get() == row.case


def test_a_stop_sent_twice_is_logged_once(cast: Cast, at_work: Client) -> None:
    sent = draft(at_work, HALT, STOP)
    assert [at_work.post(DRAFT, sent).status_code for _ in range(2)] == [204, 204]
    row = Halt.objects.get()
    assert (row.logged_by, row.words, f"{row.starts_at:%m-%d %H:%M}") == (
        cast.account["李班长"], "托轮断裂", "03-10 07:30",
    )  # fmt: skip


def test_a_button_pressed_twice_is_one_deed(at_work: Client) -> None:
    stop = STOP | {"ticket": at_work.get(HALT).context["ticket"].text}
    assert [at_work.post(HALT, stop).status_code for _ in range(2)] == [302, 302]
    given = SAID | {"ticket": at_work.get(GIVE).context["ticket"].text}
    assert [at_work.post(GIVE, given).status_code for _ in range(2)] == [302, 302]
    assert (Halt.objects.count(), Handover.objects.count()) == (1, 1)


def test_a_draft_that_comes_late_is_of_the_shift_it_was_written_for(at_work: Client, settings: Any) -> None:
    """Written after the night shift of the 9th, sent when the day shift of the 10th has ended: 白 is number 1."""
    sent = draft(at_work, GIVE, SAID)
    settings.TODAY = "2026-03-10T16:30"
    assert at_work.post(DRAFT, sent).status_code == 204
    row = Handover.objects.get()
    assert (str(row.day), row.shift_no, f"{row.given_at:%H:%M}") == ("2026-03-09", 3, "16:30")


def test_a_refused_draft_stays_and_says_why_to_its_writer_only(cast: Cast, at_work: Client) -> None:
    first, second = draft(at_work, HALT, STOP), draft(at_work, HALT, STOP | {"words": "再记一次"})
    assert at_work.post(DRAFT, first).status_code == 204
    refused = at_work.post(DRAFT, second)
    assert (refused.status_code, refused.content) == (409, b"")
    known(at_work, "何组长")
    answer = at_work.post(DRAFT, second | {"open": "1"})
    assert (answer.status_code, answer.content) == (409, b"")
    known(at_work)
    opened = at_work.post(DRAFT, second | {"open": "1"})
    assert opened.status_code == 200 and "再记一次" in words(opened) and "重叠" in words(opened)
    assert Halt.objects.count() == 1


def test_a_refused_hand_over_opens_with_what_was_written_and_the_reason(at_work: Client) -> None:
    sent = draft(at_work, GIVE, SAID | {"act": "action", "what": "查风机"})
    assert at_work.post(DRAFT, sent).status_code == 409
    page = words(at_work.post(DRAFT, sent | {"open": "1"}))
    assert "行动项要有期限" in page and "二号风机听着响" in page and 'value="2026-03-09"' in page
    assert not Handover.objects.exists()


def test_who_may_not_give_this_line_is_refused_by_draft_too(cast: Cast, at_work: Client) -> None:
    known(at_work, "何组长")
    sent = [draft(at_work, GIVE, SAID), draft(at_work, HALT, STOP)]
    assert [at_work.post(DRAFT, one).status_code for one in sent] == [409, 409]
    assert not Handover.objects.exists() and not Halt.objects.exists()


def test_a_refused_report_tells_its_writer_why_too(at_work: Client) -> None:
    sent = draft(at_work, reverse("kiosk_raise", args=["hazard"]), {"loop": "hazard", "what": "没有选哪一类"})
    at_work.post(reverse("kiosk_over"))
    assert at_work.post(DRAFT, sent).status_code == 409
    known(at_work)
    assert "没有选哪一类" in words(at_work.post(DRAFT, sent | {"open": "1"}))
    assert at_work.post(DRAFT, sent | {"open": "1"}).context["why"] != []


@pytest.fixture
def house(transactional_db: None) -> Cast:
    cast = make_cast()
    set_clock(cast.plant)
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("page", ["give", "halt"])
def test_a_cut_network_keeps_what_was_written_and_stores_it_once(house: Cast, look: Look, page: str) -> None:
    client = set_up(house)
    known(client)
    seen = look({"give": GIVE, "halt": HALT}[page], height=768, cookies=client.cookies)
    seen.fill("[name=words]", "二号风机听着响")
    if page == "halt":
        seen.select_option("[name=reason]", "mechanical")
    seen.context.set_offline(True)
    seen.click("main form[data-sealed] > button[type=submit]")
    seen.wait_for_selector("text=网络断了。内容已密存在终端里")
    left = seen.evaluate("() => document.documentElement.outerHTML + JSON.stringify(localStorage)")
    assert "二号风机" not in left and not Handover.objects.exists() and not Halt.objects.exists()
    seen.context.set_offline(False)
    seen.wait_for_function("() => !Object.keys(localStorage).length", timeout=20000)
    row = {"give": Handover, "halt": Halt}[page].objects.get()  # type: ignore[attr-defined]
    assert row.words == "二号风机听着响"


@pytest.mark.browser
def test_a_refused_draft_waits_at_the_terminal_for_its_writer(house: Cast, look: Look) -> None:
    client = set_up(house)
    known(client)
    seen = look(HALT, height=768, cookies=client.cookies)
    seen.fill("[name=words]", "托轮断裂")
    seen.select_option("[name=reason]", "mechanical")
    seen.context.set_offline(True)
    seen.click("main form[data-sealed] > button[type=submit]")
    seen.wait_for_selector("text=网络断了。内容已密存在终端里")
    # meanwhile the desk has logged the same stop
    at = "2026-03-10T07:00"
    Halt.objects.create(
        unit=house.unit["QL-R1"], starts_at=at, reason="mechanical", kind="unplanned", logged_by=house.account["马主任"],
        logged_at=at,
    )  # fmt: skip
    seen.context.set_offline(False)
    kept = "() => Object.values(localStorage).some((one) => JSON.parse(one).waiting === false)"
    seen.wait_for_function(kept, timeout=20000)
    seen.goto(seen.url.split("/kiosk/")[0] + reverse("kiosk"))
    seen.click("text=有一份没有报完的草稿")
    seen.wait_for_selector("text=重叠")
    assert seen.locator("[name=words]").input_value() == "托轮断裂" and Halt.objects.count() == 1


@pytest.mark.browser
def test_sent_with_the_network_up_nothing_is_left_on_the_terminal(house: Cast, look: Look) -> None:
    client = set_up(house)
    known(client)
    seen = look(GIVE, height=768, cookies=client.cookies)
    seen.click("main form[data-sealed] > button[type=submit]")
    seen.wait_for_url(f"**{SHIFT}")
    assert seen.evaluate("() => Object.keys(localStorage)") == [] and Handover.objects.count() == 1


@pytest.mark.browser
def test_a_page_that_filled_itself_in_is_no_draft(house: Cast, look: Look) -> None:
    """The stop's time and the reason's first line stand there by themselves; leaving them behind keeps nothing."""
    client = set_up(house)
    known(client)
    seen = look(HALT, height=768, cookies=client.cookies)
    seen.click("[data-hand-over] button")
    seen.wait_for_selector("[data-refresh]")
    assert seen.evaluate("() => Object.keys(localStorage)") == []
