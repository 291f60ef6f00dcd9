"""Which computation of a month stands: of its runs the one with the highest number."""

from collections.abc import Iterable

from ronglu.kernel.time.period import Period
from ronglu.store.models import Plant, Run


def newest(*, plant: Plant, month: Period) -> Run | None:
    return Run.objects.filter(plant=plant, month=month.yyyymm).order_by("-number").first()


def newest_of(*, plant: Plant, months: Iterable[Period]) -> dict[int, Run]:
    """Month as yyyymm → the run that stands, of the months that were scored at all; one query."""
    rows = Run.objects.filter(plant=plant, month__in=[one.yyyymm for one in months])
    return {run.month: run for run in rows.order_by("month", "number")}


def last(*, plant: Plant, months: int) -> list[Run]:
    """The run that stands for each of the newest scored months, oldest first; each with its sheet."""
    found = {run.month: run for run in Run.objects.filter(plant=plant).select_related("sheet").order_by("number")}
    return [found[month] for month in sorted(found)[-months:]]
