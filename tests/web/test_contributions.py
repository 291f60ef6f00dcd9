"""贡献台账 in the browser: claimed with what was registered before, confirmed, settled side by side."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import Contribution
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check
from tests.work.contributed import STATEMENT, better, claim, confirmed, indicator, measure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(settings: Any) -> None:
    settings.TODAY = "2026-04-07"


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_better_figure_without_a_measure_stands_with_nothing_beside_it(cast: Cast, client: Client) -> None:
    better(cast)
    assert "没有事先登记的举措，党组织贡献计 0" in said(cast.login(client, "吴师傅"), "/contributions/?month=2026-03")


def test_from_the_claim_to_the_credit(cast: Cast, client: Client) -> None:
    better(cast)
    case = measure(cast)
    address = f"/contributions/new/{cast.unit['QL-R1'].pk}/{indicator(cast).code}/2026-03/"
    form = said(cast.login(client, "王书记"), address)
    assert f"{case.number} 换枪位清渣 · 2026-02-10" in form
    values = {
        "body": cast.body["QL-B1"].pk, "measure": case.pk, "asked": 60, "did": "meeting", "paper": "2026-02-03 党员大会",
        "statement": STATEMENT,
    }  # fmt: skip
    assert client.post(address, values).status_code == 302
    one = Contribution.objects.get()
    show = f"/contributions/{one.pk}/"
    assert "待产线确认" in said(client, show)
    cast.login(client, "马主任").post(f"{show}confirm/", {"word": "yes"})
    told = cast.login(client, "孙干事").post(f"{show}settle/", {f"share-{one.pk}": "50", "reason": ""}, follow=True)
    assert "请写明理由" in told.content.decode()
    client.post(f"{show}settle/", {f"share-{one.pk}": "50", "reason": "原料也好些"})
    one.refresh_from_db()
    assert (one.state, one.granted) == ("credited", 50)
    assert "已认定 50 %" in said(cast.login(client, "吴师傅"), show)


@pytest.mark.parametrize("share", ["", "101", "-1", "abc", "999999999999999999999"])
def test_a_share_that_is_none_settles_nothing(cast: Cast, client: Client, share: str) -> None:
    better(cast)
    one = confirmed(cast, measure(cast))
    cast.login(client, "孙干事").post(f"/contributions/{one.pk}/settle/", {f"share-{one.pk}": share, "reason": "试"})
    one.refresh_from_db()
    assert one.state == "confirmed"


def test_both_claims_stand_side_by_side_before_who_splits_them(cast: Cast, client: Client) -> None:
    better(cast)
    one = confirmed(cast, measure(cast), asked=70)
    confirmed(cast, measure(cast, by="郑师傅"), body="QL-B2", asked=60, by="高书记")
    text = said(cast.login(client, "孙干事"), f"/contributions/{one.pk}/")
    assert text.count("申报 70 %") == 1
    assert text.count("申报 60 %") == 1
    assert "同一项改善合计不过 100%" in text
    assert "同一项改善合计不过 100%" not in said(cast.login(client, "王书记"), f"/contributions/{one.pk}/")


def test_a_neighbour_finds_nothing(cast: Cast, client: Client) -> None:
    better(cast)
    one = claim(cast, measure(cast))
    assert cast.login(client, "邻厂书记").get(f"/contributions/{one.pk}/").status_code == 404


def test_the_ledger_goes_out_as_a_workbook(cast: Cast, client: Client) -> None:
    better(cast)
    claim(cast, measure(cast))
    answer = cast.login(client, "吴师傅").get("/contributions/contributions.xlsx?month=2026-03")
    assert (answer.status_code, "spreadsheet" in answer["Content-Type"]) == (200, True)


def test_three_claims_cost_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    better(cast)
    claim(cast, measure(cast))
    cast.login(client, "吴师傅").get("/contributions/?month=2026-03")
    with CaptureQueriesContext(connection) as one:
        client.get("/contributions/?month=2026-03")
    claim(cast, measure(cast, by="郑师傅"), body="QL-B2", by="高书记")
    better(cast, unit="QL-F1")
    with CaptureQueriesContext(connection) as three:
        client.get("/contributions/?month=2026-03")
    assert len(one) == len(three)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_looks_right(look: Any, client: Client, cast: Cast, width: int) -> None:
    better(cast)
    better(cast, unit="QL-F1")
    one = confirmed(cast, measure(cast), asked=70)
    confirmed(cast, measure(cast, by="郑师傅"), body="QL-B2", asked=60, by="高书记")
    cast.login(client, "王书记")
    check(look("/contributions/?month=2026-03", width=width, cookies=client.cookies), f"ledger-{width}")
    address = f"/contributions/new/{cast.unit['QL-R1'].pk}/{indicator(cast).code}/2026-03/"
    check(look(address, width=width, cookies=client.cookies), f"claim-{width}")
    cast.login(client, "孙干事")
    check(look(f"/contributions/{one.pk}/", width=width, cookies=client.cookies), f"split-{width}")
