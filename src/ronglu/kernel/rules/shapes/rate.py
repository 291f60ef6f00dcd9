"""Shapes that divide: `rate` (closed ÷ due) and `milestone` (met ÷ due)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ronglu.kernel.rules.arith import FULL, div, show_share
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.fields import Field
from ronglu.kernel.rules.shape import Shape, Step, register
from ronglu.kernel.rules.state import State


@dataclass(frozen=True, kw_only=True)
class Rate(Shape):
    """N = Σ num, D = Σ den over the rows; share_ppb = (2·min(N, D)·10⁹ + D) // (2·D). No row with den > 0: nothing."""

    kind: ClassVar[str] = "rate"
    label: ClassVar[str] = "比率"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="done", label="分子是什么", help="如 按期办结的"),
        Field(name="due", label="分母是什么", help="如 到期应办的"),
    )
    done: str
    due: str

    def readiness(self, basis: Basis) -> State:
        if basis.den == 0 and basis.num > 0:
            raise BasisProblem(f"“{self.due}”是 0，“{self.done}”却有 {basis.num}：先要有{self.due}，才会有{self.done}")
        return State.SCORED if basis.den else State.NOTHING

    def ppb(self, basis: Basis) -> int:
        return div(min(basis.num, basis.den) * FULL, basis.den)

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        capped = "（最多按 1 计）" if basis.num > basis.den else ""
        return (
            Step(self.due, "＋".join(str(line.den) for line in basis.lines), str(basis.den)),
            Step(self.done, "＋".join(str(line.count) for line in basis.lines), str(basis.num)),
            Step(f"{self.done} ÷ {self.due}{capped}", f"{basis.num} ÷ {basis.den}", show_share(self.ppb(basis))),
        )

    def params(self) -> tuple[tuple[str, str], ...]:
        return (("分子", self.done), ("分母", self.due))


@dataclass(frozen=True, kw_only=True)
class Milestone(Rate):
    """As `rate`: milestones met on time ÷ milestones due."""

    kind: ClassVar[str] = "milestone"
    label: ClassVar[str] = "节点"


register(Rate, lambda p, of: Rate(of=of, done=p.text("done"), due=p.text("due")))
register(Milestone, lambda p, of: Milestone(of=of, done=p.text("done"), due=p.text("due")))
