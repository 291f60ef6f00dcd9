"""The reviewed formulas over rolled-up indicators; a pack names one, it never writes one.

Each gives numerator and denominator apart (denominator None where there is no division), so a result can be explained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

# g of copper per A·h, computed from molar mass and Faraday's constant; handbooks print 1.1852 to 1.186.
COPPER_EQUIVALENT = Decimal("1.1855")

Sums = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    code: str
    label: str
    text: str
    takes: tuple[str, ...]
    compute: Callable[..., Sums]

    def of(self, *values: Decimal) -> Sums:
        return self.compute(*values)


def theoretical_recovery(feed: Decimal, concentrate: Decimal, tailing: Decimal) -> Sums:
    """β(α−θ) over α(β−θ); grades that do not lie θ ≤ α ≤ β are an assay error and give nothing."""
    if not 0 <= tailing <= feed <= concentrate or feed == 0:
        return None, None
    return concentrate * (feed - tailing), feed * (concentrate - tailing)


def difference(left: Decimal, right: Decimal) -> Sums:
    return left - right, None


def quotient(above: Decimal, below: Decimal) -> Sums:
    return above, below


def cathode_theory(*, amperes: Decimal, hours: Decimal, cells: Decimal) -> Decimal:
    """Tonnes of copper that the current would have deposited without loss."""
    return COPPER_EQUIVALENT * amperes * hours * cells / 1_000_000


def dc_power(volts: Decimal, efficiency: Decimal) -> Sums:
    """kWh DC per tonne from cell voltage and current efficiency in per cent: 1000·U ÷ (1.1855·η)."""
    return Decimal(100_000) * volts, COPPER_EQUIVALENT * efficiency


FORMULAS: dict[str, Formula] = {
    formula.code: formula
    for formula in (
        Formula(
            code="theoretical_recovery",
            label="理论回收率",
            text="β(α−θ) ÷ [α(β−θ)]",
            takes=("原矿品位 α", "精矿品位 β", "尾矿品位 θ"),
            compute=theoretical_recovery,
        ),
        Formula(
            code="recovery_gap",
            label="理论与实际回收率之差",
            text="理论回收率 − 实际回收率",
            takes=("理论回收率", "实际回收率"),
            compute=difference,
        ),
        Formula(
            code="current_efficiency",
            label="电流效率",
            text="Σ实际产量 ÷ Σ理论产量",
            takes=("实际产量 t", "理论产量 t"),
            compute=quotient,
        ),
        Formula(
            code="dc_power",
            label="直流电耗校核",
            text="1000·U ÷ (1.1855·η)",
            takes=("槽电压 V", "电流效率 %"),
            compute=dc_power,
        ),
        Formula(
            code="energy_per_product",
            label="单位产品综合能耗",
            text="Σ(能源实物量 × 折标系数) ÷ 产品产量",
            takes=("综合能耗 kgce", "产品产量 t"),
            compute=quotient,
        ),
    )
}
