"""(a) and (d): a sheet over 10,000 branches against SQL by hand on the same Parquet, and its growth from 1,000."""

import tempfile
from functools import partial
from pathlib import Path

import pyarrow as pa

from bench.line import Line, in_turn
from bench.made import made
from ronglu.config.plant import packs
from ronglu.facts.engine import engine, put, run
from ronglu.facts.score import SCORES, score

NAME = "scoring a sheet"
SQL = Path(__file__).with_name("sheet.sql")
FEW, MANY, HUGE = 1_000, 10_000, 100_000
SCALES = True
ORDER = [("branch", "ascending"), ("item", "ascending")]


def measure(*, scale: bool = False) -> list[Line]:
    """`scale` adds ten times as many branches, and takes a few minutes and gigabytes more."""
    counts = (FEW, MANY, HUGE) if scale else (FEW, MANY)
    sheet = packs().sheet
    with tempfile.TemporaryDirectory(prefix="ronglu-bench-") as home:
        con = engine(Path(home))

        def ours(count: int) -> pa.Table:
            return score(con, items=sheet.items, branches=range(count), facts=con.table(f"facts_{count}"))

        def by_hand() -> pa.Table:
            return run(con, SQL.read_text())

        for count in counts:
            paths = made(sheet, count, Path(home) / str(count))
            con.read_parquet([str(p) for p in paths.values()], table_name=f"facts_{count}")
        con.raw_sql(f"CREATE VIEW facts AS FROM facts_{MANY}")
        put(con, "branches", pa.table({"branch": pa.array(range(MANY), pa.int64())}))
        equal(ours(MANY), by_hand())
        hand, *times = in_turn(by_hand, *(partial(ours, count) for count in counts))
    growth = [
        Line(f"(d) the same: {more:,} / {less:,} branches (linear: 10)", slow, fast, more / less)
        for less, more, fast, slow in zip(counts, counts[1:], times, times[1:], strict=False)
    ]
    return [
        Line(f"(a) {MANY:,} branches x {len(sheet.items)} items: engine / SQL by hand", times[1], hand, 1.5),
        *growth,
    ]


def equal(ours: pa.Table, hand: pa.Table) -> None:
    """A ratio between two different answers would say nothing."""
    left, right = ours.sort_by(ORDER), hand.cast(SCORES).sort_by(ORDER)
    if left.equals(right):
        return
    for mine, other in zip(left.to_pylist(), right.to_pylist(), strict=True):
        if mine != other:
            raise AssertionError(f"engine and SQL by hand differ: {mine} and {other}")
