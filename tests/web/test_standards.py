"""The pages of 五个一, of tiers and titles, and of the model office: what they say, to whom, at one price for any number of rows."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.config.plant import packs
from ronglu.store.models import StandardItem
from ronglu.work import standards
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.web.pages import check

pytestmark = pytest.mark.django_db
KINDS = packs().base.standards.kinds


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def entered(
    cast: Cast, kind: str = "venue", *, until_on: dt.date = dt.date(2026, 7, 1), body: str = "QL-B1"
) -> StandardItem:
    return standards.enter(
        body=cast.body[body], kind=KINDS[kind], evidence="三楼会议室", on=dt.date(2026, 1, 1), until_on=until_on,
        by=cast.account["王书记"], at=AT,
    )  # fmt: skip


def checked(cast: Cast, kind: str = "venue", **rest: Any) -> StandardItem:
    return standards.check(
        item=entered(cast, kind, **rest), holds=True, verdict="看过", by=cast.account["孙干事"], at=AT
    )


def text(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_branch_sees_its_five_with_validity_and_who_looked(cast: Cast, client: Client) -> None:
    checked(cast)
    entered(cast, "rules")
    page = text(cast.login(client, "王书记"), "standard", "QL-B1")
    assert page.count("2026-01-01 – 2026-06-30") == 2
    assert "孙干事 2026-03-10" in page
    for word in ("有效", "待检查", "没有登记"):
        assert word in page


def test_the_plant_sees_all_branches_and_a_branch_only_itself(cast: Cast, client: Client) -> None:
    checked(cast)
    assert "机关党支部" in text(cast.login(client, "孙干事"), "standards")
    mine = text(cast.login(client, "王书记"), "standards")
    assert ("转炉党支部" in mine, "精炼党支部" in mine) == (True, False)


def test_the_office_checks_what_the_branch_entered_by_a_form(cast: Cast, client: Client) -> None:
    item = entered(cast)
    address = reverse("standard_check", args=[item.pk, "check"])
    assert cast.login(client, "王书记").get(address).status_code == 403
    cast.login(client, "孙干事").post(address, {"holds": "yes", "verdict": ""})
    item.refresh_from_db()
    assert item.state == "valid"


def test_the_home_page_reminds_the_office_to_look_and_the_branch_to_renew(cast: Cast, client: Client) -> None:
    checked(cast, until_on=dt.date(2026, 3, 31))
    entered(cast, "rules")
    assert "1 样等支部以外的人检查" in text(cast.login(client, "孙干事"), "home")
    assert "1 样被退回或一个月内到期" in text(cast.login(client, "王书记"), "home")
    assert "一个月内到期" not in text(cast.login(client, "郑师傅"), "home")


@pytest.mark.parametrize("name", ["standards", "honours", "model_offices"])
def test_a_list_costs_the_same_with_more_rows(
    cast: Cast, client: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast.login(client, "孙干事")
    checked(cast)
    text(client, name)
    with CaptureQueriesContext(connection) as one:
        text(client, name)
    for kind in ("rules", "study"):
        checked(cast, kind)
    with CaptureQueriesContext(connection) as three:
        text(client, name)
    assert len(one) == len(three)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_fit_the_phone_and_the_desk(cast: Cast, client: Client, look: Any, width: int) -> None:
    checked(cast)
    entered(cast, "rules")
    cast.login(client, "孙干事")
    for name, args in (
        ("standards", []),
        ("standard", ["QL-B1"]),
        ("honours", []),
        ("model_offices", []),
        ("standard_new", ["QL-B1"]),
    ):
        page = look(reverse(name, args=args), width=width, cookies=client.cookies)
        check(page, f"{name}-{width}")
