"""Whom a leader answered for in a period, by days: the places he held, the lines under them, the branches mapped to those lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.span import Key, Span, boundaries
from ronglu.kernel.org.tree import Tree, View

LINE = "line"


@dataclass(frozen=True, slots=True)
class Held:
    """A post at a place, for some days."""

    place: Key
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Days of each; who held two places on one day counts both, a branch on two of his lines counts once a day."""

    places: Mapping[Key, int]
    lines: Mapping[Key, int]
    branches: Mapping[Key, int]


def served(*, first: date, last: date, held: Iterable[Held], units: Tree, links: Iterable[Link]) -> Served:
    """`first` and `last` both count. The organisation is read as it stood on each day, never as it stands today."""
    posts, mapped, period = list(held), list(links), Span.inclusive(first, last)
    places: Counter[Key] = Counter()
    lines: Counter[Key] = Counter()
    branches: Counter[Key] = Counter()
    for stretch in _stretches(period, [*(p.span for p in posts), *(one.span for one in mapped)], units):
        view, days = units.at(stretch.from_on), stretch.days
        mine = {post.place for post in posts if post.span.holds(stretch.from_on)}
        under = {line for place in mine for line in _lines(view, place)}
        standing = {one.body for one in mapped if one.unit in under and one.span.holds(stretch.from_on)}
        for counter, found in ((places, mine), (lines, under), (branches, standing)):
            counter.update(dict.fromkeys(found, days))
    return Served(places=dict(places), lines=dict(lines), branches=dict(branches))


def at_bodies(*, first: date, last: date, held: Iterable[Held]) -> Served:
    """For posts that are held at the branches themselves."""
    period, days = Span.inclusive(first, last), Counter[Key]()
    for post in held:
        if common := post.span.common(period):
            days[post.place] += common.days
    return Served(places=dict(days), lines={}, branches=dict(days))


def _stretches(period: Span, spans: Iterable[Span], units: Tree) -> Iterable[Span]:
    """The period cut wherever a post, the map or the production tree changes."""
    assert period.until_on is not None
    inside = {day for day in (*boundaries(spans), *units.boundaries) if period.holds(day)}
    cuts = sorted({period.from_on, *inside, period.until_on})
    return (Span(start, end) for start, end in pairwise(cuts))


def _lines(view: View, place: Key) -> Iterable[Key]:
    return (unit for unit in view.subtree(place) if view.nodes[unit].kind == LINE)


def last_place(held: Iterable[Held], last: date) -> Key | None:
    """Where the post stood that ended last; the one to list him under."""
    ended = sorted(held, key=lambda post: (post.span.until_on or last + timedelta(days=1), post.span.from_on))
    return ended[-1].place if ended else None
