"""How alike two short Chinese texts are: shared pairs of neighbouring characters, as a share between 0 and 1."""

import re
from fractions import Fraction

IGNORED = re.compile(r"[\W_]+")


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters of a text without punctuation and blanks; a single character stands for itself."""
    plain = IGNORED.sub("", text).casefold()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain} - {""})


def likeness(one: str, other: str) -> Fraction:
    """Dice: twice what is shared, over what there is. Two empty texts are not alike."""
    a, b = pairs(one), pairs(other)
    return Fraction(2 * len(a & b), len(a) + len(b)) if a and b else Fraction(0)
