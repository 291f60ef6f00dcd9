"""How the pages of the 支部手册 look, on a phone and on a desk; and how far it is from a meeting to its Word file."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from ronglu.store.models import Gathering, Notice
from tests.cast import Cast, make_cast
from tests.web.branch_month import calendar, lived
from tests.web.pages import WIDTHS, Look, check

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NOW = dt.datetime(2026, 4, 10, 8)


@pytest.fixture
def house(transactional_db: None, settings: "object") -> Cast:
    settings.TODAY = "2026-04-10"  # type: ignore[attr-defined]
    made = make_cast()
    calendar(made)
    lived(made)
    return made


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit_and_have_no_faults(house: Cast, client: Client, look: Look, width: int) -> None:
    held = Gathering.objects.get(kind="group_meeting")
    house.login(client, "王书记")
    for name, path in (
        ("handbooks", "/handbook/?month=2026-03"),
        ("handbook", "/handbook/branch/QL-B1/?month=2026-03"),
        ("minutes", f"/handbook/minutes/{held.pk}/"),
    ):
        check(look(path, width=width, cookies=client.cookies), name)


def clicked(page: "Page", *links: str) -> tuple[str, int]:
    """One link after the other, the last one a download: the name of the file and how many clicks it took."""
    *ways, last = links
    for link in ways:
        page.locator(f"a[href$='{link}']").first.click()
        page.wait_for_load_state("load")
    with page.expect_download() as taken:
        page.locator(f"a[href*='{last}']").first.click()
    return taken.value.suggested_filename, len(links)


WORD = "转炉甲班党小组-党小组会-2026-03-18.docx"


def test_from_the_meetings_page_the_minutes_are_in_word_within_three_clicks(
    house: Cast, client: Client, look: Look
) -> None:
    """At once, or by way of the minutes as a page of the 支部手册."""
    held = Gathering.objects.get(kind="group_meeting")
    house.login(client, "王书记")
    meeting, word = f"/meetings/{held.pk}/", f"/handbook/minutes/{held.pk}/word/"
    assert clicked(look(meeting, cookies=client.cookies), word) == (WORD, 1)
    assert clicked(look(meeting, cookies=client.cookies), f"/handbook/minutes/{held.pk}/", word)[1] <= 3


def test_from_the_inbox_the_minutes_are_in_word_within_three_clicks(house: Cast, client: Client, look: Look) -> None:
    """By what the inbox tells of the meeting, on the day it was held."""
    held = Gathering.objects.get(kind="group_meeting")
    Notice.objects.create(
        plant=house.plant, person=house.person["何组长"], kind="gathering", text="党小组会 03-18 15:00", at=NOW, from_at=NOW,
        key=f"gathering:{held.pk}:called",
    )  # fmt: skip
    house.login(client, "何组长")
    page = look("/inbox/", width=360, cookies=client.cookies)
    name, clicks = clicked(page, f"/meetings/{held.pk}/", f"/handbook/minutes/{held.pk}/word/")
    assert name == WORD and clicks <= 3
