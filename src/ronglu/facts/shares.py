"""The kernel's shapes over columns: the same integer arithmetic (kernel/rules/arith), a whole table at a time.

Every function takes fact rows (LINES) of one item and gives one row a branch: state, share in billionths, veto.
A test holds each of them against the kernel to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ronglu.facts.engine import half_up
from ronglu.facts.rows import mean_of_rows
from ronglu.kernel.rules.arith import FULL, MILLION
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes.band import MET, Band, By
from ronglu.kernel.rules.shapes.counted import Deduct, PerEvent, Priced, Veto
from ronglu.kernel.rules.shapes.panel import TOP, Panel
from ronglu.kernel.rules.shapes.parts import How, Part, Parts
from ronglu.kernel.rules.shapes.rate import Rate
from ronglu.kernel.rules.shapes.target import Judged

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


def shares(shape: Shape, rows: ir.Table) -> ir.Table:
    """branch, state, ppb, veto: one row for each branch that has rows."""
    for kind, how in _HOW:
        if isinstance(shape, kind):
            return how(shape, rows)
    raise TypeError(f"形状“{shape.label}”还没有列式算法：请在 facts/shares.py 里补上，并加一条与内核比对的测试")


def _out(grouped: ir.Table, *, state: ir.Value, ppb: ir.Value, veto: ir.Value | None = None) -> ir.Table:
    return grouped.select(
        "branch",
        state=state.cast("int8"),
        ppb=ppb.cast("int64"),
        veto=(veto if veto is not None else ibis.literal(False)),
    )


def _rate(shape: Rate, rows: ir.Table) -> ir.Table:
    g = rows.group_by("branch").agg(n=_.num.sum().cast("int64"), d=_.den.sum().cast("int64"))
    ppb = half_up(ibis.least(g.n, g.d) * FULL, g.d.nullif(0))
    return _out(g, state=(g.d > 0).ifelse(SCORED, NOTHING), ppb=ppb)


def _worth(shape: Priced, rows: ir.Table) -> ir.Table:
    each = ibis.cases(*((rows.key == p.key, p.each) for p in shape.prices))
    return rows.group_by("branch").agg(
        s=(each * rows.num).sum().cast("int64"),
        n=rows.num.sum().cast("int64"),
        d=rows.den.sum().cast("int64"),
    )


def _clamped(num: ir.IntegerValue, den: int) -> ir.Value:
    return (num <= 0).ifelse(0, half_up(ibis.greatest(num, 0) * FULL, ibis.literal(den, "int64")))


def _deduct(shape: Deduct, rows: ir.Table) -> ir.Table:
    g = _worth(shape, rows)
    return _out(g, state=(g.n + g.d > 0).ifelse(SCORED, NOTHING), ppb=_clamped(shape.of - g.s, shape.of))


def _per_event(shape: PerEvent, rows: ir.Table) -> ir.Table:
    g = _worth(shape, rows)
    paid = ibis.least(g.s, shape.cap)
    return _out(g, state=(g.n > 0).ifelse(SCORED, NOTHING), ppb=ibis.least(_clamped(paid, shape.of), FULL))


def _veto(shape: Veto, rows: ir.Table) -> ir.Table:
    g = rows.group_by("branch").agg(n=_.num.sum().cast("int64"), d=_.den.sum().cast("int64"))
    hit = g.n > 0
    return _out(g, state=(g.n + g.d > 0).ifelse(SCORED, NOTHING), ppb=hit.ifelse(0, FULL), veto=hit)


def _panel(shape: Panel, rows: ir.Table) -> ir.Table:
    g = rows.group_by("branch").agg(n=_.num.sum().cast("int64"), d=_.den.sum().cast("int64"), least=_.den.min())
    waiting = g.least < TOP * shape.reviewers
    return _out(g, state=waiting.ifelse(AWAITING, SCORED), ppb=half_up(g.n * FULL, g.d.nullif(0)))


def _band(shape: Band, rows: ir.Table) -> ir.Table:
    known = rows.filter(rows.num.notnull())
    row = (_place_row if shape.by is By.PLACE else _value_row)(shape, known)
    marked = known.mutate(row=row.cast("int64"))
    g = marked.group_by("branch").agg(s=(_.weight * _.row).sum().cast("int64"), w=_.weight.sum().cast("int64"))
    every = rows.select("branch").distinct()
    j = every.left_join(g, "branch")
    j = j.select(branch=every.branch, s=j.s, w=j.w)
    return _out(j, state=j.w.notnull().ifelse(SCORED, MISSING), ppb=half_up(j.s, j.w.nullif(0)))


def _value_row(shape: Band, t: ir.Table) -> ir.Value:
    def full_h(worth: int) -> int:
        return (2 * worth * FULL + shape.of) // (2 * shape.of)

    steps = [((t.den > 0) & (t.num * MILLION >= t.den * at_least), full_h(worth)) for at_least, worth in shape.steps]
    if shape.met:
        steps.insert(0, (t.key == MET, FULL))
    return ibis.cases(*steps, else_=full_h(shape.otherwise))


def _place_row(shape: Band, t: ir.Table) -> ir.Value:
    """Tied teams share the points of their places: Σ over num … num+den−1, places beyond the table at `otherwise`."""
    inside = ibis.literal(0, "int64")
    counted = ibis.literal(0, "int64")
    for place, worth in shape.steps:
        taken = (t.num <= place) & (place < t.num + t.den)
        inside = inside + taken.ifelse(worth, 0)
        counted = counted + taken.ifelse(1, 0)
    total = inside + (t.den - counted) * shape.otherwise
    return half_up(total * FULL, t.den * shape.of)


def _judged(shape: Judged, rows: ir.Table) -> ir.Table:
    methods = {m.value: (shape.curve, shape.cap) for m in shape.methods}
    return _judged_out(mean_of_rows(rows, methods))


def _judged_out(g: ir.Table) -> ir.Table:
    return _out(g, state=(g.w > 0).ifelse(SCORED, MISSING), ppb=half_up(g.s, g.w.nullif(0)))


def _indicators(shape: Parts, rows: ir.Table) -> ir.Table:
    methods: dict[str, Any] = {}
    for part in shape.parts:
        if isinstance(part.shape, Judged):
            for m in part.shape.methods:
                methods.setdefault(m.value, (part.shape.curve, part.shape.cap))
    return _judged_out(mean_of_rows(rows, methods))


def _parts(shape: Parts, rows: ir.Table) -> ir.Table:
    if shape.how is How.INDICATORS:
        return _indicators(shape, rows)
    pieces = reduce(ir.Table.union, [_piece(i, p, rows) for i, p in enumerate(shape.parts)])
    real = ~pieces.only_veto
    scored = pieces.state == SCORED
    g = pieces.group_by("branch").agg(
        awaiting=((pieces.state == AWAITING) & real).any(),
        missing=((pieces.state == MISSING) & real).any(),
        happened=(scored & real).any(),
        s=(scored & real).ifelse(pieces.weight * pieces.ppb, 0).sum().cast("int64"),
        w=(scored & real).ifelse(pieces.weight, 0).sum().cast("int64"),
        base=ibis.cases((scored & (pieces.place == 0), pieces.ppb)).max(),
        lost=(scored & pieces.costs).ifelse(FULL - pieces.ppb, 0).sum().cast("int64"),
        veto=pieces.veto.any(),
    )
    state = ibis.cases((g.awaiting, AWAITING), (g.missing, MISSING), (g.happened, SCORED), else_=NOTHING)
    if shape.how is How.WEIGHTED:
        ppb = half_up(g.s, g.w.nullif(0))
    else:
        ppb = ibis.greatest(g.base.fill_null(FULL) - g.lost, 0)
    return _out(g, state=state, ppb=ppb, veto=g.veto)


def _piece(place: int, part: Part, rows: ir.Table) -> ir.Table:
    mine = shares(part.shape, rows.filter(rows.part == part.name))
    return mine.mutate(
        place=ibis.literal(place, "int8"),
        weight=ibis.literal(part.weight, "int64"),
        costs=ibis.literal(place > 0 and isinstance(part.shape, Deduct)),
        only_veto=ibis.literal(isinstance(part.shape, Veto)),
    )


_HOW: list[tuple[type[Shape], Callable[[Any, ir.Table], ir.Table]]] = [
    (Rate, _rate),
    (Deduct, _deduct),
    (PerEvent, _per_event),
    (Veto, _veto),
    (Panel, _panel),
    (Band, _band),
    (Parts, _parts),
    (Judged, _judged),
]
