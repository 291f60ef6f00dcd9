"""The one door to the columnar engine: where its files lie, how much it may use, and the integer division both engines share."""

from __future__ import annotations

import datetime as dt
import gc
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as types
import ibis.expr.types as ir
import pyarrow as pa

MEMORY = "3GB"
THREADS = 2
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)


@cache
def engine(home: Path) -> Any:
    """An Ibis connection to DuckDB whose temporary files stay inside the data folder."""
    scratch = home / "facts" / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    con = ibis.duckdb.connect(
        temp_directory=str(scratch), memory_limit=MEMORY, threads=THREADS, preserve_insertion_order=False
    )
    # no extension may be looked for outside: a plant's intranet has none (design §3-10)
    con.raw_sql(
        "SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; SET enable_progress_bar=false"
    )
    return con


@contextmanager
def alone(con: Any) -> Iterator[None]:
    """Statements on one thread: over a month or two, sharing the work out costs a tenth more than it saves."""
    con.con.execute("SET threads=1")
    try:
        yield
    finally:
        con.con.execute(f"SET threads={THREADS}")


@contextmanager
def uncollected() -> Iterator[None]:
    """Hundreds of thousands of small values live at once and form no cycles: looking for some costs a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def put(con: Any, name: str, table: pa.Table) -> ir.Table:
    """An Arrow table under a stable name, so that compiled statements can be used again."""
    register(con, name, table)
    return con.table(name)


def register(con: Any, name: str, table: pa.Table) -> None:
    """As `put`, for a statement that is written already: Ibis need not look at the table."""
    con.con.register(name, table)


def read(con: Any, paths: list[Path]) -> ir.Table:
    """Parquet partitions as one table."""
    return con.read_parquet([str(p) for p in paths])


def view(con: Any, name: str, paths: Sequence[Path], schema: pa.Schema, first: dt.date, last: dt.date) -> None:
    """The days `first`..`last` of Parquet partitions under a stable name, read when they are asked for; no path is no row."""
    if not paths:
        register(con, name, schema.empty_table())
        return
    found = con.con.read_parquet([str(p) for p in paths])
    found.filter(f"day BETWEEN DATE '{first}' AND DATE '{last}'").create_view(name, replace=True)


def text(expression: ir.Table) -> str:
    """The statement of an expression over tables that are known by name alone."""
    return str(ibis.to_sql(expression, dialect="duckdb"))


def run(con: Any, text: str) -> pa.Table:
    """The rows of a compiled statement; as a relation, which the engine would rather have, it is bound twice and takes longer."""
    return con.con.execute(text).to_arrow_table()


@ibis.udf.scalar.builtin(name="divide")
def divide(num: int, den: int) -> int:
    """num // den of whole numbers, for num >= 0, den > 0, by the engine's own integer division.

    Ibis writes `//` as the floor of a quotient of floats, wrong past 2**53. DuckDB calls this `divide`, Spark `div`.
    """


def rows(table: pa.Table) -> list[dict[str, Any]]:
    """As `to_pylist`, in a third of the time: numbers, texts, dates and instants of which none is missing."""
    names, columns = table.column_names, [column.to_numpy().tolist() for column in table.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def total(column: ir.IntegerColumn) -> ir.Value:
    """A sum as a 64-bit integer: DuckDB would go on with 128 bits, at half the speed."""
    return _wide_sum(column).cast("int64")


@ibis.udf.agg.builtin(name="sum", signature=((types.int64,), types.Decimal(38, 0)))
def _wide_sum(column): ...  # type: ignore[no-untyped-def]


@ibis.udf.agg.builtin(name="arg_max", signature=((types.int64, types.timestamp), types.int64))
def latest(value, at):  # type: ignore[no-untyped-def]
    """The value of the latest instant. Ibis writes its `argmax` as a sorted list of the group, at several times the cost."""


def half_up(num: ir.IntegerValue, den: ir.IntegerValue) -> ir.IntegerValue:
    """num / den rounded half-up to an integer, for num >= 0, den > 0."""
    return divide(num * 2 + den, den * 2)
