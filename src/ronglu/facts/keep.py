"""The archive of a closed month: the fact partitions its score was read from, copied aside and read again for a replay."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ronglu.facts import civil, partition, readings

SCHEMAS = {"readings": readings.SCHEMA} | dict.fromkeys(civil.SOURCES, civil.SCHEMA)
"""Of what is written by columns of its own; the others are rows of facts/schema."""
SCRATCH = "facts/tmp"
"""Below the data folder, on the same disk as the archive, and in no backup."""


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


@dataclass(frozen=True, slots=True)
class Kept:
    """Files copied aside, not yet the archive of the month: `paths` below `at`, sorted."""

    at: Path
    paths: tuple[str, ...]


@contextmanager
def copied(*, home: Path, plant: str, partitions: Mapping[str, str]) -> Iterator[Kept]:
    """Copies the partitions that a run names ("fact/month" → digest) into a folder of its own, gone afterwards unless `put`.

    Raises Gone where a file's content is not the run's any more.
    """
    scratch = home / SCRATCH
    scratch.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="close-", dir=scratch))
    try:
        yield Kept(fresh, tuple(_copies(home, fresh, plant, partitions)))
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put(kept: Kept, *, home: Path, plant: str, month: int) -> None:
    """The copies become the archive of the month: for whoever closes it, inside his transaction, and for nobody else."""
    target = folder(home, plant=plant, month=month)
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    kept.at.chmod(0o755)
    os.replace(kept.at, target)


def _copies(home: Path, target: Path, plant: str, partitions: Mapping[str, str]) -> list[str]:
    kept = []
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
    return sorted(kept)


def tables(*, home: Path, plant: str, month: int, names: Iterable[str]) -> dict[str, pa.Table]:
    """The archived partitions by "fact/month"."""
    target, found = folder(home, plant=plant, month=month), {}
    for name in names:
        fact, of = name.split("/")
        found[name] = pq.read_table(partition.path_of(target, fact=fact, plant=plant, month=int(of)))
    return found
