"""责任清单 as fact rows (A4): what fell due for each seat of a branch in the month, and whether it was done or excused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ronglu.facts.spine import branches
from ronglu.kernel.gathering.integrity import falls_due
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.org.facts import SEATS
from ronglu.kernel.time.period import Period
from ronglu.store.models import Plant, SeatDuty
from ronglu.store.seats import SeatStand, stands

Row = dict[str, Any]
FACT, ITEM = "duty_list", "A4"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a duty and branch, on the last day of its period; an empty seat owes nothing (a vacancy is a finding)."""
    found = stands(plant=plant, month=month, bodies=branches(plant=plant, first=month.last, last=month.last))
    return [_row(one) for one in found if falls_due(one.duty.every, month) and one.duty.level == "branch"]


def begun(plant: Plant, last: dt.date) -> bool:
    return SeatDuty.objects.filter(plant=plant, from_on__lte=last).exists()


def unwritten(plant: Plant, months: list[Period]) -> list[int]:
    """Duties fall due by the calendar, whether or not anybody writes anything."""
    return [month.yyyymm for month in months if begun(plant, month.last)]


def _row(one: SeatStand) -> Row:
    day = one.period.last
    return {
        "fact": FACT, "branch": one.body, "item": ITEM, "type": one.duty.seat, "state": "broken" if one.costs else "kept",
        "part": "", "key": "missed", "record": one.duty.code, "no": 0,
        "label": f"{SEATS.get(one.duty.seat, one.duty.seat)}：{one.duty.title}", "num": int(one.costs), "den": 1, "day": day,
        "done": one.report.done_on if one.report else None, "raised_on": one.period.first, "shift_no": None,
    }  # fmt: skip
