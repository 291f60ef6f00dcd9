"""A zone put under another one: what may not be, 双管双负责 looked at again, and the line in the trail."""

from typing import Any

import pytest

from ronglu.store.models import AuditEntry, Zone
from ronglu.work import zone_moves, zone_owners, zones
from ronglu.work.queries.events import zone_counters
from ronglu.work.queries.places import Places
from ronglu.work.queries.zones import answered, page
from ronglu.work.zone_moves import BadMove
from tests.cast import ON, SINCE, Cast, cast
from tests.work.zoned import Ground, grounded

__all__ = ["cast"]


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return grounded(cast)


def put(ground: Ground, zone: str, parent: str | None) -> Zone:
    return zone_moves.move(zone=ground.zone[zone], parent=ground.zone[parent] if parent else None, **ground.who)


def lies(ground: Ground) -> dict[str, str | None]:
    rows = Zone.objects.filter(plant=ground.cast.plant).select_related("parent")
    return {row.code: row.parent.code if row.parent else None for row in rows}


STANDS = {"Z1": None, "Z1a": "Z1", "Z2": None, "Z3": None, "Z4": None}


def test_a_zone_moves_with_what_lies_in_it_and_the_trail_says_from_where_to_where(ground: Ground) -> None:
    put(ground, "Z1", "Z4")
    assert lies(ground) == STANDS | {"Z1": "Z4"}
    put(ground, "Z1a", "Z2")
    put(ground, "Z1", None)
    assert lies(ground) == STANDS | {"Z1a": "Z2"}
    said = [(e.subject, e.detail) for e in AuditEntry.objects.filter(verb="zones.move").order_by("pk")]
    assert said == [
        ("炉前", {"before": "", "parent": "Z4"}),
        ("炉口", {"before": "Z1", "parent": "Z2"}),
        ("炉前", {"before": "Z4", "parent": ""}),
    ]


def test_where_it_lies_already_it_stays_without_a_line_in_the_trail(ground: Ground) -> None:
    put(ground, "Z1a", "Z1")
    put(ground, "Z2", None)
    assert lies(ground) == STANDS
    assert not AuditEntry.objects.filter(verb="zones.move").exists()


def test_the_owners_around_answer_for_it_from_then_on_and_its_page_says_where_it_lies(ground: Ground) -> None:
    ground.give("马主任", "Z4")
    put(ground, "Z1", "Z4")
    pks = {code: zone.pk for code, zone in ground.zone.items()}
    assert answered(plant=ground.cast.plant, on=ON) == {
        pks["Z4"]: pks["Z4"],
        pks["Z1"]: pks["Z4"],
        pks["Z1a"]: pks["Z4"],
    }
    part = Zone.objects.get(code="Z1a")
    assert [one.code for one in page(zone=part, places=Places(ground.cast.plant, ON)).above] == ["Z4", "Z1"]


def test_no_zone_lies_in_itself_or_in_its_own_part(ground: Ground) -> None:
    with pytest.raises(BadMove, match="“炉前”不能放在自己里面"):
        put(ground, "Z1", "Z1")
    zones.create(
        plant=ground.cast.plant, code="Z1b", name="炉嘴", kind="own", unit=ground.unit["QL-R1-炉前"], on=SINCE,
        parent=ground.zone["Z1a"], **ground.who,
    )  # fmt: skip
    with pytest.raises(BadMove, match="“炉嘴”就在“炉前”里面，不能反过来放"):
        zone_moves.move(zone=ground.zone["Z1"], parent=Zone.objects.get(code="Z1b"), **ground.who)
    assert lies(ground) == STANDS | {"Z1b": "Z1a"}


def test_two_may_change_places_but_not_go_into_each_other(ground: Ground) -> None:
    one, part = ground.zone["Z1"], ground.zone["Z1a"]
    assert zone_moves.move_all(places=[(one, part), (part, None)], **ground.who) == 2
    assert lies(ground) == STANDS | {"Z1": "Z1a", "Z1a": None}
    with pytest.raises(BadMove, match="就在"):
        zone_moves.move_all(
            places=[(ground.zone["Z2"], ground.zone["Z3"]), (ground.zone["Z3"], ground.zone["Z2"])], **ground.who
        )
    assert lies(ground) == STANDS | {"Z1": "Z1a", "Z1a": None}


def test_another_plants_ground_and_what_is_out_of_use_are_refused(ground: Ground) -> None:
    beyond = Zone.objects.create(
        plant=ground.cast.neighbour, code="B1", name="浮选", kind="own", unit=ground.unit["BS-F1"], from_on=SINCE,
        token="beyond",
    )  # fmt: skip
    with pytest.raises(BadMove, match="同一个厂"):
        zone_moves.move(zone=ground.zone["Z1"], parent=beyond, **ground.who)
    zones.close(zone=ground.zone["Z2"], on=ON, **ground.who)
    with pytest.raises(BadMove, match="“加料平台”已经停用，不能再放进责任区"):
        put(ground, "Z1", "Z2")
    with pytest.raises(BadMove, match="“加料平台”已经停用，不再移动"):
        put(ground, "Z2", "Z1")
    assert lies(ground) == STANDS


def test_twenty_levels_are_the_deepest_whichever_end_is_moved(ground: Ground) -> None:
    """D0 … D20: D20 lies twenty levels deep, as deep as may be; nothing goes around D0 and nothing into D20."""
    above, made = None, []
    for number in range(21):
        above = zones.create(
            plant=ground.cast.plant, code=f"D{number}", name=f"层{number}", kind="own", unit=ground.unit["QL-R1"],
            on=SINCE, parent=above, **ground.who,
        )  # fmt: skip
        made.append(above)
    with pytest.raises(BadMove, match="最多套 20 层"):
        zone_moves.move(zone=made[0], parent=ground.zone["Z2"], **ground.who)
    with pytest.raises(BadMove, match="最多套 20 层"):
        zone_moves.move(zone=ground.zone["Z2"], parent=made[20], **ground.who)
    zone_moves.move(zone=made[1], parent=ground.zone["Z2"], **ground.who)
    assert lies(ground)["D1"] == "Z2"


@pytest.mark.covers("S3-11")
@pytest.mark.parametrize(
    ("moved", "to", "why"),
    [
        ("Z3", "Z1", "李班长的协管区“精炼炉台”在本人的岗位责任区“炉前”里面"),
        ("Z1", "Z3", "李班长的协管区“精炼炉台”包含本人的岗位责任区“炉前”"),
    ],
)
def test_av_16_holds_again_when_zones_come_together(ground: Ground, moved: str, to: str, why: str) -> None:
    ground.give("李班长", "Z1")
    ground.give("李班长", "Z3")
    with pytest.raises(BadMove, match=why):
        put(ground, moved, to)
    assert lies(ground) == STANDS
    assert not AuditEntry.objects.filter(verb="zones.move").exists()


def test_av_16_looks_into_what_is_carried_along_and_at_owners_still_to_come(ground: Ground) -> None:
    """何组长 has the mouth, a part of the floor; the refining floor is his from April."""
    ground.give("何组长", "Z1a")
    april = ON.replace(month=4, day=1)
    care = ground.give("何组长", "Z3", on=april)
    with pytest.raises(BadMove, match="何组长的协管区“精炼炉台”包含本人的岗位责任区“炉口”"):
        put(ground, "Z1", "Z3")
    zone_owners.release(owner=care, on=april, **ground.who)
    put(ground, "Z1", "Z3")
    assert lies(ground)["Z1"] == "Z3"


def test_another_ones_post_in_my_care_is_what_care_is_for(ground: Ground) -> None:
    ground.give("吴师傅", "Z2")
    ground.give("李班长", "Z3")
    put(ground, "Z2", "Z3")
    assert lies(ground)["Z2"] == "Z3"


def test_the_counter_of_the_wider_zone_is_asked_of_where_parts_lie_now(ground: Ground) -> None:
    from ronglu.work import events

    who: dict[str, Any] = {"by": ground.cast.account["李班长"], "at": ground.who["at"]}
    told = events.report(
        plant=ground.cast.plant, unit=ground.unit["QL-R1-炉前"], zone=ground.zone["Z1a"], kind="minor", day=ON,
        words="擦伤", **who,
    )  # fmt: skip
    events.confirm(event=told, kind="minor", reason="已核", **ground.who)
    days = {code: zone_counters([ground.zone[code]], on=ON)[ground.zone[code].pk].days for code in ("Z1", "Z2")}
    assert days == {"Z1": 0, "Z2": (ON - SINCE).days}
    put(ground, "Z1a", "Z2")
    days = {code: zone_counters([ground.zone[code]], on=ON)[ground.zone[code].pk].days for code in ("Z1", "Z2")}
    assert days == {"Z1": (ON - SINCE).days, "Z2": 0}
