"""A month's sheet over columns: every branch meets every item; state, share and points in one pass of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ronglu.facts.engine import half_up, put, run
from ronglu.facts.params import Params
from ronglu.facts.shares import AWAITING, MISSING, NOTHING, SCORED, shares
from ronglu.kernel.rules.arith import FULL
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.state import State

NOT_APPLICABLE = 4
SCORES = pa.schema(
    [
        ("branch", pa.int64()),
        ("item", pa.string()),
        ("state", pa.int8()),
        ("ppb", pa.int64()),
        ("won", pa.int64()),
        ("veto", pa.bool_()),
        ("covered", pa.int64()),
        ("expected", pa.int64()),
    ]
)
STATES = {
    NOTHING: State.NOTHING,
    SCORED: State.SCORED,
    AWAITING: State.AWAITING_REVIEW,
    MISSING: State.READINGS_MISSING,
    NOT_APPLICABLE: State.NOT_APPLICABLE,
}


def score(con: Any, *, items: Iterable[Item], branches: Iterable[int], facts: ir.Table) -> pa.Table:
    """SCORES: one row for every branch and item.

    `branches` is the spine, so a branch without facts does not vanish; `facts` are rows of facts/schema. Items must be
    wired and due: what is carried, imported or not wired has no facts to look at.
    """
    params = Params.of(items)
    tables = {name: put(con, f"sheet_{name}", table) for name, table in params.tables().items()}
    spine = put(con, "sheet_branches", pa.table({"branch": pa.array(branches, pa.int64())}))
    known = (params.curves, tuple(params.bands), facts.get_name())
    if known not in _statements:
        _statements[known] = str(ibis.to_sql(_settled(facts, params, tables, spine)))
    return run(con, _statements[known]).cast(SCORES)


# a warm worker scores a month again without compiling: all numbers but curves and bands lie in the tables
_statements: dict[tuple[Any, ...], str] = {}


def _settled(facts: ir.Table, params: Params, tables: dict[str, ir.Table], spine: ir.Table) -> ir.Table:
    """In the order of kernel/rules/score.judge: coverage, what the shape says, what the item says of nothing."""
    found = shares(facts, params, tables)
    j = spine.cross_join(tables["items"]).left_join(found, ["branch", "item_no"], rname="found_{name}")
    short = ((j.expected.fill_null(0) > 0) & (j.covered * 100 < j.expected * j.least)).fill_null(False)
    empty = j.state.isnull() | (j.state == NOTHING)
    state = ibis.cases((short, MISSING), (empty, j.gone.ifelse(NOT_APPLICABLE, NOTHING)), else_=j.state)
    scored = ~short & ~empty & (j.state == SCORED)
    idle = ~short & empty & ~j.gone
    points = half_up(j.ppb * j.full, ibis.literal(FULL, "int64"))
    return j.select(
        "branch",
        "item",
        state=state.cast("int8"),
        ppb=ibis.cases((scored, j.ppb), (idle, (j.idle > 0).ifelse(FULL, 0))).cast("int64"),
        won=ibis.cases((scored, points), (idle, j.idle)).cast("int64"),
        veto=j.veto.fill_null(False),
        covered=ibis.cases((j.least.notnull(), j.covered)),
        expected=ibis.cases((j.least.notnull(), j.expected)),
    )
