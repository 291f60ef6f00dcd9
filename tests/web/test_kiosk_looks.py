"""The shift terminal in a real browser: large targets, a cut network, and nothing to read for who comes next."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from ronglu.store.models import Case
from ronglu.tasks.boards import build_plant
from tests.cast import PEOPLE, Cast, make_cast
from tests.facts.plant_month import AT as BUILT_AT
from tests.facts.plant_month import make_march
from tests.web.pages import Look, axe, complaints, no_overflow, shoot
from tests.web.terminals import HAZARD, HOME, PINS, known, moment, set_up
from tests.work.loops_cast import report, zone

__all__ = ["moment"]


@pytest.fixture
def house(transactional_db: None) -> Cast:
    return make_cast()


def sound(page: Any, name: str) -> None:
    """Large targets, nothing to scroll, and what every page must be."""
    shoot(page, name)
    inner = page.evaluate(
        "() => { const e = document.querySelector('main'); return [e.scrollHeight, e.clientHeight]; }"
    )
    tall = page.evaluate("() => [document.documentElement.scrollHeight, innerHeight]")
    small = page.evaluate("""() => [...document.querySelectorAll('a[href], button, select, textarea, input:not([type=hidden])')]
      .filter(e => e.checkVisibility() && (e.closest('label') || e).getBoundingClientRect().height < 63.5).map(e => e.outerHTML.slice(0, 80))""")
    assert tall[0] <= tall[1] and inner[0] <= inner[1], (name, tall, inner)
    assert (small, no_overflow(page), axe(page), complaints(page)) == ([], [], [], []), name


def enter(page: Any, name: str) -> None:
    """The keys on the screen, as with gloves."""
    page.focus("#staff_no")
    for figure in PEOPLE[name][0]:
        page.click(f"[data-key='{figure}']")
    page.focus("#pin")
    for figure in PINS[name]:
        page.click(f"[data-key='{figure}']")
    page.click("main button[type=submit]")


@pytest.mark.browser
def test_the_pages_fit_the_screen_and_the_glove(house: Cast, look: Look) -> None:
    client = set_up(house)
    place = zone(house)
    for number in range(8):
        report(
            house,
            "吴师傅",
            zone=place,
            given={"kind": "fire", "what": f"第 {number} 件：氧枪阀门密封面渗漏，巡检时闻到异味，需停氧处理"},
        )
    page = look(HOME, height=768, cookies=client.cookies)
    sound(page, "kiosk")
    page.click("text=报隐患 >> nth=0")
    page.wait_for_selector("#pin")
    sound(page, "kiosk-pin")
    enter(page, "李班长")
    page.wait_for_selector("form[data-sealed]")
    sound(page, "kiosk-form")
    page.locator(".kiosk-tile", has_text="电气").click()
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-sent]")
    sound(page, "kiosk-sent")
    page.goto(page.url.split("/kiosk/")[0] + reverse("kiosk_todo"))
    sound(page, "kiosk-todo")
    page.goto(page.url.split("/kiosk/")[0] + reverse("kiosk_raise", args=["idea"]))
    sound(page, "kiosk-idea")
    page.goto(page.url.split("/kiosk/")[0] + reverse("kiosk_zones"))
    sound(page, "kiosk-zones")


@pytest.mark.browser
def test_the_lines_figures_stand_on_the_first_page(house: Cast, look: Look, settings: Any, tmp_path: Path) -> None:
    """March of the converter line: 430 kg of coal to 10 t each shift, planned 42 kg/t (worked out in plant_month)."""
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03T09:00"
    line = house.unit["QL-R1"]
    make_march(plant=line.plant, line=line, by=house.account["周统计员"])
    build_plant(plant=line.plant, at=BUILT_AT)
    for number in range(8):
        report(house, "吴师傅", unit=line, given={"kind": "fire", "what": f"第 {number} 件：氧枪阀门密封面渗漏"})
    page = look(HOME, height=768, cookies=set_up(house).cookies)
    said = page.inner_text("main")
    assert "1 在轨吗 · 2026 年 3 月" in said and "930.00 t" in said and "43.00" in said
    assert "没办完 8 件" in said and "这里列出最急的" in said
    sound(page, "kiosk-march")


@pytest.mark.browser
def test_a_narrow_screen_holds_it_too(house: Cast, look: Look) -> None:
    client = set_up(house)
    page = look(HOME, width=360, cookies=client.cookies)
    assert (no_overflow(page), axe(page)) == ([], [])
    shoot(page, "kiosk")


def at_the_form(house: Cast, look: Look) -> Any:
    client = set_up(house)
    zone(house)
    known(client)
    page = look(HAZARD, height=768, cookies=client.cookies)
    page.locator(".kiosk-tile", has_text="电气").click()
    page.fill("textarea", "配电柜门没有关")
    return page


def left_behind(page: Any) -> str:
    """All that the next person could read: the screen and what is stored."""
    return str(
        page.evaluate(
            "() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
        )
    )


@pytest.mark.browser
def test_a_cut_network_keeps_the_report_and_stores_it_once(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.context.set_offline(True)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=网络断了。内容已密存在终端里")
    assert "配电柜" not in left_behind(page) and not Case.objects.exists()
    page.context.set_offline(False)
    page.wait_for_function("() => !Object.keys(localStorage).length", timeout=20000)
    case = Case.objects.get()
    assert (case.raised_by, case.data["what"]) == (house.person["李班长"], "配电柜门没有关")


@pytest.mark.browser
def test_hand_over_during_a_cut_leaves_nothing_to_read_and_loses_nothing(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.context.set_offline(True)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=网络断了。内容已密存在终端里")
    page.click("[data-hand-over] button")
    page.wait_for_selector("text=已交接。网络断了，正在重连")
    seen = left_behind(page)
    assert not [one for one in ("李班长", PEOPLE["李班长"][0], "配电柜", PINS["李班长"]) if one in seen]
    page.context.set_offline(False)
    page.wait_for_selector("[data-refresh]", timeout=20000)
    page.wait_for_function("() => !Object.keys(localStorage).length", timeout=20000)
    assert Case.objects.get().raised_by == house.person["李班长"]
    assert "李班长" not in left_behind(page)


@pytest.mark.browser
def test_what_was_half_typed_at_hand_over_is_there_for_the_same_pin_only(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.click("[data-hand-over] button")
    page.wait_for_selector("[data-refresh]")
    assert "配电柜" not in left_behind(page) and not Case.objects.exists()
    page.click("text=输工号和 PIN")
    enter(page, "何组长")
    page.wait_for_selector("[data-refresh]")
    assert page.locator("text=有一份没有报完的草稿").count() == 0
    page.click("[data-hand-over] button")
    page.click("a:has-text('输工号和 PIN')")
    enter(page, "李班长")
    page.click("text=有一份没有报完的草稿")
    assert page.locator("textarea").input_value() == "配电柜门没有关"
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-sent]")
    assert page.evaluate("() => Object.keys(localStorage)") == []
    assert Case.objects.count() == 1


@pytest.mark.browser
def test_left_alone_the_page_forgets_by_itself(house: Cast, look: Look) -> None:
    page = at_the_form(house, look)
    page.evaluate("() => { document.body.dataset.idle = 300; }")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-refresh]")
    assert not [one for one in ("李班长", "配电柜") if one in left_behind(page)]
