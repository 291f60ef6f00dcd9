"""The kernel's shapes over columns: the same integer arithmetic (kernel/rules/arith), all items of a sheet at once.

Fact rows meet the pieces that read them, are added up once by branch and piece, and each piece's sums become a share
by its shape. A test holds every shape against the kernel to the last digit.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ronglu.facts.engine import half_up, total
from ronglu.facts.params import DEDUCT, PANEL, PER_EVENT, RATE, VETO, WORDS, Params
from ronglu.facts.rows import worth
from ronglu.kernel.rules.arith import FULL
from ronglu.kernel.rules.shapes.panel import TOP

NOTHING, SCORED, AWAITING, MISSING = 0, 1, 2, 3
LINES = pa.schema(
    [
        ("branch", pa.int64()),
        ("part", pa.string()),
        ("key", pa.string()),
        ("num", pa.int64()),
        ("den", pa.int64()),
        ("plan", pa.int64()),
        ("weight", pa.int64()),
        ("method", pa.string()),
        ("direction", pa.string()),
        ("tol", pa.int64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
    ]
)
_ = ibis._


def shares(facts: ir.Table, params: Params, tables: dict[str, ir.Table]) -> ir.Table:
    """branch, item_no, state, ppb, veto, covered, expected: one row for each branch and item that has rows."""
    read = worth(_read(facts, tables), params)
    sums = read.group_by(["branch", "piece"]).agg(
        n=total(_.num),
        d=total(_.den),
        least=_.den.min(),
        paid=total(_.each * _.num),
        s=total(_.w * _.row),
        w=total(_.w),
        covered=total(_.covered),
        expected=total(_.expected),
    )
    return _together(_judged(sums.join(tables["pieces"], "piece")))


def _read(facts: ir.Table, tables: dict[str, ir.Table]) -> ir.Table:
    """Every row beside each piece that reads it, with its price and curve."""
    reads, prices, methods = tables["reads"], tables["prices"], tables["methods"]
    wanted = [(reads[f"want_{name}"] == "") | (reads[f"want_{name}"] == facts[name]) for name in (*WORDS, "part")]
    old_enough = (reads.above < 0) | (facts.open_days > reads.above)
    t = facts.join(reads, [facts.fact == reads.fact, *wanted, old_enough])
    t = t.left_join(prices, ["piece", "key"], rname="price_{name}")
    return t.left_join(methods, ["piece", "method"], rname="method_{name}")


def _judged(p: ir.Table) -> ir.Table:
    """State, share and veto of each piece from its sums."""
    happened = p.n + p.d > 0
    waiting = p.least < TOP * p.reviewers
    state = ibis.cases(
        (p.kind == RATE, (p.d > 0).ifelse(SCORED, NOTHING)),
        (p.kind.isin([DEDUCT, VETO]), happened.ifelse(SCORED, NOTHING)),
        (p.kind == PER_EVENT, (p.n > 0).ifelse(SCORED, NOTHING)),
        (p.kind == PANEL, waiting.ifelse(AWAITING, SCORED)),
        else_=(p.w > 0).fill_null(False).ifelse(SCORED, MISSING),
    )
    above, below = _fraction(p)
    ppb = ibis.cases(
        (p.kind == VETO, (p.n > 0).ifelse(0, FULL)), else_=(above <= 0).ifelse(0, half_up(above, below.nullif(0)))
    )
    return p.mutate(state=state.cast("int8"), ppb=ppb.cast("int64"), veto=(p.kind == VETO) & (p.n > 0))


def _fraction(p: ir.Table) -> tuple[ir.Value, ir.Value]:
    """What is divided by what: one division serves all shapes."""
    above = ibis.cases(
        (p.kind == RATE, ibis.least(p.n, p.d) * FULL),
        (p.kind == DEDUCT, (p.of - p.paid) * FULL),
        (p.kind == PER_EVENT, ibis.least(p.paid, p.cap, p.of) * FULL),
        (p.kind == PANEL, p.n * FULL),
        else_=p.s,
    )
    below = ibis.cases((p.kind.isin([RATE, PANEL]), p.d), (p.kind.isin([DEDUCT, PER_EVENT]), p.of), else_=p.w)
    return above, below


def _together(p: ir.Table) -> ir.Table:
    """Pieces of one item: by weight, or a base less what others cost; a veto piece changes no points (kernel shapes/parts)."""
    real = ~p.only_veto
    scored = (p.state == SCORED) & real
    g = p.group_by(["branch", "item_no"]).agg(
        awaiting=((p.state == AWAITING) & real).any(),
        missing=((p.state == MISSING) & real).any(),
        happened=scored.any(),
        weighted=p.weighted.any(),
        s=total(scored.ifelse(p.share * p.ppb, 0)),
        w=total(scored.ifelse(p.share, 0)),
        base=ibis.cases((scored & (p.place == 0), p.ppb)).max(),
        lost=total((scored & p.costs).ifelse(FULL - p.ppb, 0)),
        veto=p.veto.any(),
        covered=total(p.covered),
        expected=total(p.expected),
    )
    state = ibis.cases((g.awaiting, AWAITING), (g.missing, MISSING), (g.happened, SCORED), else_=NOTHING)
    less = ibis.greatest(g.base.fill_null(FULL) - g.lost, 0)
    ppb = g.weighted.ifelse(half_up(g.s, g.w.nullif(0)), less)
    return g.select("branch", "item_no", "veto", "covered", "expected", state=state.cast("int8"), ppb=ppb.cast("int64"))
