"""党员创新工作室: set up at a workshop, its five elements filled in as they come, closed from a day on."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.store.models import Account, Body, Studio, Unit
from ronglu.work import audits

ELEMENTS = {
    name: str(Studio._meta.get_field(name).verbose_name) for name in ("topic", "leader", "venue", "reward", "tolerance")
}
"""五要素, in the order people say them."""


class BadStudio(LabourTrouble):
    """创新工作室不能这样办。"""


@transaction.atomic
def found(*, unit: Unit, body: Body, name: str, on: dt.date, by: Account, at: dt.datetime, **elements: str) -> Studio:
    """A studio may be founded with gaps: they are shown, not hidden behind invented words."""
    if unit.plant_id != body.plant_id:
        raise BadStudio("所选的单位和党组织不在同一个厂")
    name = written(name, what="名称", longest=80)
    if Studio.objects.filter(plant=body.plant, name=name).exclude(until_on__lte=on).exists():
        raise BadStudio(f"已有名为“{name}”的工作室")
    row = Studio.objects.create(plant=body.plant, unit=unit, body=body, name=name, from_on=on, **_said(elements))
    _note("found", row, by=by, at=at)
    return row


@transaction.atomic
def fill(*, studio: Studio, by: Account, at: dt.datetime, **elements: str) -> Studio:
    for name, text in (said := _said(elements)).items():
        setattr(studio, name, text)
    studio.save(update_fields=list(said))
    _note("fill", studio, by=by, at=at)
    return studio


@transaction.atomic
def close(*, studio: Studio, on: dt.date, by: Account, at: dt.datetime) -> None:
    if studio.until_on is not None and studio.until_on <= on:
        raise BadStudio(f"{studio.name}已于 {studio.until_on} 撤销")
    if on <= studio.from_on:
        raise BadStudio(f"{studio.name}从 {studio.from_on} 起才设立，撤销日应在这之后")
    studio.until_on = on
    studio.save(update_fields=["until_on"])
    _note("close", studio, by=by, at=at)


def gaps(studio: Studio) -> list[str]:
    """Which of the five elements have no words yet."""
    return [label for name, label in ELEMENTS.items() if not getattr(studio, name)]


def _said(elements: dict[str, str]) -> dict[str, str]:
    return {name: elements[name].strip() for name in ELEMENTS if name in elements}


def _note(verb: str, row: Studio, *, by: Account, at: dt.datetime) -> None:
    detail = {"gaps": gaps(row), "until_on": str(row.until_on or "")}
    audits.record(verb=f"studios.{verb}", by=by, at=at, subject=row.name, plant=row.plant, detail=detail)
