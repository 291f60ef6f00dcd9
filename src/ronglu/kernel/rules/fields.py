"""What a form must ask for to write a declaration: every shape names its fields, a page lays them out and reads them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

WHOLE = re.compile(r"-?(0|[1-9]\d*)")


class Written(StrEnum):
    """How one field is written: a single value, a list of texts, a list of rows, rows by a key, rows without names."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    TEXTS = "texts"
    ROWS = "rows"
    KEYED = "keyed"
    PAIRS = "pairs"
    SHAPE = "shape"


SINGLE = frozenset({Written.TEXT, Written.NUMBER, Written.CHOICE})
KEY = "key"
"""The column of a keyed row that holds its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`columns` are the fields of one row; `blanks` is how many empty rows a form offers beyond those that are filled."""

    name: str
    label: str
    ask: Written = Written.TEXT
    help: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Field, ...] = ()
    blanks: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One box of a form: `path` is its name there."""

    path: str
    field: Field
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of boxes below one field, those that are filled first."""

    path: str
    field: Field
    rows: tuple[tuple[Block, ...], ...]


Block = Input | Grid
Shapes = Mapping[str, Sequence[Field]]
"""Kind of shape → its fields, for the parts of a combined shape."""


@dataclass(frozen=True, slots=True)
class Form:
    """Lays declared fields out as boxes and reads the boxes back; both ways the same declaration."""

    fields: tuple[Field, ...]
    shapes: Shapes = field(default_factory=dict)

    def layout(self, data: Mapping[str, Any]) -> tuple[Block, ...]:
        return tuple(block for f in self.fields for block in self._of(f, f.name, data.get(f.name)))

    def spread(self, data: Mapping[str, Any]) -> list[Input]:
        """Every box there is, those of empty rows too."""
        return list(_flat(self.layout(data)))

    def gather(self, given: Mapping[str, str]) -> dict[str, Any]:
        """A declaration without what was left empty; whole numbers become numbers, other numbers stay exact text."""
        return _filled((f.name, self._read(f, f.name, given)) for f in self.fields)

    def _of(self, f: Field, path: str, value: Any) -> Iterator[Block]:
        if f.ask in SINGLE:
            yield Input(path=path, field=f, value=_text(value))
        elif f.ask is Written.SHAPE:
            yield from self._shape(path, value if isinstance(value, Mapping) else {})
        else:
            filled = _rows(f, value)
            rows = [*filled, *({} for _ in range(f.blanks))]
            yield Grid(
                path=path, field=f, rows=tuple(self._row_of(f, f"{path}.{no}", row) for no, row in enumerate(rows))
            )

    def _row_of(self, f: Field, path: str, row: Mapping[str, Any]) -> tuple[Block, ...]:
        return tuple(block for c in _columns(f) for block in self._of(c, f"{path}.{c.name}", row.get(c.name)))

    def _shape(self, path: str, data: Mapping[str, Any]) -> Iterator[Block]:
        choices = tuple((key, key) for key in self.shapes)
        kind = Field(name="kind", label="形状", ask=Written.CHOICE, choices=choices, required=False)
        yield Input(path=f"{path}.kind", field=kind, value=_text(data.get("kind")))
        for f in self.shapes.get(_text(data.get("kind")), ()):
            yield from self._of(f, f"{path}.{f.name}", data.get(f.name))

    def _read(self, f: Field, path: str, given: Mapping[str, str]) -> Any:
        if f.ask in SINGLE:
            return _value(f, given.get(path, ""))
        if f.ask is Written.SHAPE:
            kind = given.get(f"{path}.kind", "").strip()
            inner = ((g.name, self._read(g, f"{path}.{g.name}", given)) for g in self.shapes.get(kind, ()))
            return {"kind": kind} | _filled(inner) if kind else None
        rows = [self._row(f, f"{path}.{no}", given) for no in _numbers(path, given)]
        return _joined(f, [row for row in rows if row])

    def _row(self, f: Field, path: str, given: Mapping[str, str]) -> dict[str, Any]:
        return _filled((c.name, self._read(c, f"{path}.{c.name}", given)) for c in _columns(f))


def _flat(blocks: Iterable[Block]) -> Iterator[Input]:
    for block in blocks:
        if isinstance(block, Input):
            yield block
        else:
            for row in block.rows:
                yield from _flat(row)


def _filled(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if value not in (None, "", [], {})}


def _columns(f: Field) -> tuple[Field, ...]:
    if f.ask is Written.TEXTS:
        return (Field(name="text", label=f.label, required=False),)
    if f.ask is Written.KEYED:
        return (Field(name=KEY, label="代号", help="英文小写，例子里用它指这一种", required=False), *f.columns)
    return f.columns


def _rows(f: Field, value: Any) -> list[Mapping[str, Any]]:
    """What is declared, as rows by column name."""
    if f.ask is Written.KEYED:
        return [{KEY: key, **row} for key, row in (value or {}).items()]
    if f.ask is Written.TEXTS:
        return [{"text": one} for one in value or []]
    if f.ask is Written.PAIRS:
        return [{column.name: one for column, one in zip(f.columns, row, strict=False)} for row in value or []]
    return list(value or [])


def _joined(f: Field, rows: list[dict[str, Any]]) -> Any:
    if f.ask is Written.KEYED:
        return {str(row.get(KEY, "")): {k: v for k, v in row.items() if k != KEY} for row in rows}
    if f.ask is Written.TEXTS:
        return [row["text"] for row in rows]
    if f.ask is Written.PAIRS:
        return [[row.get(column.name) for column in f.columns] for row in rows]
    return rows


def _numbers(path: str, given: Iterable[str]) -> list[int]:
    found = (re.match(rf"{re.escape(path)}\.(\d+)\.", name) for name in given)
    return sorted({int(hit[1]) for hit in found if hit})


def _value(f: Field, text: str) -> Any:
    text = text.strip()
    return int(text) if f.ask is Written.NUMBER and WHOLE.fullmatch(text) else text


def _text(value: Any) -> str:
    return "" if value is None else str(value)
