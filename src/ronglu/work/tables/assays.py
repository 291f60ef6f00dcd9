"""Assay sheets from a workbook: one lot a row, one element a column; each waits for a second person like one typed by hand."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ronglu.kernel.measure.grading import GradeTrouble
from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.store.models import Account, AssaySheet, Import, Plant, Unit
from ronglu.work import assays
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = assays.ENTER
WHY = "导入的化验单与原来的不同"
OWN = ("unit", "standard", "lot", "day", "time", "weight")


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    tables = pack.base.grades.tables
    known = {word: one.code for one in tables for word in (one.code, one.zh)}
    elements = tuple(dict.fromkeys(element for one in tables for element in one.elements))
    return Table(
        code="assays",
        label="化验单",
        key=("unit", "standard", "lot"),
        columns=(
            common.unit_column(plant=plant, on=on, kinds=[one.value for one in assays.KINDS]),
            Column(code="standard", label="标准", cell=Cell.CHOICE, known=known, required=True, words=("产品", "执行标准")),
            Column(code="lot", label="批号", required=True, words=("炉次", "批次"), longest=assays.LONGEST, example="D1-0312"),
            Column(code="day", label="取样日期", cell=Cell.DAY, required=True, words=("日期",), example=f"{on}"),
            Column(code="time", label="取样时间", longest=5, example="09:30", help="时和分；空着记 00:00。"),
            Column(code="weight", label="批重", words=("批重t", "吨数"), longest=20, help="单位：t。"),
            *(Column(code=one, label=one, words=(f"{one}%",), longest=20, help="单位：%；低于检出限的写 <0.0001。") for one in elements),
        ),
        notes=("没有测的元素空着，不写 0；导入的化验单由另一人核对后才计数。",),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    common.within_reach(rows=rows, plant=plant, verb=VERB, by=by, on=at.date(), faults=faults)
    faults.check()
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    there = _there(rows)
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        try:
            before = there.get((row["unit"], row["lot"], row["standard"]))
            counts[_take(row, units[row["unit"]], before, pack, by=by, at=at, batch=batch)] += 1
        except GradeTrouble as trouble:
            faults.add(row, _column(row, str(trouble)), str(trouble))
    faults.check()
    says = ("导入的化验单等另一人核对",) if counts["new"] + counts["changed"] else ()
    return Taken(**counts, notes=faults.notes, says=says)


def _take(
    row: Row, unit: Unit, before: AssaySheet | None, pack: "Pack", *, by: Account, at: dt.datetime, batch: Import | None
) -> str:
    book = pack.base.grades
    said = assays.Said(
        standard=row["standard"], sampled_at=_at(row), weight=row["weight"] or "",
        values={name: text for name, text in row.values.items() if name not in OWN and text},
    )  # fmt: skip
    if before is None:
        assays.enter(unit=unit, lot=row["lot"], said=said, book=book, by=by, at=at, batch=batch)
        return "new"
    if assays.same(before, said):
        return "unchanged"
    assays.correct(sheet=before, said=said, why=WHY, book=book, by=by, at=at, batch=batch)
    return "changed"


def _there(rows: Sequence[Row]) -> Mapping[tuple[int, str, str], AssaySheet]:
    """The newest version of each lot named."""
    found = AssaySheet.objects.filter(unit__in={row["unit"] for row in rows}, lot__in={row["lot"] for row in rows})
    ordered = found.select_related("unit__plant", "plant").order_by("version")
    return {(one.unit_id, one.lot, one.standard): one for one in ordered}


def _at(row: Row) -> dt.datetime:
    if not row["time"]:
        return dt.datetime.combine(row["day"], dt.time())
    try:
        return dt.datetime.combine(row["day"], dt.time.fromisoformat(row["time"]))
    except ValueError:
        raise assays.BadAssay(f"取样时间“{row['time']}”应为时和分，如 09:30") from None


def _column(row: Row, said: str) -> str:
    """Where the fault stands: what it quotes is in one cell."""
    quoted = next((name for name, value in row.values.items() if isinstance(value, str) and f"“{value}”" in said), "")
    return quoted or ("day" if said.startswith("取样时间") else "lot")
