"""Responsibility zones from a workbook: new ones, and of those there are the name, what they lie in, what is said of them and who
answers for them. The workbook that the list of zones gives away comes back with nothing to change."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ronglu.kernel.org.kinds import UNIT_RANKS
from ronglu.kernel.table import Cell, Column, Mark, Row, Table, Taken
from ronglu.store.models import Account, Import, Lead, Person, Plant, Unit, Zone, ZoneKind, ZoneOwner
from ronglu.work import audits
from ronglu.work.scope import scope_of
from ronglu.work.tables import common
from ronglu.work.tables.zones_take import Owner, Wanted, owner_of, take_all

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB, ASSIGN = "zones.edit", "zones.assign"
DUTIES = (ZoneKind.OWN, ZoneKind.CARE, ZoneKind.AREA)
KINDS = {word: code for code, label in ZoneKind.choices for word in (label, code)}
LEADS = {word: code for code, label in Lead.choices for word in (label, code)}
BETWEEN = re.compile(r"[、，,;；\n]+")


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    people = "工号，几个人用顿号隔开；写上姓名的一并核对。填了就是全部：没写的人从那天起不再负责。"
    return Table(
        code="zones",
        label="责任区",
        key=("code",),
        columns=(
            Column(code="code", label="编码", required=True, longest=40, words=("责任区编码", "Code"), example="Z-01"),
            Column(code="name", label="名称", longest=80, words=("责任区名称", "Name"), example="炉前"),
            Column(code="kind", label="类型", cell=Cell.CHOICE, known=KINDS, words=("Kind",)),
            common.unit_column(plant=plant, on=on, kinds=UNIT_RANKS, required=False),
            Column(code="parent", label="上级责任区", longest=80, deletes=True, words=("在哪个责任区里面", "Parent"),
                   help="它的编码或名称，可以是同一份表里新写的。"),
            common.number_column("size", "面积", deletes=True, words=("面积m²", "面积（m²）", "Area"), help="平方米。"),
            Column(code="leads", label="党员带头", deletes=True, words=("带头工作",), example="、".join(Lead.labels),
                   help="几项用顿号隔开。"),
            Column(code="task", label="任务", deletes=True, longest=200, help="包片必填。"),
            Column(code="target", label="目标", deletes=True, longest=200),
            Column(code="own", label="岗位责任人", deletes=True, longest=400, help=people),
            Column(code="care", label="协管责任人", deletes=True, longest=400, help=people),
            Column(code="area", label="包片责任人", deletes=True, longest=400, help=f"{people}党组织写名称或编码。"),
        ),
        notes=(
            "按编码认：已有的编码改名称、上级、面积、任务和责任人，类型和单位不改；没有的编码是新划的区，要写名称、类型、单位。",
            "表里没写的责任区不动；停用在责任区页上办。",
            "协管区不能与本人岗位责任区重叠（双管双负责），按整份表改完以后的样子核对。",
        ),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults, since = common.Faults(), batch.options.get("since") if batch else ""
    on = dt.date.fromisoformat(since) if since else at.date()
    book = _Book.of(plant, on=on)
    wanted = [found for row in rows if (found := book.wanted(row, faults)) is not None]
    for one in wanted:
        one.parent = book.new_named(one.parent, wanted)
    _within_reach([one for one in wanted if one.touched], by=by, on=at.date(), faults=faults)
    faults.check()
    take_all(wanted, plant=plant, on=on, by=by, at=at, faults=faults)
    faults.check()
    new, changed = sum(one.zone is None for one in wanted), sum(one.zone is not None and one.touched for one in wanted)
    if new + changed:
        detail = {"new": new, "changed": changed, "batch": batch and batch.pk}
        audits.record(verb="zones.import", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return Taken(new=new, changed=changed, unchanged=len(rows) - new - changed, notes=faults.notes)


def _within_reach(wanted: Sequence[Wanted], *, by: Account, on: dt.date, faults: common.Faults) -> None:
    """What a row changes must be its writer's to change: zones by the unit they stand at, owners by their own verb."""
    scope = scope_of(by, on=on)
    edit, assign = scope.reach(VERB), scope.reach(ASSIGN)
    for one in wanted:
        where = {"plant": one.unit.plant_id, "unit": one.unit.pk, "body": None}
        if one.laid_out and not edit.holds(**where):
            faults.add(one.row, "code", f"“{one.name}”所在的单位不在您的职责范围内，不能由您划分")
        if one.owners_changed and not assign.holds(**where):
            faults.add(one.row, one.owners_changed[0], f"“{one.name}”的责任人不由您派定")


@dataclass(frozen=True, slots=True)
class _Book:
    """The plant as the rows are read against it: read once."""

    plant: Plant
    zones: Mapping[str, Zone]
    units: Mapping[int, Unit]
    people: Mapping[str, Person]
    bodies: Mapping[str, int]
    owners: Mapping[tuple[int, str], frozenset[Owner]]
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, plant: Plant, *, on: dt.date) -> "_Book":
        zones = {one.code: one for one in Zone.objects.filter(plant=plant).select_related("unit", "plant")}
        named: dict[str, tuple[str, ...]] = {}
        for one in zones.values():
            named[one.name] = (*named.get(one.name, ()), *([one.code] if one.state == "active" else []))
        owners: dict[tuple[int, str], frozenset[Owner]] = {}
        for row in ZoneOwner.objects.on(on).filter(zone__plant=plant):
            key = (row.zone_id, row.duty)
            owners[key] = owners.get(key, frozenset()) | {owner_of(row)}
        people = {one.staff_no: one for one in Person.objects.filter(plant=plant)}
        bodies = dict(common.body_column(plant=plant, on=on).known)
        return cls(plant, zones, Unit.objects.in_bulk(), people, bodies, owners, named)

    def wanted(self, row: Row, faults: common.Faults) -> Wanted | None:
        """What the row makes of its zone; None where it could not be read."""
        zone, before = self.zones.get(row["code"]), len(faults.found)
        said = {name: row[name] for name in ("name", "size", "task", "target") if row[name] is not None}
        if row["leads"] is not None:
            said["leads"] = self._leads(row, faults)
        if zone is None:
            for name, label in (("name", "名称"), ("kind", "类型"), ("unit", "单位")):
                if row[name] is None:
                    faults.add(row, name, f"{row['code']} 是新划的责任区，要写{label}")
        else:
            self._same_place(row, zone, faults)
        owners = {duty: self._owners(row, duty, faults) for duty in DUTIES if row[duty] is not None}
        if len(faults.found) > before:
            return None
        had = {duty: self.owners.get((zone.pk, duty), frozenset()) if zone else frozenset() for duty in owners}
        changed = {duty: (had[duty], found) for duty, found in owners.items() if found != had[duty]}
        unit = zone.unit if zone else self.units[row["unit"]]
        made = Wanted(row=row, zone=zone, unit=unit, kind=zone.kind if zone else row["kind"], owners=changed)
        made.parent, made.moved = self._parent(row, zone)
        made.say(said)
        if zone is not None and zone.state == "closed" and made.touched:
            faults.add(row, "code", f"“{zone.name}”已经停用，不能再改")
        return made

    def _same_place(self, row: Row, zone: Zone, faults: common.Faults) -> None:
        if row["kind"] is not None and row["kind"] != zone.kind:
            faults.add(row, "kind", f"“{zone.name}”是{zone.get_kind_display()}，划定以后不改类型：请停用后另划")
        if row["unit"] is not None and row["unit"] != zone.unit_id:
            faults.add(row, "unit", f"“{zone.name}”不在这个单位，划定以后不换单位：请停用后另划")

    def _leads(self, row: Row, faults: common.Faults) -> list[str]:
        words = [] if row["leads"] is Mark.DELETE else _parts(row["leads"])
        for word in words:
            if word not in LEADS:
                faults.add(row, "leads", f"带头工作没有“{word}”这一项，应为{'、'.join(Lead.labels)}")
        return [LEADS[word] for word in words if word in LEADS]

    def _parent(self, row: Row, zone: Zone | None) -> tuple[str, bool]:
        """The code of what it shall lie in, a name left for later where it may be a new one; and whether that is a change."""
        now = zone.parent_id if zone else None
        if row["parent"] is None:
            return "", False
        if row["parent"] is Mark.DELETE:
            return "", now is not None
        word = row["parent"]
        named = self.named.get(word, ())
        code = named[0] if word not in self.zones and len(named) == 1 else word
        return code, code not in self.zones or self.zones[code].pk != now

    def new_named(self, parent: str, wanted: Sequence[Wanted]) -> str:
        """The code of a new zone of the table that was meant by its name."""
        known = {one.row["name"]: one.row["code"] for one in wanted if one.zone is None}
        return parent if parent in self.zones else known.get(parent, parent)

    def _owners(self, row: Row, duty: str, faults: common.Faults) -> frozenset[Owner]:
        found: set[Owner] = set()
        for text in [] if row[duty] is Mark.DELETE else _parts(row[duty]):
            number, _, name = text.partition(" ")
            person = self.people.get(number)
            if person is None and duty == ZoneKind.AREA and text in self.bodies:
                found.add(("body", self.bodies[text]))
            elif person is None:
                also = "，也没有叫这个名称的党组织" if duty == ZoneKind.AREA else ""
                faults.add(row, duty, f"{self.plant.name}没有工号 {number}{also}，请核对")
            elif name.strip() and name.strip() != person.name:
                faults.add(row, duty, f"工号 {number} 在花名册里不是“{name.strip()}”，请核对工号与姓名")
            else:
                found.add(("person", person.pk))
        return frozenset(found)


def _parts(text: str) -> list[str]:
    return [one.strip() for one in BETWEEN.split(text) if one.strip()]
