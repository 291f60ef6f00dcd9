"""Exact means and shares of whole hundredths, rounded half-up once at the end (away from zero below it)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.rounding import EXACT, round_fraction
from ronglu.kernel.rules.arith import plain


def mean(values: Iterable[int | Fraction]) -> Fraction | None:
    """None for nothing: a mean of nothing is not 0."""
    found = list(values)
    return Fraction(sum(found), len(found)) if found else None


def rounded(value: Fraction) -> int:
    """Half-up to a whole number, away from zero below it."""
    half_up = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -half_up if value.numerator < 0 else half_up


def shown(value_h: Fraction) -> str:
    """Hundredths as people write points, all digits where they end and six decimals where they do not."""
    value = value_h / 100
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{round_fraction(value, 6)}…"
    return plain(EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))


def apportion(total: int, parts: Mapping[str, int]) -> dict[str, int]:
    """Split a whole number by weights so that the pieces add up to it: largest remainders first, then by name."""
    whole = sum(parts.values())
    if whole <= 0 or any(part < 0 for part in parts.values()):
        raise ValueError("按天分摊要有至少一天，天数不得为负")
    floors = {key: total * part // whole for key, part in parts.items()}
    remainders = sorted(parts, key=lambda key: (-(total * parts[key] % whole), key))
    for key in remainders[: total - sum(floors.values())]:
        floors[key] += 1
    return floors
