"""How a number is rounded and how it is kept as a scaled integer.

Half-up (四舍五入) is the house rule; half-even (四舍六入五成双, GB/T 8170) is an option of a single indicator.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


class NumberError(ValueError):
    """A text that is not one plain number."""


# 60 digits: a year's sum of products of three readings needs about 30, so nothing is lost before the last step.
EXACT = Context(prec=60)
_DECIMAL_RULE = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN}
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


def round_to(value: Decimal, decimals: int, rule: Rounding = Rounding.HALF_UP) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=_DECIMAL_RULE[rule], context=EXACT)


def half_up(value: Decimal, decimals: int) -> Decimal:
    return round_to(value, decimals, Rounding.HALF_UP)


def half_even(value: Decimal, decimals: int) -> Decimal:
    return round_to(value, decimals, Rounding.HALF_EVEN)


def round_fraction(value: Fraction, decimals: int, rule: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round an exact quotient once; a Decimal quotient cut at some digit could be rounded twice."""
    return round_ratio(value.numerator, value.denominator, decimals, rule)


def round_ratio(above: int, below: int, decimals: int, rule: Rounding = Rounding.HALF_UP) -> Decimal:
    """above ÷ below as `round_fraction`, of whole numbers that need not be reduced; below is not zero."""
    whole, rest = divmod(abs(above) * 10**decimals, abs(below))
    twice = 2 * rest
    up = twice > abs(below) or (twice == abs(below) and (rule is Rounding.HALF_UP or whole % 2 == 1))
    whole += int(up)
    return from_scaled(-whole if (above < 0) != (below < 0) else whole, decimals)


def divide(num: Decimal, den: Decimal, decimals: int, rule: Rounding = Rounding.HALF_UP) -> Decimal | None:
    """num ÷ den rounded once; None when the denominator is zero."""
    if den == 0:
        return None
    (above, tenths), (below, parts) = num.as_integer_ratio(), den.as_integer_ratio()
    return round_ratio(above * parts, tenths * below, decimals, rule)


def to_decimal(text: str | int | Decimal) -> Decimal:
    """The exact number behind a text; float and bool are refused because neither is what somebody wrote."""
    if isinstance(text, bool) or not isinstance(text, (str, int, Decimal)):
        raise NumberError(f"“{text}”不是数：应为文本、整数或十进制数")
    if isinstance(text, str):
        if not _PLAIN.fullmatch(text.strip()):
            raise NumberError(f"“{text}”不是数：应只含数字、小数点和正负号，如 1234.5")
        text = text.strip()
    number = Decimal(text)
    if not number.is_finite():
        raise NumberError(f"“{text}”不是有限的数")
    return number


def to_scaled(text: str | int | Decimal, decimals: int, rule: Rounding = Rounding.HALF_UP) -> int:
    """The number as an integer of 10^-decimals; surplus decimals are rounded, that is no error (the text is kept)."""
    return int(round_to(to_decimal(text), decimals, rule).scaleb(decimals, context=EXACT))


def from_scaled(scaled: int, decimals: int) -> Decimal:
    return Decimal(scaled).scaleb(-decimals, context=EXACT)


def scaled_or_none(scaled: int | None, decimals: int) -> Decimal | None:
    """What is not known stays unknown: None is no zero."""
    return None if scaled is None else from_scaled(scaled, decimals)
