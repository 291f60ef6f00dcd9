"""Zone rounds as fact rows: what was planned for the month by class, and what of it was walked by its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import Plant, Round, WorkClass

Row = dict[str, Any]
FACT = "zone_round"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a round, in the month of its day, for the branch of the zone; what was called off was not planned."""
    homes = Homes.of(plant)
    planned = Round.objects.filter(zone__plant=plant, due_on__range=(month.first, month.last))
    found = planned.exclude(state="cancelled").select_related("zone").order_by("pk")
    return [_row(one, homes.branch(one.zone.unit_id, one.due_on)) for one in found]


def unwritten(plant: Plant, months: list[Period]) -> list[int]:
    """The months that have rows, also where they were planned before any write marked a partition."""
    planned = Round.objects.filter(zone__plant=plant)
    return [one.yyyymm for one in months if planned.filter(due_on__range=(one.first, one.last)).exists()]


def _row(one: Round, branch: int | None) -> Row:
    done = one.done_at.date() if one.done_at else None
    kept = done is not None and done <= one.due_on
    return {
        "fact": FACT, "branch": branch, "item": "", "type": "round", "state": "kept" if kept else "broken", "part": "",
        "key": one.work_class, "record": str(one.pk), "no": 0, "label": f"{WorkClass(one.work_class).label}巡查",
        "num": int(kept), "den": 1, "day": one.due_on, "done": done, "raised_on": one.due_on, "shift_no": None,
    }  # fmt: skip
