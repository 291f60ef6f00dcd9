"""The cast of all tests: a small plant, its neighbour, and who holds which post there on 10 March 2026.

`from tests.cast import cast`, then `cast.person["李班长"]`, `cast.account["李班长"]`, `cast.scope("李班长")`,
`cast.login(client, "李班长")`. 外人 has an account and nothing else; 邻厂书记 has a full life in the other plant.
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from ronglu.store.models import (
    Account,
    Body,
    BodyState,
    Engagement,
    Mapping,
    Membership,
    Person,
    Plant,
    Post,
    Unit,
    UnitState,
)

SINCE = dt.date(2025, 1, 1)
ON = dt.date(2026, 3, 10)
AT = dt.datetime(2026, 3, 10, 9, 0)
PASSWORD = "Ronglu-cast-2026"

# code: kind, name, parent, letter, module
UNITS = {
    "QL": ("plant", "青岚冶炼厂", None, "", ""),
    "QL-R": ("workshop", "熔炼车间", "QL", "", ""),
    "QL-R1": ("line", "转炉线", "QL-R", "", "smelting"),
    "QL-R1-甲": ("crew", "转炉甲班", "QL-R1", "甲", ""),
    "QL-R1-乙": ("crew", "转炉乙班", "QL-R1", "乙", ""),
    "QL-R1-丙": ("crew", "转炉丙班", "QL-R1", "丙", ""),
    "QL-R1-丁": ("crew", "转炉丁班", "QL-R1", "丁", ""),
    "QL-F": ("workshop", "精炼车间", "QL", "", ""),
    "QL-F1": ("line", "精炼线", "QL-F", "", "fire_refining"),
    "QL-F1-甲": ("crew", "精炼甲班", "QL-F1", "甲", ""),
    "QL-PO": ("office", "党群部", "QL", "", ""),
    "QL-HSE": ("office", "安全环保部", "QL", "", ""),
    "BS": ("plant", "白石选矿厂", None, "", ""),
    "BS-F": ("workshop", "选矿车间", "BS", "", ""),
    "BS-F1": ("line", "浮选线", "BS-F", "", "concentrating"),
}
# code: kind, name, parent, kindred
BODIES = {
    "QL-C": ("committee", "青岚冶炼厂党委", None, "line"),
    "QL-B1": ("branch", "转炉党支部", "QL-C", "line"),
    "QL-B1-甲": ("group", "转炉甲班党小组", "QL-B1", "line"),
    "QL-B1-乙": ("group", "转炉乙班党小组", "QL-B1", "line"),
    "QL-B2": ("branch", "精炼党支部", "QL-C", "line"),
    "QL-B2-甲": ("group", "精炼甲班党小组", "QL-B2", "line"),
    "QL-B3": ("branch", "机关党支部", "QL-C", "office"),
    "BS-B1": ("branch", "浮选党支部", None, "line"),
}
MAPPED = {
    "QL-B1": "QL-R1",
    "QL-B1-甲": "QL-R1-甲",
    "QL-B1-乙": "QL-R1-乙",
    "QL-B2": "QL-F1",
    "QL-B2-甲": "QL-F1-甲",
    "BS-B1": "BS-F1",
}
# name: staff number, pinyin, where he works, body of his membership, posts as role@place
PEOPLE = {
    "李班长": ("20101", "li ban zhang", "QL-R1-甲", "QL-B1-甲", ["crew_leader@QL-R1-甲"]),
    "王书记": ("20102", "wang shu ji", "QL-R", "QL-B1", ["secretary@QL-B1"]),
    "何组长": ("20103", "he zu zhang", "QL-R1-甲", "QL-B1-甲", ["leader@QL-B1-甲"]),
    "赵安全员": ("20104", "zhao an quan yuan", "QL-HSE", None, ["safety_officer@QL"]),
    "周统计员": ("20105", "zhou tong ji yuan", "QL-R", None, ["statistician@QL-R"]),
    "陈技术员": ("20106", "chen ji shu yuan", "QL-R", None, ["technician@QL-R"]),
    "马主任": ("20107", "ma zhu ren", "QL-R", "QL-B1", ["workshop_head@QL-R"]),
    "孙干事": ("20108", "sun gan shi", "QL-PO", "QL-B3", ["party_office@QL-C"]),
    "冯主席": ("20109", "feng zhu xi", "QL-PO", None, ["union@QL"]),
    "吴师傅": ("20110", "wu shi fu", "QL-R1-乙", None, []),
    "郑师傅": ("20111", "zheng shi fu", "QL-F1-甲", "QL-B2-甲", []),
    "高书记": ("20112", "gao shu ji", "QL", "QL-B3", ["secretary@QL-C"]),
    "邻厂书记": ("30101", "lin chang shu ji", "BS-F", "BS-B1", ["secretary@BS-B1", "workshop_head@BS-F"]),
    "外人": ("90001", "wai ren", None, None, []),
}
# accounts beside no person
OFFICERS = {"集团": "group_reader", "系统管理员": "system_admin", "安全管理员": "security_admin", "审计员": "auditor"}


@dataclass(frozen=True)
class Cast:
    plant: Plant
    neighbour: Plant
    unit: dict[str, Unit]
    body: dict[str, Body]
    person: dict[str, Person] = field(default_factory=dict)
    account: dict[str, Account] = field(default_factory=dict)

    def scope(self, name: str, on: dt.date = ON) -> "Scope":  # type: ignore[name-defined]  # noqa: F821
        from ronglu.work.scope import scope_of

        return scope_of(self.account[name], on=on)

    def login(self, client: Client, name: str) -> Client:
        client.force_login(self.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    @property
    def names(self) -> list[str]:
        return list(self.account)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """Plain rows, no verbs: the verbs are what is tested. Kind by kind, because fifteen hundred tests wait for them."""
    plants = {
        "QL": Plant.objects.create(code="qinglan", name="青岚冶炼厂", en="Qinglan Smelter", position=1),
        "BS": Plant.objects.create(code="baishi", name="白石选矿厂", en="Baishi Concentrator", position=2),
    }
    unit, body = _units(plants), _bodies(plants)
    Mapping.objects.bulk_create(
        Mapping(body=body[on_body], unit=unit[on_unit], from_on=SINCE) for on_body, on_unit in MAPPED.items()
    )
    cast = Cast(plants["QL"], plants["BS"], unit, body)
    _people(cast)
    _accounts(cast)
    return cast


def _units(plants: dict[str, Plant]) -> dict[str, Unit]:
    rows = Unit.objects.bulk_create(
        Unit(plant=plants[code[:2]], code=code, kind=kind, position=position, letter=letter, module=module)
        for position, (code, (kind, _, _, letter, module)) in enumerate(UNITS.items())
    )
    made = {row.code: row for row in rows}
    UnitState.objects.bulk_create(
        UnitState(unit=made[code], name=name, parent=made[parent] if parent else None, from_on=SINCE)
        for code, (_, name, parent, _, _) in UNITS.items()
    )
    return made


def _bodies(plants: dict[str, Plant]) -> dict[str, Body]:
    rows = Body.objects.bulk_create(
        Body(plant=plants[code[:2]], code=code, position=position, kindred=kindred)
        for position, (code, (_, _, _, kindred)) in enumerate(BODIES.items())
    )
    made = {row.code: row for row in rows}
    BodyState.objects.bulk_create(
        BodyState(body=made[code], name=name, kind=kind, parent=made[parent] if parent else None, from_on=SINCE)
        for code, (kind, name, parent, _) in BODIES.items()
    )
    return made


def _people(cast: Cast) -> None:
    """Persons, where they work, whose members they are and what posts they hold."""
    neighbours = ("邻厂书记", "外人")
    rows = Person.objects.bulk_create(
        Person(
            plant=cast.neighbour if name in neighbours else cast.plant, staff_no=staff_no, name=name, pinyin=pinyin,
            initials="".join(part[0] for part in pinyin.split()),
        )
        for name, (staff_no, pinyin, *_) in PEOPLE.items()
    )  # fmt: skip
    cast.person.update((row.name, row) for row in rows)
    lives = [(cast.person[name], works, belongs, posts) for name, (_, _, works, belongs, posts) in PEOPLE.items()]
    Engagement.objects.bulk_create(
        Engagement(person=person, unit=cast.unit[works], from_on=SINCE) for person, works, _, _ in lives if works
    )
    Membership.objects.bulk_create(
        Membership(person=person, body=cast.body[belongs], status="full", from_on=SINCE)
        for person, _, belongs, _ in lives
        if belongs
    )
    Post.objects.bulk_create(_post(cast, person, post) for person, _, _, posts in lives for post in posts)


def _post(cast: Cast, person: Person, post: str) -> Post:
    role, place = post.split("@")
    where = {"body": cast.body[place]} if place in cast.body else {"unit": cast.unit[place]}
    return Post(person=person, role=role, from_on=SINCE, **where)


def _accounts(cast: Cast) -> None:
    """All with one password, which is hashed once."""
    password = make_password(PASSWORD)
    rows = [
        Account(staff_no=row.staff_no, person=row, password=password, must_change=False) for row in cast.person.values()
    ]
    officers = [
        Account(staff_no=f"adm-{role}", label=name, roles=[role], password=password, must_change=False)
        for name, role in OFFICERS.items()
    ]
    Account.objects.bulk_create([*rows, *officers])
    cast.account.update(zip([*PEOPLE, *OFFICERS], [*rows, *officers], strict=True))
