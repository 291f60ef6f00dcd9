"""Cases that may stand as evidence: those of a body that the reader may see, by number, the newest first."""

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Case
from ronglu.store.models import Mapping as Mapped
from ronglu.work.queries.cases import visible
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

OFFERED = 100
"""As many are held out to choose from; any other of them is found by its number."""


def cases_of(*, scope: Scope, loops: Mapping[str, Loop], places: Places, bodies: Iterable[int]) -> QuerySet[Case]:
    """Open to all readers of the branch: raised by it or its groups, or at a unit that the map gives them."""
    party, production = places.party.at(places.on), places.production.at(places.on)
    near = {int(key) for body in bodies if body in party for key in party.subtree(body)}
    mapped = Mapped.objects.on(places.on).filter(body__in=near).values_list("unit_id", flat=True)  # type: ignore[attr-defined]
    units = {int(key) for unit in mapped if unit in production for key in production.subtree(unit)}
    rows = visible(scope, loops).filter(Q(body__in=near) | Q(body=None, unit__in=units), plant=places.plant)
    return rows.filter(secrecy="open").exclude(phase="dropped").order_by("-raised_at", "-pk").distinct()


def offered(rows: QuerySet[Case]) -> list[tuple[str, str]]:
    """Number and title."""
    return list(rows.values_list("number", "title")[:OFFERED])


def readable(*, scope: Scope, loops: Mapping[str, Loop], cases: Iterable[Case | None]) -> frozenset[int]:
    """Of cases that stand as evidence somewhere, those whose own page opens for the reader."""
    keys = {case.pk for case in cases if case is not None}
    return frozenset(visible(scope, loops).filter(pk__in=keys).values_list("pk", flat=True)) if keys else frozenset()
