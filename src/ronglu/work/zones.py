"""Responsibility zones: laid out, described, renamed, closed, and what stands in them."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.crypto import get_random_string

from ronglu.kernel.measure.rounding import NumberError, to_scaled
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Lead, Plant, Round, Unit, WorkClass, Zone, ZoneItem, ZoneKind
from ronglu.work import audits, dated, partitions

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that a tired eye mixes up: the code under the QR code can be typed."""
TOKEN = 10
BIGGEST = 10**12
DEPTH = 20


class BadZone(OrgTrouble):
    """责任区不能这样设。"""


@transaction.atomic
def create(
    *,
    plant: Plant,
    code: str,
    name: str,
    kind: str,
    unit: Unit,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    parent: Zone | None = None,
    size: str = "",
    leads: Iterable[str] = (),
    task: str = "",
    target: str = "",
) -> Zone:
    """`size` in square metres as typed, empty where not measured; a 包片 says what it is taken for."""
    code = code.strip()
    if not code or not name.strip() or kind not in ZoneKind.values:
        raise BadZone("请填写责任区的编码、名称和类型")
    if Zone.objects.filter(plant=plant, code=code).exists():
        raise BadZone(f"编码 {code} 已被另一个责任区使用，请换一个编码")
    _require_place(plant, unit, parent, of=None)
    zone = Zone.objects.create(
        plant=plant, unit=unit, parent=parent, code=code, name=name.strip(), kind=kind, from_on=on,
        token=get_random_string(TOKEN, LETTERS), **_told(kind, size, leads, task, target),
    )  # fmt: skip
    _note("create", zone, by=by, at=at, code=code, kind=kind, unit=unit.code, on=str(on))
    return zone


@transaction.atomic
def rename(*, zone: Zone, name: str, by: Account, at: dt.datetime) -> Zone:
    if not name.strip():
        raise BadZone("责任区名称不能为空")
    before, zone.name = zone.name, name.strip()
    zone.save(update_fields=["name"])
    _note("rename", zone, by=by, at=at, before=before)
    return zone


@transaction.atomic
def describe(
    *, zone: Zone, by: Account, at: dt.datetime, size: str = "", leads: Iterable[str] = (), task: str = "",
    target: str = "",
) -> Zone:  # fmt: skip
    """Its size, the work its members lead in, and for a 包片 its task and target."""
    told = _told(zone.kind, size, leads, task, target)
    for name, value in told.items():
        setattr(zone, name, value)
    zone.save(update_fields=list(told))
    _note("describe", zone, by=by, at=at, **told)
    return zone


@transaction.atomic
def close(*, zone: Zone, on: dt.date, by: Account, at: dt.datetime) -> Zone:
    """Out of use from `on`, which may not lie ahead: owners end, rounds still due are called off, the records stay."""
    if on > at.date():
        raise BadZone(f"停用日 {on} 还没到，请在当日或之后办理")
    row = Zone.objects.select_for_update().get(pk=zone.pk)
    if row.state == "closed":
        raise BadZone(f"“{row.name}”已经停用")
    if on <= row.from_on:
        raise BadZone(f"“{row.name}”自 {row.from_on} 起才有，停用日应在其后")
    if part := row.parts.filter(state="active").first():
        raise BadZone(f"“{row.name}”里面还有“{part.name}”，请先停用里面的")
    dated.end_all(row.owners.all(), on=on)
    left = Round.objects.filter(zone=row, state="due")
    months = {day.year * 100 + day.month for day in left.values_list("due_on", flat=True)}
    partitions.touch(plant=row.plant, fact="rounds", months=months)
    left.update(state="cancelled")
    row.state, row.until_on = "closed", on
    row.save(update_fields=["state", "until_on"])
    _note("close", row, by=by, at=at, on=str(on))
    return row


@transaction.atomic
def add_item(*, zone: Zone, name: str, kind: str, work_class: str, by: Account, at: dt.datetime) -> ZoneItem:
    if not name.strip() or work_class not in WorkClass.values:
        raise BadZone("请填写名称，并选设备、安全、清洁文明生产之一")
    if zone.items.filter(name=name.strip(), work_class=work_class).exists():
        raise BadZone(f"“{zone.name}”里已经有“{name.strip()}”")
    item = ZoneItem.objects.create(zone=zone, name=name.strip(), kind=kind, work_class=work_class)
    _note("add_item", zone, by=by, at=at, item=item.name, work_class=work_class)
    return item


@transaction.atomic
def remove_item(*, item: ZoneItem, by: Account, at: dt.datetime) -> None:
    _note("remove_item", item.zone, by=by, at=at, item=item.name)
    item.delete()


def require_open(zone: Zone, on: dt.date) -> None:
    if not zone.holds(on):
        raise BadZone(f"“{zone.name}”在 {on} 不在用")


def classes_of(zone: Zone) -> list[str]:
    """What is checked in it: the classes of what stands in it; all three where nothing was entered."""
    held = {item.work_class for item in zone.items.all()}
    return [one for one in WorkClass.values if not held or one in held]


def _require_place(plant: Plant, unit: Unit, parent: Zone | None, *, of: Zone | None) -> None:
    if unit.plant_id != plant.pk or (parent is not None and parent.plant_id != plant.pk):
        raise BadZone("责任区与所在单位、上级责任区应在同一个厂")
    steps, above = 0, parent
    while above is not None:
        if steps == DEPTH:
            raise BadZone(f"责任区最多套 {DEPTH} 层")
        steps, above = steps + 1, above.parent


def _told(kind: str, size: str, leads: Iterable[str], task: str, target: str) -> dict[str, object]:
    chosen = list(leads)
    if wrong := [one for one in chosen if one not in Lead.values]:
        raise BadZone(f"带头工作没有“{wrong[0]}”这一项")
    if kind == ZoneKind.AREA and not task.strip():
        raise BadZone("包片要写明任务")
    return {"size": scaled(size), "leads": chosen, "task": task.strip(), "target": target.strip()}


def scaled(size: str) -> int | None:
    """Hundredths of a square metre."""
    if not size.strip():
        return None
    try:
        found = to_scaled(size.replace("，", "").replace(",", ""), 2)
    except NumberError as error:
        raise BadZone(f"面积{error}") from error
    if not 0 < found < BIGGEST:
        raise BadZone(f"面积 {size} 平方米不对，请核对")
    return found


def _note(verb: str, zone: Zone, *, by: Account | None, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"zones.{verb}", by=by, at=at, subject=zone.name, plant=zone.plant, detail=detail)
