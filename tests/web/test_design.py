"""Every component in every state can be seen, touched and heard, at both widths and in both languages."""

import re

import pytest
from playwright.sync_api import Page

from tests.web.pages import WIDTHS, Look, check, complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HAN = re.compile(r"[\u3400-\u9fff]")


def unfold(page: Page) -> None:
    for summary in page.locator("details.twin > summary").all():
        summary.click()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_design_page_is_sound(look: Look, width: int) -> None:
    page = look("/design/", width=width)
    unfold(page)
    check(page, "design")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_english_switch_leaves_no_chinese_word_behind(look: Look, width: int) -> None:
    page = look("/design/", width=width)
    page.locator(".top details").last.click()
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    unfold(page)
    left = [line for line in page.locator("body").inner_text().splitlines() if HAN.search(line)]
    # names of files and cells are the plant's own words
    assert [line for line in left if "班报_" not in line and "煤耗!" not in line] == []
    check(page, "design-en")


def test_the_content_policy_lets_every_component_work(look: Look) -> None:
    page = look("/design/", strict=True)
    page.locator(".plot svg").hover()
    page.get_by_text("42 kg/t").first.wait_for()
    assert complaints(page) == []


def test_a_question_comes_before_the_deed_and_escape_takes_it_back(look: Look) -> None:
    page = look("/design/")
    page.get_by_role("button", name="锁定本月").click()
    assert page.get_by_text("锁定后改数要第二人复核并写明原因。").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_text("锁定后改数要第二人复核并写明原因。").is_visible()


def test_a_button_that_may_not_be_pressed_says_why(look: Look) -> None:
    page = look("/design/")
    button = page.get_by_role("button", name="关账")
    assert button.get_attribute("aria-disabled") == "true"
    assert page.locator("#" + (button.get_attribute("aria-describedby") or "?")).inner_text() == "还有 6 格未评，先补齐"
