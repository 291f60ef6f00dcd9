"""What every shape can do: turn a basis into a share of the item's points, and say in sentences how."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from ronglu.kernel.rules.arith import as_points, as_share, points_h
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.errors import NotReady
from ronglu.kernel.rules.fields import Field
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.state import State

if TYPE_CHECKING:
    from ronglu.kernel.rules.item import Item


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation; `group` names the indicator or part it belongs to."""

    label: str
    expression: str
    value: str
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Shape(ABC):
    """A typed, parameterised rule. `of` = the item's points in hundredths (deductions need them to become a share)."""

    of: int
    kind: ClassVar[str]
    label: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    """What its declaration is made of, for a page where people write it."""

    @abstractmethod
    def ppb(self, basis: Basis) -> int:
        """The share in billionths; call only when `readiness` is SCORED."""

    @abstractmethod
    def readiness(self, basis: Basis) -> State:
        """SCORED, NOTHING, AWAITING_REVIEW or READINGS_MISSING, from the rows alone (coverage is the item's matter)."""

    @abstractmethod
    def explain(self, basis: Basis) -> tuple[Step, ...]:
        """From rows to share, each step a sentence a workshop leader can check with a pencil."""

    @abstractmethod
    def params(self) -> tuple[tuple[str, str], ...]:
        """The parameters as people read them: (label, value)."""

    def share(self, basis: Basis) -> Decimal:
        """The share with nine decimals."""
        state = self.readiness(basis)
        if state is not State.SCORED:
            raise NotReady(f"{self.label}没有可算的依据：{state.label}")
        return as_share(self.ppb(basis))

    def points(self, item: Item, basis: Basis) -> Decimal:
        """Points with two decimals, rounded once."""
        self.share(basis)
        return as_points(points_h(self.ppb(basis), item.hundredths))

    def problems(self, item: Item) -> list[str]:
        return [] if self.of == item.hundredths else [f"形状按 {as_points(self.of)} 分设定，而该项满分 {item.points}"]

    def vetoes(self, basis: Basis) -> tuple[str, ...]:
        """Veto reasons these facts propose (a committee has yet to approve them)."""
        return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered shape: how its parameters are read."""

    label: str
    read: Callable[[Params, int], Shape]
    fields: tuple[Field, ...]


KINDS: dict[str, Kind] = {}


def register(kind: type[Shape], read: Callable[[Params, int], Shape]) -> None:
    KINDS[kind.kind] = Kind(kind.label, read, kind.fields)


def read_shape(where: str, data: object, of: int) -> tuple[Shape | None, list[str]]:
    """A shape from its declaration (`kind` and parameters) for an item of `of` hundredths, with every problem found."""
    p = Params(where, data)
    name = p.text("kind")
    if name not in KINDS:
        known = "、".join(f"{key}（{kind.label}）" for key, kind in KINDS.items())
        return None, [*p.problems, f"{where}：不认识形状“{name}”，现有 {known}"]
    shape = KINDS[name].read(p, of)
    problems = p.finish()
    return (None if problems else shape), problems
