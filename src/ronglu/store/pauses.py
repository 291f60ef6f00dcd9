"""Days on which a party body could not meet, or a unit did not work, because it stood still by an approved plan: 大修, 停产."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from ronglu.kernel.org.kinds import LINE
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.span import Key, Span, boundaries
from ronglu.kernel.org.tree import Tree, View
from ronglu.kernel.regulation.facts import Days
from ronglu.store import history
from ronglu.store.models import PlanStop, Plant

Stops = list[tuple[int, Span]]
"""Units with the days of an approved stop."""


def pauses(*, plant: Plant, first: dt.date, last: dt.date) -> dict[int, tuple[Days, ...]]:
    """By body, from `first` to `last`; both belong.

    Each day is asked for itself: a body could not meet where it stood on a unit that day, and every unit it stood on that day
    was stopped, the unit itself or one above it in the tree of that day. A stop counts as it is planned, also ahead; one
    without an end goes on until somebody ends it.
    """
    stops = _stops(plant, first, last)
    if not stops:
        return {}
    tree, links = history.unit_tree(plant), history.links(plant)
    changes = [*(span for _unit, span in stops), *(link.span for link in links), *(one.span for one in tree.states)]
    return _found(stops, changes, tree, Span.inclusive(first, last), lambda view, still: _idle(links, view, still))


def unit_pauses(*, plant: Plant, tree: Tree, first: dt.date, last: dt.date) -> dict[int, tuple[Days, ...]]:
    """By unit, likewise: a unit is stopped itself, or one above it, or each of the lines it had that day."""
    stops = _stops(plant, first, last)
    changes = [*(span for _unit, span in stops), *(one.span for one in tree.states)]
    return _found(stops, changes, tree, Span.inclusive(first, last), _halted) if stops else {}


def _stops(plant: Plant, first: dt.date, last: dt.date) -> Stops:
    rows = PlanStop.objects.approved().filter(unit__plant=plant).within(first, last)
    return [(row.unit_id, history.span(row)) for row in rows]


def _found(
    stops: Stops, changes: Iterable[Span], tree: Tree, within: Span, idle: Callable[[View, set[int]], Iterable[int]]
) -> dict[int, tuple[Days, ...]]:
    found: dict[int, list[Days]] = defaultdict(list)
    for stretch in _stretches(changes, within):
        still = {unit for unit, span in stops if span.holds(stretch.from_on)}
        if still:
            for key in idle(tree.at(stretch.from_on), still):
                found[key].append(stretch)
    return {key: tuple(days) for key, days in found.items()}


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
            stands[link.body].append(_stopped(view, link.unit, still))
    return (int(body) for body, idle in stands.items() if all(idle))


def _halted(view: View, still: set[int]) -> Iterator[int]:
    for unit in view.nodes:
        lines = [one for one in view.subtree(unit) if view.nodes[one].kind == LINE]
        if _stopped(view, unit, still) or (lines and all(_stopped(view, line, still) for line in lines)):
            yield int(unit)


def _stopped(view: View, unit: Key, still: set[int]) -> bool:
    """Itself or one above it, in the tree of the day."""
    return any(one.id in still for one in view.path(unit))
