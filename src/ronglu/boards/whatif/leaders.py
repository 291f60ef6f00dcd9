"""What a draft would do to the coefficients of those who answer for a branch: party score before and after, linked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ronglu.boards.whatif.read import Mover, ScaleMoves
from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.org.served import Held, served
from ronglu.kernel.org.span import Span
from ronglu.kernel.standing.link_load import build_model, read_params
from ronglu.kernel.standing.link_models import LinkParams
from ronglu.kernel.standing.linkage import Linked, Model, link
from ronglu.kernel.time.period import Period
from ronglu.store import history
from ronglu.store.models import LinkScheme, LinkState, Plant, Post
from ronglu.work.link_inputs import admin_score
from ronglu.work.queries import rated

LEADS = {"workshop_head": "车间主任", "secretary": "支部书记"}
"""Posts whose pay is linked; anybody else is not named here."""
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Head:
    """Who answers for a branch, by which posts; `held`: those at units, which have an administrative score."""

    body: int
    place: str
    name: str
    posts: tuple[str, ...]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """`admin`: the approved administrative score of the newest month, taken as the linkage itself takes it; else None,
    and the coefficient stands alone."""

    posts: tuple[str, ...]
    place: str
    name: str
    branch: Mover
    admin: Decimal | None
    before: Linked | None
    after: Linked | None

    @property
    def moved(self) -> Decimal | None:
        was = self.before.coefficient if self.before else None
        now = self.after.coefficient if self.after else None
        return None if was is None or now is None else now - was


def linkable(models: Mapping[str, Model]) -> dict[str, Model]:
    """Models that need nothing but the party score and the administrative one: the others ask more than a sheet says."""
    return {code: m for code, m in models.items() if {need.code for need in m.needs()} == {"admin", "party"}}


def in_force(plant: Plant, month: Period) -> tuple[LinkScheme, Model, LinkParams] | None:
    """The approved scheme of a month with its model and parameters, where that needs no more than the two scores."""
    rows = LinkScheme.objects.filter(plant=plant, state=LinkState.APPROVED, from_month__lte=month.yyyymm)
    for row in rows.order_by("-from_month", "-number"):
        model = build_model(row.declaration)
        if linkable({model.code: model}):
            return row, model, read_params(model, row.params) if row.params else model.params
    return None


def read(
    *, plant: Plant, scale: ScaleMoves, month: Period, on: dt.date, model: Model, params: LinkParams | None, names: bool
) -> tuple[Leader, ...]:
    """In the order of the party tree, never of their figures; a branch without a post-holder is not there.

    Who holds two posts over one branch stands there once.
    """
    movers = {mover.body: mover for mover in scale.movers}
    admin = _admin_of(plant, month)
    return tuple(
        _leader(head, movers[head.body], admin(head.held), model, params, names)
        for head in _heads(plant, on)
        if head.body in movers
    )


def _admin_of(plant: Plant, month: Period) -> Callable[[tuple[Held, ...]], Decimal | None]:
    """Posts held at units → their administrative score in the month; scores and organisation are read once."""
    scores = rated.imported(plant=plant, kind="admin", period=month)
    units, links = history.unit_tree(plant), history.links(plant)

    def of(held: tuple[Held, ...]) -> Decimal | None:
        mine = served(first=month.first, last=month.last, held=held, units=units, links=links)
        value = admin_score(scores, mine)
        return None if value is None else from_scaled(value, 2)

    return of


def _leader(
    head: Head, mover: Mover, admin: Decimal | None, model: Model, params: LinkParams | None, names: bool
) -> Leader:
    return Leader(
        posts=tuple(dict.fromkeys(head.posts)), place=head.place, name=head.name if names else "", branch=mover,
        admin=admin, before=_link(model, params, mover.before, admin), after=_link(model, params, mover.after, admin),
    )  # fmt: skip


def _link(model: Model, params: LinkParams | None, party: Decimal | None, admin: Decimal | None) -> Linked | None:
    """Without an administrative score a round 100 stands in: the coefficient does not depend on it."""
    if party is None:
        return None
    return link(model, {"party": party, "admin": FULL if admin is None else admin}, params)


def _heads(plant: Plant, on: dt.date) -> list[Head]:
    """Of each branch: its secretary, and the heads of the units above the lines mapped to it."""
    units, bodies = history.unit_tree(plant).at(on), history.party_tree(plant).at(on)
    posts = list(
        Post.objects.on(on).filter(role__in=LEADS, person__plant=plant).select_related("person").order_by("pk")  # type: ignore[attr-defined]
    )
    lines: dict[Any, list[int]] = defaultdict(list)
    for one in history.links(plant):
        if one.span.holds(on) and one.unit in units:
            lines[one.body].append(int(one.unit))
    found: dict[tuple[int, int], Head] = {}
    for body, state in bodies.nodes.items():
        above = {place.id: place.name for unit in lines.get(body, []) for place in units.path(unit)}
        for post in posts:
            if post.body_id == body or post.unit_id in above:
                place = state.name if post.body_id == body else above[post.unit_id]
                spot = int(body), post.person_id
                head = found.get(spot) or Head(int(body), place, post.person.name, (), ())
                at_unit = (Held(post.unit_id, Span(post.from_on, post.until_on)),) if post.unit_id else ()
                found[spot] = replace(head, posts=(*head.posts, LEADS[post.role]), held=head.held + at_unit)
    return list(found.values())


def model_of(models: Iterable[Model], code: str) -> Model | None:
    """The one asked for, else the first."""
    listed = list(models)
    return next((one for one in listed if one.code == code), listed[0] if listed else None)
