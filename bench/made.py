"""A month of invented facts for any number of branches: every item of the sheet has rows, from counters of the row alone."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ronglu.facts.schema import FACT
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shapes.band import Band, By
from ronglu.kernel.rules.shapes.counted import Priced, Veto
from ronglu.kernel.rules.shapes.panel import TOP, Panel
from ronglu.kernel.rules.shapes.parts import How, Parts
from ronglu.kernel.rules.shapes.target import Judged
from ronglu.kernel.rules.sheet import Sheet

ROWS = 6  # of each fact and branch
JUDGED = [("attainment", "up"), ("attainment", "down"), ("points", "up"), ("attainment", "up")]
Columns = dict[str, object]


def made(sheet: Sheet, branches: int, folder: Path, *, first: int = 0, rows: int = ROWS) -> dict[str, Path]:
    """One Parquet file a fact, as facts/partition lays them; the same for every call with the same numbers.

    `first` is the number of the first branch: a shard of a larger country; `rows` of each fact and branch.
    """
    dice = np.random.default_rng(20260331 + first)
    pieces: dict[str, list[pa.Table]] = {}
    for item in sheet.items:
        for fact, part, shape in _pieces(item):
            pieces.setdefault(fact, []).append(
                _rows(item, fact, part, shape, range(first, first + branches), rows, dice)
            )
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for fact, tables in pieces.items():
        paths[fact] = folder / f"{fact}.parquet"
        table = pa.concat_tables(tables).sort_by([("branch", "ascending"), ("item", "ascending")])
        pq.write_table(table, paths[fact], compression="zstd")
    return paths


def _pieces(item: Item) -> list[tuple[str, str, object]]:
    if isinstance(item.shape, Parts) and item.shape.how is not How.INDICATORS:
        return [(p.fact or item.fact, p.name, p.shape) for p in item.shape.parts]
    return [(item.fact, "", item.shape)]


def _rows(
    item: Item, fact: str, part: str, shape: object, branches: range, most: int, dice: np.random.Generator
) -> pa.Table:  # fmt: skip
    rows = min(2, most) if isinstance(shape, Band) else most
    count = len(branches) * rows
    columns: Columns = {
        "fact": fact,
        "branch": np.repeat(np.arange(branches.start, branches.stop, dtype=np.int64), rows),
        "part": part,
        "item": item.code,
        "record": "",
        "type": "",
        "state": "",
        "weight": 1,
        "open_days": dice.integers(0, 60, count),
        "covered": dice.integers(27, 31, count),
        "expected": 30,
        "key": "all",
    }
    for column, values in item.filter.items():
        if column != "open_days":
            columns[column] = values[0]
    return _table(columns | _figures(shape, count, dice), count)


def _figures(shape: object, count: int, dice: np.random.Generator) -> Columns:
    if isinstance(shape, Judged | Parts):
        which = dice.integers(0, len(JUDGED), count)
        plan = dice.integers(500, 90_000, count)
        judged = {
            "method": np.array([m for m, _ in JUDGED])[which],
            "direction": np.array([d for _, d in JUDGED])[which],
            "num": plan * dice.integers(8_000, 11_000, count),
            "den": 10_000,
            "plan": plan,
            "tol": plan // 10,
            "weight": dice.integers(1, 5, count) * 10,
        }
        return judged if isinstance(shape, Parts) else judged | {"method": "attainment"}
    if isinstance(shape, Band) and shape.by is By.PLACE:
        return {
            "num": dice.integers(1, 6, count),
            "den": dice.integers(1, 3, count),
            "weight": dice.integers(1, 9, count),
        }
    if isinstance(shape, Band):
        return {
            "key": np.array(["met", "gap", "gap"])[dice.integers(0, 3, count)],
            "num": dice.integers(-90, 90, count),
            "den": dice.integers(1, 90, count),
        }
    if isinstance(shape, Panel):
        marks = dice.integers(max(1, shape.reviewers - 1), shape.reviewers + 1, count)
        return {"num": dice.integers(marks, TOP * marks + 1), "den": TOP * marks}
    if isinstance(shape, Priced):
        keys = np.array([p.key for p in shape.prices])
        return {"key": keys[dice.integers(0, len(keys), count)], "num": dice.integers(0, 2, count), "den": 1}
    if isinstance(shape, Veto):
        return {"num": dice.integers(0, 100, count) // 99, "den": 1}
    due = dice.integers(0, 4, count)
    return {"num": np.minimum(due, dice.integers(0, 4, count)), "den": due}


def _table(columns: Columns, count: int) -> pa.Table:
    def column(name: str, kind: pa.DataType) -> pa.Array:
        value = columns.get(name)
        return pa.array(value, kind) if isinstance(value, np.ndarray) else pa.repeat(pa.scalar(value, kind), count)

    return pa.table([column(field.name, field.type) for field in FACT], schema=FACT)
