"""Accounts for a list of staff numbers; no password is made here, it is issued once to the hand that asks for it."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ronglu.kernel.table import Column, Row, Table, Taken
from ronglu.store.models import Account, Import, Person, Plant
from ronglu.work import accounts
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "accounts.manage"


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    return Table(
        code="accounts",
        label="账号",
        key=("staff_no",),
        refuses_unknown=True,
        columns=(
            Column(code="staff_no", label="工号", required=True, longest=40, words=("职工号", "员工编号")),
            Column(code="name", label="姓名", longest=80, help="只用来与花名册核对，可以不填。"),
        ),
        notes=("人员须已在花名册里。已有账号的不变。导入后到“账号”页发放首次口令，口令只显示一次。",),
    )


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    people = {p.staff_no: p for p in Person.objects.filter(plant=plant, staff_no__in=[row["staff_no"] for row in rows])}
    for row in rows:
        person = people.get(row["staff_no"])
        if person is None:
            faults.add(row, "staff_no", f"{plant.name}花名册里没有 {row['staff_no']}；先导入花名册，或改正工号")
        elif row["name"] and row["name"] != person.name:
            faults.add(row, "name", f"花名册里 {row['staff_no']} 不是“{row['name']}”；核对工号与姓名")
    faults.check()
    opened = accounts.prepare(plant=plant, people=list(people.values()), by=by, at=at)
    says = (f"{opened} 个新账号还没有口令，请到“账号”页发放",) if opened else ()
    return Taken(new=opened, unchanged=len(rows) - opened, says=says)
