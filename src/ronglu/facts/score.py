"""A month's sheet over columns: every branch meets every item; state, share and points in one pass of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from ronglu.facts.engine import half_up
from ronglu.facts.shares import AWAITING, MISSING, NOTHING, SCORED, shares
from ronglu.kernel.rules.arith import FULL
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shapes.parts import How, Parts
from ronglu.kernel.rules.state import State, WhenNothing

_ = ibis._
NOT_APPLICABLE = 4
STATES = {
    NOTHING: State.NOTHING,
    SCORED: State.SCORED,
    AWAITING: State.AWAITING_REVIEW,
    MISSING: State.READINGS_MISSING,
    NOT_APPLICABLE: State.NOT_APPLICABLE,
}
COLUMNS = ["branch", "item", "state", "ppb", "won", "veto", "covered", "expected"]
Facts = Mapping[str, ir.Table]


def score(*, items: Iterable[Item], branches: ir.Table, facts: Facts) -> ir.Table:
    """One row for every branch and item; `branches` is the spine, so a branch without facts does not vanish.

    Items must be wired and due: what is carried, imported or not wired has no facts to look at.
    """
    return reduce(ir.Table.union, [_item(item, branches, facts) for item in items])


def rows_of(item: Item, facts: Facts) -> ir.Table:
    """The fact rows an item reads: its own fact and filter, and for its parts the facts they name."""
    own = filtered(facts[item.fact], item.filter)
    shape = item.shape
    if not isinstance(shape, Parts) or shape.how is How.INDICATORS:
        return own
    apart = [p for p in shape.parts if p.fact and p.fact != item.fact and p.fact in facts]
    named = [p.name for p in shape.parts if not p.fact or p.fact == item.fact]
    found = own.filter(own.part.isin(named))
    return reduce(
        ir.Table.union, [facts[p.fact].mutate(part=ibis.literal(p.name)).select(*own.columns) for p in apart], found
    )


def filtered(rows: ir.Table, wanted: Mapping[str, tuple[str, ...]]) -> ir.Table:
    """Rows of the named kinds; `>30` compares a column of whole numbers."""
    for column, values in wanted.items():
        above = [v for v in values if v.startswith(">")]
        if above:
            rows = rows.filter(rows[column] > max(int(v[1:]) for v in above))
        else:
            rows = rows.filter(rows[column].isin(values))
    return rows


def _item(item: Item, branches: ir.Table, facts: Facts) -> ir.Table:
    rows = rows_of(item, facts)
    found = shares(item.shape, rows).rename(of="branch")
    j = branches.left_join(found, branches.branch == found.of)
    if item.min_coverage is None:
        nothing = ibis.literal(None, "int64")
        j = j.mutate(covered=nothing, expected=nothing)
    else:
        read = rows.group_by("branch").agg(
            covered=_.covered.sum().cast("int64"), expected=_.expected.sum().cast("int64")
        )
        read = read.rename(whose="branch")
        j = j.left_join(read, j.branch == read.whose)
    return _settled(item, j)


def _settled(item: Item, j: ir.Table) -> ir.Table:
    """In the order of kernel/rules/score.judge: coverage, what the shape says, what the item says of nothing."""
    short = ibis.literal(False)
    if item.min_coverage is not None:
        short = (j.expected.fill_null(0) > 0) & (j.covered * 100 < j.expected * item.min_coverage)
    empty = j.state.isnull() | (j.state == NOTHING)
    gone = item.when_nothing is WhenNothing.NOT_APPLICABLE
    full = item.hundredths if item.when_nothing is WhenNothing.FULL else 0
    state = ibis.cases((short, MISSING), (empty, NOT_APPLICABLE if gone else NOTHING), else_=j.state)
    share = FULL if full else 0
    scored = ~short & ~empty & (j.state == SCORED)
    idle = ~short & empty & ibis.literal(not gone)
    points = half_up(j.ppb * item.hundredths, ibis.literal(FULL, "int64"))
    return j.select(
        "branch",
        item=ibis.literal(item.code),
        state=state.cast("int8"),
        ppb=ibis.cases((scored, j.ppb), (idle, share)).cast("int64"),
        won=ibis.cases((scored, points), (idle, full)).cast("int64"),
        veto=j.veto.fill_null(False),
        covered=j.covered,
        expected=j.expected,
    )
