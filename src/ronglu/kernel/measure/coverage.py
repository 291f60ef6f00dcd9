"""How much of what should have been read was read; stands beside every roll-up, because missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.agg import Agg
from ronglu.kernel.measure.indicator import Indicator, RollUp
from ronglu.kernel.measure.rounding import round_fraction


@dataclass(frozen=True, slots=True)
class Coverage:
    """`covered` of `expected` slots; surplus readings of one slot never make up for a missing one elsewhere."""

    covered: int
    expected: int

    @property
    def share(self) -> Fraction | None:
        """None where nothing was expected."""
        return Fraction(min(self.covered, self.expected), self.expected) if self.expected else None

    @property
    def percent(self) -> Decimal | None:
        return None if self.share is None else round_fraction(self.share * 100, 2)

    def enough(self, minimum: Decimal) -> bool:
        """`minimum` as a share, e.g. 0.90; a period in which nothing was expected is never enough."""
        return self.share is not None and self.share >= Fraction(minimum)

    def __str__(self) -> str:
        return f"{self.covered}/{self.expected}"


@dataclass(frozen=True, slots=True)
class Mean:
    mean: Decimal | None
    n: int
    coverage: Coverage


def together(parts: Iterable[Coverage]) -> Coverage:
    """Coverage over units or periods: sums, like any ratio."""
    found = [(min(part.covered, part.expected), part.expected) for part in parts]
    return Coverage(sum(covered for covered, _ in found), sum(expected for _, expected in found))


def covered(indicator: Indicator, aggs: Mapping[str, Agg], expected: Mapping[str, int] | int) -> Coverage:
    """Coverage of the worst-read input; `expected` slots for all inputs alike or per series code.

    Optional terms do not count. A product counts the slots in which all its series were read.
    """
    parts = [(aggs[key].n if key in aggs else 0, _expected(series, expected)) for key, series in indicator.asked]
    known = [(read, due) for read, due in parts if due]
    if known and any(read < due for read, due in known):
        return Coverage(*min(known, key=lambda part: Fraction(min(part), part[1])))
    return Coverage(*known[0]) if known else Coverage(0, 0)


def covered_all(
    code: str,
    indicators: Mapping[str, Indicator],
    aggs: Mapping[str, Agg],
    expected: Mapping[str, int] | int,
) -> Coverage:
    """Coverage of an indicator; a derived one is read as well as the worst of those it is made of."""
    indicator = indicators[code]
    if indicator.rollup is not RollUp.DERIVED:
        return covered(indicator, aggs, expected)
    parts = [covered_all(other, indicators, aggs, expected) for other in indicator.of if other in indicators]
    return min(parts, key=lambda part: part.share or Fraction(0), default=Coverage(0, 0))


def mean(values: Sequence[Decimal | None], *, decimals: int = 2) -> Mean:
    """Plain mean of what was read; for values that have no better weight."""
    read = [value for value in values if value is not None]
    middle = round_fraction(Fraction(sum(read, Decimal(0))) / len(read), decimals) if read else None
    return Mean(middle, len(read), Coverage(len(read), len(values)))


def _expected(series: Sequence[str], expected: Mapping[str, int] | int) -> int:
    """A product of two series can be read no oftener than the rarer of them."""
    if isinstance(expected, int):
        return expected
    return min((expected[code] for code in series if code in expected), default=0)
