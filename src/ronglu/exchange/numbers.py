"""Cell text to decimal text: what is a number as a whole, and its integer at a series' decimals."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from ronglu.exchange.words import normal

PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
COMMA = re.compile(r"[+-]?(?:\d+(?:,\d*)?|,\d+)")
COMMA_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
PRECISE = Context(prec=60, rounding=ROUND_HALF_UP)
ERRORS = frozenset(
    {"#div/0!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#value!", "#getting_data", "#spill!", "#calc!"}
)


def number_text(text: str, *, decimal_comma: bool = False) -> str | None:
    """Canonical decimal text, when the whole cell is a number; None otherwise. Full-width digits and grouping are read."""
    text = normal(text).replace("−", "-")
    if decimal_comma:
        if COMMA_GROUPED.fullmatch(text):
            text = text.replace(".", "")
        elif not COMMA.fullmatch(text):
            return None
        text = text.replace(",", ".")
    elif GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif not PLAIN.fullmatch(text):
        return None
    return text.removeprefix("+")


def float_text(value: float) -> str:
    """The shortest decimal that is this float: what the person typed, float dirt included."""
    text = repr(value)
    if text.endswith(".0"):
        return text[:-2]
    return format(Decimal(text), "f") if "e" in text else text


def scaled(number: Decimal, decimals: int) -> int:
    """Half-up, away from zero at a tie; more decimals than declared are no error (09-7)."""
    return int(number.scaleb(decimals, PRECISE).to_integral_value(ROUND_HALF_UP))


def is_error(text: str) -> bool:
    return text.strip().lower() in ERRORS
