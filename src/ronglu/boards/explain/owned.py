"""Which shifts of which reporting units were a branch's in a month: whole lines, or of a crew its own letter."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from ronglu.kernel.org.span import Span
from ronglu.kernel.org.tree import Tree
from ronglu.store import history
from ronglu.store.models import Body, Unit
from ronglu.store.models import Mapping as Link

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owned:
    """`parts`: (unit, letter) → production days; an empty letter is every crew."""

    first: dt.date
    last: dt.date
    parts: Mapping[tuple[int, str], frozenset[dt.date]]

    def where(self, units: Iterable[int], *, unit: str = "channel__unit") -> Q:
        """The condition on readings or shifts of these units; nothing owned matches nothing. `unit`: their column."""
        wanted, whole = set(units), (self.last - self.first).days + 1
        found = Q(pk__in=())
        for (pk, letter), days in self.parts.items():
            if pk in wanted:
                one = Q(**{unit: pk}, day__gte=min(days), day__lte=max(days))
                one &= Q() if len(days) == whole else Q(day__in=sorted(days))
                found |= one & (Q(letter=letter) if letter else Q())
        return found


def owned(*, body: Body, first: dt.date, last: dt.date) -> Owned:
    """As the month's spine sees it: who has the whole line has its crews' shifts already."""
    links = list(Link.objects.filter(body=body).within(first, last).select_related("unit"))  # type: ignore[attr-defined]
    if not links:
        return Owned(first, last, {})
    tree = history.unit_tree(body.plant)
    parts: dict[tuple[int, str], set[dt.date]] = {}
    for days in _alike(tree, links, first, last):
        holding = [one.unit for one in links if Span(one.from_on, one.until_on).holds(days[0])]
        for spot in _of_day(tree, holding, days[0]):
            parts.setdefault(spot, set()).update(days)
    return Owned(first, last, {spot: frozenset(found) for spot, found in parts.items()})


def _alike(tree: Tree, links: list[Link], first: dt.date, last: dt.date) -> list[list[dt.date]]:
    """The days cut wherever a unit moved or the map changed; within a piece every day owns the same."""
    cuts = {*tree.boundaries, *(one.from_on for one in links), *(one.until_on for one in links)}
    pieces: list[list[dt.date]] = [[]]
    for n in range((last - first).days + 1):
        day = first + n * ONE
        if day in cuts and pieces[-1]:
            pieces.append([])
        pieces[-1].append(day)
    return pieces


def _of_day(tree: Tree, units: list[Unit], day: dt.date) -> set[tuple[int, str]]:
    view = tree.at(day)
    whole = {(int(pk), "") for unit in units if unit.pk in view for pk in view.subtree(unit.pk)}
    crews = {
        (int(line), unit.letter)
        for unit in units
        if unit.kind == "crew" and unit.letter and unit.pk in view and (line := view.nodes[unit.pk].parent) is not None
    }
    return whole | {(line, letter) for line, letter in crews if (line, "") not in whole}
