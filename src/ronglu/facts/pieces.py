"""A stretch of readings added up once by unit, indicator, key and shift; every coarser grain is made of these pieces.

The statements are written once a process and speak of tables by name: what differs from one stretch to the next lies in
the tables. To write a statement anew costs more than to run it over a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ronglu.facts import readings
from ronglu.facts.counters import counter_slots
from ronglu.facts.engine import latest, register, rows, run, text, total, view
from ronglu.facts.month import ADDED, Frame, written
from ronglu.facts.rollup import SLOTS, TERMS, kept_slots, terms
from ronglu.facts.spine import DUE, OWNERS

STAMP = ["unit", "indicator", "key", "day", "shift_no", "letter"]
SUMMED = ["total", "n", "secs", "waits"]
CODED = ("indicator", "key")
PIECES = pa.schema(
    [
        ("unit", pa.int64()),
        ("indicator", pa.string()),
        ("key", pa.string()),
        ("day", pa.date32()),
        ("shift_no", pa.int64()),
        ("letter", pa.string()),
        *ADDED,
    ]
)
Row = dict[str, Any]
Names = dict[str, pa.Array]
Period = tuple[str, ...]
"""The columns that make a period: day and shift_no of the pieces, or `when`, which the owners' days carry."""


def pieces(f: Frame, *, which: str, months: Sequence[int], first: dt.date, last: dt.date) -> pa.Table:
    """Of the partitions of `months` the days `first`..`last`, counters included."""
    wanted = {unit: found.values() for unit, found in f.lines.indicators.items()}
    coded, names = _coded(terms(lines=wanted, grains=f.lines.grains))
    register(f.con, "terms", coded)
    view(f.con, "readings_read", written(f, months), readings.SCHEMA, first, last)
    made = _named(run(f.con, _pieces_text(which)), names).cast(PIECES)
    counted = counter_slots(f, which=which, months=tuple(months))
    if not counted.num_rows:
        return made
    register(f.con, "counted", counted)
    return pa.concat_tables([made, run(f.con, _counted_text()).cast(PIECES)])


def _coded(table: pa.Table) -> tuple[pa.Table, Names]:
    """Numbers in place of the names that slots are grouped by, a third faster where there are a hundred thousand; and the names."""
    names = {}
    for column in CODED:
        one = table[column].combine_chunks().dictionary_encode()
        names[column] = one.dictionary
        table = table.set_column(table.column_names.index(column), column, one.indices.cast(pa.int64()))
    return table, names


def _named(table: pa.Table, names: Names) -> pa.Table:
    for column in CODED:
        table = table.set_column(table.column_names.index(column), column, names[column].take(table[column]))
    return table


@cache
def _pieces_text(which: str) -> str:
    read = ibis.table(ibis.schema(readings.SCHEMA), name="readings_read")
    named = ibis.schema({**ibis.schema(TERMS), **dict.fromkeys(CODED, "int64")})
    return text(_added(kept_slots(read, ibis.table(named, name="terms"), which=which)))


@cache
def _counted_text() -> str:
    return text(_added(ibis.table(ibis.schema(SLOTS), name="counted")))


def _added(slot: ir.Table) -> ir.Table:
    return slot.group_by(STAMP).agg(
        total=total(ibis._.total),
        n=ibis._.count(),
        low=ibis._.stand.min(),
        high=ibis._.total.max(),
        last=latest(ibis._.stand, ibis._.starts_at),
        last_at=ibis._.starts_at.max(),
        secs=total(ibis._.secs),
        waits=total(ibis._.waits),
    )[PIECES.names]


def given(con: Any, *, found: pa.Table, due: pa.Table) -> None:
    """What `sums` and `dues` speak of."""
    register(con, "pieces", found)
    register(con, "due_shown", due)


def sums(con: Any, *, owners: pa.Table, period: Period) -> list[Row]:
    """Pieces by owner, unit, indicator, key and period; `owners` holds the days that are meant and no others."""
    register(con, "owners_shown", owners)
    return rows(run(con, _sums_text(period, tuple(owners.schema.names))))


@cache
def _sums_text(period: Period, columns: tuple[str, ...]) -> str:
    o = _owned(_owners(columns), ibis.table(ibis.schema(PIECES), name="pieces"))
    return text(
        o.group_by(["owner", "unit", "indicator", "key", *period]).agg(
            **{name: total(o[name]) for name in SUMMED},
            low=ibis._.low.min(),
            high=ibis._.high.max(),
            last=latest(ibis._.last, ibis._.last_at),
            last_at=ibis._.last_at.max(),
        )
    )


def dues(con: Any, *, owners: pa.Table, period: Period) -> list[Row]:
    """How many slots were due by owner, unit, expectation and period; a crew owes the shifts it stood and nothing else."""
    register(con, "owners_shown", owners)
    return rows(run(con, _dues_text(period, tuple(owners.schema.names))))


@cache
def _dues_text(period: Period, columns: tuple[str, ...]) -> str:
    o = _owned(_owners(columns), ibis.table(ibis.schema(DUE), name="due_shown"))
    return text(o.group_by(["owner", "unit", "grain", *period]).agg(due=total(o.due)))


def _owners(columns: tuple[str, ...]) -> ir.Table:
    schema = OWNERS if "when" not in columns else OWNERS.append(pa.field("when", pa.int64()))
    return ibis.table(ibis.schema(schema), name="owners_shown")


def _owned(owners: ir.Table, table: ir.Table) -> ir.Table:
    """A crew has the shifts of its letter; everybody else all of them."""
    o = owners.rename(of="letter").join(table, ["unit", "day"])
    return o.filter((o.of == "") | (o.of == o.letter))
