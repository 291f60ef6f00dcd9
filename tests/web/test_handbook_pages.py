"""How the pages of the 支部手册 look, on a phone and on a desk; and how far it is from a meeting to its Word file."""

import pytest
from django.test import Client

from ronglu.store.models import Gathering
from tests.cast import Cast, make_cast
from tests.web.branch_month import calendar, lived
from tests.web.pages import WIDTHS, Look, check

pytestmark = pytest.mark.browser


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


def test_from_the_meetings_page_the_minutes_are_in_word_within_three_clicks(
    house: Cast, client: Client, look: Look
) -> None:
    """One on the meeting that is over, one on the page of the 支部手册."""
    held = Gathering.objects.get(kind="group_meeting")
    house.login(client, "王书记")
    page, clicks = look(f"/meetings/{held.pk}/", cookies=client.cookies), 0
    if page.locator(f'a[href*="/handbook/minutes/{held.pk}/word/"]').count() == 0:
        page.locator(f'a[href*="/handbook/minutes/{held.pk}/"]').first.click()
        clicks += 1
    with page.expect_download() as taken:
        page.locator(f'a[href*="/handbook/minutes/{held.pk}/word/"]').first.click()
        clicks += 1
    assert taken.value.suggested_filename == "转炉甲班党小组-党小组会-2026-03-18.docx"
    assert clicks <= 3
