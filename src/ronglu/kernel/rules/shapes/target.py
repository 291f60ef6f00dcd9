"""Shapes that judge indicators: `target` (attainment on a curve) and `target_pp` (distance from plan in the unit itself)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ronglu.kernel.rules.arith import FULL, MILLION, div, millionths, show_share, weighted
from ronglu.kernel.rules.basis import Basis, Direction, Line, Method
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.fields import Field, Written
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params, number
from ronglu.kernel.rules.shape import Shape, Step, register
from ronglu.kernel.rules.shapes.curve import Curve, missing, row_ppb, row_steps
from ronglu.kernel.rules.state import State

LINEAR = Curve(((0, 0), (MILLION, FULL)))
"""Share = attainment; stands in where a shape has no attainment rows."""


@dataclass(frozen=True, kw_only=True)
class Judged(Shape):
    """Several indicator rows, each judged by its own method; share_ppb = (2·Σ w·row + Σ w) // (2·Σ w) over usable rows.

    `row` is already rounded to billionths (see `curve.row_ppb`); rows without readings, plan or tolerance are left out
    of both sums and shown.
    """

    methods: ClassVar[frozenset[Method]]
    curve: Curve = LINEAR
    cap: int = FULL

    def row(self, line: Line) -> int:
        if line.method not in self.methods:
            allowed = "、".join(sorted(self.methods))
            raise BasisProblem(f"“{line.name}”的评法是 {line.method or '（未写）'}，这里只能是 {allowed}")
        return row_ppb(line, self.curve, self.cap)

    def row_steps(self, line: Line) -> tuple[Step, ...]:
        return row_steps(line, self.curve, self.cap)

    def usable(self, basis: Basis) -> list[Line]:
        return [line for line in basis.lines if not missing(line)]

    def readiness(self, basis: Basis) -> State:
        if not basis.lines:
            return State.NOTHING
        return State.SCORED if self.usable(basis) else State.READINGS_MISSING

    def ppb(self, basis: Basis) -> int:
        rows = [(line.weight, self.row(line)) for line in self.usable(basis)]
        return div(sum(w * s for w, s in rows), sum(w for w, _ in rows))

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        steps = [step for line in basis.lines for step in self.row_steps(line)]
        rows = [(line.weight, self.row(line)) for line in self.usable(basis)]
        if len(rows) > 1:
            steps.append(Step("按权重平均", weighted(rows), show_share(self.ppb(basis))))
        return tuple(steps)

    def problems(self, item: Item) -> list[str]:
        found = Shape.problems(self, item)
        if self.cap < FULL:
            found.append("封顶不能低于 1")
        return found + self.curve.problems()

    def params(self) -> tuple[tuple[str, str], ...]:
        return (("超额加分", "关（封顶 1.00）" if self.cap == FULL else f"开（封顶 {show_share(self.cap)}）"),)


@dataclass(frozen=True, kw_only=True)
class Target(Judged):
    """Rows by `attainment` (or `count` where the plan is zero); a = actual ÷ plan, or plan ÷ actual if lower is better."""

    kind: ClassVar[str] = "target"
    label: ClassVar[str] = "指标达成"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            name="curve", label="折线", ask=Written.PAIRS, help="达成率到多少得满分的几成，中间按直线",
            columns=(
                Field(name="a", label="达成率", ask=Written.NUMBER, required=False),
                Field(name="share", label="得分比例", ask=Written.NUMBER, required=False),
            ),
        ),
    )  # fmt: skip
    methods: ClassVar[frozenset[Method]] = frozenset({Method.ATTAINMENT, Method.COUNT})

    def row(self, line: Line) -> int:
        if line.direction is Direction.BAND:
            raise BasisProblem(f"“{line.name}”要求落在范围内，不能按达成率评，应按百分点评")
        return Judged.row(self, line)

    def params(self) -> tuple[tuple[str, str], ...]:
        knots = "，".join(f"{show_share(a * 1000)} 得 {show_share(s)}" for a, s in reversed(self.curve.knots))
        return (("折线", knots), *Judged.params(self))


@dataclass(frozen=True, kw_only=True)
class TargetPP(Judged):
    """Rows by `points`: 1 ± (actual − plan) ÷ tolerance; a band row by its distance outside the band."""

    kind: ClassVar[str] = "target_pp"
    label: ClassVar[str] = "指标差值"
    fields: ClassVar[tuple[Field, ...]] = ()
    methods: ClassVar[frozenset[Method]] = frozenset({Method.POINTS, Method.COUNT})

    def params(self) -> tuple[tuple[str, str], ...]:
        return (("容差", "每个指标各自设定：差一个容差，得分比例减 1"), *Judged.params(self))


def _curve(p: Params) -> Curve:
    knots = []
    for row in p.rows("curve"):
        try:
            a, share = row
            knots.append((millionths(number(a)), millionths(number(share)) * 1000))
        except (TypeError, ValueError):
            p.complain(f"“curve”每行应为 [达成率, 得分比例]，最多六位小数，现在是 {row}")
    return Curve(tuple(sorted(knots)))


def _cap(p: Params) -> int:
    return int(p.decimal("cap", "1") * FULL)


register(Target, lambda p, of: Target(of=of, curve=_curve(p), cap=_cap(p)))
register(TargetPP, lambda p, of: TargetPP(of=of, cap=_cap(p)))
