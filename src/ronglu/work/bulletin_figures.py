"""What a 隐患统计通报 counts: hazards found, closed and left by grade and workshop, and the 重大 ones by their number.

Nobody is named, and no place smaller than a workshop. Confidential hazards are in none of the numbers: in a small unit
a number would be a finger.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ronglu.kernel.loops.loop import Phase
from ronglu.kernel.org.kinds import WORKSHOP
from ronglu.kernel.org.tree import View
from ronglu.store.history import unit_tree
from ronglu.store.models import Case, Unit

GRADES = ("major", "minor", "")
COUNTS = ("before", "found", "closed", "left", "late")
"""期初未销号 + 发现 − 销号 = 期末未销号, some of which 超期."""
ELSEWHERE = ""
ONE = dt.timedelta(days=1)
Figures = dict[str, Any]


def figures(*, unit: Unit, first: dt.date, until: dt.date) -> Figures:
    """As plain data: a row for each workshop, their sum, the rate (closed of those found) and the 重大 ones."""
    view = unit_tree(unit.plant).at(until)
    rows: dict[str, Figures] = {}
    total, majors, rate = _empty(), [], [0, 0]
    for case in _cases(unit, view, first, until):
        grade = str(case.data.get("grade") or "")
        place = _workshop(view, case.unit_id)
        done = case.closed_at.date() if case.closed_at and case.closed_at.date() <= until else None
        new = case.raised_at.date() >= first
        seen = {
            "before": not new, "found": new, "closed": done is not None, "left": done is None,
            "late": done is None and _late(case, until),
        }  # fmt: skip
        for one in (rows.setdefault(place, _empty()), total):
            for name in COUNTS:
                one[grade][name] += seen[name]
        rate = [rate[0] + (new and done is not None), rate[1] + new]
        if grade == "major":
            majors.append({"number": case.number, "found_on": str(case.raised_at.date()), "closed_on": str(done or "")})
    order = [state.name for state in view.of_kind(WORKSHOP)]
    places = sorted(rows, key=lambda name: (name == ELSEWHERE, order.index(name) if name in order else 0))
    return {
        "rows": [{"place": name, "counts": rows[name]} for name in places],
        "total": total,
        "rate": rate,
        "majors": majors,
    }


def _cases(unit: Unit, view: View, first: dt.date, until: dt.date) -> Iterable[Case]:
    """Those that were open on some day of [first, until]: found by its end and not closed before it began."""
    rows = Case.objects.filter(plant=unit.plant_id, loop="hazard", secrecy="open").exclude(phase=Phase.DROPPED.value)
    rows = rows.filter(raised_at__lt=_midnight(until + ONE))
    rows = rows.filter(Q(closed_at=None) | Q(closed_at__gte=_midnight(first)))
    if unit.kind == WORKSHOP:
        rows = rows.filter(unit__in=view.subtree(unit.pk) if unit.pk in view else [unit.pk])
    return rows.order_by("raised_at", "pk").only("number", "data", "unit_id", "raised_at", "closed_at", "due_at")


def _late(case: Case, until: dt.date) -> bool:
    """Past the day set for putting it right; where none was set yet, past the term of the step it stands at."""
    by = str(case.data.get("fix_by") or "") or (str(case.due_at.date()) if case.due_at else "")
    return bool(by) and by < str(until)


def _workshop(view: View, unit: int | None) -> str:
    above = view.nearest(unit, WORKSHOP) if unit is not None and unit in view else None
    return above.name if above else ELSEWHERE


def _empty() -> Figures:
    return {grade: dict.fromkeys(COUNTS, 0) for grade in GRADES}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
