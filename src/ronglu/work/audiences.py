"""Whom something is for: the leaders, the members or the employees of a body, counted on a day. Numbers leave here, no lists."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ronglu.kernel.org.tree import View
from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import Body, Engagement, Mapping, Membership, Plant, Post

LINE_LEADERS = ("workshop_head", "crew_leader", "plant_head")


def counts(*, plant: Plant, bodies: Sequence[Body], who: str, on: dt.date) -> dict[int, int]:
    """By body with everything below it; `who` as kernel/gathering/education names them. Five queries, however many bodies."""
    return {body: len(people) for body, people in _people(plant, bodies, who, on).items()}


def among(people: Iterable[int], *, body: Body, who: str, on: dt.date) -> int:
    """How many of these people it is for."""
    return len(_people(body.plant, [body], who, on)[body.pk] & set(people))


def _people(plant: Plant, bodies: Sequence[Body], who: str, on: dt.date) -> dict[int, set[int]]:
    party = party_tree(plant).at(on)
    below = {body.pk: party.subtree(body.pk) or frozenset({body.pk}) for body in bodies}
    every = {key for keys in below.values() for key in keys}
    if who == "members":
        found = _by(Membership.objects.on(on).filter(body__in=every).values_list("body", "person"))
        return {body: set(_all(found, keys)) for body, keys in below.items()}
    stands = _by(Mapping.objects.on(on).filter(body__in=every).values_list("body", "unit"))
    view = unit_tree(plant).at(on)
    units = {body: _units(view, _all(stands, keys)) for body, keys in below.items()}
    works = {key for keys in units.values() for key in keys}
    if who == "staff":
        there = _by(Engagement.objects.on(on).filter(unit__in=works).values_list("unit", "person"))
        return {body: set(_all(there, keys)) for body, keys in units.items()}
    seats = _by(Post.objects.on(on).filter(body__in=every).values_list("body", "person"))
    heads = _by(Post.objects.on(on).filter(unit__in=works, role__in=LINE_LEADERS).values_list("unit", "person"))
    return {body: {*_all(seats, keys), *_all(heads, units[body])} for body, keys in below.items()}


def _units(view: View, stands: Iterable[int]) -> set[object]:
    """Where these bodies stand, with everything below."""
    return {key for unit in stands for key in view.subtree(unit)}


def _by(rows: Iterable[tuple[int, int]]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = defaultdict(list)
    for place, one in rows:
        found[place].append(one)
    return found


def _all(found: dict[object, list[int]], keys: Iterable[object]) -> Iterator[int]:
    return (one for key in keys for one in found.get(key, ()))
