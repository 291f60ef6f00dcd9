"""What a panel gave: of each record the sum of the steps that stand and the most there could be; a mark given anew counts once."""

from __future__ import annotations

from ronglu.kernel.rules.shapes.panel import TOP
from ronglu.kernel.time.period import Period
from ronglu.store.models import PanelMark, Plant


def given(*, plant: Plant, item: str, month: Period) -> dict[str, tuple[int, int]]:
    """Record → (Σ steps, 5 × marks): the shape of the item says how many marks it waits for."""
    standing: dict[tuple[str, int], int] = {}
    rows = PanelMark.objects.filter(body__plant=plant, item=item, month=month.yyyymm).order_by("number")
    for record, by, step in rows.values_list("record", "by_id", "step"):
        standing[record, by] = step
    found: dict[str, tuple[int, int]] = {}
    for (record, _), step in standing.items():
        num, den = found.get(record, (0, 0))
        found[record] = (num + step, den + TOP)
    return found
