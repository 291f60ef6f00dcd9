"""What a phone fetches for the inbox from the real server: the first time with all its files, and later."""

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_serve import ASSETS, Served, served  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = [
    pytest.mark.skipif(not ASSETS.exists(), reason="没有网页资源：先运行 make setup · no browser assets"),
    pytest.mark.xdist_group("house"),
    pytest.mark.browser,
]
PHONE = {"width": 360, "height": 740}
HTML, FIRST, LATER = 60_000, 250_000, 60_000


def login(browser: "Browser", served: Served) -> list[Any]:
    """The cookies of somebody of the demo, got in another browser so that nothing is kept from it."""
    said = served.wait("口令")
    number, password = re.search(r"(\d{5})\s+班长", said), re.search(r"口令：(\S+)", said)
    assert number and password, said
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address("/login/"))
    page.fill("input[name=username]", number[1])
    page.fill("input[name=password]", password[1])
    page.click("button[type=submit]:not([name])")
    page.wait_for_url(served.address("/"))
    cookies = context.cookies()
    context.close()
    return list(cookies)


def fetched(context: "BrowserContext", address: str) -> tuple[int, int]:
    """Bytes over the wire with headers, and of the page's own text, until nothing more is asked for."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None and answer.status == 200
    return sum(sizes), len(answer.body())


def test_the_inbox_is_light_on_a_phone(served: Served, chromium: "Browser") -> None:
    cookies = login(chromium, served)
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")
    context.add_cookies(cookies)
    first, html = fetched(context, served.address("/inbox/"))
    later, _ = fetched(context, served.address("/inbox/"))
    context.close()
    assert html <= HTML, html
    assert first <= FIRST, first
    assert later <= LATER, later
