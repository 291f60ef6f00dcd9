"""Who holds a role over a place on a day: the other way round from `scope`, for telling people and for naming them."""

import datetime as dt
from dataclasses import dataclass, field

from ronglu.kernel.org.tree import chain
from ronglu.store.models import BodyState, Mapping, Post, UnitState
from ronglu.work.roles import roles

WIDE = frozenset({"plant", "group"})
ACTING = "cases.act"


@dataclass
class PeopleBook:
    """Read once for a day; a thousand cases of one plant cost five queries."""

    on: dt.date
    _posts: dict[int, list[tuple[str, int | None, int | None, str | None, int]]] = field(default_factory=dict)
    _above: dict[int, tuple[dict[int, int | None], dict[int, int | None]]] = field(default_factory=dict)
    _mapped: dict[int, dict[int, set[int]]] = field(default_factory=dict)

    def of(self, role: str, *, plant: int, unit: int | None, body: int | None) -> frozenset[int]:
        """The nearest holders: those at the place itself, else those at the next place above; whole-plant roles wherever they sit.

        A party body mapped to a unit stands at it: the leader of a crew's group is found at the crew.
        """
        if role not in roles().roles:
            return frozenset()
        held = [p for p in self._held(plant) if any(r.code == role for r in roles().of_post(p[0], p[3]))]
        if roles().roles[role].grants.get(ACTING) in WIDE:
            return frozenset(p[4] for p in held)
        units, bodies = self._trees(plant)
        here = self._bodies_at(plant)
        for place in chain(unit, units):
            if found := frozenset(p[4] for p in held if p[1] == place or p[2] in here.get(place, ())):
                return found
        for place in chain(body, bodies):
            if found := frozenset(p[4] for p in held if p[2] == place):
                return found
        return frozenset()

    def _bodies_at(self, plant: int) -> dict[int, set[int]]:
        if plant not in self._mapped:
            found: dict[int, set[int]] = {}
            rows = Mapping.objects.on(self.on).filter(unit__plant=plant).values_list("unit_id", "body_id")
            for unit, body in rows:
                found.setdefault(unit, set()).add(body)
            self._mapped[plant] = found
        return self._mapped[plant]

    def _held(self, plant: int) -> list[tuple[str, int | None, int | None, str | None, int]]:
        if plant not in self._posts:
            kinds = dict(BodyState.objects.on(self.on).filter(body__plant=plant).values_list("body_id", "kind"))
            rows = Post.objects.on(self.on).filter(person__plant=plant).order_by("pk")
            found = rows.values_list("role", "unit_id", "body_id", "person_id")
            self._posts[plant] = [
                (role, unit, body, kinds.get(body or 0), person) for role, unit, body, person in found
            ]
        return self._posts[plant]

    def _trees(self, plant: int) -> tuple[dict[int, int | None], dict[int, int | None]]:
        if plant not in self._above:
            units = UnitState.objects.on(self.on).filter(unit__plant=plant).values_list("unit_id", "parent_id")
            bodies = BodyState.objects.on(self.on).filter(body__plant=plant).values_list("body_id", "parent_id")
            self._above[plant] = (dict(units), dict(bodies))
        return self._above[plant]
