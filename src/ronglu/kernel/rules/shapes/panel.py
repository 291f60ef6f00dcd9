"""The shape `panel`: named reviewers mark each subject on a five-step rubric, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ronglu.kernel.rules.arith import FULL, div, show_share
from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.fields import Field, Written
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.shape import Shape, Step, register
from ronglu.kernel.rules.state import State

TOP = 5
"""Highest mark of the rubric."""


@dataclass(frozen=True, kw_only=True)
class Panel(Shape):
    """One row a subject: num = Σ marks (1..5 each), den = 5 × marks given. N = Σ num, D = Σ den; share_ppb = (2·N·10⁹ + D) // (2·D).

    No row: nothing to judge. A row with fewer than `reviewers` marks (den < 5·reviewers): awaiting review.
    """

    kind: ClassVar[str] = "panel"
    label: ClassVar[str] = "评审"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="subject", label="评什么", help="如 被别处采用的做法"),
        Field(name="reviewers", label="每件至少几人评", ask=Written.NUMBER, help="至少 2 人"),
        Field(name="rubric", label="1–5 分各是什么样", ask=Written.TEXTS, help="从 1 分到 5 分，写满五档", blanks=5),
    )
    subject: str
    reviewers: int
    rubric: tuple[str, ...]

    def readiness(self, basis: Basis) -> State:
        for line in basis.lines:
            self._check(line)
        if not basis.lines:
            return State.NOTHING
        waiting = any(line.den < TOP * self.reviewers for line in basis.lines)
        return State.AWAITING_REVIEW if waiting else State.SCORED

    def _check(self, line: Line) -> None:
        marks = line.den // TOP
        if line.den % TOP or not marks <= line.count <= TOP * marks:
            raise BasisProblem(f"“{line.name}”的评分对不上：{marks} 人每人 1–5 分，合计 {line.num}，分母 {line.den}")

    def ppb(self, basis: Basis) -> int:
        return div(basis.num * FULL, basis.den)

    def problems(self, item: Item) -> list[str]:
        found = Shape.problems(self, item)
        if self.reviewers < 2:
            found.append(f"评审至少 2 人，一个人说了不算，现在是 {self.reviewers}")
        if len(self.rubric) != TOP:
            found.append(f"评分标准应写满 1–5 分五档，现在是 {len(self.rubric)} 档")
        return found

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        rows = tuple(
            Step(
                f"{self.subject}评分合计",
                f"{line.den // TOP} 人，每人最高 5 分",
                f"{line.num} ／ {line.den}",
                line.name,
            )
            for line in basis.lines
        )
        return (*rows, Step("平均到满分的比例", f"{basis.num} ÷ {basis.den}", show_share(self.ppb(basis))))

    def params(self) -> tuple[tuple[str, str], ...]:
        marks = tuple((f"{mark} 分", text) for mark, text in enumerate(self.rubric, start=1))
        return (("评审人", f"每件至少 {self.reviewers} 人，署名并写理由"), *marks)


def _read(p: Params, of: int) -> Panel:
    rubric = tuple(str(row) for row in p.rows("rubric"))
    return Panel(of=of, subject=p.text("subject"), reviewers=p.whole("reviewers"), rubric=rubric)


register(Panel, _read)
