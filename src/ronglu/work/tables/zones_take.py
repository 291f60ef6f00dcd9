"""The rows of a table of zones carried out, in the order in which none stands in another's way: owners leave, zones are laid out,
told of and moved, owners come. What a verb refuses becomes a fault of the row's cell."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.table import Mark, Row
from ronglu.store.models import Account, Body, Person, Plant, Unit, Zone, ZoneOwner
from ronglu.work import zone_moves, zone_owners, zones
from ronglu.work.zones import BadZone

Owner = tuple[str, int]
"""person or body, and the key."""
CELLS = (("面积", "size"), ("任务", "task"), ("带头", "leads"), ("编码", "code"), ("名称", "name"))
"""By a word of what was refused the cell that it is about."""


class Faults(Protocol):
    def add(self, row: Row, column: str, what: str) -> None: ...


@dataclass(slots=True, kw_only=True)
class Wanted:
    """One row: `said` are the values that differ from what the zone has, `owners` by duty who answers now and who shall."""

    row: Row
    zone: Zone | None
    unit: Unit
    kind: str
    owners: Mapping[str, tuple[frozenset[Owner], frozenset[Owner]]]
    parent: str = ""
    moved: bool = False
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.zone.name if self.zone else self.row["name"]

    @property
    def laid_out(self) -> bool:
        return self.zone is None or self.moved or bool(self.said)

    @property
    def owners_changed(self) -> tuple[str, ...]:
        return tuple(self.owners)

    @property
    def touched(self) -> bool:
        return self.laid_out or bool(self.owners)

    def say(self, values: Mapping[str, Any]) -> None:
        plain = {name: _plain(name, value) for name, value in values.items()}
        self.said = plain if self.zone is None else {n: v for n, v in plain.items() if v != _told(self.zone)[n]}


def take_all(
    wanted: Sequence[Wanted], *, plant: Plant, on: dt.date, by: Account, at: dt.datetime, faults: Faults
) -> None:
    work = _Work(plant, on, {"by": by, "at": at}, faults)
    for one in wanted:
        work.release(one)
    work.lay_out([one for one in wanted if one.zone is None])
    for one in wanted:
        work.tell(one)
    work.move([one for one in wanted if one.zone is not None and one.moved])
    for one in wanted:
        work.assign(one)


@dataclass(slots=True)
class _Work:
    plant: Plant
    on: dt.date
    who: Mapping[str, Any]
    faults: Faults
    made: dict[str, Zone] = field(default_factory=dict)

    def release(self, one: Wanted) -> None:
        for duty, (had, shall) in one.owners.items():
            rows = ZoneOwner.objects.on(self.on).filter(zone=one.zone, duty=duty) if had - shall else ()
            for row in rows:
                if owner_of(row) not in shall:
                    self._do(one.row, duty, zone_owners.release, owner=row, on=self.on)

    def lay_out(self, new: Sequence[Wanted]) -> None:
        """What holds others first; a new zone may lie in a new one."""
        waiting, codes = list(new), {one.row["code"] for one in new}
        while waiting:
            ready = [one for one in waiting if one.parent not in codes - self.made.keys()]
            for one in ready or waiting:
                if ready:
                    self._create(one)
                else:
                    self.faults.add(one.row, "parent", f"“{one.name}”与表里别的新责任区互相套着，不能这样放")
            waiting = [one for one in waiting if one not in ready] if ready else []

    def _create(self, one: Wanted) -> None:
        parent = self._parent(one)
        told = {"size": "", "leads": (), "task": "", "target": ""} | {n: v for n, v in one.said.items() if n != "name"}
        made = self._do(
            one.row, "code", zones.create, plant=self.plant, code=one.row["code"], name=one.row["name"], kind=one.kind,
            unit=one.unit, on=self.on, parent=parent, **told,
        )  # fmt: skip
        if made is not None:
            self.made[made.code] = made

    def tell(self, one: Wanted) -> None:
        if one.zone is None or not one.said:
            return
        if "name" in one.said:
            self._do(one.row, "name", zones.rename, zone=one.zone, name=one.said["name"])
        if rest := {name: value for name, value in one.said.items() if name != "name"}:
            told = {name: value for name, value in _told(one.zone).items() if name != "name"}
            self._do(one.row, next(iter(rest)), zones.describe, zone=one.zone, **(told | rest))

    def move(self, moved: Sequence[Wanted]) -> None:
        """All at once, as two may change places; told one by one, so that each wrong cell is named."""
        rows = {one.zone.pk: one for one in moved if one.zone is not None}
        places = [(one.zone, self._parent(one)) for one in moved if one.zone is not None]
        places = [(zone, parent) for zone, parent in places if parent is not None or not rows[zone.pk].parent]
        while places:
            try:
                with transaction.atomic():
                    zone_moves.move_all(places=places, **self.who)
                return
            except zone_moves.BadMove as bad:
                self.faults.add(rows[bad.zone.pk].row, "parent", str(bad))
                places = [(zone, parent) for zone, parent in places if zone.pk != bad.zone.pk]

    def assign(self, one: Wanted) -> None:
        zone = one.zone or self.made.get(one.row["code"])
        for duty, (had, shall) in one.owners.items():
            for what, pk in sorted(shall - had) if zone is not None else ():
                model = Person if what == "person" else Body
                given = {what: model._default_manager.get(pk=pk)}
                self._do(one.row, duty, zone_owners.assign, zone=zone, duty=duty, on=self.on, **given)

    def _parent(self, one: Wanted) -> Zone | None:
        """Looked up when the new ones are there."""
        if not one.parent:
            return None
        found = self.made.get(one.parent) or Zone.objects.filter(plant=self.plant, code=one.parent).first()
        if found is None or found.state == "closed":
            what = "已经停用" if found else "在本厂和这份表里都没有，或有几个同名的：请写编码"
            self.faults.add(one.row, "parent", f"上级责任区“{one.parent}”{what}")
            return None
        return found

    def _do(self, row: Row, column: str, verb: Callable[..., Any], **given: Any) -> Any:
        try:
            return verb(**given, **self.who)
        except BadZone as bad:
            said = str(bad)
            cell = (
                column if column in ("own", "care", "area") else next((c for word, c in CELLS if word in said), column)
            )
            self.faults.add(row, cell, said)
            return None


def owner_of(row: ZoneOwner) -> Owner:
    return ("person", row.person_id) if row.person_id else ("body", row.body_id or 0)


def _plain(name: str, value: Any) -> Any:
    if value is Mark.DELETE:
        return [] if name == "leads" else ""
    return f"{value.normalize():f}" if name == "size" else value


def _told(zone: Zone) -> dict[str, Any]:
    """What is said of a zone, as the verbs take it."""
    size = "" if zone.size is None else f"{from_scaled(zone.size, 2).normalize():f}"
    return {"name": zone.name, "size": size, "leads": list(zone.leads), "task": zone.task, "target": zone.target}
