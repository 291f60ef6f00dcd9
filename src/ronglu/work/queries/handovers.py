"""The book of hand-overs: which were given and taken, of the lines a reader may look at."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from ronglu.store.models import Handover

SEE = "handovers.see"


def listed(*, units: Sequence[int], first: dt.date, last: dt.date) -> QuerySet[Handover]:
    """The newest first, with the two persons and the case."""
    rows = Handover.objects.filter(unit_id__in=units, day__range=(first, last))
    return rows.select_related("given_by__person", "taken_by__person", "case").order_by("-day", "-shift_no", "unit")


def one(*, pk: int) -> Handover | None:
    rows = Handover.objects.select_related("unit__plant", "given_by__person", "taken_by__person", "case")
    return rows.filter(pk=pk).first()


def newest(*, units: Sequence[int], since: dt.date) -> dict[int, list[Handover]]:
    """Of each line those since a day, the newest first; one query."""
    found: dict[int, list[Handover]] = {}
    rows = Handover.objects.filter(unit_id__in=units, day__gte=since).select_related("case", "given_by__person")
    for row in rows.order_by("-day", "-shift_no"):
        found.setdefault(row.unit_id, []).append(row)
    return found
