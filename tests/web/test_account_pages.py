"""How the log-in, the administrators' pages, search, feedback and the API's description look: on a phone and on a desk."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Deputy, Feedback
from ronglu.work import audits, tokens
from tests.cast import AT, ON, Cast, make_cast
from tests.web.pages import WIDTHS, Look, check

pytestmark = pytest.mark.browser

PAGES = [
    ("系统管理员", "accounts", {}),
    ("安全管理员", "permissions", {}),
    ("审计员", "audit", {}),
    ("周统计员", "tokens", {}),
    ("李班长", "deputies", {}),
    ("王书记", "search", {"q": "zl"}),
    ("王书记", "search", {"q": "没有的"}),
    ("冯主席", "feedback", {}),
    ("吴师傅", "feedback", {}),
    ("周统计员", "api_docs", {}),
    ("李班长", "password", {}),
    ("李班长", "pin", {}),
    ("系统管理员", "terminal_new", {}),
]


@pytest.fixture
def house(transactional_db: None, settings: "object") -> Cast:
    settings.TODAY = "2026-03-10"  # type: ignore[attr-defined]
    cast = make_cast()
    Feedback.objects.create(
        plant=cast.plant, text="更衣室的灯坏了三周", written_on=ON, answer="已报修，周五换好", answered_on=ON
    )
    Feedback.objects.create(plant=cast.plant, text="希望班表早贴", written_on=ON, account=cast.account["吴师傅"])
    audits.record(verb="accounts.reset", by=cast.account["系统管理员"], at=AT, subject="20101", plant=cast.plant)
    zhou = cast.account["周统计员"]
    tokens.issue(account=zhou, name="化验室仪器", scopes=["readings:read"], days=30, by=zhou, at=AT)
    Deputy.objects.create(
        absent=cast.person["李班长"], deputy=cast.person["何组长"], from_on=ON, until_on=ON.replace(day=16),
        named_by=cast.account["李班长"],
    )  # fmt: skip
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    for number, (name, page, query) in enumerate(PAGES):
        client = house.login(Client(), name)
        path = reverse(page) + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")
        check(look(path, width=width, cookies=client.cookies), f"{page}-{number}")
    assert Session.objects.exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_log_in_is_sound(house: Cast, look: Look, width: int) -> None:
    page = look(reverse("login"), width=width)
    page.fill("#id_username", "20417")
    page.fill("#id_password", "wrong")
    page.click("button.main")
    assert "再错 4 次将锁 15 分钟" in page.inner_text("#refusal")
    page._complaints = []  # type: ignore[attr-defined]  # the browser notes the 401 itself
    check(page, "login")


def test_what_one_types_drops_down_and_goes_with_the_focus(house: Cast, look: Look) -> None:
    page = look(reverse("feedback"), cookies=house.login(Client(), "王书记").cookies)
    page.locator("#find").press_sequentially("lbz")
    page.wait_for_selector("#found a, #found span")
    assert "李班长" in page.inner_text("#found")
    check(page, "drop")
    page.focus("#main")
    assert not page.is_visible("#found")
