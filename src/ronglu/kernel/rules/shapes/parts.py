"""The shape `parts`: sub-shapes put together, by weight, as a base less deductions, with a veto, or indicator by indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from ronglu.kernel.rules.arith import FULL, div, show_share, weighted
from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.fields import Field, Written
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.shape import Shape, Step, read_shape, register
from ronglu.kernel.rules.shapes.counted import Deduct, Priced, Veto
from ronglu.kernel.rules.shapes.curve import missing
from ronglu.kernel.rules.shapes.target import Judged
from ronglu.kernel.rules.state import State, WhenNothing


class How(StrEnum):
    WEIGHTED = "weighted"
    LESS = "less"
    VETO = "veto"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class Part:
    """One sub-shape: it reads the rows whose `part` is its name, from its own fact if it names one."""

    name: str
    label: str
    shape: Shape
    weight: int = 1
    fact: str = ""


@dataclass(frozen=True, kw_only=True)
class Parts(Shape):
    """How the parts' shares (already in billionths) become one.

    weighted:   (2·Σ w·s + Σ w) // (2·Σ w) over the parts where something happened.
    less:       max(0, base − Σ (10⁹ − s)) over the `deduct` parts where something happened; a base without facts is 10⁹.
    veto:       the base's share; the `veto` part changes no points, it proposes the veto (a committee decides).
    indicators: rows of all parts together, each judged by the part that knows its method, (2·Σ w·row + Σ w) // (2·Σ w)
                with the *rows'* weights; the rows need no `part`.
    """

    kind: ClassVar[str] = "parts"
    label: ClassVar[str] = "组合"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            name="how", label="怎样合成", ask=Written.CHOICE,
            choices=(("weighted", "按权重"), ("less", "基础减扣分"), ("veto", "基础带否决"), ("indicators", "逐个指标评")),
        ),
        Field(
            name="parts", label="各部分", ask=Written.ROWS, blanks=1,
            columns=(
                Field(name="name", label="代号", required=False),
                Field(name="label", label="名称", required=False),
                Field(name="weight", label="权重", ask=Written.NUMBER, required=False),
                Field(name="fact", label="另读的事实", required=False, help="空着就读本项的事实"),
                Field(name="shape", label="形状", ask=Written.SHAPE, required=False),
            ),
        ),
    )  # fmt: skip
    how: How
    parts: tuple[Part, ...]

    def _pieces(self, basis: Basis) -> list[tuple[Part, Basis, State]]:
        """Each part with its rows and readiness."""
        found = []
        for part in self.parts:
            own = self._rows(part, basis)
            found.append((part, own, part.shape.readiness(own)))
        return found

    def _rows(self, part: Part, basis: Basis) -> Basis:
        if self.how is not How.INDICATORS:
            return basis.part(part.name)
        return replace(basis, lines=tuple(line for line in basis.lines if self._judge(line) is part.shape))

    def _judge(self, line: Line) -> Judged:
        """The first part that knows the row's method."""
        judges = [part.shape for part in self.parts if isinstance(part.shape, Judged)]
        for judge in judges:
            if line.method in judge.methods:
                return judge
        allowed = "、".join(sorted({method for judge in judges for method in judge.methods}))
        raise BasisProblem(f"“{line.name}”的评法是 {line.method or '（未写）'}，这里只能是 {allowed}")

    def readiness(self, basis: Basis) -> State:
        states = [state for part, _, state in self._pieces(basis) if not isinstance(part.shape, Veto)]
        order = (State.AWAITING_REVIEW, State.READINGS_MISSING, State.SCORED)
        if self.how is How.INDICATORS:
            order = (State.AWAITING_REVIEW, State.SCORED, State.READINGS_MISSING)
        return next((state for state in order if state in states), State.NOTHING)

    def ppb(self, basis: Basis) -> int:
        happened = [(part, own) for part, own, state in self._pieces(basis) if state is State.SCORED]
        if self.how is How.INDICATORS:
            return _mean([(line.weight, share) for line, share in self._judged(basis)])
        if self.how is How.WEIGHTED:
            return _mean([(part.weight, part.shape.ppb(own)) for part, own in happened])
        base, lost = FULL, 0
        for part, own in happened:
            if isinstance(part.shape, Deduct) and self.how is How.LESS and part is not self.parts[0]:
                lost += FULL - part.shape.ppb(own)
            elif part is self.parts[0]:
                base = part.shape.ppb(own)
        return max(0, base - lost)

    def _judged(self, basis: Basis) -> list[tuple[Line, int]]:
        return [(line, self._judge(line).row(line)) for line in basis.lines if not missing(line)]

    def vetoes(self, basis: Basis) -> tuple[str, ...]:
        return tuple(reason for part in self.parts for reason in part.shape.vetoes(self._rows(part, basis)))

    def problems(self, item: Item) -> list[str]:
        found = Shape.problems(self, item)
        for part in self.parts:
            found += [f"“{part.label}”：{text}" for text in part.shape.problems(item)]
        kinds = [type(part.shape) for part in self.parts]
        if len(self.parts) < 2:
            found.append("组合至少要两部分")
        if len({part.name for part in self.parts}) != len(self.parts):
            found.append("各部分的名称不能重复")
        if self.how is How.WEIGHTED:
            found += [f"“{part.label}”的权重应大于 0" for part in self.parts if part.weight <= 0]
            found += [
                f"“{p.label}”按分计价，不能加权，请用 less" for p in self.parts if isinstance(p.shape, Priced | Veto)
            ]
        if self.how in (How.LESS, How.VETO):
            wanted = Deduct if self.how is How.LESS else Veto
            if issubclass(kinds[0], Priced | Veto) or not all(issubclass(kind, wanted) for kind in kinds[1:]):
                found.append(f"第一部分是基础，其余都应是“{wanted.label}”")
            if item.when_nothing is not WhenNothing.FULL:
                found.append("没有基础事实时按满分起扣，所以 when_nothing 应为 full")
        if self.how is How.INDICATORS and not all(issubclass(kind, Judged) for kind in kinds):
            found.append("indicators 的各部分只能是 target 或 target_pp")
        return found

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        steps: list[Step] = []
        if self.how is How.INDICATORS:
            for line in basis.lines:
                steps += self._judge(line).row_steps(line)
            return (*steps, self._last(basis))
        for part, own, state in self._pieces(basis):
            if state is State.SCORED:
                steps += [replace(step, group=step.group or part.label) for step in part.shape.explain(own)]
            else:
                steps.append(Step(part.label, state.label, "不计入", part.label))
        return (*steps, self._last(basis))

    def _last(self, basis: Basis) -> Step:
        happened = [(part, own) for part, own, state in self._pieces(basis) if state is State.SCORED]
        value = show_share(self.ppb(basis))
        if self.how is How.WEIGHTED:
            return Step("按权重合成", weighted((part.weight, part.shape.ppb(own)) for part, own in happened), value)
        if self.how is How.INDICATORS:
            return Step("按权重平均", weighted((line.weight, share) for line, share in self._judged(basis)), value)
        if self.how is How.VETO:
            return Step("得分比例", "否决只提请、不改本项得分", value)
        base = next((show_share(p.shape.ppb(own)) for p, own in happened if p is self.parts[0]), "1")
        lost = [show_share(FULL - p.shape.ppb(own)) for p, own in happened if p is not self.parts[0]]
        return Step("基础减扣分，最低为 0", " − ".join([base, *lost]), value)

    def params(self) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        total = sum(part.weight for part in self.parts)
        for part in self.parts:
            if self.how is How.WEIGHTED:
                found.append((part.label, f"权重 {part.weight}，合计 {total}"))
            found += [(f"{part.label}·{label}", value) for label, value in part.shape.params()]
        return tuple(dict.fromkeys(found))


def _mean(rows: list[tuple[int, int]]) -> int:
    return div(sum(w * s for w, s in rows), sum(w for w, _ in rows))


def _read(p: Params, of: int) -> Parts:
    how, parts = p.text("how"), []
    if how not in set(How):
        p.complain(f"“how”应为 {'、'.join(How)} 之一，现在是“{how}”")
        how = How.WEIGHTED
    for row in p.rows("parts"):
        sub = Params(f"{p.where}，“parts”", row)
        name, label, weight, fact = sub.text("name"), sub.text("label"), sub.whole("weight", 1), sub.text("fact", "")
        shape, problems = read_shape(f"{p.where}，“{label or name}”", sub.need("shape") or {}, of)
        p.problems += sub.finish() + problems
        if shape is not None:
            parts.append(Part(name, label, shape, weight, fact))
    return Parts(of=of, how=How(how), parts=tuple(parts))


register(Parts, _read)
