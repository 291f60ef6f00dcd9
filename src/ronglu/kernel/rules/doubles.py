"""Where one fact would count more than once: in two items of a sheet, or also in an administrative score (N13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ronglu.kernel.rules.item import Item

WORDS = ("item", "type", "state")
"""Filters that part one fact among items; any other filter leaves the same rows in both."""

Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A fact that an administrative score declares to count: `type` narrows it to one kind, '' takes all of it."""

    fact: str
    type: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Double:
    """`what` is the fact (or indicator) that counts in both places; `there` is an item's name or a line of a scheme."""

    what: str
    item: str
    there: str
    administrative: bool

    @property
    def text(self) -> str:
        where = "行政绩效" if self.administrative else "本表"
        return f"“{self.what}”在 {self.item} 里计分，又在{where}的“{self.there}”里计分"


def doubles(
    items: Iterable[Item], *, elsewhere: Iterable[Elsewhere] = (), wires: Mapping[str, frozenset[str]] | None = None
) -> tuple[Double, ...]:
    """`wires`: item → indicators that process modules name for it; one indicator in two items is a double count too."""
    listed, other, wired = tuple(items), tuple(elsewhere), wires or {}
    found = [double for one, two in combinations(listed, 2) for double in _between(one, two, wired)]
    found += [double for item in listed for line in other for double in _outside(item, line)]
    return tuple(dict.fromkeys(found))


def _between(one: Item, two: Item, wires: Mapping[str, frozenset[str]]) -> Iterator[Double]:
    there = f"{two.code} {two.name}"
    mine = _reads(one)
    for fact, words in _reads(two).items():
        if fact in mine and _meet(mine[fact], words):
            yield Double(fact, f"{one.code} {one.name}", there, False)
    for indicator in sorted(wires.get(one.code, frozenset()) & wires.get(two.code, frozenset())):
        yield Double(indicator, f"{one.code} {one.name}", there, False)


def _outside(item: Item, line: Elsewhere) -> Iterator[Double]:
    words = _reads(item).get(line.fact)
    if words is not None and (not line.type or _meet(words, {"type": frozenset({line.type})})):
        yield Double(line.fact, f"{item.code} {item.name}", f"{line.scheme} · {line.label}", True)


def _reads(item: Item) -> dict[str, Words]:
    """Fact → by which words it is narrowed; a part that names its own fact reads all of it."""
    own = {name: frozenset(item.filter[name]) for name in WORDS if item.filter.get(name)}
    return {fact: own if fact == item.fact else {} for fact in item.facts}


def _meet(one: Words, two: Words) -> bool:
    """Whether some row passes both filters: no word narrowed on both sides shuts it out."""
    return all(one[name] & two[name] for name in one.keys() & two.keys())
