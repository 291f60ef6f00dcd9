"""From the tables to what the regulations look at: which subjects a plant has, since when it keeps records of them, which days count.

Missing is not zero: a body is asked only from the month of the first gathering arranged here, or from the day the plant set.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Min

from ronglu.kernel.org.tree import Tree, View
from ronglu.kernel.regulation.facts import GATHERINGS
from ronglu.store.history import party_tree
from ronglu.store.models import Gathering, Plant
from ronglu.store.values import life_from


@dataclass(frozen=True)
class Ground:
    """What all makers of subjects share. `bodies` is None for the whole plant, else only these are wanted."""

    plant: Plant
    on: dt.date
    first: dt.date
    party: Tree
    begun: Mapping[int, dt.date]
    bodies: frozenset[int] | None = None
    years: int = 2

    @property
    def last(self) -> dt.date:
        """The last day of the last of these years."""
        return dt.date(self.first.year + self.years - 1, 12, 31)

    @cached_property
    def view(self) -> View:
        return self.party.at(self.on)

    def wants(self, body: int) -> bool:
        return self.bodies is None or body in self.bodies

    def since(self, body: int) -> dt.date | None:
        """Since when a body keeps records here, itself or one above it: a member studies at both."""
        path = [int(one.id) for one in self.view.path(body)] if body in self.view else [body]
        return min((self.begun[key] for key in path if key in self.begun), default=None)


def ground(*, plant: Plant, on: dt.date, bodies: Collection[int] | None = None, year: int | None = None) -> Ground:
    """`first`: the year asked for, else last year with this one; what is older stands in the records and is not judged anew."""
    party = party_tree(plant)
    since = dt.date(year or on.year - 1, 1, 1)
    wanted = None if bodies is None else frozenset(bodies)
    return Ground(plant, on, since, party, begun(plant=plant, party=party), wanted, 1 if year else 2)


def begun(*, plant: Plant, party: Tree | None = None) -> dict[int, dt.date]:
    """From which day each body is asked; one that is not here is asked for nothing. What no rule asks for begins nothing: a
    salon, the weekly meeting of a team."""
    if (day := life_from(plant)) is not None:
        return {int(state.id): day for state in (party or party_tree(plant)).states}
    rows = (
        Gathering.objects.filter(plant=plant, team=None, kind__in=GATHERINGS)
        .values("body")
        .annotate(first=Min("starts_at"))
        .order_by()
    )
    return {row["body"]: row["first"].date().replace(day=1) for row in rows}
