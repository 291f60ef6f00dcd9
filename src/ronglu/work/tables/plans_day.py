"""Plans of single days from a workbook, where the even share of the month's plan is not what is meant."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ronglu.kernel.table import Cell, Column, Mark, Row, Table, Taken
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Import, Plant
from ronglu.work import plans
from ronglu.work.plans import Figure
from ronglu.work.tables import common
from ronglu.work.tables.plans import check_homes

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "plans.set"


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    return Table(
        code="plans_day",
        label="日计划",
        key=("unit", "indicator", "day"),
        columns=(
            common.unit_column(plant=plant, on=on),
            common.indicator_column(pack=pack),
            Column(code="day", label="生产日", cell=Cell.DAY, required=True, words=("日期",), example=f"{on}"),
            common.number_column("value", "计划值", required=True, words=("计划", "日计划"), deletes=True),
        ),
        notes=("没有日计划的日子平分月计划余下的数；停产的日子不分。",),
    )


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    common.within_reach(rows=rows, plant=plant, verb=VERB, by=by, on=at.date(), faults=faults)
    check_homes(plant=plant, pack=pack, rows=rows, faults=faults)
    faults.check()
    figures = [
        Figure(row["unit"], row["indicator"], Period.day(row["day"]), None if row["value"] is Mark.DELETE else row["value"])
        for row in rows
    ]  # fmt: skip
    return plans.put(plant=plant, figures=figures, by=by, at=at, batch=batch)
