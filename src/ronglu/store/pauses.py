"""Days on which a party body could not meet, because all that it stood on stood still by an approved plan: 大修, 停产."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.span import Key, Span, boundaries
from ronglu.kernel.org.tree import View
from ronglu.kernel.regulation.facts import Days
from ronglu.store import history
from ronglu.store.models import PlanStop, Plant


def pauses(*, plant: Plant, first: dt.date, last: dt.date) -> dict[int, tuple[Days, ...]]:
    """By body, from `first` to `last`; both belong.

    Each day is asked for itself: a body could not meet where it stood on a unit that day, and every unit it stood on that day
    was stopped, the unit itself or one above it in the tree of that day. A stop counts as it is planned, also ahead; one
    without an end goes on until somebody ends it.
    """
    rows = PlanStop.objects.approved().filter(unit__plant=plant).within(first, last)
    stops = [(row.unit_id, history.span(row)) for row in rows]
    if not stops:
        return {}
    tree, links = history.unit_tree(plant), history.links(plant)
    changes = [*(span for _unit, span in stops), *(link.span for link in links), *(one.span for one in tree.states)]
    found: dict[int, list[Days]] = defaultdict(list)
    for stretch in _stretches(changes, Span.inclusive(first, last)):
        still = {unit for unit, span in stops if span.holds(stretch.from_on)}
        if still:
            for body in _idle(links, tree.at(stretch.from_on), still):
                found[body].append(stretch)
    return {body: tuple(days) for body, days in found.items()}


def _stretches(changes: Iterable[Span], within: Span) -> Iterator[Days]:
    """The days between two on which anything changed: what holds on the first of them holds on all."""
    inside = (common for span in changes if (common := span.common(within)))
    for begins, ends in pairwise(boundaries((within, *inside))):
        yield Days(begins, ends)


def _idle(links: Iterable[Link], view: View, still: set[int]) -> Iterator[int]:
    """Bodies all of whose units of the day stand still; a unit that is no more holds nobody up."""
    stands: dict[Key, list[bool]] = defaultdict(list)
    for link in links:
        if link.span.holds(view.on) and link.unit in view:
            stands[link.body].append(any(one.id in still for one in view.path(link.unit)))
    return (int(body) for body, idle in stands.items() if all(idle))
