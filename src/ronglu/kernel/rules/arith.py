"""The whole-number arithmetic of scores: one rounding (half-up), three scales. SQL repeats these very formulas.

Scales: points in hundredths (`_h`), attainment in millionths (`_ppm`), shares in billionths (`_ppb`).
"""

from collections.abc import Iterable
from decimal import Decimal
from math import gcd

FULL = 1_000_000_000
"""A share of 1, in billionths."""

MILLION = 1_000_000


def div(num: int, den: int) -> int:
    """num ÷ den rounded half-up, for num ≥ 0 and den > 0: `(2*num + den) // (2*den)`.

    Never called with a negative numerator, because engines disagree on which way `//` goes below zero.
    """
    if num < 0 or den <= 0:
        raise ValueError(f"div({num}, {den}): 分子不得为负，分母须为正")
    return (2 * num + den) // (2 * den)


def clamp_share(num: int, den: int, cap: int = FULL) -> int:
    """min(cap, max(0, num ÷ den)) in billionths; negative numerators end at 0 before any division."""
    return 0 if num <= 0 else min(cap, div(num * FULL, den))


def points_h(share_ppb: int, full_h: int) -> int:
    """share × points in hundredths, rounded once."""
    return div(share_ppb * full_h, FULL)


def weighted(rows: Iterable[tuple[int, int]]) -> str:
    """The mean of (weight, share) rows as people write it, weights in their smallest whole numbers: （0.8×2＋0.5×1）÷ 3."""
    found = list(rows)
    part = gcd(*(weight for weight, _ in found)) or 1
    top = "＋".join(f"{show_share(share)}×{weight // part}" for weight, share in found)
    return f"（{top}）÷ {sum(weight for weight, _ in found) // part}"


def as_share(ppb: int) -> Decimal:
    return Decimal(ppb).scaleb(-9)


def as_points(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def hundredths(value: Decimal) -> int:
    """Exact hundredths; more than two decimals is an error, since points are declared, not computed."""
    scaled = value.scaleb(2)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} 的小数多于两位")
    return int(scaled)


def millionths(value: Decimal) -> int:
    scaled = value.scaleb(6)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} 的小数多于六位")
    return int(scaled)


def plain(value: Decimal) -> str:
    """Without trailing zeros or exponent: 2.00 → 2, 0.8 → 0.8."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_share(ppb: int) -> str:
    return plain(as_share(ppb))


def show_points(value_h: int) -> str:
    return format(as_points(value_h), ".2f")
