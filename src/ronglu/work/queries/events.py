"""Accident-free days (党员身边无事故, S4-21) of zones, units and teams, and the list of safety events a reader may see."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet

from ronglu.kernel.org.tree import chain
from ronglu.store.models import (
    RECORDABLE,
    Account,
    EventKind,
    EventState,
    Plant,
    SafetyEvent,
    UnitState,
    Zone,
)
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

KINDS = EventKind.choices
STATES = EventState.choices
TEAMS = ("plant", "workshop", "line", "crew")


@dataclass(frozen=True, slots=True)
class Counter:
    """Whole days since `since`: the last recordable event, or where there was none the first day of the place."""

    name: str
    depth: int
    days: int
    since: dt.date
    after_event: bool


def unit_counters(*, scope: Scope, places: Places) -> list[Counter]:
    """Workshops, lines and crews in drawing order; an event counts for the unit where it happened and all above it."""
    on, view = places.on, places.production.at(places.on)
    mine = set(scope.units("zones.see").filter(plant=places.plant).values_list("pk", flat=True))
    last = dict(_counted(places.plant, on).values_list("unit").annotate(Max("day")).order_by())
    began = dict(
        UnitState.objects.filter(unit__plant=places.plant).values_list("unit").annotate(Min("from_on")).order_by()
    )
    found: list[Counter] = []
    rest = [(state, 0) for state in reversed(view.roots)]
    while rest:
        state, depth = rest.pop()
        if state.id in mine and state.kind in TEAMS:
            days = [last[unit] for unit in view.subtree(state.id) if unit in last]
            found.append(_counter(state.name, depth, days, began[state.id], on))
        rest += [(child, depth + 1) for child in reversed(view.children(state.id))]
    return found


def unit_counter(unit: int, *, places: Places) -> Counter:
    """One unit with all below it."""
    below = [int(one) for one in places.production.at(places.on).subtree(unit)] or [unit]
    days = list(_counted(places.plant, places.on).filter(unit__in=below).values_list("day", flat=True))
    began = UnitState.objects.filter(unit=unit).aggregate(first=Min("from_on"))["first"] or places.on
    return _counter(places.unit_name(unit), 0, days, began, places.on)


def zone_counters(zones: Iterable[Zone], *, on: dt.date) -> dict[int, Counter]:
    """By zone; an event in a part of a zone counts for the whole zone, too. Two queries."""
    rows = list(zones)
    if not rows:
        return {}
    plant = rows[0].plant_id
    parents = dict(Zone.objects.filter(plant=plant).values_list("pk", "parent_id"))
    last: dict[int, dt.date] = {}
    for zone, day in _counted(plant, on).exclude(zone=None).values_list("zone").annotate(Max("day")).order_by():
        for around in chain(zone, parents):
            last[around] = max(day, last.get(around, day))
    return {
        zone.pk: _counter(zone.name, 0, [last[zone.pk]] if zone.pk in last else [], zone.from_on, on) for zone in rows
    }


def listed(*, scope: Scope, plant: Plant, by: Account, state: str = "") -> QuerySet[SafetyEvent]:
    """Confirmed ones of one's units; what waits or was not upheld only to who may decide and to who told of it."""
    sees, decides = scope.reach("zones.see"), scope.reach("events.confirm")
    seen = Q(state=EventState.CONFIRMED) & _at(sees.units, sees.plants, sees.everywhere)
    found = Q(reported_by=by) | seen
    if scope.has("events.confirm"):
        found |= _at(decides.units, decides.plants, decides.everywhere)
    rows = SafetyEvent.objects.filter(found, plant=plant)
    rows = rows.filter(state=state) if state in EventState.values else rows
    return rows.select_related("unit", "zone", "reported_by__person", "decided_by__person")


@dataclass(frozen=True, slots=True)
class Shown:
    """`decidable` and `reopenable`: the reader is the other person that is needed."""

    row: SafetyEvent
    unit: str
    decidable: bool
    reopenable: bool


def shown(row: SafetyEvent, *, scope: Scope, places: Places) -> Shown:
    may = scope.may("events.confirm", row.unit) is None
    waits = row.state == EventState.REPORTED
    return Shown(
        row,
        places.unit_name(row.unit_id),
        decidable=may and waits and scope.another(row.reported_by),
        reopenable=may and not waits and scope.another(row.decided_by),
    )


def one(*, pk: int) -> SafetyEvent | None:
    return SafetyEvent.objects.select_related("plant", "unit", "zone").filter(pk=pk).first()


def _at(units: Collection[int], plants: Collection[int], everywhere: bool) -> Q:
    return Q() if everywhere else Q(unit__in=units) | Q(plant__in=plants)


def _counted(plant: Plant | int, on: dt.date) -> QuerySet[SafetyEvent]:
    """Only what a second person confirmed and what is recordable; a near miss never counts (09-16)."""
    return SafetyEvent.objects.filter(plant=plant, state=EventState.CONFIRMED, kind__in=RECORDABLE, day__lte=on)


def _counter(name: str, depth: int, days: Collection[dt.date], began: dt.date, on: dt.date) -> Counter:
    since = max(days, default=began)
    return Counter(name, depth, max(0, (on - since).days), since, bool(days))
