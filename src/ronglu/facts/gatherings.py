"""Meetings that the rules made due, as fact rows (B1, B2): what was missed without a reason costs, more meetings earn nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from ronglu.facts import groups, held
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.lived import standing_on
from ronglu.store.models import AgendaRow, Gathering, Plant
from ronglu.store.values import life_from

Row = dict[str, Any]
FACT = "duty_due"
TYPES = {
    "assembly": "members_meeting", "committee": "committee", "group_meeting": "group_meeting", "lecture": "lecture",
    "short_lecture": "lecture", "theme_day": "party_day",
}  # fmt: skip
"""Kinds of meetings as the items B1 and B2 filter by them."""
ITEMS = {"party_day": "B2"}
TIED = ("case", "indicator", "matter")
"""Sources of an agenda row that tie it to the work of the place."""
FACTS = frozenset(f"{FACT}:{kind}" for kind in TYPES.values())
"""`duty_due` is the fact of several nouns: an item is wired by the kinds it filters by (kernel/rules/item)."""


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a body and duty on the last day of its window; what a rule exempts was not due."""
    homes, tied = Homes.of(plant), _tied(plant, month)
    found = [
        row
        for duty in held.duties(plant=plant, month=month, kinds=TYPES)
        if duty.due
        for row in _rows(duty, homes.of_body(int(duty.body.id), duty.one.window.last), tied)
    ]
    return found + list(groups.rows(plant=plant, month=month))


def begun(plant: Plant, last: dt.date) -> bool:
    """Whether the plant keeps its meetings here by then."""
    first = life_from(plant)
    return first is not None and first <= last


def unwritten(plant: Plant, months: list[Period]) -> list[int]:
    """Months that have rows although nobody wrote anything in them: a meeting that nobody held is missed all the same."""
    return [month.yyyymm for month in months if begun(plant, month.last)]


def _rows(duty: held.Duty, branch: int | None, tied: set[int]) -> Iterator[Row]:
    kind, window = TYPES[duty.one.side.of[0]], duty.one.window
    done = max((one.held_on for one in duty.held), default=None)
    said = "，已登记理由" if duty.found.reason else ""
    row = {
        "fact": FACT, "branch": branch, "item": ITEMS.get(kind, "B1"), "type": kind, "state": "broken" if duty.lacking else "kept",
        "part": "", "key": "missed", "record": "", "no": 0, "label": f"{duty.body.name}：{duty.found.detail}{said}",
        "num": duty.lacking, "den": 1, "day": window.last, "done": done, "raised_on": window.first, "shift_no": None,
    }  # fmt: skip
    yield row
    if kind == "party_day" and duty.held and not any(one.id in tied for one in duty.held):
        label = f"{duty.body.name}：{window.label}主题党日没有一项议程联系指标、事项或单位"
        yield row | {"key": "no_link", "state": "broken", "num": 1, "label": label}


def _tied(plant: Plant, month: Period) -> set[int]:
    """Theme days with a line of the agenda that comes from a figure, a case or a unit."""
    lines = AgendaRow.objects.filter(gathering=OuterRef("pk"))
    work = (
        lines.filter(source__in=TIED)
        | lines.exclude(case=None)
        | lines.exclude(indicator="")
        | lines.exclude(unit=None)
    )
    days = Gathering.objects.filter(standing_on(month.first, month.last), plant=plant, kind="theme_day")
    return set(days.filter(Exists(work)).values_list("pk", flat=True))
