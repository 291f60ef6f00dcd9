"""What waits for a reader: cases whose turn is his, and lines that he is to finish; never more is read than is shown.

Each question runs along one index with the oldest deadline first, and stops when it has enough: a hundred thousand open
cases cost what a thousand cost.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.store.models import Case, CaseParty, CaseRow
from ronglu.work.queries.cases import held, trusted
from ronglu.work.scope import Reach, Scope

MANY = 40
"""Units above which a reach is looked for along its whole plant instead of unit by unit."""
FREE = Exact(Coalesce(F("holder"), 0), 0)
"""Nobody holds it. Said so that no planner takes the index of holders for it: most cases have none."""
OPEN = tuple(phase.value for phase in Phase if not phase.over)


class Waiting:
    """`loop` narrows it to the cases of one loop, `state` to one of its states."""

    def __init__(self, scope: Scope, loops: Mapping[str, Loop], *, loop: str = "", state: str = "") -> None:
        self.scope, self.loops, self.loop = scope, loops, loop
        self.mine = scope.hands
        self.narrow = Q(due_at__isnull=False)
        self.narrow &= Q(loop=loop) if loop else Q()
        self.narrow &= Q(state=state) if state else Q()

    def first(self, n: int) -> list[tuple[int, dt.datetime]]:
        """Case and deadline of those that wait the longest."""
        parts = [part.order_by("due_at").values("pk")[:n] for part in self.one_by_one]
        if not parts:
            return []
        found = _joined([_cut(part).values_list("pk", "due_at") for part in parts])
        return list(found.order_by("due_at", "pk")[:n])

    def counted(self, cap: int) -> int:
        """How many there are, no further than `cap`; lines included."""
        if not self.together:
            return 0
        cut = [_cut(part.order_by().values("pk")[:cap]).values_list("pk") for part in self.together]
        lines = self.lines().order_by().values("pk")[:cap]
        others = CaseRow.objects.filter(pk__in=lines).order_by().annotate(other=-F("pk")).values_list("other")
        return len(_joined([*cut, others])[:cap])

    def lines(self) -> QuerySet[CaseRow]:
        """Open lines of open cases, the oldest date first."""
        rows = CaseRow.objects.filter(person__in=self.mine, state="open", case__phase__in=OPEN)
        return (
            rows.filter(case__loop__in=[self.loop] if self.loop else list(self.loops))
            .select_related("case")
            .order_by("due_on", "pk")
        )

    def owns(self, case: int) -> bool:
        """Whether a case waits for this reader."""
        return any(part.filter(pk=case).exists() for part in self.together)

    @cached_property
    def one_by_one(self) -> list[QuerySet[Case]]:
        """Parts that come sorted by deadline out of an index each."""
        return [*self._personal(), *(p for role, reach in self._roles() for p in self._by_place(role, reach))]

    @cached_property
    def together(self) -> list[QuerySet[Case]]:
        """The same cases in few parts, in no order."""
        return [*self._personal(), *(p for role, reach in self._roles() for p in self._by_reach(role, reach))]

    def _personal(self) -> Iterator[QuerySet[Case]]:
        if not self.mine:
            return
        for one in sorted(self.mine):
            yield Case.objects.filter(self.narrow, held(self.scope), holder=one)
        shared = CaseParty.objects.filter(person__in=self.mine, role__in=self._turns)
        yield Case.objects.filter(self.narrow, FREE, pk__in=shared.values("case"), turn__in=self._turns)

    def _roles(self) -> Iterator[tuple[str, Reach]]:
        return ((role, reach) for role, reach in sorted(self.scope.acts.items()) if role in self._turns)

    @cached_property
    def _turns(self) -> frozenset[str]:
        return frozenset(word for loop in self.loops.values() for state in loop.states for word in state.turn)

    def _open_to(self, role: str) -> QuerySet[Case]:
        mine = Case.objects.filter(self.narrow, FREE, turn=role)
        return mine.filter(Q(secrecy="open") | trusted(self.scope, self.loops))

    def _by_place(self, role: str, reach: Reach) -> Iterator[QuerySet[Case]]:
        rows = self._open_to(role)
        plants = self._whole(reach)
        yield from (rows.filter(plant=one) for one in sorted(plants))
        if plants or len(reach.units) + len(reach.bodies) > MANY:
            placed = Q(unit__in=reach.units) | Q(body__in=reach.bodies)
            yield from (rows.filter(placed, plant=one) for one in sorted(reach.held - plants))
            return
        yield from (rows.filter(unit=one) for one in sorted(reach.units))
        yield from (rows.filter(body=one) for one in sorted(reach.bodies))

    def _by_reach(self, role: str, reach: Reach) -> Iterator[QuerySet[Case]]:
        rows = self._open_to(role)
        plants = self._whole(reach)
        if plants:
            yield rows.filter(plant__in=plants)
        if reach.held - plants:
            # what stands in a plant seen whole was asked for already
            yield from (rows.filter(unit__in=reach.units), rows.filter(body__in=reach.bodies))

    def _whole(self, reach: Reach) -> frozenset[int]:
        """Plants of which every unit and body is within reach."""
        return self.scope.plant_ids if reach.everywhere else reach.plants


def _cut(part: QuerySet[Case, dict[str, int]]) -> QuerySet[Case]:
    """SQLite takes no limit inside a union, only inside a subquery of one of its parts."""
    return Case.objects.filter(pk__in=part).order_by()


def _joined(parts: list[Any]) -> Any:
    """All at once: unions inside unions are deeper than SQLite reads."""
    return parts[0].union(*parts[1:])
