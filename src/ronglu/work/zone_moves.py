"""Zones put under another one, several at once; and 双管双负责 held again for everybody who answers for what was moved."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from ronglu.kernel.org.tree import chain
from ronglu.store.models import Account, Zone
from ronglu.work import audits
from ronglu.work.zone_owners import require_apart
from ronglu.work.zones import DEPTH, BadZone

Place = tuple[Zone, Zone | None]
"""A zone, and the one that it shall lie in; None = in no other."""


class BadMove(BadZone):
    """责任区不能放到那里。"""

    def __init__(self, zone: Zone, what: str) -> None:
        self.zone = zone
        super().__init__(what)


def move(*, zone: Zone, parent: Zone | None, by: Account, at: dt.datetime) -> Zone:
    """What lies in it goes with it. Where a zone lies is not dated: it holds from now on, and figures of days gone by stay
    with the owners of those days."""
    move_all(places=[(zone, parent)], by=by, at=at)
    zone.refresh_from_db()
    return zone


@transaction.atomic
def move_all(*, places: Sequence[Place], by: Account, at: dt.datetime) -> int:
    """How many lie elsewhere now. Looked at as they lie in the end: two may change places. BadMove names the first that may not."""
    if not places:
        return 0
    # all of the plant's: two moves at once would not see that together they make a ring
    held = Zone.objects.filter(plant=places[0][0].plant_id).select_related("plant").select_for_update(of=("self",))
    rows = {row.pk: row for row in held}
    before = {pk: row.parent_id for pk, row in rows.items()}
    after = before | {zone.pk: parent and parent.pk for zone, parent in places}
    moved = [one for one in places if before.get(one[0].pk) != after[one[0].pk]]
    for zone, parent in moved:
        _require_fit(zone, parent, rows, after)
    for zone, parent in moved:
        row = rows[zone.pk]
        row.parent = parent and rows[parent.pk]
        row.save(update_fields=["parent"])
        _note(row, rows.get(before[row.pk] or 0), by=by, at=at)
    for zone, _ in moved:
        _require_apart(zone, rows, after, on=at.date())
    return len(moved)


def _require_fit(zone: Zone, parent: Zone | None, rows: Mapping[int, Zone], after: Mapping[int, int | None]) -> None:
    row = rows.get(zone.pk)
    if row is None or (parent is not None and parent.pk not in rows):
        raise BadMove(zone, "责任区与它要放进的责任区应在同一个厂")
    if row.state == "closed":
        raise BadMove(zone, f"“{row.name}”已经停用，不再移动")
    if parent is None:
        return
    around = rows[parent.pk]
    if around.state == "closed":
        raise BadMove(zone, f"“{around.name}”已经停用，不能再放进责任区")
    if around.pk == row.pk:
        raise BadMove(zone, f"“{row.name}”不能放在自己里面")
    if row.pk in chain(around.pk, after):
        raise BadMove(zone, f"“{around.name}”就在“{row.name}”里面，不能反过来放")
    if any(len(line) > DEPTH + 1 for line in _lines_through(row.pk, after)):
        raise BadMove(zone, f"责任区最多套 {DEPTH} 层")


def _lines_through(zone: int, parents: Mapping[int, int | None]) -> list[list[int]]:
    """Upwards from the zone and from everything that lies in it."""
    return [line for one in parents if zone in (line := chain(one, parents))]


def _require_apart(zone: Zone, rows: Mapping[int, Zone], after: Mapping[int, int | None], *, on: dt.date) -> None:
    """AV-16 for whoever owns the zone or a part of it: only pairs with one side in there can have come together."""
    within = [rows[line[0]] for line in _lines_through(zone.pk, after)]
    try:
        require_apart(within, on=on)
    except BadZone as bad:
        raise BadMove(zone, str(bad)) from bad


def _note(zone: Zone, before: Zone | None, *, by: Account, at: dt.datetime) -> None:
    detail = {"before": before.code if before else "", "parent": zone.parent.code if zone.parent else ""}
    audits.record(verb="zones.move", by=by, at=at, subject=zone.name, plant=zone.plant, detail=detail)
