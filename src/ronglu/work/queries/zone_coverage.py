"""The three coverage figures of zones (S3-13, S3-17) on a day: members with a zone, ground with an owner, key work with an owner."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.measure.rounding import divide, from_scaled
from ronglu.kernel.org.span import Key
from ronglu.store.history import links, party_tree, unit_tree
from ronglu.store.models import Body, KeyWork, Membership, Person, Plant, Zone, ZoneOwner
from ronglu.work.queries.zones import answered

CENTI = 2


@dataclass(frozen=True, slots=True)
class Share:
    """`done` of `of`; no percentage where there is nothing to cover."""

    done: Decimal
    of: Decimal

    @property
    def percent(self) -> Decimal | None:
        return divide(self.done * 100, self.of, 1)

    @property
    def state(self) -> str:
        """good, watch, or not_applicable where there is nothing to cover."""
        return "not_applicable" if not self.of else "good" if self.done == self.of else "watch"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Ground in square metres over zones that were measured; `unmeasured` zones stand in `zones` alone."""

    members: Share
    zones: Share
    ground: Share
    works: Share
    unmeasured: int
    without: tuple[Person, ...]
    """Members without a zone; names are for those who may see membership."""


def of_plant(*, plant: Plant, on: dt.date) -> Coverage:
    return _coverage(plant, on, bodies=None, units=None)


def of_body(*, body: Body, on: dt.date) -> Coverage:
    """Its members and those of the bodies below it; zones and key work at the units that any of them stands on."""
    plant = body.plant
    bodies = party_tree(plant).at(on).subtree(body.pk)
    production = unit_tree(plant).at(on)
    standing = (link.unit for link in links(plant) if link.body in bodies and link.span.holds(on))
    units: set[Key] = set()
    for unit in standing:
        units |= production.subtree(unit)
    return _coverage(plant, on, bodies=bodies, units=units)


def _coverage(plant: Plant, on: dt.date, *, bodies: Collection[Key] | None, units: Collection[Key] | None) -> Coverage:
    """Seven queries, however large the plant."""
    named = set(
        ZoneOwner.objects.on(on).filter(zone__plant=plant, person__isnull=False).values_list("person", flat=True)
    )
    owned = answered(plant=plant, on=on)
    zones = list(Zone.objects.on(on).filter(plant=plant))
    works = KeyWork.objects.on(on).filter(plant=plant)
    stays = Membership.objects.on(on).filter(body__plant=plant)
    if bodies is not None and units is not None:
        stays = stays.filter(body__in=bodies)
        works = works.filter(unit__in=units)
    members = set(stays.values_list("person_id", flat=True))
    asked = [zone for zone in _leaves(zones) if units is None or zone.unit_id in units]
    held = list(works.values_list("owner_id", "zone_id"))
    measured = [zone for zone in asked if zone.size is not None]
    return Coverage(
        members=_count(members & named, members),
        zones=_count([z for z in asked if z.pk in owned], asked),
        ground=Share(_metres(z for z in measured if z.pk in owned), _metres(measured)),
        works=_count([1 for owner, zone in held if owner is not None or zone in owned], held),
        unmeasured=len(asked) - len(measured),
        without=tuple(Person.objects.filter(pk__in=members - named)),
    )


def _leaves(zones: Iterable[Zone]) -> list[Zone]:
    """Ground is counted once, where it is divided no further."""
    rows = list(zones)
    divided = {zone.parent_id for zone in rows}
    return [zone for zone in rows if zone.pk not in divided]


def _count(done: Collection[object], of: Collection[object]) -> Share:
    return Share(Decimal(len(done)), Decimal(len(of)))


def _metres(zones: Iterable[Zone]) -> Decimal:
    return from_scaled(sum(zone.size or 0 for zone in zones), CENTI)
