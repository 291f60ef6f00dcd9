"""How one indicator row is judged, over columns: the attainment curve and the tolerance rule of kernel shapes/curve."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from ronglu.facts.engine import half_up
from ronglu.kernel.rules.arith import FULL, MILLION
from ronglu.kernel.rules.shapes.curve import Curve

_ = ibis._
Methods = Mapping[str, tuple[Curve, int]]


def mean_of_rows(rows: ir.Table, methods: Methods) -> ir.Table:
    """branch, s = Σ weight × share, w = Σ weight, over the rows that can be judged; `methods`: method → curve and cap."""
    t = rows.mutate(
        band=(rows.direction == "band").fill_null(False),
        by_curve=((rows.method == "attainment") & (rows.direction != "band") & (rows.plan.fill_null(0) > 0)).fill_null(
            False
        ),
    )
    t = t.mutate(ok=_usable(t))
    t = t.mutate(row=t.ok.ifelse(_row(t, methods), 0).cast("int64"), w=t.ok.ifelse(t.weight, 0))
    return t.group_by("branch").agg(s=(_.w * _.row).sum().cast("int64"), w=_.w.sum().cast("int64"))


def _usable(t: ir.Table) -> ir.BooleanValue:
    read = t.num.notnull() & (t.den > 0) & (t.weight > 0)
    banded = t.low.notnull() & t.high.notnull() & (t.tol > 0)
    planned = (t.plan.notnull() | (t.method == "count")) & (t.by_curve | (t.tol > 0))
    return (read & t.band.ifelse(banded, planned)).fill_null(False)


def _row(t: ir.Table, methods: Methods) -> ir.Value:
    curves = [(t.method == m, _on_curve(t, curve, cap)) for m, (curve, cap) in methods.items()]
    caps = [(t.method == m, cap) for m, (_c, cap) in methods.items()]
    cap = ((t.method == "points") & ~t.band).ifelse(ibis.cases(*caps, else_=FULL), FULL)
    return t.by_curve.ifelse(ibis.cases(*curves), _in_tolerance(t, cap))


def _on_curve(t: ir.Table, curve: Curve, cap: int) -> ir.Value:
    """a in millionths, half-up, then linear between the knots."""
    top = curve.knots[-1][0]
    up = (t.num <= 0).ifelse(0, half_up(ibis.greatest(t.num, 0) * MILLION, (t.den * t.plan).nullif(0)))
    down = (t.num <= 0).ifelse(top, half_up(t.plan * t.den * MILLION, ibis.greatest(t.num, 1)))
    a = (t.direction == "down").ifelse(down, up)
    low_a, low_s = curve.knots[0]
    steps: list[tuple[ir.Value, ir.Value | int]] = [(a < low_a, 0)]
    for high_a, high_s in curve.knots[1:]:
        way = half_up(ibis.greatest(a - low_a, 0) * (high_s - low_s), ibis.literal(high_a - low_a, "int64"))
        steps.append((a <= high_a, ibis.least(way + low_s, cap)))
        low_a, low_s = high_a, high_s
    return ibis.cases(*steps, else_=min(cap, low_s))


def _in_tolerance(t: ir.Table, cap: ir.Value) -> ir.Value:
    """1 + deviation ÷ tolerance between 0 and the cap; twice the tolerance is beyond any cap."""
    plan = t.plan.fill_null(0) * t.den
    outside = ibis.greatest(t.low * t.den - t.num, t.num - t.high * t.den, 0)
    open_ = (t.direction == "down").ifelse(plan - t.num, t.num - plan)
    room = t.tol * t.den
    n = room + t.band.ifelse(-outside.fill_null(0), open_)
    inside = ibis.least(ibis.greatest(n, 0), room * 2)
    return (n <= 0).ifelse(0, ibis.least(cap, half_up(inside * FULL, room.nullif(0))))
