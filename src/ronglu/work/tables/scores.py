"""Past party and fusion scores of bodies and administrative scores of units, from a workbook; they wait for a second person."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Import, ImportedScore, Plant
from ronglu.work import scores
from ronglu.work.scores import Score
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "figures.enter"
KINDS = {label: code for code, label in ImportedScore._meta.get_field("kind").choices or ()}
ADMIN = "admin"


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    return Table(
        code="scores",
        label="往期分与行政绩效",
        key=("kind", "body", "unit", "period"),
        columns=(
            Column(code="kind", label="种类", cell=Cell.CHOICE, known=KINDS, required=True, words=("分数种类",)),
            common.body_column(plant=plant, on=on),
            common.unit_column(plant=plant, on=on, required=False),
            Column(code="period", label="时段", cell=Cell.PERIOD, required=True, words=("月份", "期间"),
                   grains=(Grain.MONTH, Grain.QUARTER, Grain.YEAR), example="2025-Q4"),
            common.number_column("value", "分数", required=True, low=Decimal(0), high=Decimal(200), example="92.5"),
            Column(code="scheme", label="所依办法", words=("考核办法", "依据"), example="行政绩效考核办法（2025）"),
        ),
        notes=(
            "往期党建分、往期生产融合分填党组织；行政绩效填单位。",
            "导入后由另一人认可才算数；认可后又改了的，须再认可。",
        ),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    assert batch is not None  # who brought it in stands on the import: the second person is another
    faults = common.Faults()
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        wanted, other = ("unit", "body") if row["kind"] == ADMIN else ("body", "unit")
        if row[wanted] is None:
            what = "行政绩效须填单位" if wanted == "unit" else "党建分和融合分须填党组织"
            faults.add(row, wanted, what)
        elif row[other] is not None:
            faults.add(row, other, "一行只说一个对象：行政绩效填单位，党建分和融合分填党组织")
        if row["period"] is not None and row["period"].first > at.date():
            faults.add(row, "period", f"{row['period']} 还没有到")
        key = (row["kind"], row[wanted], row["period"])
        if seen.setdefault(key, row) is not row:
            faults.add(row, "period", f"与第 {seen[key].number + 1} 行说的是同一个分数，请只留一行")
    faults.check()
    done = scores.put(plant=plant, scores=[_score(row) for row in rows], batch=batch, by=by, at=at)
    says = (f"{done.new + done.changed} 个分数等待另一人认可",) if done.touched else ()
    return Taken(new=done.new, changed=done.changed, unchanged=done.unchanged, says=says)


def _score(row: Row) -> Score:
    period: Period = row["period"]
    points = (row["value"] * 100).to_integral_value(ROUND_HALF_UP)
    return Score(row["kind"], period, int(points), row["scheme"] or "", row["body"], row["unit"])
