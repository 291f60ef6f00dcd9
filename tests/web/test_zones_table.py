"""Zones as a workbook: what the list gives away comes back with nothing to change, and what was changed in it is taken whole or not."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ronglu.exchange.arrive import arrive
from ronglu.store.models import AuditEntry, Import, Zone, ZoneOwner
from ronglu.work import imports, zone_owners, zones
from ronglu.work.imports import ImportTrouble
from tests.cast import AT, ON, Cast, cast
from tests.tasks.books import check, confirm
from tests.work.zoned import Ground, grounded

__all__ = ["cast"]
HEADS = [
    "编码*", "名称", "类型", "单位", "上级责任区", "面积", "党员带头", "任务", "目标", "岗位责任人", "协管责任人", "包片责任人",
]  # fmt: skip
CODE, NAME, KIND, UNIT, PARENT, SIZE, LEADS, TASK, _TARGET, OWN, CARE, AREA = range(12)
Cells = list[list[Any]]


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-03-10"


@pytest.fixture
def ground(cast: Cast) -> Ground:
    """李班长 has the converter floor and looks after the refining floor; the crew's group has the yard."""
    made = grounded(cast)
    made.give("李班长", "Z1")
    made.give("吴师傅", "Z1")
    made.give("李班长", "Z3")
    zones.describe(zone=made.zone["Z2"], leads=["material", "upkeep"], size="80.5", **made.who)
    zone_owners.assign(zone=made.zone["Z4"], body=cast.body["QL-B1-甲"], on=ON, **made.who)
    return made


def given(ground: Ground, name: str = "赵安全员", **query: Any) -> Cells:
    answer = ground.cast.login(Client(), name).get(reverse("zones_xlsx"), query)
    assert answer.status_code == 200
    page = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))["责任区"]
    return [list(row) for row in page.iter_rows(values_only=True)]


def brought(ground: Ground, rows: Cells, by: str = "赵安全员", **options: Any) -> Import:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    kept = arrive("责任区.xlsx", iter(lambda: stream.read(65536), b""), _home())
    file = imports.File(name="责任区.xlsx", digest=kept.digest, size=kept.size, path=kept.path)
    one = imports.upload(
        plant=ground.cast.plant, kind="zones", file=file, by=ground.cast.account[by], at=AT, options=options
    )
    return check(one)


def _home() -> Path:
    from django.conf import settings

    return Path(settings.HOME)


def told(one: Import) -> list[tuple[str, str]]:
    return [(p["cell"], p["message"]) for p in one.report["problems"]]


def counts(one: Import) -> tuple[int, int, int]:
    return one.counts["new"], one.counts["changed"], one.counts["unchanged"]


def owners() -> set[tuple[str, str, str]]:
    rows = ZoneOwner.objects.on(ON).select_related("zone", "person")
    return {(row.zone.code, row.duty, row.person.name if row.person else "党组织") for row in rows}


def test_the_workbook_says_all_of_the_list_and_comes_back_with_nothing_to_change(ground: Ground) -> None:
    rows = given(ground)
    assert rows == [
        HEADS,
        ["Z1", "炉前", "岗位责任区", "炉前岗位", None, 120.5, None, None, None, "20101 李班长、20110 吴师傅", None, None],
        ["Z1a", "炉口", "岗位责任区", "炉前岗位", "Z1", 40, None, None, None, None, None, None],
        ["Z2", "加料平台", "岗位责任区", "加料岗位", None, 80.5, "物料消耗、设备维保", None, None, None, None, None],
        ["Z3", "精炼炉台", "协管区", "精炼线", None, 200, None, None, None, None, "20101 李班长", None],
        ["Z4", "料场", "包片", "转炉线", None, None, None, "料场整治", None, None, None, "转炉甲班党小组"],
    ]  # fmt: skip
    before = AuditEntry.objects.count()
    one = brought(ground, rows)
    assert (told(one), counts(one)) == ([], (0, 0, 5))
    assert counts(confirm(one)) == (0, 0, 5)
    assert not AuditEntry.objects.filter(verb__startswith="zones.")[before:].exists()


def test_it_is_the_readers_list_filtered_as_he_sees_it_and_staff_numbers_are_for_who_names_owners(
    ground: Ground,
) -> None:
    assert [row[CODE] for row in given(ground, kind="care")[1:]] == ["Z3"]
    assert [row[CODE] for row in given(ground, "马主任")[1:]] == ["Z1", "Z1a", "Z2", "Z4"]
    own = given(ground, "郑师傅")
    assert [(row[CODE], row[CARE]) for row in own[1:]] == [("Z3", "李班长")]


def test_new_rows_changed_names_parents_and_owners_are_taken_in_one_go(ground: Ground) -> None:
    """Z1 goes under the new Z9, which stands below it in the table; 吴师傅 leaves Z1, 何组长 comes; the yard loses its group."""
    rows = given(ground)
    rows[1][NAME], rows[1][PARENT], rows[1][OWN] = "炉前平台", "Z9", "20101、20103 何组长"
    rows[2][PARENT], rows[2][SIZE] = "删除", 41
    rows[5][AREA] = "删除"
    new: list[Any] = ["Z9", "炉区", "岗位责任区", "转炉线"] + [None] * 8
    one = brought(ground, [*rows, new])
    assert (told(one), counts(one)) == ([], (1, 3, 2))
    assert not Zone.objects.filter(code="Z9").exists()
    confirm(one)
    found = {z.code: (z.name, z.parent.code if z.parent else None, z.size) for z in Zone.objects.order_by("code")}
    assert found == {
        "Z1": ("炉前平台", "Z9", 12050), "Z1a": ("炉口", None, 4100), "Z2": ("加料平台", None, 8050),
        "Z3": ("精炼炉台", None, 20000), "Z4": ("料场", None, None), "Z9": ("炉区", None, None),
    }  # fmt: skip
    assert owners() == {("Z1", "own", "李班长"), ("Z1", "own", "何组长"), ("Z3", "care", "李班长")}
    assert counts(brought(ground, given(ground))) == (0, 0, 6)
    verbs = AuditEntry.objects.filter(plant=ground.cast.plant, verb="zones.import").values_list("detail", flat=True)
    assert [(one["new"], one["changed"]) for one in verbs] == [(1, 3)]


def test_every_wrong_cell_is_named_and_nothing_of_the_file_is_taken(ground: Ground) -> None:
    rows = given(ground)
    rows[1][NAME] = "炉前平台"
    rows[1][OWN] = "20101 张三、99999"
    rows[2][KIND] = "协管区"
    rows[3][UNIT] = "转炉线"
    rows[3][PARENT] = "没有的区"
    rows[4][LEADS] = "表扬"
    rows[4][OWN] = "20103"
    rows[5][TASK] = "删除"
    one = brought(ground, [*rows, ["Z9", None, None, "转炉线"]])
    assert told(one) == [
        ("J2", "工号 20101 在花名册里不是“张三”，请核对工号与姓名"),
        ("J2", "青岚冶炼厂没有工号 99999，请核对"),
        ("C3", "“炉口”是岗位责任区，划定以后不改类型：请停用后另划"),
        ("D4", "“加料平台”不在这个单位，划定以后不换单位：请停用后另划"),
        ("G5", "带头工作没有“表扬”这一项，应为物料消耗、设备维保、技术改革、创新创效"),
        ("B7", "Z9 是新划的责任区，要写名称"),
        ("C7", "Z9 是新划的责任区，要写类型"),
    ]
    with pytest.raises(ImportTrouble):
        confirm(one)
    assert Zone.objects.get(code="Z1").name == "炉前"
    # what only shows when it is carried out
    rows = given(ground)
    rows[3][PARENT], rows[4][OWN], rows[5][TASK] = "没有的区", "20103", "删除"
    assert [cell for cell, _ in told(brought(ground, rows))] == ["H6", "E4", "J5"]
    assert owners() == {
        ("Z1", "own", "李班长"), ("Z1", "own", "吴师傅"), ("Z3", "care", "李班长"), ("Z4", "area", "党组织"),
    }  # fmt: skip


@pytest.mark.covers("S3-11")
def test_av_16_counts_the_table_as_it_lies_in_the_end(ground: Ground) -> None:
    """Moved into his own post it is refused by name; given to somebody else in the same table it is not."""
    rows = given(ground)
    rows[4][PARENT] = "Z1"
    assert told(brought(ground, rows)) == [
        ("E5", "李班长的协管区“精炼炉台”在本人的岗位责任区“炉前”里面：协管区不能与本人岗位责任区重叠，请换一处")
    ]
    rows[4][CARE] = "20111 郑师傅"
    assert counts(confirm(brought(ground, rows))) == (0, 1, 4)
    again = given(ground)
    again[2][OWN] = "20111"
    assert [cell for cell, _ in told(brought(ground, again))] == []
    again[1][OWN] = "20101、20111"
    (fault,) = told(brought(ground, again))
    assert fault[0] == "J2" and fault[1].startswith("郑师傅的协管区“精炼炉台”在本人的岗位责任区“炉前”里面")


def test_zones_that_would_lie_in_each_other_are_told_at_both_cells(ground: Ground) -> None:
    rows = given(ground)
    rows[3][PARENT], rows[5][PARENT] = "Z4", "Z2"
    assert [cell for cell, _ in told(brought(ground, rows))] == ["E4"]
    loops = [["N1", "新一", "岗位责任区", "转炉线", "N2"], ["N2", "新二", "岗位责任区", "转炉线", "N1"]]
    found = told(brought(ground, [HEADS, *loops]))
    assert [cell for cell, _ in found] == ["E2", "E3"]
    assert "互相套着" in found[0][1]


def test_two_zones_may_change_places_and_a_new_one_may_lie_in_a_new_one_named_by_its_name(ground: Ground) -> None:
    rows = given(ground)
    rows[1][PARENT], rows[2][PARENT] = "Z1a", "删除"
    inner, outer = ["N1", "新一", "岗位责任区", "转炉线", "新二"], ["N2", "新二", "岗位责任区", "转炉线", None]
    assert counts(confirm(brought(ground, [*rows, inner, outer]))) == (2, 2, 3)
    found = {z.code: z.parent and z.parent.code for z in Zone.objects.filter(code__in=("Z1", "Z1a", "N1", "N2"))}
    assert found == {"Z1": "Z1a", "Z1a": None, "N1": "N2", "N2": None}


def test_a_workshop_head_changes_his_own_workshop_only(ground: Ground) -> None:
    rows = given(ground)
    rows[3][NAME], rows[4][NAME] = "加料口", "精炼台"
    rows[4][CARE] = "20111"
    elsewhere = ["N1", "新一", "岗位责任区", "精炼线"]
    assert [cell for cell, _ in told(brought(ground, [*rows, elsewhere], by="马主任"))] == ["A5", "K5", "A7"]
    rows[4] = given(ground)[4]
    assert counts(brought(ground, rows, by="马主任")) == (0, 1, 4)


def test_owners_change_on_the_day_that_was_stated_and_a_closed_zone_no_more(ground: Ground) -> None:
    rows = given(ground)
    rows[1][OWN] = "20103"
    confirm(brought(ground, rows, since="2026-03-20"))
    spans = ZoneOwner.objects.filter(zone__code="Z1").order_by("person__staff_no")
    assert [(o.person.staff_no, str(o.from_on), str(o.until_on)) for o in spans] == [
        ("20101", "2026-03-10", "2026-03-20"),
        ("20103", "2026-03-20", "None"),
        ("20110", "2026-03-10", "2026-03-20"),
    ]
    zones.close(zone=ground.zone["Z2"], on=ON, **ground.who)
    shut = given(ground, state="closed")
    assert counts(brought(ground, shut)) == (0, 0, 1)
    shut[1][NAME] = "加料口"
    assert told(brought(ground, shut)) == [("A2", "“加料平台”已经停用，不能再改")]
