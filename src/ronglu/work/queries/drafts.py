"""Drafts, versions and the administrative scheme's facts as the editor reads them."""

import datetime as dt
from collections.abc import Mapping

from ronglu.kernel.rules.load import readable
from ronglu.store.models import AdminFact, DraftState, Job, Plant, SheetDraft, SheetVersion
from ronglu.work.scope import Scope
from ronglu.work.sheets import CODE

SEE = "sheet.drafts"
OPEN = (DraftState.DRAFT, DraftState.PROPOSED)


def one(*, scope: Scope, pk: int) -> SheetDraft | None:
    """None outside the plants whose drafts the reader may see."""
    rows = SheetDraft.objects.filter(pk=pk, plant__in=scope.reach(SEE).plants)
    return rows.select_related(
        "plant", "base", "version", "made_by__person", "changed_by__person", "proposed_by__person"
    ).first()


def listed(plant: Plant) -> list[SheetDraft]:
    return list(
        SheetDraft.objects.filter(plant=plant)
        .select_related("base", "version", "made_by__person", "proposed_by__person")
        .defer("declaration", "examples")
    )


def versions(plant: Plant) -> list[SheetVersion]:
    """Newest first."""
    rows = SheetVersion.objects.filter(plant=plant, code=CODE).select_related("published_by__person")
    return list(rows.order_by("-version"))


def version(plant: Plant, number: int) -> SheetVersion | None:
    return SheetVersion.objects.filter(plant=plant, code=CODE, version=number).first()


def job(draft: SheetDraft, pk: int) -> Job | None:
    return Job.objects.filter(pk=pk, kind="whatif", plant=draft.plant_id, args__draft=draft.pk).first()


def admin_facts(plant: Plant, on: dt.date) -> list[AdminFact]:
    """What holds on a day or begins later."""
    return [row for row in AdminFact.objects.filter(plant=plant) if row.until_on is None or row.until_on > on]


def admin_fact(plant: Plant, pk: int) -> AdminFact | None:
    return AdminFact.objects.filter(plant=plant, pk=pk).first()


def facts(draft: SheetDraft, shipped: Mapping[str, object]) -> list[tuple[str, str]]:
    """Facts an item may read: those of the shipped sheet and of the draft, each with the items that read it now."""
    found: dict[str, list[str]] = {}
    for item in (*readable(shipped), *readable(draft.declaration)):
        for fact in item.facts:
            found.setdefault(fact, []).append(item.name)
    return sorted((fact, "、".join(dict.fromkeys(names))) for fact, names in found.items())
