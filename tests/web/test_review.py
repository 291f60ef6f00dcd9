"""The cycle in the browser: the year at a glance, a period's card, its advice as actions, the calendar and its file."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from ronglu.store.models import Case, Plant, Review
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check
from tests.web.scored import scored
from tests.work.reviewed import APRIL_1, begun, card, go, line, tended

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.TODAY = "2026-04-10"


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def advised(cast: Cast) -> Case:
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast, "quarterly", period="2026-Q1")
    line(cast, case, "高书记", "advice", who="王书记", advice="隐患整改每周过一遍")
    return go(cast, case, "高书记", "send", bright="回收率创新高", lacking="隐患整改拖期", focus="煤耗")


@pytest.mark.covers("S3-21")
def test_the_year_shows_each_branch_where_it_stands_and_who_is_late(cast: Cast, client: Client) -> None:
    """On 10 April the self-check (due the 7th) of two branches is late; the first handed it in."""
    scored(cast)
    begun(cast)
    tended(cast, APRIL_1)
    go(cast, card(cast), "王书记", "submit")
    page = client_of(cast, client, "孙干事").get("/review/")
    view = page.context["view"]
    assert [(row.name, row.late) for row in view.lines] == [
        ("转炉党支部", 0), ("精炼党支部", 1), ("机关党支部", 1),
    ]  # fmt: skip
    [month] = [one for one in view.progress if str(one.period) == "2026-03"]
    assert (month.total, month.over, month.late, dict(month.states)) == (3, 0, 2, {"self_check": 2, "auditing": 1})
    text = page.content.decode()
    assert "2 件已迟" in text and "审核 1" in text
    # a branch reads its own line alone
    own = client_of(cast, client, "王书记").get("/review/").context["view"]
    assert [row.name for row in own.lines] == ["转炉党支部"]


def client_of(cast: Cast, client: Client, name: str) -> Client:
    return cast.login(client, name)


def test_three_branches_cost_no_more_queries_than_one(cast: Cast, client: Client) -> None:
    scored(cast)
    begun(cast)
    tended(cast, APRIL_1)
    cast.login(client, "孙干事")
    client.get("/review/")
    with CaptureQueriesContext(
        connection,
    ) as three:
        client.get("/review/")
    Review.objects.exclude(body=cast.body["QL-B1"]).delete()
    cast.body["QL-B2"].states.update(until_on=dt.date(2025, 6, 1))
    cast.body["QL-B3"].states.update(until_on=dt.date(2025, 6, 1))
    with CaptureQueriesContext(connection) as one:
        client.get("/review/")
    assert len(three) == len(one)


def test_the_office_begins_and_stops_it_and_says_why(cast: Cast, client: Client) -> None:
    scored(cast)
    assert "本厂还没有启用考核周期" in said(cast.login(client, "孙干事"), "/review/")
    client.post("/review/begin/", {"month": "2026-03"})
    assert Plant.objects.get(pk=cast.plant.pk).settings["review"] == "2026-03"
    assert "从2026 年 3 月起" in said(client, "/review/")
    client.post("/review/stop/", {"reason": " "})
    assert Plant.objects.get(pk=cast.plant.pk).settings["review"] == "2026-03"
    client.post("/review/stop/", {"reason": "试用结束"})
    assert Plant.objects.get(pk=cast.plant.pk).settings["review"] == "off"
    assert "/review/begin/" not in said(cast.login(client, "王书记"), "/review/")


@pytest.mark.covers("S1-46", "S1-13")
def test_the_branch_turns_an_advice_into_an_action_from_the_card(cast: Cast, client: Client) -> None:
    case = advised(cast)
    text = said(cast.login(client, "王书记"), f"/review/{case.pk}/")
    assert "回收率创新高" in text and "转成行动项" in text
    answer = client.post(f"/review/{case.pk}/advice/1/", {"1-what": "每周五过一遍", "1-finish_by": "2026-05-29"})
    made = Case.objects.get(loop="action")
    assert answer["Location"] == f"/cases/{made.pk}/" or str(made.pk) in answer["Location"]
    text = said(client, f"/review/{case.pk}/")
    assert made.number in text and f"/review/{case.pk}/advice/1/" not in text
    # whoever is not asked reads it without a form
    assert "/advice/1/" not in said(cast.login(client, "高书记"), f"/review/{case.pk}/")


def test_the_case_page_says_that_the_system_raised_it(cast: Cast, client: Client) -> None:
    begun(cast)
    tended(cast, APRIL_1)
    text = said(cast.login(client, "王书记"), f"/cases/{card(cast).pk}/")
    assert "台账导入" not in text and "匿名" not in text and "系统" in text


@pytest.mark.covers("S3-21")
def test_the_calendar_tells_the_days_and_leaves_with_them(cast: Cast, client: Client) -> None:
    """Fifth working day after 31 March 2026 (a Tuesday): Wednesday 1 is the first, Tuesday 7 the fifth."""
    scored(cast)
    text = said(cast.login(client, "王书记"), "/review/calendar/?year=2026")
    assert "2026-04-07" in text and "系统默认，可修改" in text
    answer = client.get("/review/calendar.ics?year=2026")
    assert answer["Content-Type"].startswith("text/calendar")
    book = Calendar.from_ical(answer.content)
    days = {str(one["summary"]): one["dtstart"].dt for one in book.walk("VEVENT")}
    assert days["2026-03 支部自查截止"] == dt.date(2026, 4, 7)
    # 12 months of six stages, 4 quarters of three, the year of six
    assert len(book.walk("VEVENT")) == 12 * 6 + 4 * 3 + 6
    uids = [str(one["uid"]) for one in book.walk("VEVENT")]
    assert len(set(uids)) == len(uids)
    assert all(re.fullmatch(r"qinglan-\S+@ronglu", one) for one in uids)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit_the_phone_and_the_desk(cast: Cast, client: Client, look: Any, width: int) -> None:
    scored(cast)
    case = advised(cast)
    cast.login(client, "王书记")
    check(look(f"/review/{case.pk}/", width=width, cookies=client.cookies), f"review-case-{width}")
    cast.login(client, "孙干事")
    check(look("/review/", width=width, cookies=client.cookies), f"review-{width}")
    check(look("/review/calendar/", width=width, cookies=client.cookies), f"review-calendar-{width}")
