"""What a score stands on: fact rows as whole numbers, and how much of what was expected is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from ronglu.kernel.rules.errors import BasisProblem


class Method(StrEnum):
    """How an indicator row is judged: by ratio to plan, by distance in its own unit, or by count over the allowed."""

    ATTAINMENT = "attainment"
    POINTS = "points"
    COUNT = "count"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact row of one item of one branch and period, after grouping.

    Counted rows: `num` and `den` are counts (`deduct`: num = how often it was missed, den = how often it was due).
    Indicator rows: num ÷ den is the actual value in units of 10^-decimals; `plan`, `tol`, `low`, `high` are whole numbers
    in the same unit. Magnitudes: |num|, |den| ≤ 10^15 and |plan| ≤ 10^12 keep every product inside 38 digits.
    """

    key: str
    num: int | None
    den: int = 0
    part: str = ""
    label: str = ""
    plan: int | None = None
    weight: int = 1
    method: Method | None = None
    direction: Direction | None = None
    tol: int = 0
    low: int | None = None
    high: int | None = None
    decimals: int = 0
    unit: str = ""

    @property
    def name(self) -> str:
        return self.label or self.key

    @property
    def count(self) -> int:
        """`num` of a counted row."""
        if self.num is None or self.num < 0 or self.den < 0:
            raise BasisProblem(f"“{self.name}”的次数应为零或正整数，现在是 {self.num}／{self.den}")
        return self.num

    def show(self, num: int | None, den: int = 1) -> str:
        """A value of this row in its unit and decimals, rounded half-up for the eye only."""
        if num is None or den == 0:
            return "缺数"
        exact = Decimal(num) / Decimal(den)
        return format(exact.scaleb(-self.decimals).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP), ",f")

    @property
    def actual(self) -> str:
        return self.show(self.num, self.den)


@dataclass(frozen=True, slots=True)
class Basis:
    """All rows of one item, and coverage: `covered` of `expected` readings (None where coverage has no meaning)."""

    lines: tuple[Line, ...] = ()
    covered: int | None = None
    expected: int | None = None

    @classmethod
    def of(cls, *lines: Line, covered: int | None = None, expected: int | None = None) -> Basis:
        return cls(lines, covered, expected)

    @classmethod
    def ratio(cls, num: int, den: int, *, part: str = "", key: str = "all") -> Basis:
        return cls((Line(key, num, den, part),))

    @property
    def num(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def den(self) -> int:
        return sum(line.den for line in self.lines)

    def part(self, name: str) -> Basis:
        """The rows of one sub-shape; coverage stays with the whole item."""
        return replace(self, lines=tuple(line for line in self.lines if line.part == name))

    def covers(self, percent: int) -> bool:
        """Whether coverage reaches a percentage; nothing expected counts as nothing to cover."""
        return not self.expected or (self.covered or 0) * 100 >= self.expected * percent

    def as_data(self) -> dict[str, Any]:
        """Plain values for storing beside a result; fields at their default are left out."""
        lines = [{k: v for k, v in asdict(line).items() if v != _DEFAULTS.get(k, ...)} for line in self.lines]
        return {"lines": lines, "covered": self.covered, "expected": self.expected}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Basis:
        return cls(tuple(_line(row) for row in data["lines"]), data.get("covered"), data.get("expected"))


_DEFAULTS = {f.name: f.default for f in fields(Line)}


def _line(row: Mapping[str, Any]) -> Line:
    enums: dict[str, Any] = {"method": Method, "direction": Direction}
    return Line(**{k: enums[k](v) if k in enums and v is not None else v for k, v in row.items()})


def merged(parts: Iterable[Basis]) -> Basis:
    """Rows of several sources as one basis; counts of coverage add up."""
    every = tuple(parts)
    known = [basis for basis in every if basis.expected is not None]
    covered = sum(basis.covered or 0 for basis in known) if known else None
    expected = sum(basis.expected or 0 for basis in known) if known else None
    return Basis(tuple(line for basis in every for line in basis.lines), covered, expected)
