"""申诉: which of them holds up the review of a branch's month, quarter or year."""

import datetime as dt
import re
from collections.abc import Sequence

from ronglu.kernel.loops.loop import RUNNING
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, CaseLink, Review

LOOP = "appeal"
MONTH = re.compile(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?!\d)")
"""How a month is named in an appeal: 2026-03."""


def holding(cases: Sequence[Case]) -> dict[int, list[str]]:
    """Case → numbers of the appeals that hold it up: linked to it, or of its branch against a score since it was raised.

    An appeal that names a month holds the reviews this month lies in; one that names none holds every one of its branch.
    """
    if not cases:
        return {}
    running = Case.objects.filter(plant=cases[0].plant_id, loop=LOOP, phase__in=RUNNING)
    branch = list(running.filter(data__against="score", body__in={one.body_id for one in cases}))
    pairs = CaseLink.objects.standing().filter(other__in=cases, case__in=running).select_related("case")
    linked = [(link.other_id, link.case.number) for link in pairs]
    periods = dict(Review.objects.filter(case__in=cases).values_list("case", "period"))
    found: dict[int, list[str]] = {}
    for case in cases:
        own = [one for one in branch if one.body_id == case.body_id and one.raised_at >= case.raised_at]
        mine = {one.number for one in own if _meant(one, periods.get(case.pk, ""))}
        mine |= {number for pk, number in linked if pk == case.pk}
        if mine:
            found[case.pk] = sorted(mine)
    return found


def _meant(appeal: Case, period: str) -> bool:
    named = MONTH.search(str(appeal.data.get("which", "")))
    if named is None or not period:
        return True
    over = Period.parse(period)
    return over.first <= dt.date(int(named[1]), int(named[2]), 1) <= over.last
