"""Checklists of zone rounds, one a class: a new version from a day on, the old ones stay as they were walked with."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.store.models import Account, Checklist, Plant, WorkClass
from ronglu.work import audits
from ronglu.work.zones import BadZone

CADENCES = ("week", "month")
MOST, LONGEST = 30, 120


@transaction.atomic
def publish(
    *, plant: Plant, work_class: str, cadence: str, lines: Sequence[str], on: dt.date, by: Account | None, at: dt.datetime
) -> Checklist:  # fmt: skip
    """A phone shows them one below the other: few and short."""
    said = [line.strip() for line in lines if line.strip()]
    if work_class not in WorkClass.values or cadence not in CADENCES:
        raise BadZone("请选检查表的类别和周期")
    if not 1 <= len(said) <= MOST or any(len(line) > LONGEST for line in said):
        raise BadZone(f"检查表要有 1 到 {MOST} 项，每项不超过 {LONGEST} 个字")
    if len(set(said)) < len(said):
        raise BadZone("检查表里有两项写得一样")
    last = Checklist.objects.filter(plant=plant, work_class=work_class).order_by("version").last()
    if last is not None and on < last.from_on:
        raise BadZone(f"现行版本自 {last.from_on} 起，新版本不能早于它")
    made = Checklist.objects.create(
        plant=plant, work_class=work_class, version=last.version + 1 if last else 1, from_on=on, cadence=cadence,
        lines=said,
    )  # fmt: skip
    detail = {"version": made.version, "lines": len(said), "on": str(on)}
    audits.record(
        verb="rounds.publish", by=by, at=at, subject=made.get_work_class_display(), plant=plant, detail=detail
    )
    return made


def in_force(plant: Plant, on: dt.date) -> dict[str, Checklist]:
    """The version of each class that holds that day."""
    rows = Checklist.objects.filter(plant=plant, from_on__lte=on).order_by("version")
    return {row.work_class: row for row in rows}
