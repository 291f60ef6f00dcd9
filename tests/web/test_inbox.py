"""The inbox: each finds what waits for him, with its deadline in words; several at once are each checked by themselves."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import Case, CaseStep
from tests.cast import AT, Cast, cast
from tests.web.pages import WIDTHS, Look, check
from tests.work.loops_cast import line, report, settle, step, zone

__all__ = ["cast"]
DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 3, 13)
NOTHING = "没有要您办的事项"


@pytest.fixture(autouse=True)
def clock(settings: Any) -> None:
    settings.TODAY = "2026-03-10T09:00:00"


def inbox(cast: Cast, client: Client, name: str, query: str = "") -> str:
    response = cast.login(client, name).get(f"/inbox/{query}")
    assert response.status_code == 200, name
    return response.content.decode()


def checking(cast: Cast, what: str) -> Case:
    """A hazard in the last but one state: all done, to be verified by the safety officer or the workshop head."""
    case = report(cast, given={"kind": "equipment", "what": what}).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    five = {"funds": "不需要，自有备件", "fix_by": "2026-03-13", "fallback": "不需要，不停产"}
    step(cast, case, "马主任", "settle", fixer="陈技术员", **five)
    settle(cast, row, "陈技术员", "done")
    step(cast, case, "陈技术员", "ask")
    settle(cast, row, "赵安全员", "pass")
    case.refresh_from_db()
    return case


def test_a_hazard_waits_for_the_owner_of_its_zone_and_for_nobody_else(cast: Cast, client: Client) -> None:
    report(cast, zone=zone(cast))
    page = inbox(cast, client, "李班长")
    assert "法兰渗水" in page and "还有 1 天" in page and "YH-2026-0001" in page
    for name in ("何组长", "郑师傅", "赵安全员", "邻厂书记", "外人"):
        if name != "外人":
            assert "法兰渗水" not in inbox(cast, client, name), name
    assert cast.login(client, "外人").get("/inbox/").status_code == 404


def test_who_reported_sees_who_has_it(cast: Cast, client: Client) -> None:
    report(cast, zone=zone(cast))
    page = inbox(cast, client, "吴师傅")
    assert NOTHING in page
    others = client.get("/inbox/others/").content.decode()
    assert "我提的，等别人办" in others and "法兰渗水" in others and "李班长" in others


def test_a_role_finds_it_open_to_it_where_it_acts(cast: Cast, client: Client) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    assert "法兰渗水" in inbox(cast, client, "马主任")
    for name in ("邻厂书记", "陈技术员", "王书记"):
        assert "法兰渗水" not in inbox(cast, client, name)


def test_deadlines_are_told_in_words(cast: Cast, client: Client, settings: Any) -> None:
    report(cast)
    for now, words in (
        ("2026-03-11T09:00:00", "今天到期"),
        ("2026-03-13T09:00:00", "已迟 2 天"),
        ("2026-03-10T10:00:00", "还有 1 天"),
    ):
        settings.TODAY = now
        assert words in inbox(cast, client, "赵安全员")


def test_a_measure_waits_for_who_is_to_do_it_until_it_is_done(cast: Cast, client: Client) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="李班长", due_on=FRIDAY, measure="更换石墨垫片")
    assert "更换石墨垫片" in inbox(cast, client, "李班长")
    step(cast, case, "马主任", "settle", fixer="李班长", funds="不需要", fix_by="2026-03-13", fallback="不需要")
    settle(cast, row, "李班长", "done")
    assert "更换石墨垫片" not in inbox(cast, client, "李班长")


def test_what_is_confidential_is_not_shown_to_a_role_the_loop_does_not_trust(cast: Cast, client: Client) -> None:
    case = report(cast).case
    Case.objects.filter(pk=case.pk).update(secrecy="confidential")
    assert "法兰渗水" not in inbox(cast, client, "赵安全员")


def test_the_badge_counts_cases_and_lines_and_stops_at_99(cast: Cast, client: Client) -> None:
    first = report(cast).case
    assert '<span class="count">1</span>' in inbox(cast, client, "赵安全员")
    Case.objects.bulk_create(
        Case(
            plant=cast.plant, loop="hazard", version=1, number=f"X-{n}", title="满", state="found", phase="open",
            unit=cast.unit["QL-R1-甲"], turn="safety_officer", raised_at=AT, entered_at=AT, due_at=first.due_at,
        )
        for n in range(120)
    )  # fmt: skip
    page = inbox(cast, client, "赵安全员")
    assert '<span class="count">99+</span>' in page
    assert page.count('<li><a href="/cases/') == 40


def test_one_kind_alone_can_be_looked_at(cast: Cast, client: Client) -> None:
    report(cast)
    assert "法兰渗水" in inbox(cast, client, "赵安全员", "?loop=hazard")
    assert "法兰渗水" in inbox(cast, client, "赵安全员", "?loop=no-such-loop")


def test_several_are_closed_at_once_and_each_is_checked_by_itself(cast: Cast, client: Client) -> None:
    good, moved, unpassed = checking(cast, "甲处渗水"), checking(cast, "乙处渗水"), checking(cast, "丙处渗水")
    unpassed.rows.update(state="done")  # type: ignore[attr-defined]
    page = inbox(cast, client, "赵安全员")
    assert "/inbox/bulk/hazard/checking/" in page
    picks = [f"{case.pk}:{case.seen}" for case in (good, moved, unpassed)]
    Case.objects.filter(pk=moved.pk).update(seen=moved.seen + 1)
    answer = client.post("/inbox/bulk/hazard/checking/", {"case": picks, "move": "close"})
    said = answer.content.decode()
    assert "办成 1 件" in said and "2 件没有动" in said
    assert "刚刚被别人办过" in said and "措施第 1 条还没有验收" in said
    states = {case.pk: case.state for case in Case.objects.all()}
    assert states == {good.pk: "closed", moved.pk: "checking", unpassed.pk: "checking"}


def test_nobody_moves_in_bulk_what_is_not_his(cast: Cast, client: Client) -> None:
    case = checking(cast, "甲处渗水")
    steps = CaseStep.objects.count()
    picks = {
        "case": [f"{case.pk}:{case.seen}", "999999:1", "x:y", "²:1", f"{case.pk}:²", f"{'9' * 30}:1"],
        "move": "close",
    }
    assert "没有这一件" in cast.login(client, "邻厂书记").post("/inbox/bulk/hazard/checking/", picks).content.decode()
    cast.login(client, "吴师傅")
    assert client.post("/inbox/bulk/hazard/checking/", picks).status_code == 404
    assert client.post("/inbox/bulk/hazard/checking/", picks | {"move": "settle"}).status_code == 404
    cast.login(client, "赵安全员")
    assert client.post("/inbox/bulk/hazard/checking/", {"move": "close"}).status_code == 422
    assert CaseStep.objects.count() == steps


def test_the_inbox_costs_the_same_for_one_and_for_three(cast: Cast, client: Client) -> None:
    place = zone(cast)

    def cost(name: str) -> int:
        inbox(cast, client, name)
        with CaptureQueriesContext(connection) as asked:
            client.get("/inbox/")
        return len(asked)

    report(cast, zone=place)
    report(cast)
    before = {name: cost(name) for name in ("李班长", "赵安全员", "吴师傅", "马主任")}
    for _ in range(2):
        report(cast, zone=place, given={"kind": "other", "what": "又一处"})
        report(cast)
    assert {name: cost(name) for name in before} == before
    assert max(before.values()) <= 15, before


def test_other_work_is_asked_for_once_the_page_stands(cast: Cast, client: Client) -> None:
    assert 'hx-get="/inbox/others/"' in inbox(cast, client, "孙干事")
    assert cast.login(client, "孙干事").get("/inbox/others/").status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_hold_on_phone_and_desk(cast: Cast, client: Client, look: Look, width: int) -> None:
    place = zone(cast)
    report(cast, zone=place, at=AT - 4 * DAY)
    report(cast, zone=place, given={"kind": "other", "what": "格栅板松动，人踩上去会晃，旁边没有围栏"})
    checking(cast, "甲处渗水")
    checking(cast, "乙处渗水")
    for name, path in (("李班长", "/inbox/"), ("赵安全员", "/inbox/"), ("赵安全员", "/inbox/bulk/hazard/checking/")):
        cast.login(client, name)
        check(look(path, width=width, cookies=client.cookies), f"inbox{path.count('/')}-{name}")


def test_home_begins_with_the_most_pressing_three(cast: Cast, client: Client) -> None:
    for n in range(4):
        report(cast, given={"kind": "other", "what": f"第 {n} 处松动"}, at=AT - n * DAY)
    page = cast.login(client, "赵安全员").get("/").content.decode()
    assert [f"第 {n} 处松动" in page for n in range(4)] == [False, True, True, True]
    assert "现在没有要您办的" not in page
    assert "最急的" not in cast.login(client, "邻厂书记").get("/").content.decode()
