"""Whose time and which rooms arranged meetings take: of every body, committee and team, planned here or arranged by hand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from ronglu.kernel.gathering.due import TakenTime
from ronglu.store.models import Gathering, GatheringPerson, Plant, Venue

Span = tuple[dt.datetime, dt.datetime]
NAMED = 5
"""So many who are elsewhere are told by name."""


def people(plant: Plant, span: Span, *, among: Collection[int] | None = None) -> list[tuple[Gathering, set[int]]]:
    """Meetings that touch the span, with who is at them: who is met with at a make-up is not at the main session as well."""
    rows = GatheringPerson.objects.filter(
        gathering__plant=plant, due=True, gathering__starts_at__lt=span[1], gathering__ends_at__gt=span[0]
    ).exclude(gathering__state="cancelled")
    rows = rows if among is None else rows.filter(person__in=among)
    found: dict[int, Gathering] = {}
    there: dict[int, set[int]] = defaultdict(set)
    for row in rows.select_related("gathering").order_by("gathering__starts_at", "gathering"):
        found[row.gathering_id] = row.gathering
        there[row.gathering_id].add(row.person_id)
    again = GatheringPerson.objects.filter(gathering__makeup_of__in=list(found), due=True)
    for main, person in again.exclude(gathering__state="cancelled").values_list("gathering__makeup_of", "person"):
        there[main].discard(person)
    return [(row, there[key]) for key, row in found.items() if there[key]]


def rooms(plant: Plant, span: Span) -> list[TakenTime]:
    """Meetings at a venue of the register that nobody booked: its name was typed as the place."""
    venues = list(Venue.objects.filter(plant=plant))
    by_name, by_key = {one.name: one.code for one in venues}, {one.pk: one.code for one in venues}
    rows = Gathering.objects.filter(plant=plant, starts_at__lt=span[1], ends_at__gt=span[0]).exclude(state="cancelled")
    named = ((one, by_key.get(one.venue_id or 0) or by_name.get(one.place.strip())) for one in rows)
    return [TakenTime(one.starts_at, one.ends_at, room=code) for one, code in named if code]


def clashes(row: Gathering) -> list[str]:
    """Who of a meeting that is ahead is at another one then, in words: the first names in the order of staff numbers, how many, at which."""
    due = row.people.filter(due=True).order_by("person__staff_no")
    mine = dict(due.values_list("person_id", "person__name"))
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for other, there in people(row.plant, (row.starts_at, row.ends_at), among=mine):
        if other.pk not in (row.pk, row.makeup_of_id) and other.makeup_of_id != row.pk:
            found[other.title, f"{other.starts_at:%m-%d %H:%M}"] |= there
    return [
        _told(title, at, [name for key, name in mine.items() if key in there]) for (title, at), there in found.items()
    ]


def _told(title: str, at: str, names: list[str]) -> str:
    return f"{'、'.join(names[:NAMED])}等 {len(names)} 人同时有“{title}”（{at}）"
