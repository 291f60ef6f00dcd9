"""A sheet's items as small tables: which rows each piece of an item reads, and the numbers its shape works with.

The scoring statement joins these, so one statement of fixed size scores any number of items (ADR 0006).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import pyarrow as pa

from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes.band import Band, By
from ronglu.kernel.rules.shapes.counted import Deduct, PerEvent, Priced, Veto
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.rules.shapes.panel import Panel
from ronglu.kernel.rules.shapes.parts import How, Part, Parts
from ronglu.kernel.rules.shapes.rate import Rate
from ronglu.kernel.rules.shapes.target import Judged
from ronglu.kernel.rules.state import WhenNothing

RATE, DEDUCT, PER_EVENT, VETO, PANEL, MEAN = "rate", "deduct", "per_event", "veto", "panel", "mean"
SUMMED: tuple[tuple[type[Shape], str], ...] = (
    (Rate, RATE), (Deduct, DEDUCT), (PerEvent, PER_EVENT), (Veto, VETO), (Panel, PANEL),
)  # fmt: skip
WORDS = ("item", "type", "state")
"""Columns of a fact that an item's filter may name, besides `open_days`."""

PIECES = pa.schema(
    [
        ("piece", pa.int64()),
        ("item_no", pa.int64()),
        ("kind", pa.string()),
        ("of", pa.int64()),
        ("cap", pa.int64()),
        ("reviewers", pa.int64()),
        ("place", pa.int64()),
        ("share", pa.int64()),  # the piece's weight in its item
        ("costs", pa.bool_()),
        ("only_veto", pa.bool_()),
        ("weighted", pa.bool_()),
    ]
)
READS = pa.schema(
    [
        ("piece", pa.int64()),
        ("fact", pa.string()),
        # empty: any
        *((f"want_{name}", pa.string()) for name in (*WORDS, "part")),
        ("above", pa.int64()),  # of open_days; -1: any
        ("by", pa.string()),  # how one row becomes a share: judged, value, place; empty where only sums count
        ("read_of", pa.int64()),
    ]
)
PRICES = pa.schema([("piece", pa.int64()), ("key", pa.string()), ("each", pa.int64())])
METHODS = pa.schema([("piece", pa.int64()), ("method", pa.string()), ("curve", pa.int64()), ("row_cap", pa.int64())])
ITEMS = pa.schema(
    [
        ("item_no", pa.int64()),
        ("item", pa.string()),
        ("full", pa.int64()),
        ("idle", pa.int64()),
        ("gone", pa.bool_()),
        ("least", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Piece:
    """An item's shape, or one part of it, with the rows it reads."""

    no: int
    item_no: int
    item: Item
    part: Part
    place: int

    @property
    def shape(self) -> Shape:
        return self.part.shape

    @property
    def apart(self) -> bool:
        """Whether it is a part with rows of its own, and not the whole item."""
        return self.shape is not self.item.shape


@dataclass(frozen=True)
class Params:
    pieces: tuple[Piece, ...]
    curves: tuple[Curve, ...]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Params:
        found = [(i, item, part, at) for i, item in enumerate(items) for at, part in enumerate(_parts(item))]
        pieces = tuple(Piece(no, i, item, part, at) for no, (i, item, part, at) in enumerate(found))
        return cls(pieces, tuple(dict.fromkeys(j.curve for p in pieces for j in _judges(p.shape))))

    @property
    def bands(self) -> list[tuple[int, Band]]:
        return [(p.no, p.shape) for p in self.pieces if isinstance(p.shape, Band)]

    def tables(self) -> dict[str, pa.Table]:
        items = {p.item_no: p.item for p in self.pieces}
        rows: dict[str, tuple[pa.Schema, Iterable[dict[str, Any]]]] = {
            "pieces": (PIECES, map(_piece, self.pieces)),
            "reads": (READS, [row for p in self.pieces for row in _reads(p)]),
            "prices": (PRICES, [row for p in self.pieces for row in _prices(p)]),
            "methods": (METHODS, [row for p in self.pieces for row in self._methods(p)]),
            "items": (ITEMS, [_item(no, item) for no, item in items.items()]),
        }
        return {name: pa.Table.from_pylist(list(found), schema=schema) for name, (schema, found) in rows.items()}

    def _methods(self, piece: Piece) -> Iterator[dict[str, Any]]:
        found = {m.value: j for j in reversed(_judges(piece.shape)) for m in j.methods}
        for method, judge in found.items():
            yield {"piece": piece.no, "method": method, "curve": self.curves.index(judge.curve), "row_cap": judge.cap}


def _parts(item: Item) -> tuple[Part, ...]:
    shape = item.shape
    if isinstance(shape, Parts) and shape.how is not How.INDICATORS:
        return shape.parts
    return (Part(name="", label="", shape=shape),)


def _judges(shape: Shape) -> list[Judged]:
    if isinstance(shape, Parts):
        return [p.shape for p in shape.parts if isinstance(p.shape, Judged)]
    return [shape] if isinstance(shape, Judged) else []


def kind_of(shape: Shape) -> str:
    if isinstance(shape, Judged | Parts | Band):
        return MEAN
    for kind, name in SUMMED:
        if isinstance(shape, kind):
            return name
    raise TypeError(f"形状“{shape.label}”还没有列式算法：请在 facts/shares.py 里补上，并加一条与内核比对的测试")


def _piece(p: Piece) -> dict[str, Any]:
    shape = p.item.shape
    return {
        "piece": p.no,
        "item_no": p.item_no,
        "kind": kind_of(p.shape),
        "of": p.shape.of,
        "cap": p.shape.cap if isinstance(p.shape, PerEvent) else None,
        "reviewers": p.shape.reviewers if isinstance(p.shape, Panel) else None,
        "place": p.place,
        "share": p.part.weight,
        "costs": p.place > 0 and isinstance(p.shape, Deduct),
        "only_veto": p.apart and isinstance(p.shape, Veto),
        "weighted": not isinstance(shape, Parts) or shape.how in (How.WEIGHTED, How.INDICATORS),
    }


def _reads(p: Piece) -> Iterator[dict[str, Any]]:
    """A filter with several words is several rows: the words of one column shut each other out."""
    unknown = p.item.filter.keys() - {*WORDS, "open_days"}
    if unknown:
        raise ValueError(
            f"“{p.item.code}”按 {'、'.join(sorted(unknown))} 筛选，事实只能按 item、type、state、open_days 筛选"
        )
    other = bool(p.part.fact) and p.part.fact != p.item.fact
    filters = {} if other else p.item.filter
    above = max((int(v.removeprefix(">")) for v in filters.get("open_days", ())), default=-1)
    own = {
        "piece": p.no, "fact": p.part.fact or p.item.fact, "above": above, "read_of": p.shape.of, "by": _by(p.shape),
        "want_part": "" if other else p.part.name,
    }  # fmt: skip
    for words in product(*(filters.get(name) or ("",) for name in WORDS)):
        yield own | {f"want_{name}": word for name, word in zip(WORDS, words, strict=True)}


def read_by(item: Item, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The fact rows that an item reads, each with the part that reads it: the very rule by which the columns are joined."""
    wanted = [(piece.part.name, read) for piece in Params.of([item]).pieces for read in _reads(piece)]
    for row in rows:
        for part in dict.fromkeys(part for part, read in wanted if _wants(read, row)):
            yield {**row, "part": part}


def _wants(read: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    wanted = ((read[f"want_{name}"], row.get(name) or "") for name in (*WORDS, "part"))
    old_enough = read["above"] < 0 or (row.get("open_days") or 0) > read["above"]
    return read["fact"] == row["fact"] and old_enough and all(want in ("", there) for want, there in wanted)


def _by(shape: Shape) -> str:
    if isinstance(shape, Band):
        return "place" if shape.by is By.PLACE else "value"
    return "judged" if _judges(shape) else ""


def _prices(p: Piece) -> Iterator[dict[str, Any]]:
    if isinstance(p.shape, Priced):
        yield from ({"piece": p.no, "key": price.key, "each": price.each} for price in p.shape.prices)


def _item(no: int, item: Item) -> dict[str, Any]:
    return {
        "item_no": no,
        "item": item.code,
        "full": item.hundredths,
        "idle": item.hundredths if item.when_nothing is WhenNothing.FULL else 0,
        "gone": item.when_nothing is WhenNothing.NOT_APPLICABLE,
        "least": item.min_coverage,
    }
