"""Who answers for a zone from a day on, and the rule of 双管双负责: one's 协管区 must lie elsewhere than one's own post."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.org.tree import chain
from ronglu.store.models import Account, Body, Person, Zone, ZoneArea, ZoneKind, ZoneOwner
from ronglu.work import audits, dated
from ronglu.work.names import name_of
from ronglu.work.zone_shapes import overlap
from ronglu.work.zones import BadZone, require_open

DUTIES = {
    ZoneKind.OWN: (ZoneKind.OWN, ZoneKind.CARE),
    ZoneKind.CARE: (ZoneKind.CARE,),
    ZoneKind.AREA: (ZoneKind.AREA,),
}
"""In which duties a zone of a kind may be taken: the post of one may be looked after by another as well."""
APART = {ZoneKind.OWN: ZoneKind.CARE, ZoneKind.CARE: ZoneKind.OWN}


@transaction.atomic
def assign(
    *,
    zone: Zone,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    person: Person | None = None,
    body: Body | None = None,
    duty: str = "",
) -> ZoneOwner:
    """`duty` is the zone's own kind where not said. What already stands is given back; one entered for later is drawn forward."""
    zone = Zone.objects.select_for_update().get(pk=zone.pk)
    duty = duty or zone.kind
    require_open(zone, on)
    _require_fit(zone, person, body, duty, on)
    if person is not None:
        # two zones given to one person at once would not see each other
        _require_elsewhere(zone, Person.objects.select_for_update().get(pk=person.pk), duty, on)
    rows = ZoneOwner.objects.filter(zone=zone, person=person, body=body, duty=duty)
    if (standing := rows.on(on).first()) is not None:
        return standing  # type: ignore[no-any-return]
    later = rows.filter(from_on__gt=on).order_by("from_on").first()
    if later is not None:
        later.from_on = on
        later.save(update_fields=["from_on"])
    row = later or ZoneOwner.objects.create(zone=zone, person=person, body=body, duty=duty, from_on=on)
    _note("assign", row, by=by, at=at, on=on)
    return row


@transaction.atomic
def release(*, owner: ZoneOwner, on: dt.date, by: Account, at: dt.datetime) -> None:
    """His last day is the day before `on`."""
    if not owner.holds(on):
        raise BadZone(f"{said(owner)}在 {on} 不负责“{owner.zone.name}”")
    _note("release", owner, by=by, at=at, on=on)
    dated.end(owner, on=on)


def require_apart(zones: Iterable[Zone], *, on: dt.date) -> None:
    """After zones were drawn anew: whoever owns one of them must still be kept from looking after himself."""
    owners = ZoneOwner.objects.filter(zone__in=list(zones), person__isnull=False).within(on, dt.date.max)
    for row in owners.select_related("zone", "person"):
        _require_elsewhere(row.zone, row.person, row.duty, max(on, row.from_on), until=row.until_on)


def said(owner: ZoneOwner) -> str:
    return owner.person.name if owner.person else name_of(owner.body, owner.from_on)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where the zones of a plant lie: parents by zone, and the drawn polygons by zone and plan."""

    parents: dict[int, int | None]
    drawn: dict[int, dict[int, list[tuple[int, int]]]]

    def above(self, zone: int) -> list[int]:
        return chain(zone, self.parents)[1:]

    def crosses(self, one: int, other: int) -> bool:
        mine, theirs = self.drawn.get(one, {}), self.drawn.get(other, {})
        return any(overlap(mine[plan], theirs[plan]) for plan in mine.keys() & theirs.keys())


def _require_fit(zone: Zone, person: Person | None, body: Body | None, duty: str, on: dt.date) -> None:
    if (person is None) == (body is None):
        raise BadZone("请选一位责任人，或一个党组织")
    if duty not in DUTIES[ZoneKind(zone.kind)]:
        allowed = "、".join(ZoneKind(one).label for one in DUTIES[ZoneKind(zone.kind)])
        raise BadZone(f"“{zone.name}”是{zone.get_kind_display()}，只能派{allowed}责任人")
    if body is not None and duty != ZoneKind.AREA:
        raise BadZone("只有包片可以派给党组织，责任区和协管区要派到人")
    owner = person or body
    if owner is not None and owner.plant_id != zone.plant_id:
        raise BadZone(f"“{zone.name}”与责任人不在同一个厂")
    if body is not None and not body.states.on(on).exists():
        raise BadZone(f"{name_of(body, on)}在 {on} 不存在")


def _require_elsewhere(zone: Zone, person: Person, duty: str, on: dt.date, *, until: dt.date | None = None) -> None:
    """AV-16: a 协管区 that is, holds, lies in, stands beside or is drawn over the person's own post zone is refused."""
    if duty not in APART:
        return
    last = until - dt.timedelta(days=1) if until else dt.date.max
    rows = ZoneOwner.objects.filter(person=person, duty=APART[ZoneKind(duty)]).within(on, last)
    others = [row.zone for row in rows.select_related("zone")]
    ground = _ground([zone, *others]) if others else None
    for other in others:
        own, care = (zone, other) if duty == ZoneKind.OWN else (other, zone)
        if ground is not None and (why := _why(own, care, ground)):
            raise BadZone(f"{person.name}的协管区“{care.name}”{why}：协管区不能与本人岗位责任区重叠，请换一处")


def _why(own: Zone, care: Zone, ground: _Ground) -> str:
    if care.pk == own.pk:
        return "就是本人的岗位责任区"
    if own.pk in ground.above(care.pk):
        return f"在本人的岗位责任区“{own.name}”里面"
    if care.pk in ground.above(own.pk):
        return f"包含本人的岗位责任区“{own.name}”"
    if care.unit_id == own.unit_id:
        return f"与本人的岗位责任区“{own.name}”在同一单位"
    if ground.crosses(own.pk, care.pk):
        return f"与本人的岗位责任区“{own.name}”在平面图上重叠"
    return ""


def _ground(zones: list[Zone]) -> _Ground:
    parents = dict(Zone.objects.filter(plant_id=zones[0].plant_id).values_list("pk", "parent_id"))
    drawn: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for row in ZoneArea.objects.filter(zone__in=zones):
        drawn.setdefault(row.zone_id, {})[row.plan_id] = [(x, y) for x, y in row.points]
    return _Ground(parents, drawn)


def _note(verb: str, row: ZoneOwner, *, by: Account | None, at: dt.datetime, on: dt.date) -> None:
    detail = {"zone": row.zone.name, "duty": row.duty, "on": str(on)}
    audits.record(verb=f"zones.{verb}", by=by, at=at, subject=said(row), plant=row.zone.plant, detail=detail)
