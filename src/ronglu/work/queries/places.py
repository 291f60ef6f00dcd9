"""Places to choose from in forms: both trees of a plant on a day, indented as drawn, and what a chosen key stands for."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import LABELS
from ronglu.kernel.org.tree import Tree, View
from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import Body, Person, Plant, Unit

T = TypeVar("T")
Choice = tuple[int, str]
INDENT = "　"
FEW = 8


class NoSuchPlace(OrgTrouble):
    """所选的单位、党组织或人员不在本厂。"""


@dataclass(frozen=True)
class Places:
    """One query a tree or list, and only for those that are asked for."""

    plant: Plant
    on: dt.date

    @cached_property
    def party(self) -> Tree:
        return party_tree(self.plant)

    @cached_property
    def production(self) -> Tree:
        return unit_tree(self.plant)

    @cached_property
    def body_codes(self) -> dict[int, str]:
        return dict(Body.objects.filter(plant=self.plant).values_list("pk", "code"))

    @cached_property
    def unit_codes(self) -> dict[int, str]:
        return dict(Unit.objects.filter(plant=self.plant).values_list("pk", "code"))

    def bodies(self, *kinds: str) -> list[Choice]:
        """All of the day in drawing order, or only those of some kinds."""
        return _drawn(self.party.at(self.on), kinds)

    def units(self, *kinds: str) -> list[Choice]:
        return _drawn(self.production.at(self.on), kinds)

    def body_name(self, key: int | None) -> str:
        return _name(self.party, key, self.on)

    def unit_name(self, key: int | None) -> str:
        return _name(self.production, key, self.on)

    def body_path(self, key: int) -> str:
        return _path(self.party.at(self.on), key)

    def unit_path(self, key: int) -> str:
        return _path(self.production.at(self.on), key)

    def body(self, key: int | None) -> Body | None:
        return _found(Body.objects.filter(plant=self.plant, pk=key).first(), "党组织") if key else None

    def unit(self, key: int | None) -> Unit | None:
        return _found(Unit.objects.filter(plant=self.plant, pk=key).first(), "生产单位") if key else None

    def person(self, word: str) -> Person:
        """By staff number, or by a name that only one of the plant bears."""
        people = called(self.plant, word.strip())
        if not people:
            raise NoSuchPlace(f"{self.plant.name}没有工号或姓名“{word.strip()}”，请核对")
        if len(people) > 1:
            same = "、".join(f"{one.staff_no} {one.name}" for one in people)
            raise NoSuchPlace(f"“{word.strip()}”有几个人：{same}，请写工号")
        return people[0]


def called(plant: Plant, word: str) -> list[Person]:
    """The person of a staff number; else everybody of exactly this name."""
    rows = Person.objects.filter(plant=plant)
    return list(rows.filter(staff_no=word)[:1]) or list(rows.filter(name=word).order_by("staff_no")[:FEW])


def _drawn(view: View, kinds: tuple[str, ...]) -> list[Choice]:
    """Indented only where the whole tree is listed: a list of lines alone has no steps to show."""
    found: list[Choice] = []
    rest = [(state, 0) for state in reversed(view.roots)]
    while rest:
        state, depth = rest.pop()
        if not kinds or state.kind in kinds:
            assert isinstance(state.id, int)
            shown = state.name if kinds else f"{INDENT * depth}{state.name}"
            found.append((state.id, f"{shown}（{LABELS.get(state.kind, state.kind)}）"))
        rest += [(child, depth + 1) for child in reversed(view.children(state.id))]
    return found


def _name(tree: Tree, key: int | None, on: dt.date) -> str:
    """What it is called that day; what it was called last, where it is no more; else what it will be called."""
    if key is None:
        return ""
    states = tree.history(key)
    now = next((state for state in states if state.span.holds(on)), None)
    before = [state for state in states if state.span.from_on <= on]
    chosen = now or (before[-1] if before else next(iter(states), None))
    return chosen.name if chosen else str(key)


def _path(view: View, key: int) -> str:
    """Without what stands above everything: the page says the plant already."""
    steps = view.path(key)
    return " · ".join(state.name for state in (steps[1:] or steps))


def _found(row: T | None, what: str) -> T:
    if row is None:
        raise NoSuchPlace(f"所选的{what}不在本厂，请重新选择")
    return row
