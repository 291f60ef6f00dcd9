"""Planned stops from a workbook: each row a proposal that a second person must approve."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.store.models import Account, Import, PlanStop, Plant, Unit
from ronglu.work import stops
from ronglu.work.stops import ONE, BadStop
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "plans.set"


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    return Table(
        code="stops",
        label="计划停产",
        key=("unit", "first"),
        columns=(
            common.unit_column(plant=plant, on=on),
            Column(code="first", label="停产首日", cell=Cell.DAY, required=True, words=("起", "开始日期"), example=f"{on}"),
            Column(code="last", label="停产末日", cell=Cell.DAY, required=True, words=("止", "结束日期"),
                   help="最后停产的一天，次日恢复生产。", example=f"{on}"),
            Column(code="reason", label="原因", required=True, words=("停产原因",), longest=80, example="年度大修"),
        ),
        notes=("导入的是申请；由另一人在“计划停产”页批准后才不摊计划、不计应报。",),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    """A stop that is there already with the same days and reason is left as it is, approved or not."""
    faults = common.Faults()
    common.within_reach(rows=rows, plant=plant, verb=VERB, by=by, on=at.date(), faults=faults)
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    there = {(s.unit_id, s.from_on): s for s in PlanStop.objects.filter(unit__plant=plant)}
    fresh = []
    for row in rows:
        old = there.get((row["unit"], row["first"]))
        if old is not None and (old.until_on, old.reason) == (row["last"] + ONE, row["reason"]):
            continue
        try:
            fresh.append(stops.propose(
                unit=units[row["unit"]], first=row["first"], last=row["last"], reason=row["reason"], by=by, at=at
            ))  # fmt: skip
        except BadStop as bad:
            faults.add(row, "first", str(bad))
    faults.check()
    says = (f"{len(fresh)} 项停产等待另一人批准",) if fresh else ()
    return Taken(new=len(fresh), unchanged=len(rows) - len(fresh), notes=faults.notes, says=says)
