"""A zone is put under another one on its page; the page of a person leads to his zones and teams, as far as one may know."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Team, Zone
from ronglu.work import teams
from tests.cast import SINCE, Cast, cast
from tests.web.labour import team
from tests.work.zoned import Ground, grounded

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return grounded(cast)


def move(ground: Ground, name: str, zone: str, parent: str) -> tuple[int, str]:
    client, pk = ground.cast.login(Client(), name), ground.zone[zone].pk
    to = {"parent": ground.zone[parent].pk if parent else ""}
    answer = client.post(reverse("zone_deed", args=[pk, "move"]), to, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_form_offers_the_zones_in_use_with_where_it_lies_now_and_moves_it(ground: Ground) -> None:
    client = ground.cast.login(Client(), "马主任")
    form = client.get(reverse("zone_deed", args=[ground.zone["Z1a"].pk, "move"])).content.decode()
    assert "不在别的责任区里面" in form
    assert f'<option value="{ground.zone["Z1"].pk}" selected>Z1 炉前</option>' in form
    status, said = move(ground, "马主任", "Z1a", "Z4")
    assert (status, "已改到新的位置" in said) == (200, True)
    assert Zone.objects.get(code="Z1a").parent == ground.zone["Z4"]
    assert move(ground, "马主任", "Z1a", "")[0] == 200
    assert Zone.objects.get(code="Z1a").parent is None


def test_what_is_refused_is_said_above_the_form_with_the_persons_name(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    ground.give("李班长", "Z3")
    status, said = move(ground, "赵安全员", "Z3", "Z1")
    assert status == 422
    assert "李班长的协管区“精炼炉台”在本人的岗位责任区“炉前”里面" in said
    status, said = move(ground, "赵安全员", "Z1", "Z1a")
    assert (status, "“炉口”就在“炉前”里面，不能反过来放" in said) == (422, True)
    assert Zone.objects.filter(parent=None).count() == 4


def test_who_may_not_lay_out_zones_there_moves_none(ground: Ground) -> None:
    for name in ("李班长", "王书记", "外人", "邻厂书记"):
        assert move(ground, name, "Z1a", "Z4")[0] in (403, 404)
    assert move(ground, "马主任", "Z3", "Z1")[0] == 404
    assert Zone.objects.get(code="Z1a").parent == ground.zone["Z1"]


def person(ground: Ground, reader: str, of: str) -> str:
    number = ground.cast.person[of].staff_no
    answer = ground.cast.login(Client(), reader).get(reverse("person", args=[number]))
    assert answer.status_code == 200
    return answer.content.decode()


def links(ground: Ground, reader: str, of: str) -> set[str]:
    page = person(ground, reader, of)
    zones = {code for code, zone in ground.zone.items() if f'href="{reverse("zone", args=[zone.pk])}"' in page}
    return zones | {one.code for one in Team.objects.all() if f'href="{reverse("team", args=[one.code])}"' in page}


def test_the_page_of_a_person_leads_to_his_zones_and_teams(ground: Ground) -> None:
    team(ground.cast)
    ground.give("李班长", "Z1")
    ground.give("李班长", "Z3")
    ground.give("李班长", "Z2", on=SINCE.replace(year=2027))
    assert links(ground, "李班长", "李班长") == {"Z1", "Z3", "TJ1"}
    assert links(ground, "孙干事", "李班长") == {"Z1", "Z3", "TJ1"}
    assert "精炼炉台" in person(ground, "李班长", "李班长")


def test_zones_and_teams_that_are_not_the_readers_to_know_stay_away(ground: Ground) -> None:
    """马主任 heads the converter workshop: the refining floor is not his, and who is in a team is told over its branch only."""
    beside = teams.found(
        plant=ground.cast.plant, code="JL1", name="精炼突击队", kind="shock_tech", purpose="攻关",
        body=ground.cast.body["QL-B2"], on=SINCE, **ground.who,
    )  # fmt: skip
    teams.join(team=beside, person=ground.cast.person["李班长"], role="member", duties="", on=SINCE, **ground.who)
    ground.give("李班长", "Z1")
    ground.give("李班长", "Z3")
    assert links(ground, "马主任", "李班长") == {"Z1"}
    teams.join(team=beside, person=ground.cast.person["马主任"], role="member", duties="", on=SINCE, **ground.who)
    assert links(ground, "马主任", "李班长") == {"Z1", "JL1"}


def test_the_page_of_a_person_costs_the_same_with_one_zone_and_with_three(ground: Ground) -> None:
    client = ground.cast.login(Client(), "孙干事")
    address = reverse("person", args=[ground.cast.person["吴师傅"].staff_no])

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    ground.give("吴师傅", "Z1")
    one = cost()
    ground.give("吴师傅", "Z1a")
    ground.give("吴师傅", "Z2")
    assert cost() == one


def test_the_page_of_a_zone_costs_the_same_however_deep_it_lies(ground: Ground) -> None:
    from ronglu.work import zone_moves

    client = ground.cast.login(Client(), "赵安全员")
    address = reverse("zone", args=[ground.zone["Z1a"].pk])

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = cost()
    zone_moves.move(zone=ground.zone["Z1"], parent=ground.zone["Z2"], **ground.who)
    zone_moves.move(zone=ground.zone["Z2"], parent=ground.zone["Z3"], **ground.who)
    assert cost() == one
