"""How a page is looked at: a real browser on the live server, axe, edges and fingers.

A test asks for `look` and says `page = look("/board/", width=360, cookies=client.cookies)`. A page that `check` found sound
is given back: the next look of the same kind, in that test or a later one, takes its window, emptied of whatever was left there.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTHS = (360, 1366)
KEPT = 6  # windows that wait in one worker
TOUCHED = "a[href], button, select, summary, textarea, input:not([type=hidden]), [role=button]"
SMALL = """selector => [...document.querySelectorAll(selector)].filter(e => {
  const label = e.closest('label'), box = (e.matches('[type=checkbox], [type=radio], .pick *') && label || e).getBoundingClientRect();
  const inline = getComputedStyle(e).display === 'inline' && !e.matches('input, select');
  return e.checkVisibility() && !inline && !e.closest('.skip, svg') && box.width > 0 && (box.height < 43.5 || box.width < 43.5);
}).map(e => `${e.tagName} ${e.className} “${e.textContent.trim().slice(0, 20)}” ${Math.round(e.getBoundingClientRect().width)}×${Math.round(e.getBoundingClientRect().height)}`)"""
UNSEEN = """() => axe.run(document, {resultTypes: ['incomplete'], runOnly: ['color-contrast']}).then(all => all.incomplete.flatMap(
  one => one.nodes).filter(node => node.any.some(check => check.data && check.data.messageKey === 'equalRatio')).map(node => node.html))"""
WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return ['page ' + document.documentElement.scrollWidth + ' > ' + edge,
    ...[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > edge + 1 && !e.closest('.table-box, .scroll, .grid-box, .skip'))
      .slice(0, 8).map(e => `${e.tagName}.${e.className.baseVal ?? e.className}`)];
}"""

Look = Callable[..., "Page"]


@dataclass(frozen=True)
class Kind:
    """What cannot be changed once a window is open."""

    width: int
    height: int
    strict: bool
    locale: str


@pytest.fixture(scope="session")
def windows(chromium: "Browser") -> "Iterator[dict[Page, Kind]]":
    """Emptied ones that wait for the next test: a new window costs a second and a process each time."""
    kept: dict[Page, Kind] = {}
    yield kept
    for page in kept:
        page.context.close()


@pytest.fixture
def look(chromium: "Browser", live_server: Any, windows: "dict[Page, Kind]") -> Iterator[Look]:
    """`look(path, width=1366, cookies=client.cookies, strict=False)` opens a page; strict keeps the content policy, without axe."""
    opened: dict[Page, Kind] = {}

    def window(kind: Kind) -> "Page":
        if page := next((page for page, other in opened.items() if other == kind and given_back(page)), None):
            empty(page, live_server.url)
        elif page := next((page for page, other in windows.items() if other == kind), None):
            del windows[page]
        else:
            page = opened_anew(chromium, kind)
        opened[page] = kind
        return page

    def visit(
        path: str,
        *,
        width: int = 1366,
        height: int = 900,
        cookies: Any = None,
        strict: bool = False,
        locale: str = "zh-CN",
        status: int = 200,
    ) -> "Page":
        page = window(Kind(width, height, strict, locale))
        if cookies:
            page.context.add_cookies(
                [{"name": c.key, "value": c.value, "url": live_server.url} for c in cookies.values()]
            )
        answer = page.goto(live_server.url + path, wait_until="load")
        assert answer and answer.status == status, f"{path}: {answer and answer.status}"
        return page

    yield visit
    for page, kind in opened.items():
        if given_back(page) and page.context.pages == [page] and len(windows) < KEPT:
            empty(page, live_server.url)
            windows[page] = kind
        else:
            page.context.close()


def opened_anew(chromium: "Browser", kind: Kind) -> "Page":
    """A window that knows nothing of any other."""
    context = chromium.new_context(
        viewport={"width": kind.width, "height": kind.height},
        bypass_csp=not kind.strict,
        locale=kind.locale,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.on("console", lambda m: complaints(page).append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints(page).append(str(e)))
    return page


def given_back(page: "Page") -> bool:
    """Whether the test is done with it."""
    return getattr(page, "_given_back", False)


def empty(page: "Page", origin: str) -> None:
    """Nobody is logged in, nothing is kept and nothing is set up otherwise, as in a new window."""
    page.unroute_all()
    page.context.set_offline(False)
    page.emulate_media(media="null", reduced_motion="reduce")
    page.evaluate("() => sessionStorage.clear()")
    page.goto("about:blank")
    wire = page.context.new_cdp_session(page)
    wire.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    wire.detach()
    page.context.clear_cookies()
    page._given_back, page._complaints = False, []  # type: ignore[attr-defined]


def complaints(page: "Page") -> list[str]:
    """What the browser itself objected to: broken scripts, missing files, refused content."""
    if not hasattr(page, "_complaints"):
        page._complaints = []  # type: ignore[attr-defined]
    return page._complaints  # type: ignore[attr-defined, no-any-return]


def axe(page: "Page") -> list[str]:
    """axe-core's violations, one line each; empty is right. Fetched ahead (`preload`) are only sound and film, of which no page
    has any, and style sheets for a rule that is off by default: without it a look costs a fifth less."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_source())
    found = page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations'], preload: false}).then(all => all.violations)"
    )
    return [
        f"{v['id']}: {n['html'][:160]} ({n['failureSummary'].splitlines()[-1].strip()})"
        for v in found
        for n in v["nodes"]
    ]


def unseen(page: "Page") -> list[str]:
    """Words in the very colour of their ground: to axe no violation, only a thing it cannot tell. After `axe`."""
    return page.evaluate(UNSEEN)  # type: ignore[no-any-return]


def no_overflow(page: "Page") -> list[str]:
    """What sticks out of the page to the right; boxes that scroll by themselves may hold wider things."""
    return page.evaluate(WIDE)  # type: ignore[no-any-return]


def small_targets(page: "Page") -> list[str]:
    """What a finger would miss: below 44 × 44 px. Links inside a sentence and charts are excepted (WCAG 2.5.8)."""
    return page.evaluate(SMALL, TOUCHED)  # type: ignore[no-any-return]


def shoot(page: "Page", name: str) -> None:
    """A full-page picture into $RONGLU_SHOTS, where set. A page on its way is waited for in any case.

    A click ends with the first byte of the next page, which has not even an <html> yet.
    """
    page.wait_for_load_state()
    if folder := os.environ.get("RONGLU_SHOTS"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.evaluate("() => scrollTo(0, 0)")
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def check(page: "Page", name: str) -> None:
    """All of it at once: the picture, axe, the edge, fingers on a phone, and no complaint of the browser.

    With that the page is given back, unless the test goes on with it and looks at no other.
    """
    shoot(page, name)
    phone = bool(page.viewport_size and page.viewport_size["width"] < 768)
    assert no_overflow(page) == []
    assert axe(page) == []
    assert (small_targets(page) if phone else []) == []
    assert complaints(page) == []
    page._given_back = True  # type: ignore[attr-defined]


@cache
def _axe_source() -> str:
    for place in ("node_modules/axe-core/axe.min.js", "src/ronglu/web/static/vendor/axe.min.js"):
        if (ROOT / place).exists():
            return (ROOT / place).read_text("utf-8")
    pytest.skip("没有 axe-core：先运行 make test · axe-core was not fetched, run `make test`")
