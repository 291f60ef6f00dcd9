"""Money that finance confirmed, as fact rows: whole cents of a case, in the month of the confirmation, never a forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.db.models import Q

from ronglu.kernel.loops.benefit import cents
from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, CaseStep, Plant

ONE = dt.timedelta(days=1)
Row = dict[str, Any]
FACT = "benefit"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a case, as the last confirmation says; `num` in cents, `den` 100. Of no branch where the case has none."""
    paying = {code: loop for code, loop in loops.items() if loop.benefit is not None}
    first, after = (dt.datetime.combine(day, dt.time.min) for day in (month.first, month.last + ONE))
    steps = CaseStep.objects.filter(_confirmed(paying), case__plant=plant)
    told = CaseStep.objects.filter(case__in=steps.filter(at__gte=first, at__lt=after).values("case")).select_related(
        "case"
    )
    found = []
    for case, of_case in groupby(told.order_by("case", "no"), key=lambda step: step.case):
        row = _row(paying[case.loop], case, of_case)
        if row is not None and month.first <= row["day"] <= month.last:
            found.append(row)
    return found


def _confirmed(paying: Mapping[str, Loop]) -> Q:
    found = Q(pk__in=[])
    for code, loop in paying.items():
        assert loop.benefit is not None
        found |= Q(case__loop=code, move=loop.benefit.move)
    return found


def _row(loop: Loop, case: Case, steps: Iterable[CaseStep]) -> Row | None:
    """What stood in the case when it was confirmed; nothing of a case that was dropped."""
    assert loop.benefit is not None
    if loop.state(case.state).phase is Phase.DROPPED:
        return None
    data: dict[str, Any] = {}
    day, worth = None, None
    for step in steps:
        data |= step.data
        if step.move == loop.benefit.move:
            day, worth = step.at.date(), cents(loop.benefit, data)
    if day is None or worth is None:
        return None
    return {
        "fact": FACT, "branch": case.body_id, "item": "", "type": loop.code, "state": "confirmed", "part": "",
        "key": loop.code, "record": case.number, "no": 0, "label": "财务核实的效益", "num": worth, "den": 100, "day": day,
        "done": day, "raised_on": case.raised_at.date(), "shift_no": None,
    }  # fmt: skip
