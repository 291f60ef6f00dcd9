"""五个一 as fact rows (B6): of every branch, on the last day of a quarter, which of the five held and which did not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from ronglu.facts.spine import branches
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.standing.standard import Standards, read
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Plant, StandardItem, StandardState
from ronglu.store.shipped import shipped

Row = dict[str, Any]
FACT = "standard_item"
HELD = (StandardState.VALID, StandardState.EXPIRED)
"""An entry that ended held until its last day; one that nobody looked at holds nothing."""


@cache
def declared() -> Standards:
    return read(shipped("standards.yaml"))


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Five rows a branch in the last month of a quarter, none in the others, none before the plant began to keep them."""
    day = month.up(Grain.QUARTER).last
    if day != month.last or not begun(plant, day):
        return []
    held = StandardItem.objects.on(day).filter(body__plant=plant, state__in=HELD).values_list("body", "kind", "pk")
    found = {(body, kind): pk for body, kind, pk in held.order_by("pk")}
    kinds = declared().kinds.values()
    return [
        _row(branch, no, kind.zh, found.get((branch, kind.code)), day)
        for branch in branches(plant=plant, first=day, last=day)
        for no, kind in enumerate(kinds, 1)
    ]


def begun(plant: Plant, last: dt.date) -> bool:
    """Whether the plant keeps its five-ones by then."""
    return StandardItem.objects.filter(body__plant=plant, state__in=HELD, from_on__lte=last).exists()


def unwritten(plant: Plant, months: list[Period]) -> list[int]:
    """The months that have rows although nobody wrote anything in them: what ran out long ago is missed each quarter anew."""
    return [
        month.yyyymm
        for month in months
        if month == month.up(Grain.QUARTER).down(Grain.MONTH)[-1] and begun(plant, month.last)
    ]


def _row(branch: int, no: int, label: str, item: int | None, day: dt.date) -> Row:
    return {
        "fact": FACT, "branch": branch, "item": "B6", "type": "standard", "state": "kept" if item else "broken", "part": "",
        "key": "invalid", "record": "", "no": no, "label": label, "num": int(item is None), "den": 1, "day": day,
        "done": None, "raised_on": day, "shift_no": None,
    }  # fmt: skip
