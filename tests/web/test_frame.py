"""The frame around the pages: menu, phone bar, login, errors."""

from typing import Any

import pytest
from django.test import RequestFactory

from ronglu.web import menu
from tests.web.pages import WIDTHS, Look, check, shoot

browser = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def made_up_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.frame_urls"


def test_the_menu_shows_only_pages_that_exist_and_feedback_comes_last() -> None:
    labels = [e.label for e in menu.shown(RequestFactory().get("/"))]
    assert labels == ["首页", "待办", "看板", "双百考核", "组织", "数据导入", "规则与参数", "意见与投诉"]


def test_a_heading_stands_once_above_the_first_entry_of_its_part() -> None:
    heads = [(e.head, e.label) for e in menu.shown(RequestFactory().get("/")) if e.head]
    assert heads == [("生产", "看板"), ("考核", "双百考核"), ("组织与数据", "组织"), ("管理", "规则与参数")]


def test_the_menu_marks_the_page_one_is_on_and_its_children() -> None:
    def current(path: str) -> list[str]:
        return [e.label for e in menu.shown(RequestFactory().get(path)) if e.current]

    assert current("/") == ["首页"]
    assert current("/board/line/7/") == ["看板"]
    assert current("/claim/") == []
    assert current("/nowhere/") == []


def test_an_entry_for_one_role_is_hidden_from_the_others() -> None:
    office = menu.Entry("规则", "admin", "settings", roles=frozenset({"office"}))
    parts = (menu.Part("", (menu.Entry("首页", "home", "home"),)), menu.Part("管理", (office,)))

    def labels(*roles: str) -> list[str]:
        return [e.label for e in menu.shown(RequestFactory().get("/"), roles=frozenset(roles), parts=parts)]

    assert labels() == ["首页"]
    assert labels("worker") == ["首页"]
    assert labels("worker", "office") == ["首页", "规则"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/login/", "login"),
        ("/login/?refusal=工号或口令不对。再错 3 次将锁 15 分钟。", "login-refused"),
        ("/password/", "password"),
    ],
)
class TestDoors:
    pytestmark = browser

    def test_the_door_is_sound(self, look: Look, path: str, name: str, width: int) -> None:
        check(look(path, width=width), name)


@pytest.mark.parametrize("width", WIDTHS)
class TestFrame:
    pytestmark = browser

    def test_the_whole_frame_is_sound(self, look: Look, width: int) -> None:
        page = look("/board/", width=width)
        check(page, "frame")
        assert page.locator(".side").is_visible() == (width > 767)
        assert page.locator(".tabs").is_visible() == (width < 768)

    @pytest.mark.parametrize(
        ("path", "status", "says"), [("/nowhere/", 404, "没有这一页"), ("/broken/", 500, "系统出错了")]
    )
    def test_an_error_says_what_to_do_next(self, look: Look, width: int, path: str, status: int, says: str) -> None:
        page = look(path, width=width, status=status)
        assert page.locator("h1").inner_text() == says
        assert page.get_by_role("link", name="回首页").is_visible()
        shoot(page, f"error-{status}")


class TestMenus:
    pytestmark = browser

    def test_the_account_menu_opens_and_escape_closes_it(self, look: Look) -> None:
        page = look("/board/")
        page.locator(".top summary").last.click()
        shoot(page, "account-menu")
        assert page.get_by_role("button", name="English").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("button", name="English").is_visible()

    def test_the_thumb_reaches_every_page_on_a_phone(self, look: Look) -> None:
        page = look("/board/", width=360, height=800)
        bar = page.get_by_role("navigation", name="手机菜单")
        assert bar.get_by_role("link").all_inner_texts() == ["首页", "待办", "看板", "双百考核"]
        bar.locator("summary").click()
        assert bar.get_by_role("link").all_inner_texts()[4:] == ["组织", "数据导入", "规则与参数", "意见与投诉"]
        check(page, "more")

    def test_paper_has_no_frame(self, look: Look) -> None:
        page = look("/board/")
        page.emulate_media(media="print")
        shoot(page, "print")
        assert not any(page.locator(part).first.is_visible() for part in (".top", ".side", ".tabs", ".btn", ".query"))
        assert page.locator("h1").is_visible()
