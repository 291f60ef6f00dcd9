"""What an account holds on a day: its own posts, work and membership, and the posts of those it stands in for."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from ronglu.store.models import Account, Deputy, Engagement, Membership, Post


@dataclass(frozen=True, slots=True)
class Holding:
    """One ground for a role. `kind`: staff, member, post or account; `what`: the post's or the account role's code."""

    kind: str
    what: str = ""
    unit_id: int | None = None
    body_id: int | None = None
    plant_id: int | None = None
    for_person: int | None = None


def holdings_of(account: Account, *, on: dt.date) -> tuple[Holding, ...]:
    """Three queries for a person, none for an account without one."""
    own = tuple(_account_role(text) for text in account.roles)
    if account.person_id is None:
        return own
    posts, works, belongs = (
        _posts(account.person_id, on),
        _engagements(account.person_id, on),
        _memberships(account.person_id, on),
    )
    mine = tuple(post for post in posts if post.for_person is None)
    # a retired member works nowhere and is still one of the plant's people
    grounds = works or belongs[:1] or mine[:1]
    # who has a post in another plant as well is one of that plant's people, too
    elsewhere = {post.plant_id: post for post in reversed(mine)}
    elsewhere = {plant: post for plant, post in elsewhere.items() if plant not in {one.plant_id for one in grounds}}
    staff = tuple(
        Holding("staff", unit_id=one.unit_id, body_id=one.body_id, plant_id=one.plant_id)
        for one in (*grounds, *elsewhere.values())
    )
    # who has left has neither work nor membership nor post of his own: then nobody's absence brings him back
    return own + (staff + belongs + posts if staff else ())


def _posts(person_id: int, on: dt.date) -> tuple[Holding, ...]:
    absent = Deputy.objects.on(on).filter(deputy_id=person_id).values("absent_id")
    rows = Post.objects.on(on).filter(Q(person_id=person_id) | Q(person_id__in=absent))
    return tuple(
        Holding("post", role, unit, body, unit_plant or body_plant, None if person == person_id else person)
        for role, unit, body, unit_plant, body_plant, person in rows.order_by("pk").values_list(
            "role", "unit_id", "body_id", "unit__plant_id", "body__plant_id", "person_id"
        )
    )


def _engagements(person_id: int, on: dt.date) -> tuple[Holding, ...]:
    rows = Engagement.objects.on(on).filter(person_id=person_id)
    return tuple(
        Holding("staff", unit_id=unit, plant_id=plant) for unit, plant in rows.values_list("unit_id", "unit__plant_id")
    )


def _memberships(person_id: int, on: dt.date) -> tuple[Holding, ...]:
    rows = Membership.objects.on(on).filter(person_id=person_id)
    return tuple(
        Holding("member", body_id=body, plant_id=plant) for body, plant in rows.values_list("body_id", "body__plant_id")
    )


def _account_role(text: str) -> Holding:
    """`auditor`, or `kiosk@unit:12` for a terminal that stands at a line."""
    code, _, place = text.partition("@unit:")
    return Holding("account", code, unit_id=int(place) if place else None)
