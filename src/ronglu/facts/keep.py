"""The archive of a closed month: the fact partitions its score was read from, copied aside and read again for a replay."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ronglu.facts import civil, partition, readings

SCHEMAS = {"readings": readings.SCHEMA} | dict.fromkeys(civil.SOURCES, civil.SCHEMA)
"""Of what is written by columns of its own; the others are rows of facts/schema."""


class Gone(ValueError):
    """A partition that a run was computed from is no longer what it was."""


def folder(home: Path, *, plant: str, month: int) -> Path:
    """Where the files of a closed month lie; its own small data folder, laid out as the live one."""
    return home / "archive" / plant / str(month)


def digest_at(path: Path, fact: str) -> str:
    """Of what a partition's file holds now; empty where it is no partition of that fact any more, or not there."""
    try:
        table = pq.read_table(path)
        return partition.digest(table.cast(SCHEMAS.get(fact, table.schema)))
    except (OSError, pa.ArrowException, ValueError):
        return ""


def keep(*, home: Path, plant: str, month: int, partitions: Mapping[str, str]) -> list[str]:
    """Copies the partitions that a run names ("fact/month" → digest) and says the paths below the folder, sorted.

    Raises Gone where a file's content is not the run's any more. Twice gives the same files.
    """
    target, kept = folder(home, plant=plant, month=month), []
    shutil.rmtree(target, ignore_errors=True)
    for name, digest in sorted(partitions.items()):
        fact, of = name.split("/")
        source = partition.path_of(home, fact=fact, plant=plant, month=int(of))
        if digest_at(source, fact) != digest:
            raise Gone(f"事实分区 {name} 与计分时不同：请重新计分后再关账")
        copy = partition.path_of(target, fact=fact, plant=plant, month=int(of))
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        os.chmod(copy, 0o444)
        kept.append(copy.relative_to(target).as_posix())
    return kept


def tables(*, home: Path, plant: str, month: int, names: Iterable[str]) -> dict[str, pa.Table]:
    """The archived partitions by "fact/month"."""
    target, found = folder(home, plant=plant, month=month), {}
    for name in names:
        fact, of = name.split("/")
        found[name] = pq.read_table(partition.path_of(target, fact=fact, plant=plant, month=int(of)))
    return found
