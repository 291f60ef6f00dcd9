"""亮进度、亮差距、亮措施 as fact rows (B4): each group that had to meet, and what its meetings of the month did not show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from ronglu.facts import held
from ronglu.kernel.gathering.three import lacking
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import AgendaRow, Plant

Row = dict[str, Any]
FACT, ITEM, KIND = "group_month", "B4", "group_meeting"


def rows(*, plant: Plant, month: Period) -> Iterator[Row]:
    """One row a group on the last day of the month; a group that was exempt or whose reason was accepted has none."""
    due = [one for one in held.duties(plant=plant, month=month, kinds=(KIND,)) if one.due and not one.found.reason]
    shown = _shown([int(g.id) for one in due for g in one.held]) if due else {}
    homes = Homes.of(plant)
    for one in due:
        day = one.one.window.last
        yield _row(one, homes.of_body(int(one.body.id), day), day, [shown.get(int(g.id), ()) for g in one.held])


def _shown(meetings: list[int]) -> dict[int, list[tuple[str, dict[str, Any], str]]]:
    """Lines of the agenda with an indicator, by meeting."""
    found: dict[int, list[tuple[str, dict[str, Any], str]]] = {}
    lines = AgendaRow.objects.filter(gathering__in=meetings).exclude(indicator="").order_by("gathering", "no")
    for meeting, indicator, figures, said in lines.values_list("gathering", "indicator", "figures", "said"):
        found.setdefault(meeting, []).append((indicator, figures, said))
    return found


def _row(duty: held.Duty, branch: int | None, day: dt.date, meetings: Iterable[Iterable[tuple[str, Any, str]]]) -> Row:
    """The best of the month's meetings counts."""
    missing = min((lacking(lines) for lines in meetings), key=len, default=("没有开党小组会",))
    said = f"：{'、'.join(missing)}" if missing else "：三亮齐全"
    return {
        "fact": FACT, "branch": branch, "item": ITEM, "type": "group", "state": "broken" if missing else "kept", "part": "",
        "key": "missed", "record": "", "no": 0, "label": f"{duty.body.name}{said}", "num": int(bool(missing)), "den": 1,
        "day": day, "done": None, "raised_on": duty.one.window.first, "shift_no": None,
    }  # fmt: skip
