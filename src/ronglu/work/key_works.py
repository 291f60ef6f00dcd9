"""重点难点: work that somebody must answer for by name, and who does so from a day on."""

import datetime as dt

from django.db import transaction

from ronglu.store.models import Account, KeyWork, Person, Plant, Unit, Zone
from ronglu.work import audits, dated
from ronglu.work.zones import BadZone, require_open


@transaction.atomic
def name(
    *, plant: Plant, unit: Unit, title: str, on: dt.date, by: Account | None, at: dt.datetime, zone: Zone | None = None,
    owner: Person | None = None,
) -> KeyWork:  # fmt: skip
    """Without an owner it stands in the list as a gap."""
    if not title.strip() or unit.plant_id != plant.pk:
        raise BadZone("请写明重点难点，并选本厂的单位")
    if zone is not None:
        require_open(zone, on)
        if zone.plant_id != plant.pk:
            raise BadZone("责任区不在本厂")
    _require_here(plant, owner)
    if KeyWork.objects.filter(unit=unit, name=title.strip(), until_on=None).exists():
        raise BadZone(f"“{title.strip()}”已经列为重点难点")
    work = KeyWork.objects.create(plant=plant, unit=unit, zone=zone, name=title.strip(), owner=owner, from_on=on)
    _note("key_work", work, by=by, at=at, on=on)
    return work


@transaction.atomic
def give(*, work: KeyWork, owner: Person, on: dt.date, by: Account, at: dt.datetime) -> KeyWork:
    """From `on` it is `owner`'s; who had it before stays readable."""
    _require_here(work.plant, owner)
    row: KeyWork = dated.move(_rows(work), on=on, what=f"“{work.name}”", owner=owner)
    _note("give_key_work", row, by=by, at=at, on=on)
    return row


@transaction.atomic
def finish(*, work: KeyWork, on: dt.date, by: Account, at: dt.datetime) -> None:
    """No longer 重点难点 from `on`."""
    _note("finish_key_work", work, by=by, at=at, on=on)
    dated.end_all(_rows(work), on=on)


def _rows(work: KeyWork) -> dated.DatedQuerySet:
    return KeyWork.objects.filter(unit=work.unit, name=work.name)


def _require_here(plant: Plant, owner: Person | None) -> None:
    if owner is not None and owner.plant_id != plant.pk:
        raise BadZone(f"{owner.name}不是本厂的人")


def _note(verb: str, work: KeyWork, *, by: Account | None, at: dt.datetime, on: dt.date) -> None:
    detail = {"on": str(on), "owner": work.owner.name if work.owner else ""}
    audits.record(verb=f"zones.{verb}", by=by, at=at, subject=work.name, plant=work.plant, detail=detail)
