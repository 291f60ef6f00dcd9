"""Benchmarks from a workbook: a best value of an indicator, with who holds it, where it was said and when."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.store.models import Account, Benchmark, Import, Person, Plant
from ronglu.work import audits, benchmarks
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "benchmarks.set"
TIERS = {label: code for code, label in Benchmark._meta.get_field("tier").choices or ()}


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    return Table(
        code="benchmarks",
        label="标杆",
        key=("indicator", "tier", "dated_on"),
        columns=(
            common.indicator_column(pack=pack),
            Column(code="tier", label="层级", cell=Cell.CHOICE, known=TIERS, required=True, words=("标杆层级",)),
            common.number_column("value", "标杆值", required=True, words=("标杆", "先进值")),
            Column(code="source", label="出处", required=True, words=("来源", "依据"),
                   help="哪一份报告、公告或台账，写到能找到为止。", example="行业年报第 12 页"),
            Column(code="dated_on", label="日期", cell=Cell.DAY, required=True, words=("数据日期",),
                   help="这个值是哪一天的。", example=f"{on}"),
            Column(code="owner", label="负责人工号", words=("责任人工号", "负责人"), longest=40),
        ),
        notes=("同一指标、同一层级、同一日期只有一个值；新的日期另成一行，旧的保留。",),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    numbers = {row["owner"] for row in rows if row["owner"]}
    people = {p.staff_no: p.pk for p in Person.objects.filter(plant=plant, staff_no__in=numbers)}
    for row in rows:
        if row["owner"] and row["owner"] not in people:
            faults.add(row, "owner", f"{plant.name}没有工号 {row['owner']}，请核对")
        if row["dated_on"] and row["dated_on"] > at.date():
            faults.add(row, "dated_on", f"{row['dated_on']} 还没有到，标杆只能是已经达到的值")
        typical = pack.indicators[row["indicator"]].doubt(row["value"]) if row["indicator"] and row["value"] else None
        if typical:
            faults.note(row, "value", typical)
    faults.check()
    found = Benchmark.objects.filter(plant=plant)
    there = {(one.indicator, one.tier, one.dated_on): one for one in found}
    wanted = {
        (row["indicator"], row["tier"], row["dated_on"]): {
            "plant_id": plant.pk,
            "indicator": row["indicator"],
            "tier": row["tier"],
            "dated_on": row["dated_on"],
            "value": common.plain(row["value"]),
            "source": row["source"],
            # a blank cell keeps who answers for it now
            **({"owner_id": people[row["owner"]]} if row["owner"] else {}),
        }
        for row in rows
    }
    done = common.upsert(Benchmark, there=there, wanted=wanted)
    if done.touched:
        benchmarks.touch(plant=plant, days=[day for _code, _tier, day in wanted])
        detail = {"new": done.new, "changed": done.changed, "batch": batch and batch.pk}
        audits.record(verb="benchmarks.put", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return Taken(new=done.new, changed=done.changed, unchanged=done.unchanged, notes=faults.notes)
