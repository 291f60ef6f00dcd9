"""Reads for the organisation pages: two trees with their map side by side, what is uncovered, one person's page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ronglu.kernel.org.coverage import Coverage, coverage
from ronglu.kernel.org.facts import SEATS
from ronglu.kernel.org.kinds import CREW, LABELS
from ronglu.kernel.org.mapping import Suggestion, suggest_group
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Key
from ronglu.kernel.org.tree import State, View
from ronglu.store.history import engaged, links, members, party_tree, span, unit_tree
from ronglu.store.models import Engagement, Finding, Membership, Person, Plant, Post
from ronglu.work.queries.org_findings import OF_A_PERSON
from ronglu.work.queries.places import Places
from ronglu.work.roles import roles


@dataclass(frozen=True, slots=True)
class Node:
    """One line of a drawn tree, in drawing order."""

    id: int
    kind: str
    label: str
    name: str
    depth: int
    parent: int | None
    people: int
    """Members in the subtree of a body, people at work in the subtree of a unit."""
    findings: int
    mapped: tuple[int, ...]
    """Ids on the other side."""
    gap: bool
    """A line without a branch, a crew without a group."""


@dataclass(frozen=True, slots=True)
class TwoTrees:
    on: dt.date
    bodies: tuple[Node, ...]
    units: tuple[Node, ...]
    links: tuple[tuple[int, int], ...]
    mapped: int
    all: int
    """Lines and crews mapped, and all of them."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The coverage lists with names; who they are is for those who may see membership."""

    lines: tuple[State, ...]
    crews: tuple[State, ...]
    members: tuple[Person, ...]
    mapped: int
    all: int


@dataclass(frozen=True, slots=True)
class Double:
    """双向进入、交叉任职 (S1-05): one person's party seats and administrative posts on one day."""

    person: Person
    party: tuple[str, ...]
    """Where and as what."""
    administrative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person
    engagements: tuple[tuple[Engagement, str], ...]
    posts: tuple[tuple[Post, str, str], ...]
    """Post, role in words, place."""
    memberships: tuple[tuple[Membership, str], ...]
    """Empty where the reader may not see party standing."""
    double: bool


def two_trees(*, plant: Plant, on: dt.date) -> TwoTrees:
    """Six queries, however large the plant."""
    party, production = party_tree(plant).at(on), unit_tree(plant).at(on)
    joined = [link for link in links(plant) if link.span.holds(on) and link.body in party and link.unit in production]
    pairs = tuple((_int(link.body), _int(link.unit)) for link in joined)
    found = coverage(party=party, production=production, links=joined, members=())
    gaps = {state.id for state in (*found.lines_without_branch, *found.crews_without_group)}
    by_body, by_unit = _findings(plant)
    belongs, works = _heads(members(plant), on), _heads(engaged(plant), on)
    mapped, all_ = found.mapped
    return TwoTrees(
        on,
        tuple(_draw(party, belongs, by_body, _beside(pairs, 0), set())),
        tuple(_draw(production, works, by_unit, _beside(pairs, 1), gaps)),
        pairs,
        mapped,
        all_,
    )


def _draw(
    view: View,
    heads: Mapping[Key, set[Key]],
    findings: Mapping[int, int],
    beside: Mapping[int, tuple[int, ...]],
    gaps: set[Key],
) -> Iterable[Node]:
    rest = [(state, 0) for state in reversed(view.roots)]
    while rest:
        state, depth = rest.pop()
        node = _int(state.id)
        people = set().union(*(heads.get(place, set()) for place in view.subtree(state.id)))
        yield Node(
            id=node,
            kind=state.kind,
            label=LABELS.get(state.kind, state.kind),
            name=state.name,
            depth=depth,
            parent=None if state.parent is None else _int(state.parent),
            people=len(people),
            findings=findings.get(node, 0),
            mapped=beside.get(node, ()),
            gap=state.id in gaps,
        )
        rest += [(child, depth + 1) for child in reversed(view.children(state.id))]


def _beside(pairs: Iterable[tuple[int, int]], side: int) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for pair in pairs:
        found[pair[side]] = (*found.get(pair[side], ()), pair[1 - side])
    return found


def _heads(stays: Iterable[Stay], on: dt.date) -> dict[Key, set[Key]]:
    found: dict[Key, set[Key]] = {}
    for stay in stays:
        if stay.span.holds(on):
            found.setdefault(stay.place, set()).add(stay.person)
    return found


def _findings(plant: Plant) -> tuple[dict[int, int], dict[int, int]]:
    """How many stand at each body and unit; those of single members are counted nowhere, the map is read by everybody."""
    bodies: dict[int, int] = {}
    units: dict[int, int] = {}
    rows = Finding.objects.filter(plant=plant, cleared_on=None).exclude(severity="NOTE").exclude(OF_A_PERSON)
    for body, unit in rows.values_list("body_id", "unit_id"):
        if body is not None:
            bodies[body] = bodies.get(body, 0) + 1
        elif unit is not None:
            units[unit] = units.get(unit, 0) + 1
    return bodies, units


def gaps_of(*, plant: Plant, on: dt.date) -> Gaps:
    """What is uncovered that day: lines without a branch, crews without a group, members without a place."""
    found = _coverage(plant, on)
    people = Person.objects.filter(pk__in=[_int(person) for person in found.members_without_place])
    mapped, all_ = found.mapped
    return Gaps(found.lines_without_branch, found.crews_without_group, tuple(people), mapped, all_)


def _coverage(plant: Plant, on: dt.date) -> Coverage:
    """A party member by his own record (入党日期) who still works here and is in no body is looked for too."""
    working = Engagement.objects.on(on).values("person_id")
    persons = Person.objects.filter(plant=plant, joined_on__lte=on, pk__in=working).values_list("pk", flat=True)
    return coverage(
        party=party_tree(plant).at(on),
        production=unit_tree(plant).at(on),
        links=links(plant),
        members=[stay for stay in members(plant) if stay.span.holds(on)],
        persons=list(persons),
    )


def suggestions(*, plant: Plant, on: dt.date) -> tuple[Suggestion, ...]:
    """Members 在班 whose group does not stand on the crew they work in: to be confirmed by a human (S1-02)."""
    party, joined, belongs = party_tree(plant).at(on), links(plant), members(plant)
    crews = {state.id for state in unit_tree(plant).at(on).of_kind(CREW)}
    by_crew = {stay.person for stay in belongs if stay.span.holds(on) and stay.basis == "crew"}
    moved = (s for s in engaged(plant) if s.span.holds(on) and s.place in crews and s.person in by_crew)
    found = (suggest_group(person=s.person, crew=s.place, links=joined, stays=belongs, party=party) for s in moved)
    return tuple(one for one in found if one is not None and one.groups)


def double_posts(*, plant: Plant, on: dt.date) -> tuple[Double, ...]:
    """The post register: everyone who holds both a party seat and an administrative post that day."""
    places = Places(plant, on)
    found: dict[Person, tuple[list[str], list[str]]] = {}
    rows = Post.objects.on(on).filter(person__plant=plant).select_related("person").order_by("person__staff_no", "pk")
    for post in rows:
        seats = found.setdefault(post.person, ([], []))
        place = places.body_name(post.body_id) if post.body_id else places.unit_name(post.unit_id)
        seats[0 if post.body_id else 1].append(f"{place} · {role_label(post.role)}")
    return tuple(Double(p, tuple(party), tuple(work)) for p, (party, work) in found.items() if party and work)


def person_page(*, person: Person, on: dt.date, with_party: bool) -> PersonPage:
    """Work, posts and, only for a reader who may see it, party membership; newest first."""
    plant = person.plant
    units, bodies = unit_tree(plant), party_tree(plant)
    work = tuple((row, _named(units.at(row.from_on), row.unit_id)) for row in person.engagements.order_by("-from_on"))
    posts = [
        (
            row,
            role_label(row.role),
            _named((bodies if row.body_id else units).at(row.from_on), row.body_id or row.unit_id),
        )
        for row in person.posts.order_by("-from_on", "-pk")
        if with_party or row.unit_id
    ]
    party = person.memberships.order_by("-from_on") if with_party else ()
    belongs = tuple((row, _named(bodies.at(row.from_on), row.body_id)) for row in party)
    sides = {bool(row.body_id) for row, _, _ in posts if span(row).holds(on)}
    return PersonPage(person, work, tuple(posts), belongs, double=sides == {True, False})


def role_label(role: str) -> str:
    """A seat by its own word (组织委员), a post by its own name (统计员), any other by the role it brings."""
    if role in SEATS:
        return SEATS[role]
    if role in roles().post_names:
        return roles().post_names[role]
    return next((one.zh for one in roles().of_post(role, None)), role)


def _named(view: View, place: Key) -> str:
    return " · ".join(state.name for state in view.path(place)) or str(place)


def _int(key: Key) -> int:
    assert isinstance(key, int)
    return key
