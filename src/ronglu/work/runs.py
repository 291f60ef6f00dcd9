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
