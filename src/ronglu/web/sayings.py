"""The templates of sentences composed below the pages with their English (said.po): which of them may fit a text.

tools/sayings.py collects them from the source. The catalogue is read when the first English sentence is asked for.
"""

import gettext
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from ronglu.config import plant

CATALOGUE = Path(__file__).with_name("locale") / "en" / "LC_MESSAGES" / "said.mo"
HAN = re.compile(r"[\u3400-\u9fff]")
HOLE = re.compile(r"\{(\d+)\}")
QUOTED = re.compile("[“《][^“《”》]*[”》]")
OWN = re.compile(r"[\u3400-\u9fff“”（）：]")


@dataclass(frozen=True, eq=False)
class Saying:
    """One template, `第 {0} 行：{1}不是日期`, and its English."""

    zh: str
    en: str

    @cached_property
    def fixed(self) -> list[str]:
        return HOLE.split(self.zh)[::2]

    @cached_property
    def weight(self) -> tuple[int, int]:
        """Which of two fitting templates says more."""
        return sum(map(len, self.fixed)), -len(self.fixed)

    @cached_property
    def certain(self) -> bool:
        """Known by its own words, if they are not lost among those of others."""
        own, chinese = (len(kind.findall("".join(self.fixed))) for kind in (OWN, HAN))
        return chinese > 2 or (own > 3 and chinese > 1)

    @cached_property
    def sure(self) -> bool:
        """Known by its own words whatever stands between them."""
        return len(HAN.findall("".join(self.fixed))) > 7

    def parts(self, text: str) -> list[str] | None:
        """What fills the holes, each as little as can be, or None where the template does not fit."""
        first, *others = self.fixed
        if not others or not (text.startswith(first) and text.endswith(others[-1])):
            return [] if text == self.zh else None
        found, at, end = [], len(first), len(text) - len(others[-1])
        for word in others[:-1]:
            if (next_at := text.find(word, at, end)) < 0:
                return None
            found.append(text[at:next_at])
            at = next_at + len(word)
        found.append(text[at:end])
        # one sentence does not reach over into the next line
        return found if at <= end and ("\n" in self.zh or "\n" not in text) else None

    def fill(self, parts: list[str]) -> str:
        return HOLE.sub(lambda hole: parts[int(hole[1])], self.en)


def fitting(text: str) -> list[Saying]:
    """Templates all of whose fixed words stand in the text, those that say most first."""
    index = _index()
    near = (one for key in index.keys() & set(_keys(text)) for one in index[key])
    found = [one for one in near if all(word in text for word in one.fixed)]
    return sorted(found, key=lambda one: (one.weight, one.zh), reverse=True)


def mostly(text: str, told: str) -> bool:
    """Whether most of it is still Chinese, quotations aside: too little of it was known."""
    left, whole = (len(HAN.findall(QUOTED.sub("", each))) for each in (told, text))
    return left * 2 > whole


def known() -> list[Saying]:
    return [one for group in _index().values() for one in group]


@cache
def declared() -> dict[str, str]:
    """What packs declare in both languages, by the English that most of them give: fields, steps, titles, indicators."""
    pack = plant.packs()
    found: dict[str, Counter[str]] = {}
    left: list[Any] = [pack.base, pack.modules, pack.series, pack.indicators]
    while left:
        one = left.pop()
        if is_dataclass(one):
            name = next((word for key in ("label", "name", "zh") if (word := getattr(one, key, None))), "")
            if name and (english := getattr(one, "en", "")):
                found.setdefault(str(name), Counter())[english] += 1
            for zh, english in _beside(one):
                found.setdefault(zh, Counter())[english] += 1
            left += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, Mapping):
            left += one.values()
        elif isinstance(one, list | tuple):
            left += one
    return {name: given.most_common(1)[0][0] for name, given in found.items()}


def _beside(one: Any) -> Iterator[tuple[str, str]]:
    """What a declared thing says besides its name: `says` and `says_en`, `tasks` and `tasks_en`."""
    for field in fields(one):
        said, english = getattr(one, field.name), getattr(one, f"{field.name}_en", None)
        if said and english:
            yield from [(said, english)] if isinstance(said, str) else zip(said, english, strict=True)


@cache
def _index() -> dict[str, list[Saying]]:
    """Each template under the rarest two characters that stand together in it, so that few are tried for a text."""
    if not CATALOGUE.exists():  # as with the words of the pages: before set-up has compiled them, everything is Chinese
        return {}
    with CATALOGUE.open("rb") as file:
        words: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    sayings = [Saying(zh, en) for zh, en in words.items() if zh]
    seen = Counter(key for one in sayings for fixed in one.fixed for key in _keys(fixed))
    found: dict[str, list[Saying]] = {}
    for one in sayings:
        rarest = max((key for fixed in one.fixed for key in _keys(fixed)), key=lambda key: (len(key), -seen[key]))
        found.setdefault(rarest, []).append(one)
    return found


def _keys(text: str) -> Iterator[str]:
    yield from text
    yield from map("".join, pairwise(text))
