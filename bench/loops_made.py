"""An invented plant with many open cases: who waits for them, and where they stand."""

import datetime as dt

from django.db import transaction

from ronglu.store.bulk import insert
from ronglu.store.models import Account, Case, Engagement, Person, Plant, Post, Unit, UnitState

SINCE, TODAY = dt.date(2025, 1, 1), dt.date(2026, 4, 1)
AT = dt.datetime(2026, 4, 1, 9)
CREWS = 24
# name: post and place; the crews stand under the workshop
READERS = {
    "赵安全员": ("safety_officer", "QL"),
    "马主任": ("workshop_head", "QL-R"),
    "李班长": ("crew_leader", "QL-R-00"),
}
FIELDS = (
    "plant", "loop", "version", "number", "title", "state", "phase", "seen", "data", "unit", "raised_at", "claim", "secrecy",
    "holder", "turn", "entered_at", "due_at", "next_at", "rung", "flag", "recur_key", "origin", "source_key",
)  # fmt: skip


def plant() -> tuple[Plant, dict[str, Account], list[Unit]]:
    made = Plant.objects.create(code="qinglan", name="青岚冶炼厂")
    units = {"QL": _unit(made, "QL", "plant", None)}
    units["QL-R"] = _unit(made, "QL-R", "workshop", units["QL"])
    crews = [_unit(made, f"QL-R-{n:02}", "crew", units["QL-R"]) for n in range(CREWS)]
    units |= {unit.code: unit for unit in crews}
    accounts = {}
    for n, (name, (role, place)) in enumerate(READERS.items()):
        person = Person.objects.create(plant=made, staff_no=str(n), name=name)
        Engagement.objects.create(person=person, unit=units[place], from_on=SINCE)
        Post.objects.create(person=person, role=role, unit=units[place], from_on=SINCE)
        accounts[name] = Account.objects.create(staff_no=str(n), person=person, must_change=False)
    return made, accounts, crews


def cases(made: Plant, crews: list[Unit], accounts: dict[str, Account], numbers: range) -> None:
    """A third waits for the safety officer, a third for the workshop head, a third for one person; due over a year."""
    holder = accounts["李班长"].person_id
    turns = (("found", "safety_officer", None), ("graded", "workshop_head", None), ("fixing", "fixer", holder))
    rows = []
    for n in numbers:
        state, turn, who = turns[n % 3]
        due_at = AT + dt.timedelta(hours=(n * 7919) % 8760 - 4380)
        rows.append((
            made.pk, "hazard", 1, f"YH-2026-{n:06}", f"第 {n} 处渗水", state, "working" if who else "open", 1, "{}",
            crews[n % CREWS].pk, str(AT), "", "open", who, turn, str(AT), str(due_at), str(due_at), -1, "", "", "web", "",
        ))  # fmt: skip
    with transaction.atomic():
        insert(Case, FIELDS, rows)


def _unit(made: Plant, code: str, kind: str, parent: Unit | None) -> Unit:
    unit = Unit.objects.create(plant=made, code=code, kind=kind)
    UnitState.objects.create(unit=unit, name=code, parent=parent, from_on=SINCE)
    return unit
