"""Which partitions of facts the tables have moved on from: every write marks the months it touched."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F

from ronglu.store.models import Partition, Plant, Run

SCORED = (
    "readings", "cases", "events", "missions", "rounds", "benefits", "axes", "standards", "contests", "campaigns",
    "key_tasks", "gatherings", "resolutions", "relays", "study", "integrity",
    "seat_duties",
)  # fmt: skip
"""Partitions of a month that its score may rest on: items read any of their facts."""


@transaction.atomic
def touch(*, plant: Plant, fact: str, months: Iterable[int]) -> None:
    """Marks months as dirty; called inside the transaction of the write that changed them."""
    for month in sorted(set(months)):
        if not Partition.objects.filter(plant=plant, fact=fact, month=month).update(wanted=F("wanted") + 1):
            Partition.objects.get_or_create(plant=plant, fact=fact, month=month)


def ensure(*, plant: Plant, fact: str, months: Iterable[int]) -> None:
    """Months that have rows though nothing was written in them: to be built once, where nobody marked them before."""
    for month in sorted(set(months)):
        Partition.objects.get_or_create(plant=plant, fact=fact, month=month)


def touch_since(*, plant: Plant, on: dt.date) -> None:
    """The organisation changed from a day on: who owns which line, who belongs where. Every month that was built and
    may hold that day or a later one is marked; one that nobody built yet will be built from the tables as they are."""
    earliest = on - dt.timedelta(days=15)  # a statistical month begins on the 15th of its own name at the latest
    Partition.objects.filter(plant=plant, month__gte=earliest.year * 100 + earliest.month).update(
        wanted=F("wanted") + 1
    )


def dirty(*, plant: Plant, fact: str) -> list[Partition]:
    return list(Partition.objects.filter(plant=plant, fact=fact, built__lt=F("wanted")).order_by("month"))


def moved_on(run: Run) -> bool:
    """Whether the tables, or what was built from them, say something else than when the run was computed."""
    return moved(plant=run.plant_id, month=run.month, known=run.partitions)


def moved(*, plant: int, month: int, known: Mapping[str, str]) -> bool:
    """The same against digests noted at any other time, as `readings/202603` → digest."""
    facts = {one.fact: one for one in Partition.objects.filter(plant=plant, fact__in=SCORED, month=month)}
    return any(_moved(facts.get(fact), known.get(f"{fact}/{month}")) for fact in SCORED)


def _moved(one: Partition | None, digest: str | None) -> bool:
    """What the run did not know of was empty then; what nobody ever marked still is."""
    if one is None:
        return digest is not None
    return one.built < one.wanted or (one.digest != digest if digest is not None else one.rows > 0)


@transaction.atomic
def built(*, partition: Partition, digest: str, rows: int, at: dt.datetime) -> bool:
    """Records what was written for the version read at the start; a write in between keeps the month dirty."""
    return bool(
        Partition.objects.filter(pk=partition.pk, built__lte=partition.wanted).update(
            built=partition.wanted, digest=digest, rows=rows, built_at=at
        )
    )
