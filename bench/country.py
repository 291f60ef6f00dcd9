"""One month of all primary organisations: sharded by branch range, against SQL by hand sharded the same way, with peak memory.

Only with --scale: facts are generated shard by shard and thrown away, so that neither disk nor memory holds the country.
"""

import resource
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from bench.line import Line
from bench.made import made
from bench.scoring import SQL, equal
from ronglu.config.plant import packs
from ronglu.facts.engine import engine, put, run
from ronglu.facts.score import score
from ronglu.kernel.rules.sheet import Sheet

NAME = "scoring a country"
SCALES = True
SHARD = 50_000
MANY = 100_000
COUNTRY = 5_250_000
RATIO, MEMORY = 1.3, 4.0


@dataclass
class Spent:
    ours: float = 0.0
    hand: float = 0.0
    points: int = 0


def measure(*, scale: bool = False) -> list[Line]:
    """100,000 branches; with `scale` 5,250,000 as well."""
    sheet, lines = packs().sheet, []
    for branches in (MANY, COUNTRY) if scale else (MANY,):
        spent = Spent()
        for first in range(0, branches, SHARD):
            shard(sheet, first, min(SHARD, branches - first), spent)
        lines.append(
            Line(
                f"{branches:,} branches x {len(sheet.items)} items: engine / SQL by hand", spent.ours, spent.hand, RATIO
            )
        )
        lines.append(Line(f"{branches:,} branches: peak memory", peak(), None, MEMORY, "GB"))
    return lines


def shard(sheet: Sheet, first: int, count: int, spent: Spent) -> None:
    """Each of the two goes first in every other shard: what the other warmed up it finds warm."""
    with tempfile.TemporaryDirectory(prefix="ronglu-bench-") as home:
        paths = made(sheet, count, Path(home) / "facts", first=first, rows=2)
        con = engine(Path(home))
        con.read_parquet([str(p) for p in paths.values()], table_name="facts")
        branches = range(first, first + count)
        put(con, "branches", pa.table({"branch": pa.array(branches, pa.int64())}))

        def ours() -> pa.Table:
            return score(con, items=sheet.items, branches=branches, facts=con.table("facts"))

        def hand() -> pa.Table:
            return run(con, SQL.read_text())

        turn = [("ours", ours), ("hand", hand)]
        found = {}
        for name, call in turn if first // SHARD % 2 else reversed(turn):
            started = time.perf_counter()
            found[name] = call()
            setattr(spent, name, getattr(spent, name) + time.perf_counter() - started)
        if not first:
            equal(found["ours"], found["hand"])
        if found["ours"].num_rows != count * len(sheet.items) != found["hand"].num_rows:
            raise AssertionError("a shard lost rows")
        con.disconnect()
        shutil.rmtree(Path(home) / "facts", ignore_errors=True)


def peak() -> float:
    """Of this process since it began, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
