"""How the pages of organisation and people look: on a phone and on a desk, with findings, gaps and forms refused."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Deputy
from ronglu.work import party_budgets, people
from ronglu.work.findings import refresh_findings
from ronglu.work.party_budgets import Money
from tests.cast import AT, ON, Cast, make_cast
from tests.web.pages import WIDTHS, Look, check

pytestmark = pytest.mark.browser

PAGES = [
    ("孙干事", "org", {}, ""),
    ("李班长", "org", {}, "?on=2024-01-01"),
    ("集团", "org", {}, "?plant=baishi"),
    ("孙干事", "org_coverage", {}, ""),
    ("孙干事", "org_findings", {}, ""),
    ("集团", "org_findings", {}, "?plant=baishi"),
    ("孙干事", "org_rules", {}, ""),
    ("孙干事", "org_posts", {}, ""),
    ("孙干事", "body", {"code": "QL-B1"}, ""),
    ("李班长", "body", {"code": "QL-B1-甲"}, ""),
    ("孙干事", "unit", {"code": "QL-R1-甲"}, ""),
    ("孙干事", "body_new", {}, ""),
    ("孙干事", "body_deed", {"code": "QL-B1", "deed": "merge"}, ""),
    ("孙干事", "body_deed", {"code": "QL-B1", "deed": "split"}, ""),
    ("孙干事", "body_deed", {"code": "QL-C", "deed": "budget"}, ""),
    ("孙干事", "body", {"code": "QL-C"}, ""),
    ("孙干事", "people", {}, ""),
    ("吴师傅", "people", {}, "?q=%E6%B2%A1%E6%9C%89"),
    ("孙干事", "person", {"staff_no": "20101"}, ""),
    ("孙干事", "person_deed", {"staff_no": "20101", "deed": "appoint"}, ""),
    ("孙干事", "org_rule", {"rule": "R-ORG-14"}, ""),
]


@pytest.fixture
def house(transactional_db: None, settings: "object") -> Cast:
    settings.TODAY = "2026-03-10"  # type: ignore[attr-defined]
    cast = make_cast()
    sun = cast.account["孙干事"]
    people.appoint(person=cast.person["何组长"], role="technician", unit=cast.unit["QL-R1"], on=ON, by=sun, at=AT)
    money = Money(wages_last_year=Decimal(10_000_000), budget=Decimal(90_000), carried_over=Decimal(0))
    party_budgets.enter(body=cast.body["QL-C"], year=2026, money=money, by=sun, at=AT)
    refresh_findings(plant=cast.plant, on=ON, at=AT)
    Deputy.objects.create(
        absent=cast.person["李班长"], deputy=cast.person["何组长"], from_on=ON, until_on=ON.replace(day=16),
        named_by=cast.account["李班长"],
    )  # fmt: skip
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    for number, (name, page, kwargs, query) in enumerate(PAGES):
        client = house.login(Client(), name)
        check(look(reverse(page, kwargs=kwargs) + query, width=width, cookies=client.cookies), f"{page}-{number}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_deed_is_sound_and_says_why(house: Cast, look: Look, width: int) -> None:
    client = house.login(Client(), "孙干事")
    page = look(reverse("body_deed", args=["QL-B1", "dissolve"]), width=width, cookies=client.cookies)
    page.click("main button.main")
    assert "转炉党支部仍有党员，请先转出组织关系" in page.inner_text(".note.warn")
    page._complaints = []  # type: ignore[attr-defined]  # the browser notes the 422 itself
    check(page, "deed-refused")
