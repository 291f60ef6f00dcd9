"""Workbooks that tests generate, a plant calendar and series to read them with."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from ronglu.exchange.profile import Column, Item, Layout, Measure, Profile, Role, SheetRule
from ronglu.exchange.read import Parsed, parse
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime

EIGHT = Decimal(8)


def calendar(month_first: int = 1) -> Calendar:
    """Production day from 08:00, 白 中 夜."""
    shifts = (
        ShiftTime(1, "白", time(8), EIGHT),
        ShiftTime(2, "中", time(16), EIGHT),
        ShiftTime(3, "夜", time(0), EIGHT),
    )
    return Calendar((CalendarRule(date(2010, 1, 1), time(8), shifts, month_first),))


def one(code: str, name: str, unit: str, decimals: int, **more: Any) -> Series:
    return Series(code=code, name=name, en=code, unit=unit, decimals=decimals, **more)


SERIES: Mapping[str, Series] = {
    item.code: item
    for item in (
        one("feed", "处理量", "t", 2),
        one("out", "精矿产量", "t", 2),
        one("grade", "精矿品位", "%", 2, additive=False),
        one("recovery", "回收率", "%", 2, additive=False, plausible=(Decimal(60), Decimal(100))),
        one("power", "电耗", "kWh", 0),
        one("unit_power", "单位电耗", "kWh/t", 2, additive=False),
        one("coal", "原煤", "t", 2),
        one("water", "水耗", "m³", 1),
        one("steam", "采暖蒸汽", "GJ", 2),
    )
}


def write(
    path: Path,
    sheets: Mapping[str, Iterable[Iterable[Any]]],
    *,
    formats: Mapping[str, str] | None = None,
    merges: Iterable[tuple[str, str, Any]] = (),
) -> Path:
    """Rows per sheet; `formats` cell -> number format; `merges` (sheet, range, value). Dates get a date format."""
    with xlsxwriter.Workbook(path) as book:
        plain = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        styles = {text: book.add_format({"num_format": text}) for text in set((formats or {}).values())}
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is None:
                        continue
                    style = styles.get((formats or {}).get(f"{name}!{cell(number, column)}", ""))
                    if isinstance(value, date | datetime):
                        page.write_datetime(number, column, value, style or plain)
                    elif isinstance(value, str):
                        page.write_string(number, column, value, style)
                    else:
                        page.write(number, column, value, style)
            for sheet, where, value in merges:
                if sheet == name:
                    page.merge_range(where, value)
    return path


def cell(row: int, column: int) -> str:
    return f"{chr(65 + column)}{row + 1}"


def long_profile(*columns: Column, **more: Any) -> Profile:
    """Date, shift, then the given value columns, for line L1."""
    keys = (Column(Role.STAMP, ("日期",)), Column(Role.SHIFT, ("班次",)))
    return Profile(**{"name": "日报", "columns": (*keys, *columns), "line": "L1", **more})


def value(word: str, series: str, **more: Any) -> Column:
    return Column(Role.VALUE, (word,), measure=Measure(series=series, **more))


def day_profile(*columns: Column, **more: Any) -> Profile:
    """One row a day."""
    return Profile(
        **{"name": "日表", "columns": (Column(Role.STAMP, ("日期",)), *columns), "line": "L1", "grain": "day", **more}
    )


def form(*items: Item, **more: Any) -> Profile:
    """A monthly form for line L1."""
    return Profile(**{"name": "月报", "layout": Layout.MATRIX, "items": items, "line": "L1", "grain": "month", **more})


def item(label: str, series: str, parent: str = "", code: str = "", **more: Any) -> Item:
    return Item(label, parent, code, Measure(series=series, **more))


def months(*names: str) -> SheetRule:
    return SheetRule(names=names, months=True)


def read(path: Path, profile: Profile, **more: Any) -> Parsed:
    return parse(path, profile, **{"calendar": calendar(), "series": SERIES, **more})


def scaled(parsed: Parsed) -> dict[tuple[str, str], int | None]:
    """(series, first day) -> scaled value."""
    return {(v.series, str(v.stamp.day)): v.scaled for v in parsed.values}


def codes(parsed: Parsed) -> set[str]:
    return {problem.code for problem in parsed.problems}


def only(parsed: Parsed, code: str) -> Any:
    """The one problem of this code."""
    found = [problem for problem in parsed.problems if problem.code == code]
    assert len(found) == 1, [problem.message for problem in parsed.problems]
    return found[0]


FORM_FULL = form(
    item("处理量", "feed", "一厂", "01", unit="t"),
    item("水耗", "water", line="L2"),
    sheets=months("25.4"),
    take=("actual.month", "actual.days"),
)
