"""Monthly costs from a workbook: each a reading of the cost series of a unit, so that it is audited, traced and locked like one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from ronglu.kernel.measure.rounding import to_scaled
from ronglu.kernel.table import Cell, Column, Mark, Row, Table, Taken
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamp
from ronglu.store.models import Account, Channel, Import, Plant, Unit
from ronglu.store.values import calendar_of
from ronglu.work import readings
from ronglu.work.readings_rules import ReadingTrouble
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "costs.import"
MONEY = "元"
GRAIN = "month"


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    known = {word: code for code, one in pack.series.items() if one.unit == MONEY for word in (one.name, code)}
    return Table(
        code="costs",
        label="成本",
        key=("unit", "series", "month"),
        columns=(
            common.unit_column(plant=plant, on=on),
            Column(code="series", label="费用项目", cell=Cell.CHOICE, known=known, required=True, words=("项目", "科目"),
                   example=next(iter(known), "")),
            Column(code="month", label="月份", cell=Cell.PERIOD, required=True, words=("统计月", "期间"),
                   example=f"{on:%Y-%m}"),
            common.number_column("value", "金额", required=True, words=("费用", "金额元"), deletes=True,
                                 help="单位：元，可带两位小数。"),
        ),
        notes=("导入的费用是预报，由另一人审核后才进入成本指标（D4）。",),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    common.within_reach(rows=rows, plant=plant, verb=VERB, by=by, on=at.date(), faults=faults)
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    _check(plant, pack, rows, units, at.date(), faults)
    faults.check()
    values = _columns(rows, units, pack, calendar_of(plant))
    frozen = len(readings.compare(plant=plant, values=values, grain=GRAIN, at=at, opens=True).frozen)
    reason = batch.options.get("reason", "") if batch else ""
    try:
        done = readings.take(
            plant=plant, values=values, grain=GRAIN, by=by, at=at, batch=batch, opens=True, reason=reason
        )  # fmt: skip
    except ReadingTrouble as trouble:
        faults.add(rows[trouble.row or 0], "month", str(trouble))
        faults.check()
        raise
    says = ("导入的费用等待另一人审核",) if done.added + done.changed else ()
    return Taken(
        new=done.added, changed=done.changed, unchanged=done.unchanged, frozen=frozen, notes=faults.notes, says=says
    )


def _check(
    plant: Plant, pack: "Pack", rows: Sequence[Row], units: Mapping[int, Unit], on: dt.date, faults: common.Faults
) -> None:
    """A cost that is reported by day or shift as well would be counted twice."""
    other: dict[tuple[int, str], str] = {}
    for channel in Channel.objects.on(on).filter(unit__plant=plant).exclude(grain__in=[GRAIN, "settlement"]):
        other[channel.unit_id, channel.series] = channel.get_grain_display()
    for row in rows:
        series, unit = pack.series[row["series"]], units[row["unit"]]
        if (grain := other.get((unit.pk, series.code))) is not None:
            faults.add(row, "series", f"“{series.name}”在这个单位按{grain}上报，再按月导入会算两次")
        elif unit.module and series.module not in (unit.module, plant.code):
            faults.add(row, "series", f"“{series.name}”不是这条产线的费用项目")
        if row["month"].first > on:
            faults.add(row, "month", f"{row['month']} 还没有到")
        if isinstance(row["value"], Decimal) and row["value"] < 0:
            faults.note(row, "value", f"金额是负数（{row['value']:f}），请确认是冲销")


@dataclass(slots=True)
class _Values:
    """One column of figures as the verb of readings takes them."""

    rows: Sequence[Row]
    stamps: list[Stamp] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    scaled: list[int | None] = field(default_factory=list)

    def place(self, index: int) -> str:
        return f"{self.rows[index].sheet}!{self.rows[index].number + 1}"


def _columns(rows: Sequence[Row], units: Mapping[int, Unit], pack: "Pack", calendar: Calendar) -> _Values:
    values = _Values(rows)
    spots: dict[Period, int] = {}
    for row in rows:
        month: Period = row["month"]
        if month not in spots:
            spots[month] = len(values.stamps)
            (_, last), (begins, ends) = calendar.days_of(month), calendar.span(month)
            values.stamps.append(Stamp(begins, ends, last, 0, month))
        text = "" if row["value"] is Mark.DELETE else common.plain(row["value"])
        values.at.append(spots[month])
        values.line.append(units[row["unit"]].code)
        values.series.append(row["series"])
        values.text.append(text or "删除")
        values.scaled.append(to_scaled(text, pack.series[row["series"]].decimals) if text else None)
    return values
