"""Reads for the page of one party body or one unit: what it is, what it was, who stands on what, who belongs to it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from ronglu.kernel.org.kinds import LABELS
from ronglu.kernel.org.tree import Tree
from ronglu.store.history import approvals_in
from ronglu.store.models import (
    Body,
    BodyState,
    Engagement,
    Mapping,
    Membership,
    Post,
    Succession,
    Unit,
    UnitState,
)
from ronglu.work.queries.org import role_label
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

Place = TypeVar("Place", Body, Unit)
Named = tuple[str, str, str]
"""Code, name, kind in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history or of a dated list; `until_on` is the first day that no longer belongs."""

    from_on: dt.date
    until_on: dt.date | None
    what: str
    code: str = ""
    id: int = 0

    @property
    def last_on(self) -> dt.date | None:
        """For people, who count the last day in."""
        return self.until_on - dt.timedelta(days=1) if self.until_on else None


@dataclass(frozen=True, slots=True)
class Seat:
    staff_no: str
    name: str
    role: str
    from_on: dt.date
    term_ends_on: dt.date | None
    id: int


@dataclass(frozen=True, slots=True)
class Member:
    staff_no: str
    name: str
    note: str
    """正式 · 在班, or the form of work at a unit."""
    from_on: dt.date


@dataclass(frozen=True, slots=True)
class BodyPage:
    body: Body
    exists: bool
    name: str
    kind: str
    label: str
    path: tuple[Named, ...]
    approval: tuple[tuple[str, str], ...]
    term_ends_on: dt.date | None
    children: tuple[Named, ...]
    units: tuple[Line, ...]
    history: tuple[Line, ...]
    came_from: tuple[Line, ...]
    went_into: tuple[Line, ...]
    seats: tuple[Seat, ...] | None
    """None where the reader may not see who is in the Party."""
    members: tuple[Member, ...] | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    exists: bool
    name: str
    kind: str
    label: str
    path: tuple[Named, ...]
    children: tuple[Named, ...]
    bodies: tuple[Line, ...]
    history: tuple[Line, ...]
    posts: tuple[Seat, ...] | None
    people: tuple[Member, ...] | None


def body_page(*, body: Body, on: dt.date, scope: Scope) -> BodyPage:
    places = Places(body.plant, on)
    view, codes = places.party.at(on), places.body_codes
    states = list(body.states.order_by("from_on"))
    now = next((s for s in states if s.holds(on)), None)
    near = now or states[-1]
    may = scope.may("membership.see", body) is None
    groups = view.subtree(body.pk) or {body.pk}
    return BodyPage(
        body=body,
        exists=now is not None,
        name=near.name,
        kind=near.kind,
        label=near.get_kind_display(),
        path=tuple(_named(state, codes) for state in view.path(body.pk)[:-1]),
        approval=tuple(approvals_in(near.approval).items()),
        term_ends_on=near.term_ends_on,
        children=tuple(_named(state, codes) for state in view.children(body.pk)),
        units=_links(body.mappings.select_related("unit").order_by("-from_on"), places, side="unit"),
        history=tuple(_body_line(s, places.party) for s in reversed(states)),
        came_from=_successions(body.came_from.select_related("before"), places, side="before"),
        went_into=_successions(body.went_into.select_related("after"), places, side="after"),
        seats=_seats(Post.objects.on(on).filter(body=body)) if may else None,
        members=_members(Membership.objects.on(on).filter(body__in=groups), body, places) if may else None,
    )


def unit_page(*, unit: Unit, on: dt.date, scope: Scope) -> UnitPage:
    places = Places(unit.plant, on)
    view, codes = places.production.at(on), places.unit_codes
    states = list(unit.states.order_by("from_on"))
    now = next((s for s in states if s.holds(on)), None)
    near = now or states[-1]
    may = scope.may("people.see", unit) is None
    units = view.subtree(unit.pk) or {unit.pk}
    return UnitPage(
        unit=unit,
        exists=now is not None,
        name=near.name,
        kind=unit.kind,
        label=unit.get_kind_display(),
        path=tuple(_named(state, codes) for state in view.path(unit.pk)[:-1]),
        children=tuple(_named(state, codes) for state in view.children(unit.pk)),
        bodies=_links(unit.mappings.select_related("body").order_by("-from_on"), places, side="body"),
        history=tuple(_unit_line(s, places.production) for s in reversed(states)),
        posts=_seats(Post.objects.on(on).filter(unit=unit)) if may else None,
        people=_workers(Engagement.objects.on(on).filter(unit__in=units), unit, places) if may else None,
    )


def _named(state: object, codes: dict[int, str]) -> Named:
    return codes.get(state.id, ""), state.name, LABELS.get(state.kind, state.kind)  # type: ignore[attr-defined]


def _links(rows: QuerySet[Mapping], places: Places, *, side: str) -> tuple[Line, ...]:
    name = places.unit_name if side == "unit" else places.body_name
    return tuple(
        Line(
            row.from_on,
            row.until_on,
            name(getattr(row, f"{side}_id")),
            getattr(row, side).code,
            getattr(row, f"{side}_id"),
        )
        for row in rows
    )


def _successions(rows: QuerySet[Succession], places: Places, *, side: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            row.on,
            None,
            f"{row.get_kind_display()} · {places.body_name(getattr(row, f'{side}_id'))}",
            getattr(row, side).code,
        )
        for row in rows.order_by("on", "pk")
    )


def _body_line(state: BodyState, tree: Tree) -> Line:
    above = _above(tree, state.parent_id, state.from_on)
    return Line(state.from_on, state.until_on, f"{state.name}（{state.get_kind_display()}）{above}")


def _unit_line(state: UnitState, tree: Tree) -> Line:
    return Line(state.from_on, state.until_on, f"{state.name}{_above(tree, state.parent_id, state.from_on)}")


def _above(tree: Tree, parent: int | None, on: dt.date) -> str:
    """The superior by the name he had then."""
    node = tree.at(on).nodes.get(parent) if parent is not None else None
    return f" · {node.name}" if node else ""


def _seats(rows: QuerySet[Post]) -> tuple[Seat, ...]:
    found = rows.select_related("person").order_by("from_on", "pk")
    return tuple(
        Seat(p.person.staff_no, p.person.name, role_label(p.role), p.from_on, p.term_ends_on, p.pk) for p in found
    )


def _members(rows: QuerySet[Membership], body: Body, places: Places) -> tuple[Member, ...]:
    found = rows.select_related("person").order_by("person__staff_no")
    return tuple(
        Member(row.person.staff_no, row.person.name, _words(row, body.pk, row.body_id, places.body_name), row.from_on)
        for row in found
    )


def _words(row: Membership, here: int, place: int, name: object) -> str:
    said = [row.get_status_display(), row.get_basis_display()]
    return " · ".join(said if place == here else [name(place), *said])  # type: ignore[operator]


def _workers(rows: QuerySet[Engagement], unit: Unit, places: Places) -> tuple[Member, ...]:
    found = rows.select_related("person").order_by("person__staff_no")
    return tuple(
        Member(
            row.person.staff_no,
            row.person.name,
            row.get_kind_display()
            if row.unit_id == unit.pk
            else f"{places.unit_name(row.unit_id)} · {row.get_kind_display()}",
            row.from_on,
        )
        for row in found
    )


def body_of(*, scope: Scope, code: str, plant: str = "") -> Body | None:
    """By its code, in the plant that is named or else in the first that the reader sees and that has one of that code."""
    return _of_code(Body.objects.filter(plant__in=scope.plants("org.see")), code, plant)


def unit_of(*, scope: Scope, code: str, plant: str = "") -> Unit | None:
    return _of_code(Unit.objects.filter(plant__in=scope.plants("org.see")), code, plant)


def _of_code(rows: QuerySet[Place], code: str, plant: str) -> Place | None:
    found = rows.filter(Q(code=code), *([Q(plant__code=plant)] if plant else [])).select_related("plant")
    return found.order_by("plant__position", "plant__code").first()


def split_lists(*, body: Body, on: dt.date) -> tuple[Sequence[tuple[Body, str]], Sequence[Membership]]:
    """What a split has to place: the groups under a body, and the members directly in it."""
    groups = (
        BodyState.objects.on(on).filter(parent=body).select_related("body").order_by("body__position", "body__code")
    )
    people = Membership.objects.on(on).filter(body=body).select_related("person").order_by("person__staff_no")
    return [(state.body, state.name) for state in groups], list(people)
