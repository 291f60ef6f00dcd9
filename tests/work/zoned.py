"""Zones of the small plant: a converter floor in two parts, its stations, a refining floor elsewhere, and whose they are."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ronglu.store.models import Unit, UnitState, Zone, ZoneOwner
from ronglu.work import checklists, zone_owners, zones
from tests.cast import AT, ON, SINCE, Cast

LINES = ["护栏齐全", "通道无杂物", "照明完好"]


@dataclass(frozen=True)
class Ground:
    cast: Cast
    zone: dict[str, Zone]
    unit: dict[str, Unit]

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.cast.account["赵安全员"], "at": AT}

    def give(self, name: str, zone: str, duty: str = "", on: dt.date = ON) -> ZoneOwner:
        return zone_owners.assign(zone=self.zone[zone], person=self.cast.person[name], duty=duty, on=on, **self.who)

    def publish(self, work_class: str = "safety", cadence: str = "week", on: dt.date = SINCE) -> None:
        checklists.publish(
            plant=self.cast.plant, work_class=work_class, cadence=cadence, lines=LINES, on=on, **self.who
        )


# code: name, kind, unit, parent, square metres
ZONES = {
    "Z1": ("炉前", "own", "QL-R1-炉前", None, "120.5"),
    "Z1a": ("炉口", "own", "QL-R1-炉前", "Z1", "40"),
    "Z2": ("加料平台", "own", "QL-R1-加料", None, "80"),
    "Z3": ("精炼炉台", "care", "QL-F1", None, "200"),
    "Z4": ("料场", "area", "QL-R1", None, ""),
}


def grounded(cast: Cast) -> Ground:
    who: dict[str, Any] = {"by": cast.account["赵安全员"], "at": AT}
    unit = dict(cast.unit)
    for code, name in (("QL-R1-炉前", "炉前岗位"), ("QL-R1-加料", "加料岗位")):
        unit[code] = Unit.objects.create(plant=cast.plant, code=code, kind="station", position=50)
        UnitState.objects.create(unit=unit[code], name=name, parent=cast.unit["QL-R1"], from_on=SINCE)
    made: dict[str, Zone] = {}
    for code, (name, kind, place, parent, size) in ZONES.items():
        made[code] = zones.create(
            plant=cast.plant, code=code, name=name, kind=kind, unit=unit[place], on=SINCE, size=size,
            parent=made[parent] if parent else None, task="料场整治" if kind == "area" else "", **who,
        )  # fmt: skip
    return Ground(cast, made, unit)
