"""A small table as a value: which columns it has under which header words, what a cell may hold, and what was wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from ronglu.kernel.time.period import Grain


class Cell(StrEnum):
    """What a column holds: text as it stands, a Decimal, a whole number, a date, a Period, or one of known words."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    PERIOD = "period"
    CHOICE = "choice"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Cell.TEXT: "文字", Cell.NUMBER: "数", Cell.WHOLE: "整数", Cell.DAY: "日期",
    Cell.PERIOD: "期间", Cell.CHOICE: "选填",
}  # fmt: skip


class Mark(Enum):
    """Written into a cell instead of a value. A blank cell keeps what is there; only this takes it away."""

    DELETE = "删除"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`words` are other headers people write; `known` maps each word of a CHOICE to the value it stands for."""

    code: str
    label: str
    cell: Cell = Cell.TEXT
    required: bool = False
    words: tuple[str, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)
    grains: tuple[Grain, ...] = (Grain.MONTH,)
    low: Decimal | None = None
    high: Decimal | None = None
    longest: int = 200
    deletes: bool = False
    help: str = ""
    example: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """One word for each known value, the first declared: what a drop-down list offers."""
        firsts: dict[Any, str] = {}
        for word, value in self.known.items():
            firsts.setdefault(value, word)
        return tuple(firsts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`key` names the columns by which a row is known: two rows with the same key are refused."""

    code: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    notes: tuple[str, ...] = ()
    refuses_unknown: bool = False
    """A column that is not declared stops the import instead of being left unread: where persons are concerned."""

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 0 as the sheet does; blank cells are None."""

    sheet: str
    number: int
    values: Mapping[str, Any]

    def __getitem__(self, code: str) -> Any:
        return self.values.get(code)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, or in the whole row when `column` is empty; a note blocks nothing."""

    row: Row
    column: str
    what: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class RowAsk:
    """What only a person can say of a row; `answer` is one of `choices`, or empty while nobody has said it.

    `code` names the kind of question: many of a kind may be answered together.
    """

    row: Row
    column: str
    code: str
    what: str
    choices: tuple[str, ...]
    answer: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}:{self.row.sheet}!{self.row.number + 1}"


def answered(ask: RowAsk, answers: Mapping[str, str]) -> RowAsk:
    """The same question with what was said to it, by itself or for all of its kind."""
    said = answers.get(ask.key) or answers.get(f"all:{ask.code}") or ""
    return replace(ask, answer=said if said in ask.choices else "")


class TableFaults(ValueError):
    """表中有错或有待定，一行也没有写入；`faults` 是全部错处，`asks` 是还没有回答的。"""

    def __init__(self, faults: Sequence[Fault] = (), asks: Sequence[RowAsk] = ()) -> None:
        self.faults, self.asks = tuple(faults), tuple(asks)
        super().__init__("；".join([*(fault.what for fault in self.faults), *(ask.what for ask in self.asks)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What taking a table changed. Taken twice, `new` and `changed` are 0. `says` tells what a person must do next."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    frozen: int = 0
    """Changes in months that are locked: they need a reason."""
    notes: tuple[Fault, ...] = ()
    says: tuple[str, ...] = ()
    asks: tuple[RowAsk, ...] = ()

    @property
    def open(self) -> tuple[RowAsk, ...]:
        """Questions that nobody has answered."""
        return tuple(ask for ask in self.asks if not ask.answer)

    @property
    def touched(self) -> int:
        return self.new + self.changed + self.deleted
