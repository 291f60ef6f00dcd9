"""Declared fields as boxes on a page: plain inputs named by their path, read back from what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from ronglu.kernel.rules.fields import Block, Field, Form, Grid, Written
from ronglu.kernel.rules.shape import KINDS

LONGEST = 400
MOST = 4000
"""Boxes in one form; more is no form of ours."""


@dataclass(frozen=True, slots=True)
class Box:
    """One input; `label` says in a table which row it stands in."""

    name: str
    field: Field
    value: str
    label: str
    wide: bool
    rows: None = None

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """A part's shape is chosen by its name, not by its code."""
        return (("", "—"), *((code, KINDS[code].label if code in KINDS else word) for code, word in self.field.choices))


@dataclass(frozen=True, slots=True)
class Table:
    """`plain`: every row is a line of single boxes; else a row is a group of its own."""

    field: Field
    heads: tuple[Field, ...]
    rows: tuple[tuple["Box | Table", ...], ...]
    plain: bool


def shape_form(kind: str) -> Form:
    return Form(KINDS[kind].fields, {key: one.fields for key, one in KINDS.items() if key != "parts"})


def boxes(form: Form, data: Mapping[str, Any], *, prefix: str = "") -> tuple[Box | Table, ...]:
    return tuple(_of(block, prefix) for block in form.layout(data))


def sent(post: QueryDict, *, prefix: str = "") -> dict[str, str]:
    """The boxes of one form among what was sent, without NUL and cut at a length nobody types."""
    names = [name for name in post if name.startswith(prefix)][:MOST]
    return {name.removeprefix(prefix): str(post[name]).replace("\0", "").strip()[:LONGEST] for name in names}


def _of(block: Block, prefix: str, row: int = 0) -> Box | Table:
    if isinstance(block, Grid):
        rows = tuple(tuple(_of(one, prefix, no) for one in cells) for no, cells in enumerate(block.rows, 1))
        plain = all(isinstance(cell, Box) and cell.field.ask is not Written.SHAPE for cells in rows for cell in cells)
        heads = tuple(cell.field for cell in rows[0] if isinstance(cell, Box)) if rows and plain else ()
        return Table(block.field, heads, rows, plain and len({len(cells) for cells in rows}) == 1)
    label = f"{block.field.label}，第 {row} 行" if row else block.field.label
    return Box(prefix + block.path, block.field, block.value, label, wide=block.field.name == "say")
