"""The invented concentrator with its boards built: `built(mill, "2026-03")`, then `row(mill, "一系列", "CN-01", "2026-03")`."""

import datetime as dt

from ronglu.boards.indicator.build import build
from ronglu.facts import month as columns
from ronglu.facts.spine import days
from ronglu.kernel.time.period import Period
from ronglu.store.models import IndicatorRow
from tests.facts.mill import Mill

METAL = ("cn_ore", "cn_ore_cu", "cn_conc", "cn_conc_cu")


def built(
    mill: Mill, *months: str, until: dt.date = dt.date(2026, 4, 30), newest: str = "2026-04", finest: bool = True
) -> int:
    """Writes the partitions of the months from the tables, then their rows."""
    wanted = [Period.parse(month) for month in months]
    for month in wanted:
        columns.refresh(plant=mill.plant, month=month.yyyymm, home=mill.home)
    return build(
        plant=mill.plant, months=wanted, pack=mill.pack, calendar=mill.calendar, until=until, home=mill.home,
        newest=Period.parse(newest), finest=finest,
    )  # fmt: skip


def row(mill: Mill, unit: str, indicator: str, period: str) -> IndicatorRow:
    return IndicatorRow.objects.get(unit=mill.unit[unit], indicator=indicator, period=period)


def said(mill: Mill, unit: str, indicator: str, period: str) -> tuple[str, str, str]:
    """Value, plan, coverage."""
    found = row(mill, unit, indicator, period)
    return found.value, found.plan, f"{found.covered}/{found.expected}"


def ore_every_shift(mill: Mill, line: str, text: str, first: dt.date, last: dt.date, state: str = "audited") -> None:
    for day in days(first, last):
        for shift in (1, 2, 3):
            mill.read(line, "cn_ore", day, shift, text, state=state)


def metal(mill: Mill, line: str, day: dt.date, ore: str, ore_cu: str, conc: str, conc_cu: str) -> None:
    for series, text in zip(METAL, (ore, ore_cu, conc, conc_cu), strict=True):
        mill.read(line, series, day, 1, text)
