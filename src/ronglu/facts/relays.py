"""Documents that had to be passed on, as fact rows (A1): one a branch and document, in the month of its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import DocumentKind, Plant, Relay, RelayState

Row = dict[str, Any]
FACT, TYPE, ITEM = "duty_due", "relay", "A1"
KINDS = (DocumentKind.SUPERIOR, DocumentKind.CONFERENCE)
"""上级精神: a rule of the plant or a policy notice is passed on too, but costs nobody points."""


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Kept when it was passed on by its day, or when the reason why not was agreed to; what was withdrawn was not due."""
    due = Relay.objects.filter(document__plant=plant, document__kind__in=KINDS, due_on__range=(month.first, month.last))
    found = due.exclude(state=RelayState.WITHDRAWN).select_related("document").order_by("pk")
    homes = Homes.of(plant)
    return [_row(one, homes.of_body(one.body_id, one.due_on)) for one in found]


def begun(plant: Plant, last: dt.date) -> set[str]:
    """Where a relay has fallen due: what nobody was ever asked to pass on is no proof that all was passed on."""
    due = Relay.objects.filter(document__plant=plant, document__kind__in=KINDS, due_on__lte=last)
    return {f"{FACT}:{TYPE}"} if due.exists() else set()


def _row(one: Relay, branch: int | None) -> Row:
    told = one.told_on if one.told_on is not None and one.told_on <= one.due_on else None
    kept = told is not None or one.state == RelayState.EXCUSED
    return {
        "fact": FACT, "branch": branch, "item": ITEM, "type": TYPE, "state": "kept" if kept else "broken", "part": "",
        "key": "missed", "record": str(one.pk), "no": 0, "label": f"传达 {one.document.title}"[:200], "num": int(not kept),
        "den": 1, "day": one.due_on, "done": told, "raised_on": one.asked_on, "shift_no": None,
    }  # fmt: skip
