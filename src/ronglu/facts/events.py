"""Confirmed recordable events as fact rows (E2): what was told of itself, and near misses, cost nothing (09-16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import RECORDABLE, EventKind, EventState, Plant, SafetyEvent

Row = dict[str, Any]
FACT = "recordable_event"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row an event, in the month of the day it happened, for the branch of the place on that day."""
    homes = Homes.of(plant)
    confirmed = SafetyEvent.objects.filter(plant=plant, state=EventState.CONFIRMED, kind__in=RECORDABLE)
    found = confirmed.filter(day__gte=month.first, day__lte=month.last).order_by("pk")
    return [_row(event, homes.branch(event.unit_id, event.day)) for event in found]


def _row(event: SafetyEvent, branch: int | None) -> Row:
    return {
        "fact": FACT, "branch": branch, "item": "E2", "type": "event", "state": event.state, "part": "",
        "key": event.kind, "record": str(event.pk), "no": 0, "label": f"{event.day} {EventKind(event.kind).label}",
        "num": 1, "den": 1, "day": event.day, "done": None, "raised_on": event.day, "shift_no": None,
    }  # fmt: skip
