"""Reviewers in the browser: what waits, the evidence and the five steps, the quarter's scores, who is named."""

from typing import Any

import pytest
from django.test import Client

from ronglu.store.models import PanelMark, PracticeMark, QuarterMark, Reviewer
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check
from tests.web.scored import scored
from tests.work.judged import PANEL, give, named, verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(settings: Any) -> None:
    settings.TODAY = "2026-04-10"


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.covers("S3-19")
def test_a_reviewer_reads_the_evidence_and_marks_with_a_reason(cast: Cast, client: Client) -> None:
    scored(cast)
    mission = verified(cast)
    named(cast, *PANEL)
    address = f"/marks/2026-03/C4/{mission.pk}/"
    cast.login(client, "高书记")
    assert "1 件等您评" in said(client, "/")
    assert address in said(client, "/marks/")
    text = said(client, address)
    for words in ("炉口漏水", "更换水套", "少停一天", "现场看过，水套已换", "成效超过目标，回头看仍然保持"):
        assert words in text
    assert client.post(address, {"step": "4", "reason": ""}).status_code == 422
    client.post(address, {"step": "4", "reason": "成效有数据"})
    client.post(address, {"step": "5", "reason": "回头看仍然保持"})
    assert list(PanelMark.objects.order_by("number").values_list("step", flat=True)) == [4, 5]
    assert "等您评" in said(client, "/marks/") and "第 2 次" in said(client, "/marks/")
    assert "1 件等您评" not in said(client, "/")


def test_what_others_gave_is_nowhere_to_be_read_before_one_marks(cast: Cast, client: Client) -> None:
    scored(cast)
    mission = verified(cast)
    named(cast, *PANEL)
    give(cast, mission, "赵安全员", 1, "看法独特的一条理由")
    for who, path in (
        ("高书记", "/marks/"), ("高书记", f"/marks/2026-03/C4/{mission.pk}/"), ("孙干事", "/marks/reviewers/?month=2026-03"),
    ):  # fmt: skip
        assert "看法独特" not in said(cast.login(client, who), path)


def test_who_stands_back_is_told_why_and_has_no_form(cast: Cast, client: Client) -> None:
    scored(cast)
    mission = verified(cast)
    named(cast, "马主任")
    cast.login(client, "马主任")
    text = said(client, "/marks/")
    assert "您回避的" in text and "这是您所在的支部" in text
    assert client.get(f"/marks/2026-03/C4/{mission.pk}/").status_code == 404


def test_the_office_names_a_reviewer_ends_him_and_sees_how_far_it_came(cast: Cast, client: Client) -> None:
    scored(cast)
    mission = verified(cast)
    named(cast, "赵安全员")
    give(cast, mission, "赵安全员", 4)
    cast.login(client, "孙干事")
    row = {"item": "C4", "account": "20112", "on": "2026-04-10"}
    assert "已指定" in client.post("/marks/reviewers/name/", row, follow=True).content.decode()
    own = {"item": "C4", "account": "20108", "on": "2026-04-10"}
    assert "不能自己指定自己" in client.post("/marks/reviewers/name/", own).content.decode()
    text = said(client, "/marks/reviewers/?month=2026-03")
    assert "1 / 3" in text and "高书记" in text
    gone = Reviewer.objects.get(account=cast.account["高书记"])
    client.post(f"/marks/reviewers/{gone.pk}/end/", {"on": "2026-05-01"})
    gone.refresh_from_db()
    assert str(gone.until_on) == "2026-05-01"


@pytest.mark.covers("S0-08", "S3-19")
def test_the_quarter_is_scored_and_a_practice_told_in_three_words(cast: Cast, client: Client) -> None:
    scored(cast)
    named(cast, "高书记", item="quarter")
    named(cast, "高书记", item="practice")
    cast.login(client, "高书记")
    first = {"party": "92.5", "fusion": "", "reason": "隐患整改拖期"}
    client.post("/marks/quarter/2026-Q1/QL-B1/", first)
    assert list(QuarterMark.objects.values_list("scale", "score")) == [("party", 9250)]
    assert client.post("/marks/quarter/2026-Q1/QL-B1/", {"party": "101", "reason": "好"}).status_code == 422
    assert "这是您所在的支部" in client.post("/marks/quarter/2026-Q1/QL-B3/", first).content.decode()
    three = {"practice": "红色擂台", "solid": "4", "distinct": "5", "bright": "3", "comment": "炉前看得见"}
    client.post("/marks/practice/2026-Q1/QL-B1/", three)
    made = PracticeMark.objects.get()
    assert (made.solid, made.distinct, made.bright, made.comment) == (4, 5, 3, "炉前看得见")
    text = said(client, "/marks/quarter/?quarter=2026-Q1")
    assert "92.50" in text and "红色擂台" in text
    office = said(cast.login(client, "孙干事"), "/marks/quarter/?quarter=2026-Q1")
    assert "92.50（1）" in office


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit_the_phone_and_the_desk(cast: Cast, client: Client, look: Any, width: int) -> None:
    scored(cast)
    mission = verified(cast)
    named(cast, *PANEL)
    for item in ("quarter", "practice"):
        named(cast, "高书记", item=item)
    cast.login(client, "高书记")
    for path, name in (
        ("/marks/", "marks"), (f"/marks/2026-03/C4/{mission.pk}/", "mark"), ("/marks/quarter/?quarter=2026-Q1", "quarter"),
        ("/marks/practice/2026-Q1/QL-B1/", "practice"),
    ):  # fmt: skip
        check(look(path, width=width, cookies=client.cookies), f"{name}-{width}")
    cast.login(client, "孙干事")
    check(look("/marks/reviewers/?month=2026-03", width=width, cookies=client.cookies), f"reviewers-{width}")
