"""What the page of imported scores shows: each import that waits for its second person, with all of its scores."""

import datetime as dt
from dataclasses import dataclass

from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import Account, Import, ImportedScore, Plant
from ronglu.work import scores

KIND = "scores"


@dataclass(frozen=True, slots=True)
class Waiting:
    """`mine`: this reader brought it in, so somebody else must approve it."""

    batch: Import
    rows: list[tuple[ImportedScore, str, str]]
    """Score, whose it is, and the points as they are written."""
    mine: bool


def waiting(*, plant: Plant, on: dt.date, by: Account) -> list[Waiting]:
    bodies = {state.id: state.name for state in party_tree(plant).at(on).nodes.values()}
    units = {state.id: state.name for state in unit_tree(plant).at(on).nodes.values()}
    found: dict[int, Waiting] = {}
    rows = scores.waiting(plant=plant).select_related("batch__created_by__person", "body", "unit")
    for row in rows.order_by("-batch_id", "kind", "period", "subject"):
        known = bodies.get(row.body_id) or units.get(row.unit_id) or str(row.body or row.unit)
        one = found.setdefault(row.batch_id, Waiting(row.batch, [], row.batch.created_by_id == by.pk))
        one.rows.append((row, known, f"{row.value // 100}.{row.value % 100:02}"))
    return list(found.values())


def batch(*, plant: Plant, pk: int) -> Import | None:
    return Import.objects.select_related("plant", "created_by").filter(plant=plant, kind=KIND, pk=pk).first()
