"""What a series of readings is: its unit, its exactness, wet or dry, and the range in which a reading is believable."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ronglu.kernel.measure.status import Status

Basis = Literal["wet", "dry"]
Bounds = tuple[Decimal | None, Decimal | None]


def outside(value: Decimal, bounds: Bounds | None) -> str | None:
    """Why a value is not believable, for the person who keyed it; None when it is."""
    low, high = bounds or (None, None)
    if low is not None and value < low:
        return f"{value} 低于常见下限 {low}，请核对数值和单位"
    if high is not None and value > high:
        return f"{value} 高于常见上限 {high}，请核对数值和单位"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    code: str
    name: str
    en: str
    unit: str
    decimals: int
    additive: bool = True
    basis: Basis | None = None
    plausible: Bounds | None = None
    source: str = ""
    status: Status = Status.DEFAULT
    module: str = ""

    def doubt(self, value: Decimal) -> str | None:
        """A warning for the keyer, never a refusal: the range is orientation only."""
        return outside(value, self.plausible)
