"""The shape `band`: a table from a value, or from a place with ties, to points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ronglu.kernel.rules.arith import FULL, MILLION, as_points, div, millionths, plain, show_share, weighted
from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.fields import Field, Written
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params, number
from ronglu.kernel.rules.shape import Shape, Step, register
from ronglu.kernel.rules.state import State


class By(StrEnum):
    VALUE = "value"
    PLACE = "place"


MET = "met"
"""Key of a row that has the full points whatever its numbers (a gap that is closed: ours is as good as the benchmark)."""


@dataclass(frozen=True, kw_only=True)
class Band(Shape):
    """Rows r with weight w; share_ppb = (2·Σ w·row + Σ w) // (2·Σ w), F = item points in hundredths.

    By value: row = div(t·10⁹, F), t = hundredths of the first step (descending) with num·10⁶ ≥ at_least_ppm·den;
    `otherwise` if none, or if den ≤ 0; row = 10⁹ for a row whose key is `met`.
    By place: num = best place of the tied teams (from 1), den = how many share it; row = div(Σ t(place)·10⁹, den·F) over
    places num … num+den−1, where t beyond the table is `otherwise`. Tied teams share the points of their places.
    """

    kind: ClassVar[str] = "band"
    label: ClassVar[str] = "分档"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="by", label="按什么分档", ask=Written.CHOICE, choices=(("value", "按数值"), ("place", "按名次"))),
        Field(name="value", label="这个数值或名次是什么"),
        Field(name="met", label="什么情况直接满分", required=False),
        Field(
            name="steps", label="各档", ask=Written.ROWS, help="从好到差；按数值填“至少达到”，按名次填“第几名”",
            columns=(
                Field(name="at_least", label="至少达到", ask=Written.NUMBER, required=False),
                Field(name="place", label="第几名", ask=Written.NUMBER, required=False),
                Field(name="points", label="得几分", ask=Written.NUMBER, required=False),
            ),
        ),
        Field(name="otherwise", label="其余得几分", ask=Written.NUMBER),
    )  # fmt: skip
    by: By
    value: str
    steps: tuple[tuple[int, int], ...]
    otherwise: int
    met: str = ""

    def readiness(self, basis: Basis) -> State:
        if not basis.lines:
            return State.NOTHING
        return State.SCORED if any(line.num is not None for line in basis.lines) else State.READINGS_MISSING

    def ppb(self, basis: Basis) -> int:
        rows = [line for line in basis.lines if line.num is not None]
        if any(line.weight <= 0 for line in rows):
            raise BasisProblem("分档的每一行都要有正的权重")
        return div(sum(line.weight * self.row(line) for line in rows), sum(line.weight for line in rows))

    def row(self, line: Line) -> int:
        if self.by is By.PLACE:
            first, tied = line.count, line.den
            if first < 1 or tied < 1:
                raise BasisProblem(f"“{line.name}”的名次从 1 起，至少 1 队，现在是第 {first} 名、{tied} 队")
            return div(sum(self.place_h(place) for place in range(first, first + tied)) * FULL, tied * self.of)
        return FULL if self.met and line.key == MET else div(self.value_h(line) * FULL, self.of)

    def place_h(self, place: int) -> int:
        return dict(self.steps).get(place, self.otherwise)

    def value_h(self, line: Line) -> int:
        num = line.num or 0
        for at_least, worth in self.steps:
            if line.den > 0 and num * MILLION >= at_least * line.den:
                return worth
        return self.otherwise

    def problems(self, item: Item) -> list[str]:
        found = Shape.problems(self, item)
        edges = [edge for edge, _ in self.steps]
        worths = [*(worth for _, worth in self.steps), self.otherwise]
        if edges != sorted(set(edges), reverse=self.by is By.VALUE):
            found.append("分档应从好到差排列，不得重复" if self.by is By.VALUE else "名次应从 1 起依次排列")
        if self.by is By.PLACE and edges != list(range(1, len(edges) + 1)):
            found.append("名次应从 1 起，中间不能缺")
        if worths != sorted(worths, reverse=True):
            found.append("差的一档不能比好的一档分高")
        if worths[0] > item.hundredths or worths[-1] < 0:
            found.append(f"每档的分应在 0 与满分 {item.points} 之间")
        return found

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        rows = [line for line in basis.lines if line.num is not None]
        steps = [step for line in rows for step in self._row_steps(line)]
        if len(rows) > 1:
            mean = weighted((line.weight, self.row(line)) for line in rows)
            steps.append(Step("按权重平均", mean, show_share(self.ppb(basis))))
        return tuple(steps)

    def _row_steps(self, line: Line) -> tuple[Step, ...]:
        share, full = show_share(self.row(line)), plain(as_points(self.of))
        if self.by is By.PLACE:
            places = range(line.count, line.count + line.den)
            tie = f"{line.den} 队并列，平分第 {places[0]}–{places[-1]} 名的分" if line.den > 1 else "无并列"
            worth = "＋".join(plain(as_points(self.place_h(place))) for place in places)
            half = f"（{worth}）÷ {line.den} ÷ {full}" if line.den > 1 else f"{worth} ÷ {full}"
            return (Step(self.value, tie, f"第 {line.count} 名", line.name), Step("得分比例", half, share, line.name))
        if self.met and line.key == MET:
            return (Step(self.met, "按满分", share, line.name),)
        worth = plain(as_points(self.value_h(line)))
        shown = f"{line.num} ÷ {line.den}"
        return (
            Step(self.value, shown, self._where(line), line.name),
            Step("得分比例", f"{worth} ÷ {full}", share, line.name),
        )

    def _where(self, line: Line) -> str:
        for at_least, _ in self.steps:
            if line.den > 0 and (line.num or 0) * MILLION >= at_least * line.den:
                return f"达到 {show_share(at_least * 1000)}"
        return "未达到任何一档"

    def params(self) -> tuple[tuple[str, str], ...]:
        word = "第 {} 名" if self.by is By.PLACE else self.value + " ≥ {}"
        rows = [
            (word.format(edge if self.by is By.PLACE else show_share(edge * 1000)), f"{plain(as_points(worth))} 分")
            for edge, worth in self.steps
        ]
        first = [(self.met, "满分")] if self.met else []
        return (*first, *rows, ("其余", f"{plain(as_points(self.otherwise))} 分"))


def _read(p: Params, of: int) -> Band:
    by, steps = p.text("by"), []
    if by not in set(By):
        p.complain(f"“by”应为 value（按数值）或 place（按名次），现在是“{by}”")
        by = By.VALUE
    for row in p.rows("steps"):
        sub = Params(f"{p.where}，“steps”", row)
        edge = sub.whole("place") if by == By.PLACE else _ppm(sub)
        steps.append((edge, sub.points("points")))
        p.problems += sub.finish()
    return Band(
        of=of,
        by=By(by),
        value=p.text("value"),
        steps=tuple(steps),
        otherwise=p.points("otherwise"),
        met=p.text("met", ""),
    )


def _ppm(p: Params) -> int:
    try:
        return millionths(number(p.need("at_least") or 0))
    except ValueError as error:
        p.complain(str(error))
        return 0


register(Band, _read)
