"""我的系数 in the browser: why it is what it is, who may see whose, and the office's schemes."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from ronglu.kernel.time.period import Period
from ronglu.store.models import Adjustment, AuditEntry, Job, LinkScheme, Post
from ronglu.work import link_results
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.access_year import result
from tests.web.pages import WIDTHS, check
from tests.work.linked import MARCH, admin, closed, old, proposed, quarter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(settings: Any) -> None:
    settings.TODAY = "2026-04-24T09:00:00"


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.covers("S2-13", "S2-14")
def test_the_leader_reads_why_his_coefficient_is_0_92(cast: Cast, client: Client) -> None:
    found = result(cast)
    text = said(cast.login(client, "马主任"), "/linkage/")
    assert "为什么我的系数是 0.9200" in text and f'href="/linkage/{found.pk}/"' in text
    text = said(client, f"/linkage/{found.pk}/")
    assert "联动分 = 行政绩效分 × 党建分 ÷ 100" in text
    assert "相乘只会减少兑现" in text
    assert "厂发〔2025〕31 号《经济责任制考核办法》" in text
    assert "92 ÷ 100" in text and "105 × 0.92" in text and "96.60" in text
    assert "十进制计算，最后一步四舍五入到两位小数" in text
    assert 'href="/sheet/2026-03/QL-B1/"' in text
    assert "重算，结果一致" in text


@pytest.mark.covers("S2-15")
def test_the_history_of_a_secretary_keeps_the_old_review_beside_the_new_way(cast: Cast, client: Client) -> None:
    Post.objects.create(
        person=cast.person["马主任"], role="secretary", body=cast.body["QL-B2"], from_on=dt.date(2025, 1, 1)
    )
    old(cast)
    quarter(cast, {"QL-B2": 9375})
    link_results.compute(plant=cast.plant, month=Period.month(2025, 12), by=None, at=AT)
    result(cast)
    text = said(cast.login(client, "马主任"), "/linkage/")
    assert "M0 支部书记季度考核（旧办法）" in text and "93.75" in text
    assert "M1 相乘" in text and "厂党发〔2024〕6 号" in text


@pytest.mark.parametrize("name", ["王书记", "邻厂书记"])
def test_another_leader_finds_nothing_and_his_try_is_written_down(cast: Cast, client: Client, name: str) -> None:
    found = result(cast)
    assert cast.login(client, name).get(f"/linkage/{found.pk}/").status_code == 404
    tried = AuditEntry.objects.get(verb="coefficients.see", outcome="refused")
    assert tried.account == cast.account[name]
    assert "马主任" not in said(client, "/linkage/")


@pytest.mark.parametrize("name", ["李班长", "周统计员", "冯主席", "集团", "系统管理员"])
def test_whoever_has_no_such_post_is_refused_the_page(cast: Cast, client: Client, name: str) -> None:
    found = result(cast)
    assert cast.login(client, name).get(f"/linkage/{found.pk}/").status_code == 403
    assert cast.login(client, name).get("/linkage/leaders/").status_code == 403


@pytest.mark.parametrize("name", ["孙干事", "高书记"])
def test_the_office_and_the_committee_see_all_leaders_by_unit(cast: Cast, client: Client, name: str) -> None:
    result(cast)
    text = said(cast.login(client, name), "/linkage/leaders/?period=2026-03")
    assert "熔炼车间" in text and "马主任" in text and "0.9200" in text


def test_the_list_of_leaders_follows_the_organisation_and_not_the_score(cast: Cast, client: Client) -> None:
    Post.objects.create(
        person=cast.person["郑师傅"], role="workshop_head", unit=cast.unit["QL-F"], from_on=dt.date(2025, 1, 1)
    )
    admin(cast, {"QL-F": 14_000})
    closed(cast, {"QL-B2": 9900}, scale="party")
    cast.plant.closings.all().delete()
    result(cast)
    text = said(cast.login(client, "孙干事"), "/linkage/leaders/?period=2026-03")
    assert text.index("熔炼车间") < text.index("精炼车间")


def test_a_scheme_goes_from_the_form_to_the_second_persons_yes(cast: Cast, client: Client) -> None:
    form = {
        "role": "workshop_head", "grain": "month", "from_month": "2026-05", "document": "厂发〔2026〕9 号",
        "title": "经济责任制考核办法", "dated_on": "2026-04-20", "from.admin": "admin", "from.party": "party",
        "lines": "95 1.05\n80 1\n0 0.9",
    }  # fmt: skip
    answer = cast.login(client, "孙干事").post("/linkage/schemes/new/?model=M3", form, follow=True)
    assert "已提请" in answer.content.decode()
    made = LinkScheme.objects.get()
    assert made.params == {"bands": [
        {"at_least": "95", "coefficient": "1.05"}, {"at_least": "80", "coefficient": "1"}, {"at_least": "0", "coefficient": "0.9"},
    ]}  # fmt: skip
    assert "不能自己批准" in client.post(f"/linkage/schemes/{made.pk}/approve/", follow=True).content.decode()
    cast.login(client, "高书记").post(f"/linkage/schemes/{made.pk}/approve/")
    made.refresh_from_db()
    assert made.state == "approved"


def test_wrong_parameters_are_said_at_the_form(cast: Cast, client: Client) -> None:
    form = {
        "role": "workshop_head", "grain": "month", "from_month": "2026-05", "document": "厂发〔2026〕9 号",
        "title": "经济责任制考核办法", "dated_on": "2026-04-20", "from.admin": "admin", "from.party": "party",
        "lines": "80 1.05\n90 1",
    }  # fmt: skip
    answer = cast.login(client, "孙干事").post("/linkage/schemes/new/?model=M3", form)
    assert answer.status_code == 422
    assert "各档应从高分到低分" in answer.content.decode()


def test_the_office_may_have_a_closed_month_computed_again(cast: Cast, client: Client) -> None:
    result(cast)
    answer = cast.login(client, "孙干事").post("/linkage/leaders/compute/", {"month": "2026-03"}, follow=True)
    assert "已排队计算" in answer.content.decode()
    assert Job.objects.get(kind="linkage").args == {"month": "2026-03"}


def test_three_leaders_cost_as_many_queries_as_one(
    cast: Cast, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    result(cast)
    cast.login(client, "孙干事")
    said(client, "/linkage/leaders/?period=2026-03")
    with CaptureQueriesContext(connection) as one:
        said(client, "/linkage/leaders/?period=2026-03")
    for name, unit in (("郑师傅", "QL-F"), ("吴师傅", "QL-R")):
        Post.objects.create(
            person=cast.person[name], role="workshop_head", unit=cast.unit[unit], from_on=dt.date(2025, 1, 1)
        )
    link_results.compute(plant=cast.plant, month=MARCH, by=None, at=AT)
    with CaptureQueriesContext(connection) as three:
        assert said(client, "/linkage/leaders/?period=2026-03").count("/linkage/") > 3
    assert len(three) == len(one)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_hold_on_phone_and_desk(cast: Cast, client: Client, look: Any, width: int) -> None:
    found = result(cast)
    proposed(cast, "M3", from_month=Period.month(2026, 5))
    cast.login(client, "马主任")
    check(look("/linkage/", width=width, cookies=client.cookies), "linkage")
    check(look(f"/linkage/{found.pk}/", width=width, cookies=client.cookies), "linkage_why")
    cast.login(client, "高书记")
    check(look("/linkage/schemes/", width=width, cookies=client.cookies), "linkage_schemes")
    check(look("/linkage/leaders/?period=2026-03", width=width, cookies=client.cookies), "linkage_leaders")
    cast.login(client, "孙干事")
    check(look("/linkage/schemes/new/?model=M3", width=width, cookies=client.cookies), "linkage_new")


def test_an_adjustment_that_is_agreed_to_asks_for_the_months_linkage_again(cast: Cast, client: Client) -> None:
    waiting = Adjustment.objects.create(
        closing=result(cast).closing, number=1, state="proposed", cause="申诉", proposed_at=AT
    )
    cast.login(client, "高书记").post(f"/closing/adjustments/{waiting.pk}/approve/")
    assert Job.objects.get(kind="linkage").args == {"month": "2026-03"}
