"""How the year at a glance and the rules look: on a phone and on a desk, with what is done, missed, explained and still to come."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Finding
from ronglu.work import findings, life_findings
from tests.cast import AT, Cast, make_cast
from tests.web.pages import WIDTHS, Look, check, unseen
from tests.work.lived import held, voted

pytestmark = pytest.mark.browser

TODAY = dt.date(2026, 6, 20)
PAGES = [
    ("王书记", "org_years", {}, ""),
    ("王书记", "org_year", {"code": "QL-B1"}, ""),
    ("孙干事", "org_year", {"code": "QL-B1"}, ""),
    ("孙干事", "org_findings", {}, "?by=place"),
    ("孙干事", "org_findings", {}, "?by=rule&chapter=life"),
    ("孙干事", "org_findings", {}, "?chapter=life"),
    ("孙干事", "org_rules", {}, "?chapter=life"),
    ("孙干事", "org_rule_about", {"rule": "R-LIFE-06"}, ""),
    ("孙干事", "org_rule_switch", {"rule": "R-EDU-06"}, ""),
    ("孙干事", "org_rule_compare", {"rule": "R-LIFE-06"}, ""),
    ("孙干事", "org_start", {}, ""),
]


@pytest.fixture
def house(transactional_db: None, settings: "object") -> Cast:
    settings.TODAY = str(TODAY)  # type: ignore[attr-defined]
    cast = make_cast()
    for month in (1, 2, 3, 5):
        held(cast, "QL-B1", "monthly_life", dt.date(2026, month, 15), hours=4, came=("何组长", "王书记"))
        held(cast, "QL-B1", "theme_day", dt.date(2026, month, 12))
        held(cast, "QL-B1-甲", "group_meeting", dt.date(2026, month, 8), convened_as="leader")
    voted(held(cast, "QL-B1", "assembly", dt.date(2026, 3, 20)), "年度计划", due=20, voting=9, favour=9)
    life_findings.refresh(plant=cast.plant, on=TODAY, at=AT)
    findings.refresh_findings(plant=cast.plant, on=TODAY, at=AT)
    april = Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04")
    findings.give_reason(finding=april, reason="全组参加转炉大修，当月没有人在班", by=cast.account["孙干事"], at=AT)
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    for number, (name, page, kwargs, query) in enumerate(PAGES):
        client = house.login(Client(), name)
        seen = look(reverse(page, kwargs=kwargs) + query, width=width, cookies=client.cookies)
        check(seen, f"{page}-{number}")
        assert unseen(seen) == []
