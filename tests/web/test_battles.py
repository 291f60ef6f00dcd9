"""The page of a battle: its aims month by month, the pair, what is missing; and the report that begins with them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import BattleAim
from tests.cast import Cast, cast
from tests.web.machines import fixed_day
from tests.web.pages import WIDTHS, check
from tests.work.battled import COAL, aimed, battle, month

__all__ = ["cast", "fixed_day"]


def fought(cast: Cast) -> str:
    aimed(cast)
    month(cast, "SM-01", "2026-01", "10500", plan="10000", value="10500")
    return f"/campaigns/{battle(cast).pk}/"


@pytest.mark.covers("S2-17")
def test_the_page_shows_aim_pair_months_and_what_is_missing(cast: Cast, client: Client) -> None:
    text = cast.login(client, "孙干事").get(fought(cast)).content.decode()
    for word in ("王书记、马主任", "120,000", "10,500.00", "10,000.00", "缺数", "2026-02"):
        assert word in text, word


@pytest.mark.covers("S2-17")
def test_an_aim_is_set_in_the_browser_with_two_persons(cast: Cast, client: Client) -> None:
    page, row = cast.login(client, "孙干事"), battle(cast)
    given = {"indicator": COAL, "unit": cast.unit["QL-R1"].pk, "aim": "42", "party": "20102", "line": "20102"}
    assert "应是两个人" in page.post(f"/campaigns/{row.pk}/aim/", given).content.decode()
    assert page.post(f"/campaigns/{row.pk}/aim/", given | {"line": "20107"}).status_code == 302
    found = BattleAim.objects.get()
    assert (found.indicator, found.aim, found.line) == (COAL, "42", cast.person["马主任"])
    page.post(f"/campaigns/aim/{found.pk}/drop/", {"reason": "重复"})
    assert not BattleAim.objects.exists()


@pytest.mark.covers("S2-17")
def test_the_report_begins_with_every_aim_and_what_it_came_to(cast: Cast, client: Client) -> None:
    fought(cast)
    text = cast.login(client, "孙干事").get(f"/campaigns/{battle(cast).pk}/close/").content.decode()
    assert "转炉线 处理量（干基）：目标 120,000.00 t，实际 10,500.00，缺数，不能说达到。" in text


@pytest.mark.covers("S2-17")
def test_what_lags_becomes_a_case_with_what_is_known_of_it(cast: Cast, client: Client) -> None:
    aimed(cast, COAL, "42")
    month(cast, COAL, "2026-01", "45", "1", value="45")
    month(cast, COAL, "2026-02", "43", "1", value="43")
    text = cast.login(client, "马主任").get(f"/campaigns/{battle(cast).pk}/").content.decode()
    assert "/cases/gap/new/?f-indicator=SM-02&amp;f-ours=44.00&amp;f-best=42" in text
    battle(cast).battle_aims.update(aim="44")
    assert "/cases/gap/new/" not in client.get(f"/campaigns/{battle(cast).pk}/").content.decode()


def test_a_campaign_that_is_no_battle_has_no_aims(cast: Cast, client: Client) -> None:
    from tests.work.contested import overhaul

    row = overhaul(cast)
    page = cast.login(client, "孙干事")
    assert page.get(f"/campaigns/{row.pk}/aim/").status_code == 404
    assert "攻坚目标" not in page.get(f"/campaigns/{row.pk}/").content.decode()


def test_three_aims_cost_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    url, page = fought(cast), cast.login(client, "孙干事")

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert page.get(url).status_code == 200
        return len(found)

    cost()
    one = cost()
    aimed(cast, COAL, "42")
    aimed(cast, "SM-04", "180")
    assert cost() == one


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.django_db(transaction=True)
def test_the_battle_looks_right(cast: Cast, client: Client, look: Callable[..., Any], width: int) -> None:
    url = fought(cast)
    aimed(cast, COAL, "42")
    month(cast, COAL, "2026-01", "40", "1", plan="43", value="40")
    month(cast, COAL, "2026-02", "41", "1", plan="43", value="41")
    cast.login(client, "孙干事")
    check(look(url, width=width, cookies=client.cookies), f"battle-{width}")
