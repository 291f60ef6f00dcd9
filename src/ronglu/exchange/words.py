"""How labels are compared: the same word with other blanks, widths or punctuation is the same word; synonyms are data."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
UNIT = re.compile(r"^(?P<label>.+?)[((\[【](?P<unit>[^()()\[\]【】]{1,12})[))\]】]$")
COMMA_UNIT = re.compile(r"^(?P<label>.+?)[,,、/](?P<unit>[^,,、/()]{1,8}(?:/[^,,、/()]{1,6})?)$")


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """For matching only; the original is what people see."""
    return BLANK.sub("", unicodedata.normalize("NFKC", text)).replace("―", "—").casefold()


def is_child(text: str) -> bool:
    return normal(text).startswith("其中")


def bare(text: str) -> str:
    """The normalised label without 其中: before it and the colon behind it."""
    return normal(text).removeprefix("其中").lstrip(":").rstrip(":")


def leading_blanks(text: str) -> int:
    """The indent by blanks; a full-width blank counts two."""
    width = 0
    for char in text:
        if char == "\u3000":
            width += 2
        elif char in " \t\u00a0":
            width += 1
        else:
            break
    return width


def split_unit(text: str) -> tuple[str, str]:
    """处理量(t) -> 处理量, t. A bracket that holds no known unit stays part of the label."""
    from ronglu.exchange.units import known

    label = normal(text)
    if label[-1:] in "%‰" and len(label) > 1 and label[-2] not in "(,/、":
        return label[:-1], label[-1]
    for pattern in (UNIT, COMMA_UNIT):
        if (found := pattern.match(label)) and known(found["unit"]):
            return found["label"], found["unit"]
    return label, ""


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Role -> normalised words, from the table beside this file."""
    import yaml

    raw = yaml.safe_load(resources.files("ronglu.exchange").joinpath("synonyms.yaml").read_text("utf-8"))
    return {role: tuple(normal(word) for word in words) for role, words in raw.items()}


def words_of(role: str, extra: Mapping[str, tuple[str, ...]] | None = None) -> frozenset[str]:
    """The shipped words of a role and those that a profile adds."""
    return frozenset(synonyms().get(role, ())) | frozenset(normal(word) for word in (extra or {}).get(role, ()))
