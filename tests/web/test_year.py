"""The year in the browser: computed and hidden, told to all, decided by two, published by another, kept in the chain."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from ronglu.store.models import QuotaList, SheetVersion, YearReview
from ronglu.work import years
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check
from tests.work.yeared import JANUARY, YEAR, compute, panels, polled, year

pytestmark = pytest.mark.django_db
TABLE = f"/year/?year={YEAR}"
SCORES = {"QL-B1": 9000, "QL-B2": 8000}


@pytest.fixture(autouse=True)
def january(settings: Any) -> None:
    settings.TODAY = f"{JANUARY}T09:00:00"


@pytest.fixture
def lived(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """B1: 0.6 × 90 + 0.2 × 95 + 0.2 × 88 = 90.60; B2: 0.6 × 80 + 0.2 × 85 + 0.2 × 80 = 81.00; B3 was never rated."""
    year(cast, SCORES)
    panels(cast, {"QL-B1": 9500, "QL-B2": 8500})
    polled(monkeypatch, cast, {"QL-B1": 8800, "QL-B2": 8000})
    return cast


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def names(text: str) -> list[str]:
    return re.findall(r'<tr><th scope="row">(?:<a [^>]*>)?([^<]*)', text.partition("各支部")[2])


@pytest.mark.covers("S3-20")
def test_the_office_computes_and_only_office_and_committee_see_it_before_publicity(lived: Cast, client: Client) -> None:
    lived.login(client, "孙干事").post("/year/compute/", {"year": YEAR})
    text = said(client, TABLE)
    assert "90.60" in text and "81.00" in text and "0.6 × 月度平均" in text and "系统默认，可修改" in text
    assert "90.60" in said(lived.login(client, "高书记"), TABLE)
    hidden = said(lived.login(client, "王书记"), TABLE)
    assert "90.60" not in hidden and "还没有可以看的结果" in hidden
    assert client.get(f"/year/{YEAR}/QL-B1/").status_code == 404
    assert client.get(f"/year/{YEAR}/export/").status_code == 404


def test_in_publicity_every_member_sees_all_branches_and_into_his_own(lived: Cast, client: Client) -> None:
    years.publicise(review=compute(lived), by=lived.account["孙干事"], on=JANUARY, at=AT)
    text = said(lived.login(client, "李班长"), TABLE)
    assert "90.60" in text and "81.00" in text
    assert f"/year/{YEAR}/QL-B1/" in text and f"/year/{YEAR}/QL-B2/" not in text
    assert client.get(f"/year/{YEAR}/QL-B2/").status_code == 404
    own = said(client, f"/year/{YEAR}/QL-B1/")
    assert "0.6 × 90" in own and "0.2 × 95" in own and "0.2 × 88" in own
    assert f'href="/sheet/{YEAR}-07/QL-B1/"' in own


def test_branches_stand_in_the_order_of_the_organisation(lived: Cast, client: Client) -> None:
    panels(lived, {"QL-B3": 10_000})
    compute(lived)
    assert names(said(lived.login(client, "孙干事"), TABLE)) == ["转炉党支部", "精炼党支部", "机关党支部"]


def tied(cast: Cast) -> QuotaList:
    """Half of two may be 优秀: one place, and both have the same score."""
    version = SheetVersion.objects.get(plant=cast.plant)
    version.declaration = {**version.declaration, "quota_percent": 50}
    version.save()
    compute(cast)
    return QuotaList.objects.get(subject="scale:party")


def test_a_tie_is_decided_by_one_and_confirmed_by_another_on_its_page(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = {"QL-B1": 9500, "QL-B2": 9500}
    year(cast, same)
    panels(cast, same)
    polled(monkeypatch, cast, same)
    quota = tied(cast)
    assert "名额待定" in said(cast.login(client, "孙干事"), TABLE)
    place = f"/year/{YEAR}/places/party/"
    assert "从同分的里选，最多 1 个" in said(client, place)
    client.post(place, {"chosen": ["QL-B2"], "ground": "党委会 1 月 10 日"})
    assert "不能自己确认" in client.post(f"{place}confirm/", follow=True).content.decode()
    cast.login(client, "高书记").post(f"{place}confirm/")
    quota.refresh_from_db()
    assert (quota.state, quota.chosen) == ("settled", ["QL-B2"])
    text = said(client, TABLE)
    assert text.index("良好") < text.index("优秀", text.index("良好")), "转炉 is one grade lower, 精炼 has the place"


def test_the_steps_go_from_publicity_to_the_archive_by_two_persons(lived: Cast, client: Client, settings: Any) -> None:
    compute(lived)
    lived.login(client, "孙干事").post(f"/year/{YEAR}/publicise/")
    assert "公示到 2026-01-19，申诉到 2026-01-26" in said(client, TABLE)
    assert client.post(f"/year/{YEAR}/publish/").status_code == 403
    lived.login(client, "高书记")
    assert "之后才能公布" in client.post(f"/year/{YEAR}/publish/", follow=True).content.decode()
    settings.TODAY = "2026-01-27T09:00:00"
    client.post(f"/year/{YEAR}/publish/")
    client.post(f"/year/{YEAR}/archive/")
    review = YearReview.objects.get()
    assert review.state == "archived" and review.seal is not None
    assert review.seal.digest in said(client, TABLE)


def test_the_workbook_holds_what_the_page_shows(lived: Cast, client: Client) -> None:
    compute(lived)
    answer = lived.login(client, "孙干事").get(f"/year/{YEAR}/export/")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    table = {row[0]: row[1:3] for row in rows if row[0] in ("转炉党支部", "精炼党支部", "机关党支部")}
    assert table["转炉党支部"] == [90.6, "优秀"]
    assert table["精炼党支部"] == [81.0, "良好"]
    assert table["机关党支部"] == ["暂不评级", "—"]


def test_the_table_costs_the_same_for_one_branch_and_for_three(lived: Cast, client: Client) -> None:
    review = compute(lived)
    lived.login(client, "孙干事")
    said(client, TABLE)
    with CaptureQueriesContext(connection) as three:
        said(client, TABLE)
    review.results.filter(body__code__in=("QL-B2", "QL-B3"))._raw_delete("default")
    with CaptureQueriesContext(connection) as one:
        assert names(said(client, TABLE)) == ["转炉党支部"]
    assert len(three) == len(one)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_hold_on_phone_and_desk(lived: Cast, client: Client, look: Any, width: int) -> None:
    tied(lived)
    lived.login(client, "孙干事")
    check(look(TABLE, width=width, cookies=client.cookies), "year")
    check(look(f"/year/{YEAR}/QL-B1/", width=width, cookies=client.cookies), "year_branch")
    check(look(f"/year/{YEAR}/places/party/", width=width, cookies=client.cookies), "year_quota")


def test_a_year_that_still_runs_says_so_instead_of_offering_publicity(
    lived: Cast, client: Client, settings: Any
) -> None:
    lived.login(client, "孙干事").post("/year/compute/", {"year": YEAR})
    settings.TODAY = f"{YEAR}-12-31T09:00:00"
    text = said(lived.login(client, "孙干事"), TABLE)
    assert f"{YEAR} 年还没有过完" in text and "开始公示" not in text
    settings.TODAY = f"{YEAR + 1}-01-01T09:00:00"
    assert f"{YEAR} 年还没有过完" not in said(lived.login(client, "孙干事"), TABLE)
