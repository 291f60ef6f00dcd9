"""Invented plants for these tests: bodies, units and people by readable code."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ronglu.kernel.org.facts import FULL, History, PostHeld
from ronglu.kernel.org.kinds import PARTY_RANKS, UNIT_RANKS
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Span
from ronglu.kernel.org.tree import State, Tree

START = date(2026, 1, 1)
ON = date(2026, 3, 31)
BASE = Path(__file__).parents[3] / "src/ronglu/packs/base"


def pack() -> dict[str, Any]:
    """The columns of a roster, and the rules on organisations."""
    texts = [(BASE / name).read_text(encoding="utf-8") for name in ("org.yaml", "regulations/organisation.yaml")]
    return {name: said for text in texts for name, said in yaml.safe_load(text).items()}


def body(code: str, kind: str, parent: str | None = None, *, start: date = START, until: date | None = None) -> State:
    return State(code, kind, code, parent, Span(start, until))


unit = body


def party(*states: State) -> Tree:
    return Tree(states, PARTY_RANKS)


def production(*states: State) -> Tree:
    return Tree(states, UNIT_RANKS)


def members(place: str, count: int, *, kind: str = FULL, start: date = START) -> tuple[Stay, ...]:
    return tuple(Stay(f"{place}-{kind}-{number}", place, Span(start), kind) for number in range(count))


def post(place: str, role: str, person: str, *, start: date = START, until: date | None = None) -> PostHeld:
    return PostHeld(person, place, role, Span(start, until))


def history(tree: Tree, *, stays: Iterable[Stay] = (), **more: Any) -> History:
    return History(party=tree, production=more.pop("production", production()), members=tuple(stays), **more)
