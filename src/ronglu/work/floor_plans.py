"""Floor plans: a picture kept under its digest, and the polygon of each zone on it."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from ronglu.store.models import Account, FloorPlan, Plant, Unit, Zone, ZoneArea
from ronglu.work import audits
from ronglu.work.zone_owners import require_apart
from ronglu.work.zone_shapes import points_of
from ronglu.work.zones import BadZone

FOLDER = "pictures"


@transaction.atomic
def add(
    *, plant: Plant, unit: Unit, name: str, data: bytes, suffix: str, width: int, height: int, by: Account, at: dt.datetime
) -> FloorPlan:  # fmt: skip
    """`data` is a picture that was cleaned at the door (exchange/pictures); the same picture is kept once."""
    if not name.strip() or unit.plant_id != plant.pk:
        raise BadZone("请填写平面图的名称，并选本厂的单位")
    if FloorPlan.objects.filter(plant=plant, name=name.strip()).exists():
        raise BadZone(f"已经有平面图“{name.strip()}”，请换一个名称")
    digest = hashlib.sha256(data).hexdigest()
    path = f"{FOLDER}/{digest}{suffix}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    plan = FloorPlan.objects.create(
        plant=plant, unit=unit, name=name.strip(), digest=digest, path=path, width=width, height=height
    )
    audits.record(verb="zones.plan", by=by, at=at, subject=plan.name, plant=plant, detail={"digest": digest})
    return plan


@transaction.atomic
def draw(*, plan: FloorPlan, zone: Zone, points: str, by: Account, at: dt.datetime) -> ZoneArea:
    """Drawn or drawn anew; refused where someone's 协管区 would then cover his own post (双管双负责)."""
    if zone.plant_id != plan.plant_id:
        raise BadZone("责任区与平面图不在同一个厂")
    corners = [list(point) for point in points_of(points)]
    area, _ = ZoneArea.objects.update_or_create(plan=plan, zone=zone, defaults={"points": corners})
    require_apart([zone], on=at.date())
    audits.record(verb="zones.draw", by=by, at=at, subject=zone.name, plant=plan.plant, detail={"plan": plan.name})
    return area


@transaction.atomic
def erase(*, plan: FloorPlan, zone: Zone, by: Account, at: dt.datetime) -> None:
    if not ZoneArea.objects.filter(plan=plan, zone=zone).delete()[0]:
        raise BadZone(f"“{zone.name}”没有画在“{plan.name}”上")
    audits.record(verb="zones.erase", by=by, at=at, subject=zone.name, plant=plan.plant, detail={"plan": plan.name})
