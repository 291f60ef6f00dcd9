"""Zones for the table of addresses: one of each thing that an address may name, on the converter line."""

from typing import Any

from ronglu.store.models import Checklist, FloorPlan, Job, KeyWork, Round, Zone, ZoneItem, ZoneOwner
from tests.cast import AT, ON, SINCE, Cast


def zone(cast: Cast) -> dict[str, Any]:
    return {"pk": _zone(cast).pk}


def zone_owner(cast: Cast) -> dict[str, Any]:
    return {"pk": _zone(cast).owners.get().pk}


def zone_item(cast: Cast) -> dict[str, Any]:
    item, _ = ZoneItem.objects.get_or_create(zone=_zone(cast), name="1# 风机", work_class="equipment")
    return {"pk": item.pk}


def plan(cast: Cast) -> dict[str, Any]:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    path = "pictures/plan.png"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(b"\x89PNG"))
    made, _ = FloorPlan.objects.get_or_create(
        plant=cast.plant, unit=cast.unit["QL-R1"], name="一层", digest="0", path=path, width=800, height=600
    )
    return {"pk": made.pk}


def round_of(cast: Cast) -> dict[str, Any]:
    checklist, _ = Checklist.objects.get_or_create(
        plant=cast.plant, work_class="safety", version=1, from_on=SINCE, cadence="week", lines=["护栏齐全"]
    )
    made, _ = Round.objects.get_or_create(zone=_zone(cast), checklist=checklist, work_class="safety", due_on=ON)
    return {"pk": made.pk}


def work(cast: Cast) -> dict[str, Any]:
    made, _ = KeyWork.objects.get_or_create(plant=cast.plant, unit=cast.unit["QL-R1"], name="炉衬", from_on=SINCE)
    return {"pk": made.pk}


def labels_job(cast: Cast) -> dict[str, Any]:
    made, _ = Job.objects.get_or_create(
        kind="zones.labels", label="标签", plant=cast.plant, created_by=cast.account["赵安全员"], created_at=AT
    )
    return {"pk": made.pk}


def _zone(cast: Cast) -> Zone:
    made, new = Zone.objects.get_or_create(
        plant=cast.plant, code="Z1", name="炉前", kind="own", unit=cast.unit["QL-R1"], from_on=SINCE, token="z1token"
    )
    if new:
        ZoneOwner.objects.create(zone=made, person=cast.person["李班长"], duty="own", from_on=SINCE)
    return made
