"""What one fact row is worth, over columns: the attainment curve, the tolerance rule and the bands of the kernel."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ronglu.facts.engine import half_up
from ronglu.facts.params import Params
from ronglu.kernel.rules.arith import FULL, MILLION
from ronglu.kernel.rules.shapes.band import MET, Band
from ronglu.kernel.rules.shapes.curve import Curve


def worth(t: ir.Table, params: Params) -> ir.Table:
    """Adds `row` (share in billionths) and `w` (weight), both missing where the row cannot be judged.

    Needs the columns of a fact row with `by`, `read_of`, `curve` and `row_cap` joined to it.
    """
    t = t.mutate(
        band=(t.direction == "band").fill_null(False),
        by_curve=((t.method == "attainment") & (t.direction != "band") & (t.plan.fill_null(0) > 0)).fill_null(False),
    )
    judged, known = (t.by == "judged") & _usable(t), t.num.notnull()
    row = ibis.cases(
        (judged & t.by_curve, _on_curve(t, params.curves)),
        (judged, _in_tolerance(t)),
        ((t.by == "value") & known, _by_value(t, params)),
        ((t.by == "place") & known, _by_place(t, params)),
    )
    counts = judged | (t.by.isin(["value", "place"]) & known)
    return t.mutate(row=row.cast("int64"), w=ibis.cases((counts, t.weight)))


def _usable(t: ir.Table) -> ir.BooleanValue:
    read = t.num.notnull() & (t.den > 0) & (t.weight > 0)
    banded = t.low.notnull() & t.high.notnull() & (t.tol > 0)
    planned = (t.plan.notnull() | (t.method == "count")) & (t.by_curve | (t.tol > 0))
    return (read & t.band.ifelse(banded, planned)).fill_null(False)


def _on_curve(t: ir.Table, curves: tuple[Curve, ...]) -> ir.Value:
    """a in millionths, half-up, then linear between the knots of the row's curve."""
    if not curves:
        return ibis.null("int64")
    a = _attained(t, max(c.knots[-1][0] for c in curves))
    if len(curves) == 1:
        return _curve(t, a, curves[0])
    return ibis.cases(*((t.curve == no, _curve(t, a, curve)) for no, curve in enumerate(curves)))


def _attained(t: ir.Table, top: int) -> ir.Value:
    """actual ÷ plan, or plan ÷ actual where less is better; nothing at all is `top` there."""
    down = t.direction == "down"
    num = ibis.greatest(t.num, 0)
    above = down.ifelse(t.plan * t.den, num)
    below = down.ifelse(ibis.greatest(num, 1), t.den * t.plan)
    return (t.num <= 0).ifelse(down.ifelse(top, 0), half_up(above * MILLION, below.nullif(0)))


def _curve(t: ir.Table, a: ir.Value, curve: Curve) -> ir.Value:
    low_a, low_s = curve.knots[0]
    steps: list[tuple[ir.Value, ir.Value | int]] = [(a < low_a, 0)]
    for high_a, high_s in curve.knots[1:]:
        way = half_up(ibis.greatest(a - low_a, 0) * (high_s - low_s), ibis.literal(high_a - low_a, "int64"))
        steps.append((a <= high_a, ibis.least(way + low_s, t.row_cap)))
        low_a, low_s = high_a, high_s
    return ibis.cases(*steps, else_=ibis.least(t.row_cap, low_s))


def _in_tolerance(t: ir.Table) -> ir.Value:
    """1 + deviation ÷ tolerance between 0 and the cap; twice the tolerance is beyond any cap."""
    cap = ((t.method == "points") & ~t.band).ifelse(t.row_cap, FULL)
    plan = t.plan.fill_null(0) * t.den
    outside = ibis.greatest(t.low * t.den - t.num, t.num - t.high * t.den, 0)
    open_ = (t.direction == "down").ifelse(plan - t.num, t.num - plan)
    room = t.tol * t.den
    n = room + t.band.ifelse(-outside.fill_null(0), open_)
    inside = ibis.least(ibis.greatest(n, 0), room * 2)
    return (n <= 0).ifelse(0, ibis.least(cap, half_up(inside * FULL, room.nullif(0))))


def _by_value(t: ir.Table, params: Params) -> ir.Value:
    """The first step that num ÷ den reaches; its points over the item's, half-up, are known beforehand."""

    def share(points: int, band: Band) -> int:
        return (2 * points * FULL + band.of) // (2 * band.of)

    steps: list[tuple[ir.Value, int]] = []
    for no, band in params.bands:
        mine = t.piece == no
        steps += [(mine & (t.key == MET), FULL)] if band.met else []
        reached = [((t.den > 0) & (t.num * MILLION >= at_least * t.den), worth) for at_least, worth in band.steps]
        steps += [(mine & found, share(worth, band)) for found, worth in reached]
        steps.append((mine, share(band.otherwise, band)))
    return ibis.cases(*steps) if steps else ibis.null("int64")


def _by_place(t: ir.Table, params: Params) -> ir.Value:
    """Tied teams share the points of their places: Σ over num … num+den−1, places beyond the table at `otherwise`."""
    found = [(t.piece == no, _shared(t, band)) for no, band in params.bands]
    return half_up(ibis.cases(*found) * FULL, (t.den * t.read_of).nullif(0)) if found else ibis.null("int64")


def _shared(t: ir.Table, band: Band) -> ir.Value:
    total = t.den * band.otherwise
    for place, points in band.steps:
        total = total + ((t.num <= place) & (place < t.num + t.den)).ifelse(points - band.otherwise, 0)
    return total
