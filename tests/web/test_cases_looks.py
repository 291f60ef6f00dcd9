"""The pages of loops in a browser, on a phone and on a desk: nothing sticks out, nothing is too small, axe is content."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from ronglu.store.models import Case
from ronglu.work import cases as verbs
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.web.pages import WIDTHS, Look, check
from tests.work.loops_cast import line, report, settle, step, zone
from tests.work.test_cases import DAY, close, five

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "2# 转炉烟罩冷却水套法兰渗水"


@pytest.fixture
def busy(cast: Cast, settings: Any) -> Case:
    """A hazard in its second round with two measures, three fresh ones and one that is closed."""
    settings.TODAY = "2026-03-12"
    at = AT - 8 * DAY
    case = report(cast, zone=zone(cast), at=at - DAY, given={"kind": "equipment", "what": TITLE}).case
    step(cast, case, "赵安全员", "grade", at=at, form="state", risk="orange", control="点检未含水套法兰")
    one = line(
        cast,
        case,
        "赵安全员",
        who="陈技术员",
        due_on=dt.date(2026, 3, 5),
        at=at,
        measure="更换石墨垫片，紧固力矩 180 N·m",
    )
    two = line(
        cast,
        case,
        "赵安全员",
        who="李班长",
        due_on=dt.date(2026, 3, 13),
        at=at,
        measure="回水管加装流量低报警，联锁停风",
    )
    step(cast, case, "马主任", "settle", fixer="陈技术员", funds="维修费 8600 元", fix_by="2026-03-13",
         fallback="停风转备用烟罩 YA-12", at=at + DAY / 8)  # fmt: skip
    settle(cast, one, "陈技术员", "done", at=at + 3 * DAY)
    settle(cast, two, "李班长", "done", at=at + 3 * DAY)
    step(cast, case, "陈技术员", "ask", at=at + 3 * DAY)
    settle(cast, one, "赵安全员", "pass", at=at + 4 * DAY)
    settle(cast, two, "赵安全员", "return", at=at + 4 * DAY, reason="报警值在停风值之后才响，等于没有。")
    step(cast, case, "赵安全员", "back", at=at + 4 * DAY, reason="措施 2 要重做")
    verbs.comment(case=case, text="备件库还有两块垫片", at=at + 5 * DAY, by=cast.account["李班长"])
    settle(cast, two, "李班长", "done", at=at + 6 * DAY)
    step(cast, case, "陈技术员", "ask", at=at + 6 * DAY)
    for n, what in enumerate(("油棉纱堆在配电箱旁", "安全通道被渣包占用", "行车吊钩防脱装置松动")):
        report(cast, "何组长", at=AT - n * DAY, given={"kind": "fire", "what": what})
    done = report(cast, "何组长", at=AT - 20 * DAY, given={"kind": "other", "what": "扶手焊口开裂"}).case
    close(cast, done, five(cast, done))
    return case


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_loop_are_sound(cast: Cast, busy: Case, look: Look, client: Client, width: int) -> None:
    cast.login(client, "赵安全员")
    pages = {
        "cases": "/cases/", "cases-list": "/cases/hazard/?overdue=1", "cases-board": "/cases/hazard/board/",
        "cases-ledger": "/cases/hazard/ledger/?phase=all", "case": f"/cases/{busy.pk}/", "case-paper": f"/cases/{busy.pk}/paper/",
    }  # fmt: skip
    for name, path in pages.items():
        check(look(path, width=width, cookies=client.cookies), name)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_step_and_the_question_about_similar_ones_are_sound(
    cast: Cast, busy: Case, look: Look, client: Client, width: int
) -> None:
    cast.login(client, "马主任")
    fresh = Case.objects.get(title="油棉纱堆在配电箱旁")
    page = look(f"/cases/{fresh.pk}/", width=width, cookies=client.cookies)
    page.locator("summary", has_text="定为重大隐患").click()
    page.get_by_role("button", name="定为重大隐患").click()
    page.get_by_text("这个字段是必填项").first.wait_for()
    page._complaints = []  # type: ignore[attr-defined]  # the browser minds a 422
    check(page, "case-refused")
    page = look("/cases/hazard/new/", width=width, cookies=client.cookies)
    page.get_by_label("哪一类").select_option("equipment")
    page.get_by_label("看到什么").fill("烟罩水套法兰又渗水")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("已经有相近的").wait_for()
    check(page, "case-new")


def test_a_name_appears_under_the_number_that_is_typed(cast: Cast, busy: Case, look: Look, client: Client) -> None:
    cast.login(client, "赵安全员")
    page = look(f"/cases/{busy.pk}/", cookies=client.cookies, strict=True)
    page.locator("summary", has_text="加一条").click()
    page.get_by_label("谁来办").press_sequentially("20106")
    page.locator(".whom", has_text="陈技术员 20106").wait_for()
    assert page.locator("datalist option").get_attribute("value") == "20106"
