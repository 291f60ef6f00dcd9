"""An invented plant for the organisation tests: two lines with crews, a committee, two branches with groups."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from ronglu.store.models import Account, Body, Person, Plant, Unit
from ronglu.work import bodies, mappings, people, units

SINCE = dt.date(2026, 1, 1)
ON = dt.date(2026, 3, 31)
THE_14TH = dt.date(2026, 3, 14)
AT = dt.datetime(2026, 4, 1, 9, 0)


@dataclass
class Story:
    plant: Plant
    by: Account
    unit: dict[str, Unit] = field(default_factory=dict)
    body: dict[str, Body] = field(default_factory=dict)
    person: dict[str, Person] = field(default_factory=dict)

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": AT}

    def add_unit(self, name: str, kind: str, parent: str | None = None) -> Unit:
        up = self.unit.get(parent or "")
        self.unit[name] = units.create(
            plant=self.plant, code=f"U-{name}", name=name, kind=kind, parent=up, on=SINCE, **self.who
        )
        return self.unit[name]

    def add_body(self, name: str, kind: str, parent: str | None = None) -> Body:
        up = self.body.get(parent or "")
        self.body[name] = bodies.create(
            plant=self.plant, code=f"B-{name}", name=name, kind=kind, parent=up, on=SINCE, **self.who
        )
        return self.body[name]

    def add_person(self, name: str, *, unit: str | None = None, body: str | None = None, **more: Any) -> Person:
        number = f"Q{len(self.person) + 1:03}"
        person = people.enrol(plant=self.plant, staff_no=number, name=name, **self.who)
        self.person[name] = person
        if unit:
            people.engage(person=person, unit=self.unit[unit], on=SINCE, **self.who)
        if body:
            status, basis = more.get("status", "full"), more.get("basis", "crew")
            people.admit(person=person, body=self.body[body], status=status, basis=basis, on=SINCE, **self.who)
        return person


@pytest.fixture
def story(db: None) -> Story:
    plant = Plant.objects.create(code="qinglan", name="青岚冶炼厂")
    told = Story(plant, Account.objects.create_user("P001", label="孙干事"))
    for unit in (("青岚厂", "plant"), ("熔炼车间", "workshop", "青岚厂"), ("一线", "line", "熔炼车间"), ("二线", "line", "熔炼车间"),
                 ("甲班", "crew", "一线"), ("乙班", "crew", "一线"), ("机关", "office", "青岚厂")):  # fmt: skip
        told.add_unit(*unit)
    for body in (("厂党委", "committee"), ("一支部", "branch", "厂党委"), ("甲组", "group", "一支部"),
                 ("乙组", "group", "一支部"), ("二支部", "branch", "厂党委")):  # fmt: skip
        told.add_body(*body)
    for body, unit in (("一支部", "一线"), ("甲组", "甲班"), ("乙组", "乙班")):
        mappings.link(body=told.body[body], unit=told.unit[unit], on=SINCE, **told.who)
    told.add_person("李班长", unit="甲班", body="甲组")
    told.add_person("王书记", unit="机关", body="甲组", basis="service")
    told.add_person("赵安全员", unit="机关", body="二支部")
    told.add_person("外人", unit="乙班")
    return told
