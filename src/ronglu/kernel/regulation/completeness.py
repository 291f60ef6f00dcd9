"""A register against its required list: how much of it is there, and who is still to be asked (责任书、承诺书)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ronglu.kernel.regulation.finding import Key


@dataclass(frozen=True, slots=True)
class Completeness:
    """`required` and `there` may be shown to whoever sees the register; `missing` names people: discipline roles only."""

    required: int
    there: int
    missing: tuple[Key, ...]

    @property
    def percent(self) -> Decimal | None:
        """To two decimals, half-up; None where nothing is required."""
        if not self.required:
            return None
        return (Decimal(100 * self.there) / self.required).quantize(Decimal("0.01"), ROUND_HALF_UP)


def against(required: Iterable[Key], there: Iterable[Key]) -> Completeness:
    """What was signed beyond the list, or twice, makes up for nothing; the missing keep the order of the list."""
    listed, signed = tuple(dict.fromkeys(required)), frozenset(there)
    missing = tuple(key for key in listed if key not in signed)
    return Completeness(len(listed), len(listed) - len(missing), missing)
