"""Zones: laid out, owned from a day on, drawn; nobody looks after himself; and the three coverage figures."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.store.models import AuditEntry, FloorPlan, Round, ZoneArea, ZoneOwner
from ronglu.work import floor_plans, key_works, zone_owners, zones
from ronglu.work.queries import zone_coverage
from ronglu.work.queries.zones import refusal, within
from ronglu.work.zone_shapes import overlap, points_of
from ronglu.work.zones import BadZone
from tests.cast import ON, SINCE, Cast, cast
from tests.work.zoned import Ground, grounded

__all__ = ["cast"]
THE_20TH = dt.date(2026, 3, 20)


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return grounded(cast)


def plan(ground: Ground) -> FloorPlan:
    return floor_plans.add(
        plant=ground.cast.plant, unit=ground.unit["QL-R1"], name="一层", data=b"picture", suffix=".png", width=800,
        height=600, **ground.who,
    )  # fmt: skip


@pytest.mark.covers("S3-11")
def test_av_16_the_own_post_zone_is_no_care_zone_of_the_same_person(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    with pytest.raises(BadZone, match="李班长的协管区“炉前”就是本人的岗位责任区：协管区不能与本人岗位责任区重叠"):
        ground.give("李班长", "Z1", "care")
    assert [(o.zone, o.duty) for o in ZoneOwner.objects.all()] == [(ground.zone["Z1"], "own")]


@pytest.mark.parametrize(
    ("own", "care", "why"),
    [
        ("Z1", "Z1a", "在本人的岗位责任区“炉前”里面"),
        ("Z1a", "Z1", "包含本人的岗位责任区“炉口”"),
    ],
)
def test_a_care_zone_inside_or_around_the_own_post_is_refused(ground: Ground, own: str, care: str, why: str) -> None:
    ground.give("李班长", own)
    with pytest.raises(BadZone, match=why):
        ground.give("李班长", care, "care")


def test_the_rule_holds_the_other_way_round_and_at_the_same_station(ground: Ground) -> None:
    beside = zones.create(
        plant=ground.cast.plant, code="Z5", name="炉前值班室", kind="care", unit=ground.unit["QL-R1-炉前"], on=SINCE,
        **ground.who,
    )  # fmt: skip
    zone_owners.assign(zone=beside, person=ground.cast.person["李班长"], on=ON, **ground.who)
    with pytest.raises(BadZone, match="与本人的岗位责任区“炉前”在同一单位"):
        ground.give("李班长", "Z1")


def test_another_ones_post_may_be_looked_after_and_so_may_one_own_after_it_was_given_up(ground: Ground) -> None:
    ground.give("吴师傅", "Z2")
    own = ground.give("李班长", "Z1")
    ground.give("李班长", "Z2", "care")
    zone_owners.release(owner=own, on=THE_20TH, **ground.who)
    ground.give("李班长", "Z1", "care", on=THE_20TH)
    rows = ZoneOwner.objects.filter(person=ground.cast.person["李班长"]).order_by("pk")
    assert [(o.duty, o.from_on, o.until_on) for o in rows] == [
        ("own", ON, THE_20TH),
        ("care", ON, None),
        ("care", THE_20TH, None),
    ]


def test_a_care_zone_drawn_over_the_own_post_is_refused_and_a_common_wall_is_not(ground: Ground) -> None:
    drawing = plan(ground)
    ground.give("李班长", "Z1")
    ground.give("李班长", "Z3")
    floor_plans.draw(plan=drawing, zone=ground.zone["Z1"], points="0,0 500,0 500,500 0,500", **ground.who)
    floor_plans.draw(plan=drawing, zone=ground.zone["Z3"], points="500,0 900,0 900,500 500,500", **ground.who)
    with pytest.raises(BadZone, match="协管区“精炼炉台”与本人的岗位责任区“炉前”在平面图上重叠"):
        floor_plans.draw(plan=drawing, zone=ground.zone["Z3"], points="400,0 900,0 900,500 400,500", **ground.who)
    assert ZoneArea.objects.get(zone=ground.zone["Z3"]).points[0] == [500, 0]


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("0,0 100,0 100,100 0,100", "0,0 100,0 100,100 0,100", True),  # the same
        ("0,0 100,0 100,100 0,100", "20,20 30,20 30,30", True),  # one inside the other
        ("0,0 100,0 100,100 0,100", "50,50 150,50 150,150 50,150", True),
        ("0,0 100,0 100,100 0,100", "0,40 100,40 100,60 0,60", True),  # a stripe from border to border
        ("0,0 100,0 100,100 0,100", "100,0 200,0 200,100 100,100", False),  # a common wall
        ("0,0 100,0 100,100 0,100", "101,0 200,0 200,100", False),
        # a hook around the other: boxes overlap, grounds do not
        ("0,0 90,0 90,10 10,10 10,90 0,90", "20,20 80,20 80,80 20,80", False),
    ],
)
def test_polygons_have_common_ground_or_not(one: str, other: str, common: bool) -> None:
    assert overlap(points_of(one), points_of(other)) is common
    assert overlap(points_of(other), points_of(one)) is common


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0,0 100,0", "3 到 60 个角点，写了 2 个"),
        ("0,0 100,0 1001,5", "在图外"),
        ("0,0 100,0 a,5", "应写成 120,340"),
        ("0,0 50,50 100,100", "在一条线上"),
        ("0,0 100,100 100,0 0,100", "互相交叉"),
    ],
)
def test_corners_that_make_no_polygon_are_told(text: str, why: str) -> None:
    with pytest.raises(BadZone, match=why):
        points_of(text)


def test_what_may_not_be_laid_out_is_told(ground: Ground) -> None:
    for code, size, kind, why in (
        ("Z1", "", "own", "编码 Z1 已被另一个责任区使用"),
        ("Z9", "很大", "own", "不是数"),
        ("Z9", "0", "own", "面积 0 平方米不对"),
        ("Z9", "1", "area", "包片要写明任务"),
        ("Z9", "1", "field", "编码、名称和类型"),
    ):
        with pytest.raises(BadZone, match=why):
            zones.create(
                plant=ground.cast.plant, code=code, name="新区", kind=kind, unit=ground.unit["QL-R1"], size=size, on=ON,
                **ground.who,
            )  # fmt: skip
    with pytest.raises(BadZone, match="同一个厂"):
        zones.create(
            plant=ground.cast.plant, code="Z9", name="邻厂", kind="own", unit=ground.unit["BS-F1"], on=ON, **ground.who
        )


@pytest.mark.covers("S4-16")
def test_a_piece_of_ground_may_be_taken_by_a_group_with_task_and_target_but_a_post_may_not(ground: Ground) -> None:
    group = ground.cast.body["QL-B1-甲"]
    zones.describe(zone=ground.zone["Z4"], task="料场整治", target="无积料", leads=["material"], **ground.who)
    row = zone_owners.assign(zone=ground.zone["Z4"], body=group, on=ON, **ground.who)
    assert (row.duty, row.zone.task, row.zone.target, row.zone.leads) == ("area", "料场整治", "无积料", ["material"])
    with pytest.raises(BadZone, match="要派到人"):
        zone_owners.assign(zone=ground.zone["Z1"], body=group, on=ON, **ground.who)
    with pytest.raises(BadZone, match="“精炼炉台”是协管区，只能派协管区责任人"):
        ground.give("李班长", "Z3", "own")


@pytest.mark.covers("S4-15")
def test_the_work_that_its_members_lead_in_is_one_of_four(ground: Ground) -> None:
    four = ["material", "upkeep", "reform", "innovation"]
    assert zones.describe(zone=ground.zone["Z1"], leads=four, **ground.who).leads == four
    with pytest.raises(BadZone, match="没有“praise”这一项"):
        zones.describe(zone=ground.zone["Z1"], leads=["praise"], **ground.who)


def test_a_closed_zone_keeps_its_past_and_owes_no_rounds(ground: Ground) -> None:
    ground.give("李班长", "Z1a")
    ground.publish()
    checklist = ground.cast.plant.checklists.get()
    Round.objects.create(zone=ground.zone["Z1a"], checklist=checklist, work_class="safety", due_on=THE_20TH)
    with pytest.raises(BadZone, match="里面还有“炉口”"):
        zones.close(zone=ground.zone["Z1"], on=ON, **ground.who)
    with pytest.raises(BadZone, match="还没到"):
        zones.close(zone=ground.zone["Z1a"], on=THE_20TH, **ground.who)
    closed = zones.close(zone=ground.zone["Z1a"], on=ON, **ground.who)
    assert (closed.state, closed.until_on, Round.objects.get().state) == ("closed", ON, "cancelled")
    # given on the day it was closed: held for no day at all
    assert not closed.owners.exists()
    with pytest.raises(BadZone, match="不在用"):
        ground.give("李班长", "Z1a")


def test_each_step_leaves_a_line_in_the_trail(ground: Ground) -> None:
    before = AuditEntry.objects.count()
    zones.rename(zone=ground.zone["Z1"], name="炉前平台", **ground.who)
    item = zones.add_item(
        zone=ground.zone["Z1"], name="1# 风机", kind="equipment", work_class="equipment", **ground.who
    )
    zones.remove_item(item=item, **ground.who)
    zone_owners.release(owner=ground.give("李班长", "Z1"), on=THE_20TH, **ground.who)
    assert [e.verb for e in AuditEntry.objects.order_by("pk")[before:]] == [
        "zones.rename", "zones.add_item", "zones.remove_item", "zones.assign", "zones.release",
    ]  # fmt: skip


@pytest.mark.covers("S3-13", "S3-17")
def test_the_three_coverage_figures_by_hand(ground: Ground) -> None:
    """Members of the plant: 李班长 王书记 何组长 马主任 孙干事 郑师傅 高书记 = 7, with a zone: 李班长, 郑师傅.

    Ground divided no further: Z1a 40 (in Z1, owned there), Z2 80 (nobody), Z3 200 (郑师傅), Z4 not measured:
    240 of 320 m²; zones 2 of 4. Key work: one has an owner, one lies in an owned zone, one has neither.
    """
    ground.give("李班长", "Z1")
    ground.give("吴师傅", "Z2", on=THE_20TH)  # not yet, and no member
    ground.give("郑师傅", "Z3", "care")
    plant, line = ground.cast.plant, ground.unit["QL-R1"]
    key_works.name(plant=plant, unit=line, title="炉衬", owner=ground.cast.person["马主任"], on=ON, **ground.who)
    key_works.name(plant=plant, unit=line, title="炉口结瘤", zone=ground.zone["Z1a"], on=ON, **ground.who)
    key_works.name(plant=plant, unit=line, title="粉煤计量", on=ON, **ground.who)
    found = zone_coverage.of_plant(plant=plant, on=ON)
    assert [(s.done, s.of) for s in (found.members, found.zones, found.ground, found.works)] == [
        (2, 7), (2, 4), (240, 320), (2, 3),
    ]  # fmt: skip
    assert (found.unmeasured, found.members.percent, found.ground.percent) == (1, Decimal("28.6"), Decimal("75.0"))
    assert {person.name for person in found.without} == {"王书记", "何组长", "马主任", "孙干事", "高书记"}


def test_a_branch_is_covered_by_its_own_members_and_the_ground_it_stands_on(ground: Ground) -> None:
    """转炉党支部: 李班长 王书记 何组长 马主任; Z1a 40 of Z1a + Z2 = 120 m²; nothing of the refining line."""
    ground.give("李班长", "Z1")
    ground.give("郑师傅", "Z3", "care")
    found = zone_coverage.of_body(body=ground.cast.body["QL-B1"], on=ON)
    assert [(s.done, s.of) for s in (found.members, found.zones, found.ground, found.works)] == [
        (1, 4), (1, 3), (40, 120), (0, 0),
    ]  # fmt: skip
    assert found.works.percent is None


def test_the_day_before_a_zone_was_given_it_covered_nobody(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    assert zone_coverage.of_plant(plant=ground.cast.plant, on=ON - dt.timedelta(days=1)).members.done == 0


def test_key_work_changes_hands_on_a_day_and_ends(ground: Ground) -> None:
    people, plant = ground.cast.person, ground.cast.plant
    work = key_works.name(
        plant=plant, unit=ground.unit["QL-R1"], title="炉衬", owner=people["马主任"], on=ON, **ground.who
    )
    key_works.give(work=work, owner=people["陈技术员"], on=THE_20TH, **ground.who)
    rows = plant.key_works.order_by("from_on")
    assert [(w.owner.name, w.from_on, w.until_on) for w in rows] == [
        ("马主任", ON, THE_20TH),
        ("陈技术员", THE_20TH, None),
    ]
    key_works.finish(work=work, on=dt.date(2026, 4, 1), **ground.who)
    assert not plant.key_works.on(dt.date(2026, 4, 1)).exists()


def test_who_sees_which_zones(ground: Ground) -> None:
    """郑师傅 works on the refining line and looks after the converter's charging platform."""
    ground.give("郑师傅", "Z2", "care")
    seen = {
        name: "".join(sorted(z.code[1:] + " " for z in within(ground.cast.scope(name)))).split()
        for name in ("赵安全员", "马主任", "李班长", "郑师傅", "邻厂书记", "外人", "系统管理员")
    }
    assert seen == {
        "赵安全员": ["1", "1a", "2", "3", "4"],
        "马主任": ["1", "1a", "2", "4"],
        "李班长": ["1", "1a", "2", "4"],
        "郑师傅": ["2", "3"],
        "邻厂书记": [],
        "外人": [],
        "系统管理员": [],
    }


def test_ones_own_zone_may_be_walked_but_not_laid_out_anew(ground: Ground) -> None:
    ground.give("郑师傅", "Z2", "care")
    scope, zone = ground.cast.scope("郑师傅"), ground.zone["Z2"]
    assert [bool(refusal(scope, verb, zone)) for verb in ("zones.see", "rounds.do", "zones.edit", "zones.assign")] == [
        False, False, True, True,
    ]  # fmt: skip
    assert refusal(ground.cast.scope("吴师傅"), "rounds.do", zone)
    # 何组长 names owners in his group's crew, not of a zone of the line because he looks after it
    ground.give("何组长", "Z2", "care")
    assert refusal(ground.cast.scope("何组长"), "zones.see", zone) is None
    assert refusal(ground.cast.scope("何组长"), "zones.assign", zone)
    assert refusal(ground.cast.scope("马主任"), "zones.edit", zone) is None
    assert refusal(ground.cast.scope("马主任"), "zones.edit", ground.zone["Z3"])


def test_the_same_picture_is_kept_once(ground: Ground) -> None:
    first = plan(ground)
    second = floor_plans.add(
        plant=ground.cast.plant, unit=ground.unit["QL-R1"], name="二层", data=b"picture", suffix=".png", width=1,
        height=1, **ground.who,
    )  # fmt: skip
    assert first.path == second.path == f"pictures/{first.digest}.png"
    with pytest.raises(BadZone, match="已经有平面图“一层”"):
        plan(ground)
