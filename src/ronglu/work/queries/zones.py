"""Which zones a reader may see or act on, their list and the page of one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.kernel.org.tree import chain
from ronglu.store.models import (
    KeyWork,
    Lead,
    Membership,
    Person,
    Plant,
    Round,
    WorkClass,
    Zone,
    ZoneArea,
    ZoneItem,
    ZoneKind,
    ZoneOwner,
)
from ronglu.work.queries.places import Places
from ronglu.work.scope import Refusal, Scope

SEE = "zones.see"
KINDS = ZoneKind.choices
CLASSES = WorkClass.choices
LEADS = Lead.choices
WEEK = dt.timedelta(days=7)
"""How far ahead a round is shown as due."""


@dataclass(frozen=True, slots=True)
class Owner:
    row: ZoneOwner
    name: str
    duty: str


@dataclass(frozen=True, slots=True)
class Line:
    """One zone of the list: `due` rounds not yet walked, `late` of them overdue; `under` is the zone around it whose owners
    answer for it, where it has none of its own.
    """

    zone: Zone
    kind: str
    unit: str
    owners: tuple[Owner, ...]
    size: Decimal | None
    due: int
    late: int
    under: str


@dataclass(frozen=True, slots=True)
class Page:
    zone: Zone
    kind: str
    unit: str
    above: tuple[Zone, ...]
    parts: tuple[Zone, ...]
    owners: tuple[Owner, ...]
    past: tuple[Owner, ...]
    items: tuple[tuple[str, tuple[ZoneItem, ...]], ...]
    rounds: tuple[Round, ...]
    areas: tuple[ZoneArea, ...]
    works: tuple[KeyWork, ...]
    size: Decimal | None
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A zone of mine: in which duty, and since when."""

    zone: Zone
    duty: str
    unit: str
    since: dt.date
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    row: KeyWork
    unit: str
    editable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Filters of the list; empty = not asked."""

    kind: str = ""
    unit: int | None = None
    work_class: str = ""
    text: str = ""
    closed: bool = False
    unowned: bool = False


def within(scope: Scope, verb: str = SEE) -> QuerySet[Zone]:
    """Zones at the units of the verb's reach; and, whoever holds the verb at all, those one answers for oneself."""
    reach = scope.reach(verb)
    if reach.everywhere:
        return Zone.objects.all()
    found = Q(unit__in=reach.units) | Q(plant__in=reach.plants)
    if reach.own or reach.held:
        found |= Q(pk__in=owned_by(scope).values("zone"))
    return Zone.objects.filter(found)


def owned_by(scope: Scope) -> QuerySet[ZoneOwner]:
    """Rows by which the reader himself, or a body he belongs to, answers for a zone that day."""
    if scope.person_id is None:
        return ZoneOwner.objects.none()
    bodies = Membership.objects.on(scope.on).filter(person=scope.person_id).values("body")
    mine = Q(person=scope.person_id) | Q(body__in=bodies)
    return ZoneOwner.objects.on(scope.on).filter(mine)  # type: ignore[no-any-return]


def refusal(scope: Scope, verb: str, zone: Zone) -> Refusal | None:
    """None = yes; one may always look at and walk through a zone of one's own, but neither redraw it nor give it away."""
    told = scope.may(verb, zone.unit)
    if told is None or not scope.has(verb) or verb not in (SEE, "rounds.do"):
        return told
    return None if owned_by(scope).filter(zone=zone).exists() else told


def plantwide(scope: Scope, verb: str, plant: Plant) -> bool:
    """Whether the verb reaches the whole plant: checklists and plans of all zones are not one workshop's business."""
    reach = scope.reach(verb)
    return reach.everywhere or plant.pk in reach.plants


def listed(*, scope: Scope, places: Places, asked: Asked) -> QuerySet[Zone]:
    rows = within(scope).filter(plant=places.plant, state="closed" if asked.closed else "active")
    if asked.kind in ZoneKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.work_class in WorkClass.values:
        rows = rows.filter(items__work_class=asked.work_class).distinct()
    if asked.unit is not None:
        rows = rows.filter(unit__in=places.production.at(places.on).subtree(asked.unit))
    if asked.text:
        rows = rows.filter(Q(name__icontains=asked.text) | Q(code__icontains=asked.text))
    if asked.unowned:
        rows = rows.exclude(pk__in=answered(plant=places.plant, on=places.on))
    return rows.select_related("plant", "unit").order_by("code")


def lines(zones: Iterable[Zone], *, places: Places) -> list[Line]:
    """Five queries beside the tree, whatever the number."""
    rows = list(zones)
    under = answered(plant=places.plant, on=places.on)
    around = Zone.objects.in_bulk({under[zone.pk] for zone in rows if under.get(zone.pk, zone.pk) != zone.pk})
    owners = owners_of(rows, places=places)
    late = Q(due_on__lt=places.on)
    due = Round.objects.filter(zone__in=rows, state="due", due_on__lte=places.on + WEEK).values("zone_id")
    counts = {one["zone_id"]: one for one in due.annotate(due=Count("pk"), late=Count("pk", filter=late)).order_by()}
    return [
        Line(
            zone,
            zone.get_kind_display(),
            places.unit_name(zone.unit_id),
            tuple(owners.get(zone.pk, ())),
            size_of(zone),
            counts.get(zone.pk, {}).get("due", 0),
            counts.get(zone.pk, {}).get("late", 0),
            around[under[zone.pk]].name if under.get(zone.pk) in around else "",
        )
        for zone in rows
    ]


def answered(*, plant: Plant, on: dt.date) -> dict[int, int]:
    """Zones somebody answers for that day, each with the zone whose owner it is: itself, or the nearest one around it."""
    parents = dict(Zone.objects.on(on).filter(plant=plant).values_list("pk", "parent_id"))
    owned = set(ZoneOwner.objects.on(on).filter(zone__in=parents).values_list("zone_id", flat=True))
    nearest = {zone: next((one for one in chain(zone, parents) if one in owned), None) for zone in parents}
    return {zone: one for zone, one in nearest.items() if one is not None}


def owners_of(zones: Iterable[Zone], *, places: Places) -> dict[int, list[Owner]]:
    found: dict[int, list[Owner]] = {}
    rows = ZoneOwner.objects.on(places.on).filter(zone__in=list(zones)).select_related("person")
    for row in rows.order_by("person__staff_no", "body__code", "pk"):
        found.setdefault(row.zone_id, []).append(owner(row, places))
    return found


def owner(row: ZoneOwner, places: Places) -> Owner:
    name = row.person.name if row.person else places.body_name(row.body_id)
    return Owner(row, name, row.get_duty_display())


def one(*, pk: int) -> Zone | None:
    return Zone.objects.select_related("plant", "unit", "parent").filter(pk=pk).first()


def page(*, zone: Zone, places: Places) -> Page:
    """Everything about one zone on a day; the same number of queries however much stands in it."""
    rows = list(zone.owners.select_related("person").order_by("-from_on"))
    items: dict[str, list[ZoneItem]] = {}
    for item in zone.items.all():
        items.setdefault(item.get_work_class_display(), []).append(item)
    rounds = Round.objects.filter(zone=zone).exclude(state="cancelled").select_related("checklist", "who")
    answers = Count("answers", filter=Q(answers__answer="finding"))
    works = KeyWork.objects.on(places.on).filter(zone=zone).select_related("owner")
    return Page(
        zone=zone,
        kind=zone.get_kind_display(),
        unit=places.unit_path(zone.unit_id) or places.unit_name(zone.unit_id),
        above=_above(zone),
        parts=tuple(zone.parts.filter(state="active").order_by("code")),
        owners=tuple(owner(row, places) for row in rows if row.holds(places.on)),
        past=tuple(owner(row, places) for row in rows if not row.holds(places.on)),
        items=tuple((label, tuple(found)) for label, found in items.items()),
        rounds=tuple(rounds.annotate(findings=answers).order_by("-due_on", "work_class")[:12]),
        areas=tuple(zone.areas.select_related("plan")),
        works=tuple(works),
        size=size_of(zone),
        leads=leads_of(zone),
    )


def duties(*, scope: Scope, places: Places) -> list[Duty]:
    """What I answer for that day, myself or as one of a body: own post, care, then the ground taken together."""
    return _duties(owned_by(scope), places)


def duties_of(person: Person, *, scope: Scope, places: Places) -> list[Duty]:
    """What another one answers for by name that day, as far as the reader sees those zones."""
    return _duties(ZoneOwner.objects.on(places.on).filter(person=person, zone__in=within(scope)), places)


def _duties(rows: QuerySet[ZoneOwner], places: Places) -> list[Duty]:
    return [
        Duty(row.zone, row.get_duty_display(), places.unit_name(row.zone.unit_id), row.from_on, leads_of(row.zone))
        for row in rows.select_related("zone").order_by("-duty", "zone__code")
    ]


def works_of(*, scope: Scope) -> list[KeyWork]:
    """Key work that I answer for by name."""
    return list(KeyWork.objects.on(scope.on).filter(owner=scope.person_id)) if scope.person_id else []


def key_works(*, scope: Scope, places: Places) -> list[Work]:
    """Those that nobody answers for come first."""
    rows = KeyWork.objects.on(places.on).filter(plant=places.plant, unit__in=scope.units(SEE))
    mine = set(scope.units("zones.assign").filter(plant=places.plant).values_list("pk", flat=True))
    found = sorted(rows.select_related("owner", "zone"), key=lambda row: row.owner_id is not None)
    return [Work(row, places.unit_name(row.unit_id), row.unit_id in mine) for row in found]


def key_work(*, pk: int) -> KeyWork | None:
    return KeyWork.objects.select_related("plant", "unit").filter(pk=pk).first()


def owner_of(*, pk: int) -> ZoneOwner | None:
    return ZoneOwner.objects.select_related("zone__plant", "person", "body").filter(pk=pk).first()


def item_of(*, pk: int) -> ZoneItem | None:
    return ZoneItem.objects.select_related("zone__plant").filter(pk=pk).first()


def choices(*, plant: Plant) -> list[tuple[int, str]]:
    """Zones in use, for a form."""
    rows = Zone.objects.filter(plant=plant, state="active").order_by("code")
    return [(pk, f"{code} {name}") for pk, code, name in rows.values_list("pk", "code", "name")]


def leads_of(zone: Zone) -> tuple[str, ...]:
    return tuple(Lead(one).label for one in zone.leads)


def size_of(zone: Zone) -> Decimal | None:
    return scaled_or_none(zone.size, 2)


def _above(zone: Zone) -> tuple[Zone, ...]:
    """From the widest inwards; one query for the parents and one for the rows, however deep it lies."""
    if zone.parent_id is None:
        return ()
    around = chain(zone.parent_id, parents_of(zone.plant_id))
    rows = Zone.objects.in_bulk(around)
    return tuple(rows[one] for one in reversed(around))


def parents_of(plant: int) -> dict[int, int | None]:
    """Of every zone of the plant, closed ones too: what lies in a closed zone still lies there."""
    return dict(Zone.objects.filter(plant=plant).values_list("pk", "parent_id"))
