"""标准指导书 in force: the base pack's declaration, with what a plant worded differently from a day on laid over it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.gathering import guide as declaration
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import Choice, Guide
from ronglu.store.models import Account, Plant
from ronglu.store.models import Guide as GuideRow
from ronglu.store.shipped import shipped
from ronglu.work import audits

GUIDES = "guides.yaml"
OWN = "本厂修订"
"""Status of what a plant worded itself."""


@cache
def declared() -> Mapping[str, Guide]:
    """Every kind of meeting as shipped (version 0)."""
    return declaration.load(shipped(GUIDES))


@cache
def guests() -> Mapping[str, Choice]:
    """列席 from outside: code → office."""
    return declaration.load_guests(shipped(GUIDES))


def in_force(*, plant: Plant, on: dt.date) -> dict[str, Guide]:
    """All kinds as they stand on a day, in the order of the declaration. One query."""
    found = dict(declared())
    for row in GuideRow.objects.filter(plant=plant, from_on__lte=on).order_by("version"):
        if row.kind in found:
            found[row.kind] = _read(row)
    return found


def for_kind(*, plant: Plant, kind: str, on: dt.date) -> Guide:
    found = in_force(plant=plant, on=on).get(kind)
    if found is None:
        raise GatheringTrouble(f"没有“{kind}”这一类会议")
    return found


def of_version(*, plant: Plant, kind: str, version: int) -> Guide:
    """The version that a meeting was held by; later ones do not change it."""
    if version:
        row = GuideRow.objects.filter(plant=plant, kind=kind, version=version).first()
        if row is not None:
            return _read(row)
    return declared()[kind]


def history(*, plant: Plant, kind: str) -> list[GuideRow]:
    """The plant's own versions, the newest first."""
    rows = GuideRow.objects.filter(plant=plant, kind=kind).select_related("by__person")
    return list(rows.order_by("-version"))


@transaction.atomic
def publish(
    *, plant: Plant, kind: str, from_on: dt.date, words: Mapping[str, Any], note: str, by: Account, at: dt.datetime
) -> GuideRow:
    """A new version from a day on, not earlier than the versions before it; `words` as Guide.words takes them."""
    shipped = declared().get(kind)
    if shipped is None:
        raise GatheringTrouble(f"没有“{kind}”这一类会议")
    if from_on < at.date():
        raise GatheringTrouble(f"{from_on} 已经过去，新的一版从今天或以后的日子起用")
    if not note.strip():
        raise GatheringTrouble("请写明改了什么")
    Plant.objects.select_for_update().get(pk=plant.pk)
    rows = GuideRow.objects.filter(plant=plant, kind=kind)
    last = rows.aggregate(version=Max("version"), from_on=Max("from_on"))
    if last["from_on"] and from_on < last["from_on"]:
        raise GatheringTrouble(f"已有一版自 {last['from_on']} 起用，新的一版不能早于它")
    version = (last["version"] or 0) + 1
    base = for_kind(plant=plant, kind=kind, on=from_on)
    changed = base.words(**words, version=version, status=OWN)
    if replace(changed, version=base.version, status=base.status) == base:
        raise GatheringTrouble("与现在用的一版没有不同，不用发布")
    row = GuideRow.objects.create(
        plant=plant, kind=kind, version=version, from_on=from_on, declaration=declaration.as_data(changed),
        note=note.strip()[:200], by=by, at=at,
    )  # fmt: skip
    detail = {"version": version, "from_on": str(from_on), "note": row.note}
    audits.record(verb="guides.publish", by=by, at=at, subject=changed.label, plant=plant, detail=detail)
    return row


def _read(row: GuideRow) -> Guide:
    """What the rules read (inputs, votes, who is due) always comes from the declaration."""
    told = declaration.guide_of(row.declaration)
    return replace(declared()[row.kind], **{name: getattr(told, name) for name in declaration.WORDED})
