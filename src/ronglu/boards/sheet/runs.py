"""The computations of a plant's months: which months have one, which one stands, what came before it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from ronglu.boards.names import name_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Plant, Run


@dataclass(frozen=True, slots=True)
class RunLine:
    pk: int
    number: int
    at: dt.datetime
    by: str
    cause: str
    version: int
    digest: str
    stands: bool


def months(plant: Plant) -> tuple[Period, ...]:
    """Months that were scored at least once, the newest first."""
    found = Run.objects.filter(plant=plant).order_by("-month").values_list("month", flat=True).distinct()
    return tuple(Period.from_yyyymm(one) for one in found)


def of_month(plant: Plant, month: Period) -> tuple[RunLine, ...]:
    """Every run of the month, the one that stands first."""
    return tuple(
        RunLine(
            pk=run.pk, number=run.number, at=run.at, by=name_of(run.by), cause=run.cause, version=run.sheet.version,
            digest=run.digest, stands=i == 0,
        )
        for i, run in enumerate(_newest_first(plant, month))
    )  # fmt: skip


def pair(plant: Plant, month: Period, number: int | None = None) -> tuple[Run | None, Run | None]:
    """The run asked for (the one that stands where no number is given) and the one before it."""
    rows = _newest_first(plant, month)
    if number is not None:
        rows = rows.filter(number__lte=number)
    found = list(rows[:2])
    if not found or (number is not None and found[0].number != number):
        return None, None
    return found[0], found[1] if len(found) > 1 else None


def _newest_first(plant: Plant, month: Period) -> QuerySet[Run]:
    rows = Run.objects.filter(plant=plant, month=month.yyyymm).select_related("sheet", "by__person")
    return rows.order_by("-number")
