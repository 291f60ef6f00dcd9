"""Both trees of the plants concerned on one day, and the map between them: how a post's place becomes units and bodies."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ronglu.store.models import BodyState, UnitState
from ronglu.store.models import Mapping as MappingRow
from ronglu.work.holdings import Holding
from ronglu.work.roles import ADMINISTRATORS, Role, Roles


@dataclass(frozen=True, slots=True)
class Node:
    id: int
    parent: int | None
    plant: int
    kind: str


@dataclass(frozen=True, slots=True)
class Side:
    """One tree: nodes by id, children by parent."""

    nodes: Mapping[int, Node] = field(default_factory=dict)
    below: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> "Side":
        by_id = {node.id: node for node in nodes}
        below: dict[int | None, tuple[int, ...]] = {}
        for node in by_id.values():
            below[node.parent] = (*below.get(node.parent, ()), node.id)
        return cls(by_id, below)

    def subtree(self, roots: Iterable[int]) -> frozenset[int]:
        """The roots that exist that day and everything under them; a cycle ends where it closes."""
        seen: set[int] = set()
        rest = [root for root in roots if root in self.nodes]
        while rest:
            current = rest.pop()
            if current not in seen:
                seen.add(current)
                rest.extend(self.below.get(current, ()))
        return frozenset(seen)

    def nearest(self, start: int | None, *kinds: str) -> int | None:
        """The node itself or its closest superior of one of the kinds."""
        seen: set[int] = set()
        current = start
        while current is not None and current in self.nodes and current not in seen:
            if self.nodes[current].kind in kinds:
                return current
            seen.add(current)
            current = self.nodes[current].parent
        return None

    def of_plant(self, plant: int) -> frozenset[int]:
        return frozenset(node.id for node in self.nodes.values() if node.plant == plant)


@dataclass(frozen=True, slots=True)
class Trees:
    units: Side
    bodies: Side
    links: tuple[tuple[int, int], ...] = ()

    @property
    def plants(self) -> frozenset[int]:
        return frozenset(node.plant for side in (self.units, self.bodies) for node in side.nodes.values())

    @property
    def all_units(self) -> frozenset[int]:
        return frozenset(self.units.nodes)

    @property
    def all_bodies(self) -> frozenset[int]:
        return frozenset(self.bodies.nodes)

    def units_of(self, plant: int) -> frozenset[int]:
        return self.units.of_plant(plant)

    def bodies_of(self, plant: int) -> frozenset[int]:
        return self.bodies.of_plant(plant)

    def plant_of(self, holding: Holding) -> int:
        """A terminal's holding knows its unit only."""
        if holding.plant_id is not None:
            return holding.plant_id
        node = self.units.nodes.get(holding.unit_id or 0)
        return node.plant if node else 0

    def roles_of(self, holding: Holding, table: Roles) -> tuple[Role, ...]:
        if holding.kind == "post":
            body = self.bodies.nodes.get(holding.body_id or 0)
            return table.of_post(holding.what, body.kind if body else None)
        code = holding.what if holding.kind == "account" else holding.kind
        role = table.roles.get(code)
        return (role,) if role and role.by == holding.kind else ()

    def joined(self, holding: Holding) -> tuple[frozenset[int], frozenset[int]]:
        """Units and bodies of a place: its own subtree, and across the map once (not back again).

        A member's place is his branch, though he is kept in a group: the sheet is the branch's.
        """
        if holding.body_id is not None:
            start = holding.body_id
            if holding.kind in ("member", "staff"):
                start = self.bodies.nearest(start, "branch", "joint") or start
            bodies = self.bodies.subtree([start])
            return self.units.subtree(unit for body, unit in self.links if body in bodies), bodies
        units = self.units.subtree([holding.unit_id or 0])
        return units, self.bodies.subtree(body for body, unit in self.links if unit in units)

    def line_of(self, holding: Holding) -> frozenset[int]:
        """The whole line that the place belongs to: a crew is compared with the crews of its line."""
        line = self.units.nearest(holding.unit_id, "line")
        return self.units.subtree([line]) if line is not None else frozenset()


def trees_on(held: Iterable[Holding], *, on: dt.date) -> Trees:
    """Three queries; none where no place counts (the administrators)."""
    held = tuple(held)
    plants = {one.plant_id for one in held if one.plant_id is not None}
    whole = any(one.kind == "account" and one.what not in ADMINISTRATORS for one in held)
    if not plants and not whole:
        return Trees(Side(), Side())
    units, bodies, links = UnitState.objects.on(on), BodyState.objects.on(on), MappingRow.objects.on(on)
    if not whole:
        units = units.filter(unit__plant_id__in=plants)
        bodies = bodies.filter(body__plant_id__in=plants)
        links = links.filter(body__plant_id__in=plants)
    return Trees(
        Side.of(Node(*row) for row in units.values_list("unit_id", "parent_id", "unit__plant_id", "unit__kind")),
        Side.of(Node(*row) for row in bodies.values_list("body_id", "parent_id", "body__plant_id", "kind")),
        tuple(links.values_list("body_id", "unit_id")),
    )
