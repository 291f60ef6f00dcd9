"""Sources: how one kind of report of a plant is read. A profile that is changed counts one version up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ronglu.store.models import Account, Plant, Source
from ronglu.work import audits


class SourceTrouble(ValueError):
    """来源不能这样存。"""


@transaction.atomic
def save(
    *, plant: Plant, name: str, profile: Mapping[str, Any], by: Account, at: dt.datetime, source: Source | None = None
) -> Source:
    """Keeps a profile (plain data of exchange.profile, already checked) as a new source or as the next version of one.

    Every import keeps the profile it was read with, and the trail every version.
    """
    name = name.strip()
    if not name:
        raise SourceTrouble("请给来源起个名称，例如“转炉班报”")
    if Source.objects.filter(plant=plant, name=name).exclude(pk=source.pk if source else None).exists():
        raise SourceTrouble(f"已有名为“{name}”的来源，请换一个名称，或打开它来改")
    if source is None:
        made = Source(plant=plant, code=_code(plant), name=name, profile=dict(profile))
    elif (source.name, source.profile) == (name, dict(profile)):
        return source
    else:
        made = Source.objects.select_for_update().get(pk=source.pk)
        made.name, made.profile, made.version = name, dict(profile), made.version + 1
    made.save()
    detail = {"version": made.version, "profile": dict(profile)}
    audits.record(verb="sources.save", by=by, at=at, subject=name, detail=detail, plant=plant)
    return made


def listed(plant: Plant) -> "QuerySet[Source]":
    return Source.objects.filter(plant=plant).order_by("name")


def _code(plant: Plant) -> str:
    """The next free number: people know a source by its name."""
    taken = set(Source.objects.filter(plant=plant).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"s{number}") not in taken)
