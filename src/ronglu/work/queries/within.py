"""Places of a plant narrowed to how far one verb goes; a form takes no place that it did not offer."""

from dataclasses import dataclass

from ronglu.work.queries.places import Choice, Places
from ronglu.work.scope import Reach


def covers(reach: Reach, *, body: int, plant: int) -> bool:
    """Whether a body is within reach, asked of keys at hand: for lists, where a query a row would be too many."""
    return reach.everywhere or plant in reach.plants or body in reach.bodies


@dataclass(frozen=True)
class Within(Places):
    """None leaves one of the two trees whole."""

    bodies_of: Reach | None = None
    units_of: Reach | None = None

    def bodies(self, *kinds: str) -> list[Choice]:
        listed = super().bodies(*kinds)
        return listed if self.bodies_of is None else [one for one in listed if self._body(one[0], self.bodies_of)]

    def units(self, *kinds: str) -> list[Choice]:
        listed = super().units(*kinds)
        return listed if self.units_of is None else [one for one in listed if self._unit(one[0], self.units_of)]

    def _body(self, key: int, reach: Reach) -> bool:
        return covers(reach, body=key, plant=self.plant.pk)

    def _unit(self, key: int, reach: Reach) -> bool:
        return reach.everywhere or self.plant.pk in reach.plants or key in reach.units
