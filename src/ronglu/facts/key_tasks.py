"""Joint stages of key tasks as fact rows (A5): what fell due in the month, and whether both sides had confirmed it by its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ronglu.kernel.annual.joint import Joint, JointStamp
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import KeyTaskStage, Plant

Row = dict[str, Any]
FACT, ITEM = "key_task_stage", "A5"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a stage, in the month of its day, for the branch of the task; what was taken off before its day was not due."""
    due = KeyTaskStage.objects.filter(task__plant=plant, dropped=False, due_on__range=(month.first, month.last))
    homes = Homes.of(plant)
    found = due.select_related("task").order_by("pk")
    return [_row(one, homes.of_body(one.task.body_id, one.due_on)) for one in found]


def _row(row: KeyTaskStage, branch: int | None) -> Row:
    stamp = JointStamp(stage=Joint(row.stage), due_on=row.due_on, party_on=row.party_on, line_on=row.line_on)
    return {
        "fact": FACT, "branch": branch, "item": ITEM, "type": "key_task", "state": "kept" if stamp.kept else "broken", "part": "",
        "key": "missed", "record": str(row.pk), "no": 0, "label": f"{row.task.title} {stamp.stage.label}", "num": int(not stamp.kept),
        "den": 1, "day": row.due_on, "done": stamp.done_on, "raised_on": row.task.first_on, "shift_no": None,
    }  # fmt: skip
