"""Shapes that price events: `deduct` (each miss costs), `per_event` (each pays, capped) and `veto` (any one proposes a veto)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ronglu.kernel.rules.arith import FULL, as_points, clamp_share, plain, show_share
from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.fields import Field, Written
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.shape import Shape, Step, register
from ronglu.kernel.rules.state import State


@dataclass(frozen=True, slots=True)
class Price:
    """What one event of a kind is worth, in hundredths of a point."""

    key: str
    label: str
    each: int

    @property
    def text(self) -> str:
        return plain(as_points(self.each))


EACH = Field(
    name="each", label="每次多少分", ask=Written.KEYED,
    columns=(
        Field(name="label", label="哪一种情形", required=False),
        Field(name="points", label="每次几分", ask=Written.NUMBER, required=False),
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Priced(Shape):
    prices: tuple[Price, ...]

    def price(self, line: Line) -> Price:
        for price in self.prices:
            if price.key == line.key:
                return price
        known = "、".join(f"{p.key}（{p.label}）" for p in self.prices)
        raise BasisProblem(f"“{line.name}”没有定价：这一项只认 {known}")

    def sum_h(self, basis: Basis) -> int:
        """Σ (each × n) in hundredths of a point."""
        return sum(self.price(line).each * line.count for line in basis.lines)

    def readiness(self, basis: Basis) -> State:
        return State.SCORED if any(line.count or line.den for line in basis.lines) else State.NOTHING

    def problems(self, item: Item) -> list[str]:
        found = Shape.problems(self, item)
        if not self.prices:
            found.append("没有写每次多少分")
        found += [f"“{p.label}”每次应大于 0 分，现在是 {p.text}" for p in self.prices if p.each <= 0]
        found += [
            f"“{p.label}”每次 {p.text} 分，超过该项满分 {item.points}" for p in self.prices if p.each > item.hundredths
        ]
        return found

    def _counted(self, basis: Basis) -> tuple[Step, ...]:
        return tuple(
            Step(
                self.price(line).label,
                f"{line.count} 次 × {self.price(line).text} 分" + (f"（应 {line.den} 次）" if line.den else ""),
                f"{plain(as_points(self.price(line).each * line.count))} 分",
            )
            for line in basis.lines
        )

    def params(self) -> tuple[tuple[str, str], ...]:
        return tuple((price.label, f"每次 {price.text} 分") for price in self.prices)


@dataclass(frozen=True, kw_only=True)
class Deduct(Priced):
    """S = Σ each·num in hundredths, F = item points in hundredths; share_ppb = 0 if S ≥ F else (2·(F−S)·10⁹ + F) // (2·F).

    `den` of a row (how often it was due) is not in the formula; it tells "nothing was due" (all num and den zero) from
    "all was done" (some den > 0).
    """

    kind: ClassVar[str] = "deduct"
    label: ClassVar[str] = "扣分"
    fields: ClassVar[tuple[Field, ...]] = (EACH,)

    def ppb(self, basis: Basis) -> int:
        return clamp_share(self.of - self.sum_h(basis), self.of)

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        full, cost = plain(as_points(self.of)), plain(as_points(self.sum_h(basis)))
        floor = "（扣完为止）" if self.sum_h(basis) > self.of else ""
        last = Step(f"得分比例{floor}", f"（{full} − {cost}）÷ {full}", show_share(self.ppb(basis)))
        return (*self._counted(basis), last)


@dataclass(frozen=True, kw_only=True)
class PerEvent(Priced):
    """S = Σ each·num, C = cap, F = item points, all in hundredths; share_ppb = (2·min(S, C)·10⁹ + F) // (2·F)."""

    kind: ClassVar[str] = "per_event"
    label: ClassVar[str] = "按件得分"
    fields: ClassVar[tuple[Field, ...]] = (EACH, Field(name="cap", label="最多几分", ask=Written.NUMBER))
    cap: int

    def readiness(self, basis: Basis) -> State:
        return State.SCORED if any(line.count for line in basis.lines) else State.NOTHING

    def ppb(self, basis: Basis) -> int:
        return clamp_share(min(self.sum_h(basis), self.cap), self.of)

    def problems(self, item: Item) -> list[str]:
        found = Priced.problems(self, item)
        if not 0 < self.cap <= item.hundredths:
            found.append(f"封顶应在 0 与满分 {item.points} 之间，现在是 {plain(as_points(self.cap))}")
        return found

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        full, won, cap = plain(as_points(self.of)), self.sum_h(basis), plain(as_points(self.cap))
        last = Step(
            f"合计，最多 {cap} 分", f"{plain(as_points(min(won, self.cap)))} ÷ {full}", show_share(self.ppb(basis))
        )
        return (*self._counted(basis), last)

    def params(self) -> tuple[tuple[str, str], ...]:
        return (*Priced.params(self), ("封顶", f"{plain(as_points(self.cap))} 分"))


@dataclass(frozen=True, kw_only=True)
class Veto(Shape):
    """N = Σ num; share_ppb = 0 if N > 0 else 10⁹. Any event *proposes* a veto with this reason; a committee decides."""

    kind: ClassVar[str] = "veto"
    label: ClassVar[str] = "一票否决"
    fields: ClassVar[tuple[Field, ...]] = (
        Field(name="reason", label="否决情形的代号", help="表头否决清单里的代号"),
        Field(name="event", label="发生了什么就提请"),
    )
    reason: str
    event: str

    def readiness(self, basis: Basis) -> State:
        return State.SCORED if any(line.count or line.den for line in basis.lines) else State.NOTHING

    def ppb(self, basis: Basis) -> int:
        return 0 if basis.num else FULL

    def vetoes(self, basis: Basis) -> tuple[str, ...]:
        return (self.reason,) if basis.num else ()

    def explain(self, basis: Basis) -> tuple[Step, ...]:
        text = f"{basis.num} 件，提请一票否决，须有证据并经党委确认" if basis.num else "没有"
        return (Step(self.event, text, show_share(self.ppb(basis))),)

    def params(self) -> tuple[tuple[str, str], ...]:
        return (("否决情形", self.event),)


def _prices(p: Params) -> tuple[Price, ...]:
    found = []
    for key, row in p.group("each"):
        sub = Params(f"{p.where}，“{key}”", row)
        found.append(Price(key, sub.text("label"), sub.points("points")))
        p.problems += sub.finish()
    return tuple(found)


register(Deduct, lambda p, of: Deduct(of=of, prices=_prices(p)))
register(PerEvent, lambda p, of: PerEvent(of=of, prices=_prices(p), cap=p.points("cap")))
register(Veto, lambda p, of: Veto(of=of, reason=p.text("reason"), event=p.text("event")))
