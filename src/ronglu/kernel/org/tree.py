"""A dated tree from plain rows: who hung under whom on a given day. The party tree and the production tree are both one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import may_stand_under
from ronglu.kernel.org.span import Key, Span, boundaries

K = TypeVar("K", int, str)


class Cycle(OrgTrouble):
    """组织上下级成环。"""


@dataclass(frozen=True, slots=True)
class State:
    """One node as it was during `span`: its name then, its parent then."""

    id: Key
    kind: str
    name: str
    parent: Key | None
    span: Span


@dataclass(frozen=True)
class View:
    """The tree as it stood on one day."""

    on: date
    nodes: Mapping[Key, State]

    @cached_property
    def below(self) -> Mapping[Key | None, tuple[State, ...]]:
        """Children by parent; nodes whose parent did not exist that day count as roots."""
        found: dict[Key | None, list[State]] = {}
        for state in self.nodes.values():
            parent = state.parent if state.parent in self.nodes else None
            found.setdefault(parent, []).append(state)
        return {parent: tuple(states) for parent, states in found.items()}

    @property
    def roots(self) -> tuple[State, ...]:
        return self.below.get(None, ())

    def __contains__(self, node: object) -> bool:
        return node in self.nodes

    def children(self, node: Key) -> tuple[State, ...]:
        return self.below.get(node, ())

    def subtree(self, node: Key) -> frozenset[Key]:
        """The node and everything under it that day; empty when it did not exist."""
        seen: set[Key] = set()
        rest = [node] if node in self.nodes else []
        while rest:
            current = rest.pop()
            if current not in seen:
                seen.add(current)
                rest.extend(child.id for child in self.children(current))
        return frozenset(seen)

    def path(self, node: Key) -> tuple[State, ...]:
        """From the root down to the node itself; empty when it did not exist."""
        trail: list[State] = []
        current: Key | None = node
        while current is not None and current in self.nodes:
            state = self.nodes[current]
            if state in trail:
                raise Cycle(f"{self.on} 的上下级关系成环：" + " → ".join(one.name for one in trail))
            trail.append(state)
            current = state.parent
        return tuple(reversed(trail))

    def depth(self, node: Key) -> int:
        """0 for a root."""
        return len(self.path(node)) - 1

    def of_kind(self, *kinds: str) -> tuple[State, ...]:
        return tuple(state for state in self.nodes.values() if state.kind in kinds)

    def nearest(self, node: Key, *kinds: str) -> State | None:
        """The node itself or its closest ancestor of one of these kinds."""
        return next((state for state in reversed(self.path(node)) if state.kind in kinds), None)


@dataclass(frozen=True)
class Tree:
    """All states of all nodes over time."""

    states: tuple[State, ...]
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Kind → height from the top; a child stands lower than its parent. Empty = anything goes."""

    def at(self, on: date) -> View:
        return View(on, {state.id: state for state in self.states if state.span.holds(on)})

    @property
    def boundaries(self) -> tuple[date, ...]:
        return boundaries(state.span for state in self.states)

    def history(self, node: Key) -> tuple[State, ...]:
        return tuple(sorted((s for s in self.states if s.id == node), key=lambda s: s.span.from_on))

    def problems(self) -> list[str]:
        """Overlapping states, cycles, missing parents and kinds upside down, each said once."""
        found: dict[str, None] = dict.fromkeys(self._overlaps())
        for on in self.boundaries:
            found |= dict.fromkeys(_problems(self.at(on), self.ranks))
        return list(found)

    def _overlaps(self) -> Iterable[str]:
        for node in dict.fromkeys(state.id for state in self.states):
            states = self.history(node)
            for earlier, later in pairwise(states):
                if earlier.span.common(later.span):
                    yield f"{later.name}：自 {later.span.from_on} 起的记录与上一条记录（{earlier.name}）日期重叠"


def _problems(view: View, ranks: Mapping[str, int]) -> Iterable[str]:
    for state in view.nodes.values():
        if state.parent is None:
            continue
        parent = view.nodes.get(state.parent)
        if parent is None:
            yield f"{state.name}：{view.on} 时其上级尚未设立或已撤销"
        elif state.id in {one.id for one in _ancestors(view, state)}:
            yield f"{state.name}：{view.on} 的上下级关系成环"
        elif not may_stand_under(state.kind, parent.kind, ranks):
            yield f"{state.name}：不能设在 {parent.name} 之下"


def _ancestors(view: View, state: State) -> tuple[State, ...]:
    """Every state above, stopping where a cycle closes."""
    trail: dict[Key, State] = {}
    current = state.parent
    while current is not None and current in view.nodes and current not in trail:
        trail[current] = view.nodes[current]
        current = view.nodes[current].parent
    return tuple(trail.values())


def chain(start: K | None, parents: Mapping[K, K | None]) -> list[K]:
    """The node and everything above it, the nearest first; a cycle ends where it closes."""
    found: dict[K, None] = {}
    while start is not None and start not in found:
        found[start] = None
        start = parents.get(start)
    return list(found)
