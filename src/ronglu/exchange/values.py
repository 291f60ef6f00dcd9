"""What was read, in columns: lists side by side instead of an object a value, so that a year of shifts stays light."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from ronglu.exchange.problems import cell_name
from ronglu.kernel.time.stamp import Stamp


class Value(NamedTuple):
    """One value as the next room takes it. `scaled` is None only where `delete` is true. `line` is a unit's code."""

    line: str
    series: str
    stamp: Stamp
    text: str
    scaled: int | None
    delete: bool
    linked: bool
    sheet: str
    cell: str


class Summary(NamedTuple):
    """`total` is a scaled sum: it means something for additive series only."""

    line: str
    series: str
    given: int
    deleted: int
    first: datetime
    last: datetime
    total: int


@dataclass(slots=True)
class Values:
    """`at[i]` points into `stamps`, `sheet[i]` into `sheets`; the stamps are each once, so they can be placed and keyed once."""

    stamps: list[Stamp] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    at: "array[int]" = field(default_factory=lambda: array("I"))
    text: list[str] = field(default_factory=list)
    scaled: list[int | None] = field(default_factory=list)
    sheet: "array[int]" = field(default_factory=lambda: array("H"))
    row: "array[int]" = field(default_factory=lambda: array("I"))
    column: "array[int]" = field(default_factory=lambda: array("H"))
    deleted: set[int] = field(default_factory=set)
    linked: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.text)

    def __iter__(self) -> Iterator[Value]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> Value:
        return Value(
            self.line[index],
            self.series[index],
            self.stamps[self.at[index]],
            self.text[index],
            self.scaled[index],
            index in self.deleted,
            index in self.linked,
            self.sheets[self.sheet[index]],
            self.cell(index),
        )

    def cell(self, index: int) -> str:
        return cell_name(self.row[index], self.column[index])

    def place(self, index: int) -> str:
        """日报!B12: the text that a reading keeps of where it came from."""
        return f"{self.sheets[self.sheet[index]]}!{self.cell(index)}"

    def summary(self) -> list["Summary"]:
        """What a dry run shows of each line and series, in the order first met."""
        groups: dict[tuple[str, str], list[int]] = {}
        for index, key in enumerate(zip(self.line, self.series, strict=True)):
            groups.setdefault(key, []).append(index)
        found = []
        for (line, series), numbers in groups.items():
            starts = [self.stamps[at].starts_at for at in {self.at[n] for n in numbers}]
            ends = [self.stamps[at].ends_at for at in {self.at[n] for n in numbers}]
            total = sum(s for n in numbers if (s := self.scaled[n]) is not None)
            deleted = sum(1 for n in numbers if n in self.deleted)
            found.append(Summary(line, series, len(numbers) - deleted, deleted, min(starts), max(ends), total))
        return found

    def drop(self, gone: set[int]) -> None:
        """Takes values out again, keeping the order of the rest."""
        if not gone:
            return
        kept = [index for index in range(len(self)) if index not in gone]
        moved = {old: new for new, old in enumerate(kept)}
        for name in ("line", "series", "text", "scaled"):
            column = getattr(self, name)
            setattr(self, name, [column[index] for index in kept])
        for name in ("at", "sheet", "row", "column"):
            column = getattr(self, name)
            setattr(self, name, array(column.typecode, (column[index] for index in kept)))
        self.deleted = {moved[index] for index in self.deleted if index in moved}
        self.linked = {moved[index] for index in self.linked if index in moved}


class Figure(NamedTuple):
    """A number of a form that is not (only) a reading: cumulated, last year's, planned; `period` is its end period's text."""

    line: str
    series: str
    group: str  # actual, last, plan
    span: str  # month, ytd, year, day
    period: str
    scaled: int
    decimals: int
    text: str
    sheet: str
    cell: str
