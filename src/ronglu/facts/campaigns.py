"""Tasks of safety kits and drills as fact rows (E5): what fell due in the month, and whether it was done by its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import CampaignTask, Plant

Row = dict[str, Any]
FACT, ITEM = "drill_kit", "E5"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a task that counts, in the month of its day; what was called off before that day was not planned."""
    due = CampaignTask.objects.filter(campaign__plant=plant, counts=True, due_on__range=(month.first, month.last))
    found = due.exclude(state="dropped").select_related("campaign").order_by("pk")
    homes = Homes.of(plant)
    return [_row(one, homes.of_body(one.body_id, one.due_on)) for one in found]


def _row(task: CampaignTask, branch: int | None) -> Row:
    kept = task.done_on is not None and task.done_on <= task.due_on
    return {
        "fact": FACT, "branch": branch, "item": ITEM, "type": "campaign", "state": "kept" if kept else "broken", "part": "",
        "key": "missed", "record": str(task.pk), "no": 0, "label": f"{task.campaign.title} {task.title}", "num": int(not kept),
        "den": 1, "day": task.due_on, "done": task.done_on, "raised_on": task.campaign.first_on, "shift_no": None,
    }  # fmt: skip
