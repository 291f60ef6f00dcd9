"""A year's holidays and make-up days (调休) from a workbook, as the yearly notice lists them."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.store.models import Account, Holiday, Import, Plant
from ronglu.work import audits
from ronglu.work.shifts import again
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "calendar.edit"
KINDS = {"放假": False, "休": False, "上班": True, "调休上班": True, "班": True}


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    return Table(
        code="holidays",
        label="节假日与调休",
        key=("day",),
        columns=(
            Column(code="day", label="日期", cell=Cell.DAY, required=True, example=f"{on.year}-10-01"),
            Column(
                code="works", label="放假或上班", cell=Cell.CHOICE, known=KINDS, required=True, words=("类型", "性质")
            ),
            Column(code="name", label="名称", required=True, words=("节日", "节日名称"), longest=40, example="国庆节"),
        ),
        notes=("连续放假一天一行，其中的周末也写上；调休上班的周末写“上班”。没有写的日子按周一至周五上班。",),
    )


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    for row in rows:
        weekend = row["day"] is not None and row["day"].weekday() > 4
        if row["works"] and not weekend:
            faults.note(row, "works", f"{row['day']} 本来就是工作日，写“上班”不改变什么")
    faults.check()
    there = {one.day: one for one in Holiday.objects.filter(plant=plant)}
    wanted = {
        row["day"]: {"plant_id": plant.pk, "day": row["day"], "working": row["works"], "name": row["name"]}
        for row in rows
    }
    done = common.upsert(Holiday, there=there, wanted=wanted)
    if done.touched:
        again(plant=plant, first=min(wanted))
        detail = {"new": done.new, "changed": done.changed, "batch": batch and batch.pk}
        audits.record(verb="holidays.put", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return Taken(new=done.new, changed=done.changed, unchanged=done.unchanged, notes=faults.notes)
