"""Which branch answers for a place or a party body on a day: its own, or that of the nearest unit or body above.

An assessment is one of branches. A committee that stands on a unit is none, so what happens there goes to the branch further up
where there is one, else to nobody; only what names a body itself (a case raised by it) is answered for by a committee.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.tree import Tree, View
from ronglu.store import history
from ronglu.store.models import Plant


@dataclass(frozen=True)
class Homes:
    """Both trees and what joins them, over all days."""

    party: Tree
    production: Tree
    links: tuple[Link, ...]
    _views: dict[dt.date, tuple[View, View]] = field(default_factory=dict)

    @classmethod
    def of(cls, plant: Plant) -> Homes:
        return cls(history.party_tree(plant), history.unit_tree(plant), history.links(plant))

    def branch(self, unit: int, on: dt.date) -> int | None:
        """The branch that stands on the unit, or whose group does, else the nearest one above; a committee is passed by."""
        party, production = self._on(on)
        for state in reversed(production.path(unit)):
            here = sorted(link.body for link in self.links if link.unit == state.id and link.span.holds(on))
            found = (party.nearest(body, *BRANCHES) for body in here)
            if (branch := next((one for one in found if one is not None), None)) is not None:
                return int(branch.id)
        return None

    def of_body(self, body: int, on: dt.date) -> int | None:
        """The branch that the body is, or that its group belongs to; None for what stands above branches."""
        branch = self._on(on)[0].nearest(body, *BRANCHES)
        return int(branch.id) if branch else None

    def answering(self, body: int, on: dt.date) -> int | None:
        """The branch, or for what stands above branches the body itself: for what a body does in its own name."""
        return self.of_body(body, on) or (body if body in self._on(on)[0] else None)

    def _on(self, day: dt.date) -> tuple[View, View]:
        if day not in self._views:
            self._views[day] = (self.party.at(day), self.production.at(day))
        return self._views[day]
