"""The one door to the columnar engine: where its files lie, how much it may use, and the integer division both engines share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

MEMORY = "3GB"
THREADS = 2


@cache
def engine(home: Path) -> Any:
    """An Ibis connection to DuckDB whose temporary files stay inside the data folder."""
    scratch = home / "facts" / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    con = ibis.duckdb.connect(
        temp_directory=str(scratch), memory_limit=MEMORY, threads=THREADS, preserve_insertion_order=False
    )
    # no extension may be looked for outside: a plant's intranet has none (design §3-10)
    con.raw_sql("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
    return con


def put(con: Any, name: str, table: pa.Table) -> ir.Table:
    """An Arrow table under a stable name, so that compiled statements can be used again."""
    con.con.register(name, table)
    return con.table(name)


def read(con: Any, paths: list[Path]) -> ir.Table:
    """Parquet partitions as one table."""
    return con.read_parquet([str(p) for p in paths])


def divide(num: ir.IntegerValue, den: ir.IntegerValue) -> ir.IntegerValue:
    """num // den for num >= 0, den > 0, exact while the quotient stays below 2**51.

    Engines differ in integer division (Ibis compiles `//` to a floor of floats, wrong past 2**53), so the
    remainder is taken off first: what is left divides evenly and the float nearest to it is the answer.
    """
    return ((num - num % den) / den).round().cast("int64")


def half_up(num: ir.IntegerValue, den: ir.IntegerValue) -> ir.IntegerValue:
    """num / den rounded half-up to an integer, for num >= 0, den > 0."""
    return divide(num * 2 + den, den * 2)
