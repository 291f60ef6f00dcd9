"""Venues as read: who has one when, and at which hours of a day people come off or go on shift while it is free."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from ronglu.kernel.gathering.openings import SETTLE
from ronglu.store.history import unit_tree
from ronglu.store.models import Booking, Engagement, Plant, ShiftRow, Venue
from ronglu.work import shifts
from ronglu.work.scope import Scope
from ronglu.work.venues import closed_hours, may_edit

SEE = "venues.see"
DAYS = 14
NAMED = 3
ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hint:
    """A time beside a shift: `word` is after or before, `at` when it ends or begins, `crews` who then comes; `own`: the reader's."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    word: str
    at: dt.datetime
    crews: str
    more: int
    free: bool
    own: bool


def listed(plant: Plant, on: dt.date) -> list[tuple[Venue, list[Booking]]]:
    """All venues, those in use first, each with what is booked on the day: two queries."""
    rows = list(Venue.objects.filter(plant=plant).select_related("keeper", "unit").order_by("-state", "kind", "code"))
    by_venue: dict[int, list[Booking]] = defaultdict(list)
    for one in _of(rows, on, on):
        by_venue[one.venue_id].append(one)
    return [(row, by_venue[row.pk]) for row in rows]


def found(scope: Scope, pk: int) -> Venue | None:
    """Of a plant in which the reader may see venues."""
    row = Venue.objects.filter(pk=pk).select_related("plant", "unit", "keeper").first()
    return row if row and scope.may(SEE, row.plant) is None else None


def booking(scope: Scope, pk: int) -> Booking | None:
    row = Booking.objects.filter(pk=pk).select_related("venue__plant", "venue__unit", "by__person").first()
    return row if row and scope.may(SEE, row.venue.plant) is None else None


def ahead(row: Venue, on: dt.date) -> list[Booking]:
    """What is booked from the day on, two weeks of it."""
    return _of([row], on, on + (DAYS - 1) * ONE)


def may_give_up(scope: Scope, row: Booking, at: dt.datetime) -> bool:
    mine = row.by_id == scope.account_id or may_edit(scope, row.venue)
    return mine and row.gathering_id is None and row.state == "booked" and row.ends_at > at


def hints(row: Venue, on: dt.date, minutes: int, person: int | None = None) -> list[Hint]:
    """班前、班后: right after a shift of some crew ends, right before one begins, with whether the venue is free then."""
    shifts.ensure(plant=row.plant, first=on - ONE, last=on + ONE)
    length, nodes = dt.timedelta(minutes=minutes), unit_tree(row.plant).at(on).nodes
    own = set(Engagement.objects.on(on).filter(person=person).values_list("unit_id", flat=True))
    by_time: dict[tuple[dt.datetime, str, dt.datetime], set[int]] = defaultdict(set)
    stood = ShiftRow.objects.filter(unit__plant=row.plant, day__range=(on - ONE, on + ONE), crew__isnull=False)
    for crew, starts_at, ends_at in stood.values_list("crew_id", "starts_at", "ends_at"):
        by_time[ends_at + SETTLE, "after", ends_at].add(crew)
        by_time[starts_at - SETTLE - length, "before", starts_at].add(crew)
    taken = [(one.starts_at, one.ends_at) for one in _of([row], on - ONE, on + ONE)] + closed_hours(row, on, on + ONE)
    made = []
    for (starts_at, word, at), crews in sorted(by_time.items()):
        if starts_at.date() != on:
            continue
        told = [nodes[crew].name for crew in sorted(crews, key=lambda key: (key not in own, key)) if crew in nodes]
        free = row.state == "open" and not any(starts_at < b and a < starts_at + length for a, b in taken)
        shown, more = "、".join(told[:NAMED]), max(0, len(told) - NAMED)
        made.append(Hint(starts_at, starts_at + length, word, at, shown, more, free, bool(crews & own)))
    return made


def _of(rows: list[Venue], first: dt.date, last: dt.date) -> list[Booking]:
    since, until = dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last + ONE, dt.time.min)
    found = Booking.objects.filter(venue__in=rows, state="booked", starts_at__lt=until, ends_at__gt=since)
    return list(found.select_related("by__person", "venue").order_by("starts_at"))
