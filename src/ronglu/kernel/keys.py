"""A whole number as a page sends it: the key of a record, a page, a year. What is none is told by None, never by an error."""

from collections.abc import Iterable
from typing import Any

LONGEST = 18
"""Eighteen figures always fit a column of eight bytes, in every database."""


def key_of(text: Any, *, most: int | None = None) -> int | None:
    """Plain figures only: no sign, no blanks, no figures of other scripts (`"３".isdecimal()` is true, and so is `"٣"`)."""
    said = str(text)
    if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST):
        return None
    found = int(said)
    return None if most is not None and found > most else found


def keys_of(texts: Iterable[Any]) -> list[int]:
    """Those that are keys."""
    return [key for text in texts if (key := key_of(text)) is not None]
