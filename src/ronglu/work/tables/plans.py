"""Plans of a year and its months from a workbook: one row an indicator of a unit, a column a month."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ronglu.kernel.table import Cell, Column, Mark, Row, Table, Taken
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Import, Plant, Unit
from ronglu.work import plans
from ronglu.work.plans import ADDED_UP, Figure
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "plans.set"
MONTHS = tuple(f"m{number}" for number in range(1, 13))


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    months = (
        common.number_column(code, f"{number}月", words=(f"{number}月计划",), deletes=True)
        for number, code in enumerate(MONTHS, 1)
    )
    return Table(
        code="plans",
        label="年月计划",
        key=("unit", "indicator", "year"),
        columns=(
            common.unit_column(plant=plant, on=on),
            common.indicator_column(pack=pack),
            Column(code="year", label="年份", cell=Cell.WHOLE, required=True, words=("年度", "年"),
                   low=Decimal(2000), high=Decimal(2099), example=str(on.year)),
            common.number_column("whole", "全年", words=("年计划", "全年计划"), deletes=True),
            *months,
        ),
        notes=(
            "产量等可相加的指标：只填全年时按各月未停产的日数分到月；填了的月以所填为准，其余月分摊余数。",
            "回收率、单耗等比率：全年的值就是各月的值，某月不同再填该月。",
            "单位按指标的计量单位，百分比填 84.5（不填 0.845）。",
        ),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    common.within_reach(rows=rows, plant=plant, verb=VERB, by=by, on=at.date(), faults=faults)
    check_homes(plant=plant, pack=pack, rows=rows, faults=faults)
    for row in rows:
        _check_sum(row, pack, faults)
    faults.check()
    done = plans.put(plant=plant, figures=[f for row in rows for f in _figures(row)], by=by, at=at, batch=batch)
    return Taken(new=done.new, changed=done.changed, deleted=done.deleted, unchanged=done.unchanged, notes=faults.notes)


def check_homes(*, plant: Plant, pack: "Pack", rows: Sequence[Row], faults: common.Faults) -> None:
    """A line has the indicators of its own process module, and those that the plant declares itself."""
    modules = dict(Unit.objects.filter(plant=plant).exclude(module="").values_list("pk", "module"))
    for row in rows:
        module = modules.get(row["unit"])
        if (
            module
            and row["indicator"]
            and (home := pack.indicators[row["indicator"]].module) not in (module, plant.code)
        ):
            said = pack.modules[home].name if home in pack.modules else home
            faults.add(row, "indicator", f"“{pack.indicators[row['indicator']].name}”是{said}的指标，这条产线没有")


def _check_sum(row: Row, pack: "Pack", faults: common.Faults) -> None:
    """Twelve months that do not make the year are believed, and told."""
    indicator = pack.indicators[row["indicator"]] if row["indicator"] else None
    months: list[Any] = [row[code] for code in MONTHS]
    if indicator is None or not isinstance(row["whole"], Decimal):
        return
    given = [month for month in months if isinstance(month, Decimal)]
    if indicator.rollup in ADDED_UP and len(given) == len(MONTHS) and sum(given) != row["whole"]:
        faults.note(row, "whole", f"全年 {row['whole']:f}，十二个月相加 {sum(given):f}，按各月的数执行")
    elif indicator.rollup in ADDED_UP and sum(given) > row["whole"]:
        faults.add(row, "whole", f"全年 {row['whole']:f}，少于已填各月之和 {sum(given):f}，余下各月无可分摊")


def _figures(row: Row) -> list[Figure]:
    cells = [(Period.year(row["year"]), row["whole"])]
    cells += [(Period.month(row["year"], number), row[code]) for number, code in enumerate(MONTHS, 1)]
    return [
        Figure(row["unit"], row["indicator"], period, None if value is Mark.DELETE else value)
        for period, value in cells
        if value is not None
    ]
