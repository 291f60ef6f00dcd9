"""Parquet partitions: where they lie, how they are written whole or not at all, and the digest that names their content."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Written:
    """One partition on disk: `fact/plant/month`, its rows and the digest of its canonical text."""

    fact: str
    plant: str
    month: int
    path: Path
    rows: int
    digest: str


def path_of(home: Path, *, fact: str, plant: str, month: int) -> Path:
    return home / "facts" / fact / plant / f"{month}.parquet"


def digest(table: pa.Table) -> str:
    """SHA-256 over the rows as text in key order: the same facts give the same digest on every engine and machine.

    Columns are joined in schema order with U+001F, rows with a line feed; a missing value is an empty text.
    """
    if not table.num_rows:
        return hashlib.sha256(b"").hexdigest()
    texts = [pc.fill_null(pc.cast(column, pa.string()), "") for column in table.columns]
    lines = pc.binary_join_element_wise(*texts, "\x1f")
    return hashlib.sha256("\n".join(lines.to_pylist()).encode()).hexdigest()


def write(home: Path, table: pa.Table, *, fact: str, plant: str, month: int, keys: list[str]) -> Written:
    """Writes one partition beside the old one and swaps it in; a crash leaves the old one whole."""
    ordered = table.sort_by([(key, "ascending") for key in keys])
    path = path_of(home, fact=fact, plant=plant, month=month)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    pq.write_table(ordered, fresh, compression="zstd")
    os.replace(fresh, path)
    return Written(fact, plant, month, path, ordered.num_rows, digest(ordered))
