"""One cell of a small table to the value its column declares; what cannot be one is a problem with the cell's name."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronglu.exchange.dates import read_stamp
from ronglu.exchange.numbers import float_text, is_error, number_text
from ronglu.exchange.problems import Problem, problem
from ronglu.exchange.profile import DELETES, NULLS
from ronglu.exchange.scan import Scan, at
from ronglu.exchange.words import normal
from ronglu.kernel.table import Cell, Column, Mark
from ronglu.kernel.time.errors import PeriodError
from ronglu.kernel.time.period import Grain, Period

NOTHING = frozenset(normal(word) for word in NULLS)
GONE = frozenset(normal(word) for word in DELETES)
LIKE = {Grain.DAY: "2026-03-14", Grain.MONTH: "2026-03", Grain.QUARTER: "2026-Q1", Grain.HALF: "2026-H1", Grain.YEAR: "2026"}  # fmt: skip
MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")
QUARTER = re.compile(r"(\d{4})[-/.年]?(?:第?([1-4一二三四])季度?|q([1-4]))")
YEAR = re.compile(r"(\d{4})年?度?")
UNSEEN = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Wrong(ValueError):
    """What a reader says of a cell: the code of the message, and its words."""

    def __init__(self, code: str, **words: Any) -> None:
        self.code, self.words = code, words
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands, and what the pre-scan knows of its sheet."""

    scan: Scan
    row: int
    column: int
    date1904: bool = False

    @property
    def percent(self) -> bool:
        return at(self.row, self.column) in self.scan.percent

    def fault(self) -> str:
        """The error a formula ended in, or that it was never calculated; '' for a sound cell."""
        key = at(self.row, self.column)
        return self.scan.errors.get(key, "") or ("未计算" if key in self.scan.uncached else "")


def read_cell(column: Column, raw: object, spot: Spot) -> tuple[Any, Problem | None]:
    """The value, or None: blank, or wrong with its problem."""
    try:
        return _read(column, raw, spot), None
    except Wrong as wrong:
        words = {"value": shown(raw), "word": column.label} | wrong.words
        return None, problem(wrong.code, sheet=spot.scan.name, row=spot.row, column=spot.column, **words)


def shown(raw: object) -> str:
    """A cell as people see it: whole numbers without .0, days without a clock of midnight."""
    if isinstance(raw, float):
        return float_text(raw)
    if isinstance(raw, dt.datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == dt.time() else f"{raw:%Y-%m-%d %H:%M}"
    return "" if raw is None else str(raw).strip()


def _read(column: Column, raw: object, spot: Spot) -> Any:
    text = shown(raw)
    if fault := spot.fault() or (text if is_error(text) else ""):
        raise Wrong("cell_formula", value=fault)
    if not text or (column.cell is not Cell.TEXT and normal(text) in NOTHING):
        if column.required:
            raise Wrong("cell_blank")
        return None
    if column.deletes and normal(text) in GONE:
        return Mark.DELETE
    return READERS[column.cell](column, raw, text, spot)


def _text(column: Column, raw: object, text: str, spot: Spot) -> str:
    """Characters that nobody sees are no part of what was written; they would make two of one text."""
    text = UNSEEN.sub("", text).replace("\u00a0", " ").strip()
    if len(text) > column.longest:
        raise Wrong("cell_long", count=len(text), longest=column.longest)
    return text


def _number(column: Column, raw: object, text: str, spot: Spot) -> Decimal:
    percent = spot.percent
    if isinstance(raw, str) and normal(text).endswith("%"):
        text, percent = normal(text)[:-1], False
    found = None if isinstance(raw, bool | dt.date | dt.time) else number_text(text)
    if found is None:
        raise Wrong("cell_number")
    value = Decimal(found) * (100 if percent else 1)
    if (column.low is not None and value < column.low) or (column.high is not None and value > column.high):
        raise Wrong("cell_range", value=text, range=_range(column))
    return value


def _whole(column: Column, raw: object, text: str, spot: Spot) -> int:
    value = _number(column, raw, text, spot)
    if value != int(value):
        raise Wrong("cell_whole")
    return int(value)


def _day(column: Column, raw: object, text: str, spot: Spot) -> dt.date:
    found = None if isinstance(raw, bool) else read_stamp(raw, order="ymd", date1904=spot.date1904)
    if found is None or found.time() != dt.time():
        raise Wrong("cell_day")
    return found.date()


def _period(column: Column, raw: object, text: str, spot: Spot) -> Period:
    """A workbook makes a date of a month that is typed into it: the first of a month stands for that month."""
    if isinstance(raw, dt.date) and Grain.DAY not in column.grains:
        found = Period.month(raw.year, raw.month) if raw.day == 1 else None
    else:
        found = _named_period(normal(text))
    if found is None or found.grain not in column.grains:
        like = " 或 ".join(LIKE[grain] for grain in column.grains)
        raise Wrong("cell_period", grains="、".join(f"{grain.label}期间" for grain in column.grains), like=like)
    return found


def _named_period(text: str) -> Period | None:
    try:
        if found := QUARTER.fullmatch(text):
            word = found[2] or found[3]
            return Period.quarter(int(found[1]), NUMERALS.get(word) or int(word))
        if found := YEAR.fullmatch(text):
            return Period.year(int(found[1]))
        if found := MONTH.fullmatch(text):
            return Period.month(int(found[1]), int(found[2]))
        return Period.parse(text.upper())
    except PeriodError:
        return None


def _choice(column: Column, raw: object, text: str, spot: Spot) -> Any:
    words = {normal(word): value for word, value in column.known.items()}
    if normal(text) not in words:
        allowed = column.allowed
        known = "、".join(allowed[:12]) + (f"……共 {len(allowed)} 个，见模板" if len(allowed) > 12 else "")
        raise Wrong("cell_choice", known=known or "（没有）")
    return words[normal(text)]


def _range(column: Column) -> str:
    low, high = ("不限" if bound is None else f"{bound:f}" for bound in (column.low, column.high))
    return f"{low} 至 {high}"


READERS: dict[Cell, Callable[[Column, object, str, Spot], Any]] = {
    Cell.TEXT: _text,
    Cell.NUMBER: _number,
    Cell.WHOLE: _whole,
    Cell.DAY: _day,
    Cell.PERIOD: _period,
    Cell.CHOICE: _choice,
}
