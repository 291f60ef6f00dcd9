"""The map 支部↔产线, 党小组↔横大班: a body stands on a unit from a day on."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import LABELS, PAIRS
from ronglu.store.models import Account, Body, Mapping, Unit
from ronglu.work import audits, dated, partitions
from ronglu.work.names import name_of


class BadMapping(OrgTrouble):
    """不能这样对应。"""


@transaction.atomic
def link(*, body: Body, unit: Unit, on: dt.date, by: Account | None, at: dt.datetime) -> Mapping:
    """Many-to-many. What already stands is given back unchanged; a link entered for later is drawn forward."""
    state = dated.current(body.states, on=on, what=name_of(body, on))
    place = dated.current(unit.states, on=on, what=name_of(unit, on))
    if body.plant_id != unit.plant_id:
        raise BadMapping(f"{state.name}与{place.name}不在同一个厂")
    allowed = PAIRS[state.kind]
    if unit.kind not in allowed:
        kinds = "、".join(LABELS[kind] for kind in allowed)
        raise BadMapping(f"{LABELS[state.kind]}只能对应{kinds}，{place.name}是{LABELS[unit.kind]}")
    rows = Mapping.objects.filter(body=body, unit=unit)
    standing: Mapping | None = rows.on(on).first()
    if standing is not None:
        return standing
    later = rows.filter(from_on__gt=on).order_by("from_on").first()
    if later is not None:
        later.from_on = on
        later.save(update_fields=["from_on"])
    row: Mapping = later or Mapping.objects.create(body=body, unit=unit, from_on=on)
    partitions.touch_since(plant=body.plant, on=on)
    audits.record(
        verb="mappings.link",
        by=by,
        at=at,
        subject=state.name,
        plant=body.plant,
        detail={"unit": place.name, "on": str(on)},
    )
    return row


@transaction.atomic
def unlink(*, body: Body, unit: Unit, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """The last day is the day before `on`."""
    names = name_of(body, on), name_of(unit, on)
    row = dated.current(Mapping.objects.filter(body=body, unit=unit), on=on, what=f"{names[0]}与{names[1]}的对应")
    dated.end(row, on=on)
    partitions.touch_since(plant=body.plant, on=on)
    audits.record(
        verb="mappings.unlink",
        by=by,
        at=at,
        subject=names[0],
        plant=body.plant,
        detail={"unit": names[1], "on": str(on)},
    )
