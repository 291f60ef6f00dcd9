"""The list of people: whom a reader may see, narrowed, with work, posts and, where he may know it, party standing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.store.models import Engagement, Membership, Person, Post
from ronglu.work.queries.org import role_label
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

AWAY = "away"
"""Who works nowhere on the day: has left, or is a member without work here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    text: str = ""
    unit: int | None = None
    """With everything under it."""
    kind: str = ""
    standing: str = ""
    """full, probationary or none; only of those whose standing the reader may know."""
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    unit: str
    unit_path: str
    kind: str
    posts: tuple[str, ...]
    standing: str
    body: str
    body_path: str
    basis: str


def by_number(staff_no: str) -> Person | None:
    return Person.objects.select_related("plant").filter(staff_no=staff_no).first()


def post_of(pk: int) -> Post | None:
    return Post.objects.select_related("person__plant").filter(pk=pk).first()


def matching(*, scope: Scope, places: Places, asked: Asked) -> QuerySet[Person]:
    rows = scope.people().filter(plant=places.plant).filter(named_like(asked.text))
    working = Engagement.objects.on(places.on)
    if asked.unit is not None:
        working = working.filter(unit__in=places.production.at(places.on).subtree(asked.unit))
    if asked.kind == AWAY:
        rows = rows.exclude(pk__in=Engagement.objects.on(places.on).values("person_id"))
    else:
        working = working.filter(kind=asked.kind) if asked.kind else working
        rows = rows.filter(pk__in=working.values("person_id"))
    if asked.standing:
        rows = rows.filter(pk__in=scope.people("membership.see").values("pk")).filter(_standing(places, asked.standing))
    return rows.order_by(*(("pinyin", "staff_no") if asked.by_name else ("staff_no",)))


def _standing(places: Places, standing: str) -> Q:
    belongs = Membership.objects.on(places.on)
    if standing == "none":
        return ~Q(pk__in=belongs.values("person_id"))
    return Q(pk__in=belongs.filter(status=standing).values("person_id"))


def named_like(text: str) -> Q:
    """Staff number from its beginning, name anywhere, initials from their beginning, pinyin from any syllable."""
    text = " ".join(text.lower().split())
    if not text:
        return Q()
    wanted = Q(staff_no__istartswith=text) | Q(name__icontains=text)
    letters = text.replace(" ", "")
    if letters.isascii() and letters.isalpha():
        # blanks or not: `banzhang` and `ban zhang` find `li ban zhang`
        wanted |= Q(initials__startswith=letters) | Q(pinyin__regex="(^| )" + " ?".join(letters))
    return wanted


def rows_of(people: Sequence[Person], *, scope: Scope, places: Places) -> list[Row]:
    """Four queries and the two trees, whatever the number of people."""
    keys = [person.pk for person in people]
    known = set(scope.people("membership.see").filter(pk__in=keys).values_list("pk", flat=True))
    work = {row.person_id: row for row in Engagement.objects.on(places.on).filter(person__in=keys)}
    party = {row.person_id: row for row in Membership.objects.on(places.on).filter(person__in=known)}
    posts: dict[int, list[str]] = {}
    for post in Post.objects.on(places.on).filter(person__in=keys).order_by("pk"):
        if post.unit_id or post.person_id in known:
            posts.setdefault(post.person_id, []).append(role_label(post.role))
    return [
        _row(one, work.get(one.pk), party.get(one.pk), posts.get(one.pk, []), one.pk in known, places) for one in people
    ]


def _row(
    person: Person, work: Engagement | None, party: Membership | None, posts: list[str], known: bool, places: Places
) -> Row:
    standing = (party.get_status_display() if party else "非党员") if known else ""
    return Row(
        person=person,
        unit=places.unit_name(work.unit_id) if work else "",
        unit_path=places.unit_path(work.unit_id) if work else "",
        kind=work.get_kind_display() if work else "",
        posts=tuple(dict.fromkeys(posts)),
        standing=standing,
        body=places.body_name(party.body_id) if party else "",
        body_path=places.body_path(party.body_id) if party else "",
        basis=party.get_basis_display() if party else "",
    )
