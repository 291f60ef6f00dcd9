"""Dues in the browser: one page for one secretary, and no page, file or interface of anybody else that differs by them."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.kernel.time.period import Period
from ronglu.store.models import Burden, DuesMonth, DuesUnpaid, Post
from ronglu.work import dues, life_findings
from tests.cast import AT, OFFICERS, ON, PEOPLE, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check, look
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.lived import held

__all__ = ["cast", "look", "the_10th_of_march"]
pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)
NOT_HIM = [name for name in (*PEOPLE, *OFFICERS) if name != "王书记"]
BRANCH = {"code": "QL-B1"}
PAGES: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("home", {}, {}), ("inbox", {}, {}), ("inbox_others", {}, {}), ("org", {}, {}), ("org_findings", {}, {}),
    ("org_findings_xlsx", {}, {}), ("org_rules", {}, {}), ("org_rules", {}, {"chapter": "study"}),
    ("org_rule", {"rule": "R-EDU-08"}, {}), ("org_years", {}, {}), ("org_years_xlsx", {}, {}), ("org_year", BRANCH, {}),
    ("org_year_xlsx", BRANCH, {}), ("body", BRANCH, {}), ("handbooks", {}, {}), ("handbook", BRANCH, {}),
    ("inspection_book", BRANCH, {"form": "excel"}), ("people", {}, {}), ("people_xlsx", {}, {}), ("person", {"staff_no": "20101"}, {}),
    ("search", {}, {"q": "李班长"}), ("search", {}, {"q": "党费"}), ("burden", {}, {}), ("burden_xlsx", {}, {}), ("me", {}, {}),
    ("me_branch", {}, {}), ("me_points_xlsx", {}, {}), ("org_posts", {}, {}),
]  # fmt: skip


def unpaid(cast: Cast, months: int, name: str = "李班长") -> None:
    for back in reversed(range(months)):
        dues.keep(
            branch=cast.body["QL-B1"], month=MARCH - back, unpaid=[cast.person[name].pk], excused=(),
            by=cast.account["王书记"], at=AT,
        )  # fmt: skip


def said(response: HttpResponse) -> str:
    """What a reader sees of an answer: its words, or the cells of its sheets."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if body[:2] == b"PK":
        from io import BytesIO

        book = CalamineWorkbook.from_filelike(BytesIO(body))
        return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    plain = re.sub(r"[A-Za-z0-9]{64}|nonce=\S+|\d{10}:[\w-]{43}", "", body.decode())
    return f"{response.status_code} {plain}"


def seen(cast: Cast, who: str) -> dict[str, str]:
    client = cast.login(Client(), who)
    return {
        f"{name} {kwargs} {query}": said(client.get(reverse(name, kwargs=kwargs), query))
        for name, kwargs, query in PAGES
    }


def differs(one: str, other: str) -> str:
    spot = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[max(0, spot - 60) : spot + 60]} → {other[spot : spot + 60]}"


@pytest.mark.parametrize("who", NOT_HIM)
def test_nothing_that_anybody_else_can_read_differs_by_who_has_not_paid(cast: Cast, who: str) -> None:
    held(cast, "QL-B1", "assembly", ON)
    Post.objects.create(person=cast.person["马主任"], role="organiser", body=cast.body["QL-B1"], from_on=ON)
    life_findings.refresh(plant=cast.plant, on=ON, at=AT)
    before = seen(cast, who)
    unpaid(cast, 8)
    life_findings.refresh(plant=cast.plant, on=ON, at=AT)
    after = seen(cast, who)
    assert {page: differs(words, after[page]) for page, words in before.items() if words != after[page]} == {}
    assert not [page for page, words in after.items() if "连续 8 个月" in words]


@pytest.mark.parametrize("who", NOT_HIM)
def test_the_page_shows_nobody_elses_branch(cast: Cast, who: str) -> None:
    unpaid(cast, 6)
    answer = get(cast, who, "dues")
    if who == "邻厂书记":  # he has a branch of his own, and a page for it
        assert answer.status_code == 200 and "李班长" not in answer.content.decode()
    else:
        assert answer.status_code in (302, 403, 404)
        assert "李班长" not in answer.content.decode().split("<main", 1)[-1]


def test_he_ticks_who_has_not_paid_and_reads_it_again_himself(cast: Cast) -> None:
    page = text(cast, "王书记", "dues")
    assert all(name in page for name in ("李班长", "何组长", "马主任", "王书记")) and "郑师傅" not in page
    assert "默认都已交" in page and " checked" not in page
    li, he = cast.person["李班长"].pk, cast.person["何组长"].pk
    assert post(cast, "王书记", "dues", unpaid=[li, he], excused=[he]).status_code == 302
    assert dict(DuesUnpaid.objects.values_list("person", "excused")) == {li: False, he: True}
    assert text(cast, "王书记", "dues").count(" checked") == 3
    answer = get(cast, "王书记", "dues")
    assert answer["Cache-Control"] == "no-store"
    assert post(cast, "王书记", "dues").status_code == 302
    assert not DuesUnpaid.objects.exists() and DuesMonth.objects.count() == 1


def test_an_earlier_month_is_told_by_its_address_and_a_strange_one_is_this_month(cast: Cast) -> None:
    client = cast.login(Client(), "王书记")
    assert client.post(reverse("dues") + "?month=2026-01").status_code == 302
    assert DuesMonth.objects.get().month == 202601
    for strange in ("2026-04", "1999-01", "2026-Q1", "xx"):
        assert "2026 年 3 月" in client.get(reverse("dues"), {"month": strange}).content.decode()


def test_a_wrong_tick_is_told_and_nothing_is_kept(cast: Cast) -> None:
    answer = post(cast, "王书记", "dues", excused=[cast.person["李班长"].pk])
    assert answer.status_code == 422 and "只对没有交的人勾选" in answer.content.decode()
    assert post(cast, "王书记", "dues", unpaid=[cast.person["郑师傅"].pk]).status_code == 422
    assert not DuesMonth.objects.exists()


def test_he_is_told_to_talk_to_somebody_and_the_list_of_what_waits_has_no_name(cast: Cast) -> None:
    unpaid(cast, 6)
    waits = get(cast, "王书记", "inbox_others").content.decode()
    assert "有一件事请您当面了解" in waits and "李班长" not in waits
    assert "李班长：连续 6 个月没有交" in text(cast, "王书记", "dues")


def test_the_save_is_no_figure_of_the_burden_and_no_path_of_the_interface(cast: Cast) -> None:
    post(cast, "王书记", "dues", unpaid=[cast.person["李班长"].pk])
    assert not Burden.objects.filter(form="dues").exists()
    from ronglu.web.api import urls

    assert "dues" not in str(urls.urlpatterns)


def test_the_auditor_reads_that_a_month_was_told_and_not_of_whom(cast: Cast) -> None:
    unpaid(cast, 6)
    page = text(cast, "审计员", "audit")
    assert "dues.keep" in page and "李班长" not in page


def test_one_reads_of_oneself_what_is_kept(cast: Cast) -> None:
    unpaid(cast, 1)
    assert "未交党费" in text(cast, "李班长", "me_data")
    assert "2026-03" in text(cast, "李班长", "me_data") and "2026-03" not in text(cast, "何组长", "me_data")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_looks_as_it_should(look: Look, width: int) -> None:
    cast = make_cast()
    unpaid(cast, 6)
    page = look(reverse("dues"), width=width, cookies=cast.login(Client(), "王书记").cookies)
    check(page, f"dues_{width}")
