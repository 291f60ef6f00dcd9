"""Call-outs whose effect a second person found to be true, as fact rows (C4), with the marks that the panel gave each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ronglu.facts import marks
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import Mission, MissionState, Plant

ONE = dt.timedelta(days=1)
Row = dict[str, Any]
FACT, ITEM = "mission", "C4"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a mission, in the month in which its effect was verified, for the branch that the team belongs to."""
    first, after = (dt.datetime.combine(day, dt.time.min) for day in (month.first, month.last + ONE))
    verified = Mission.objects.filter(team__plant=plant, state=MissionState.VERIFIED)
    found = verified.filter(verified_at__gte=first, verified_at__lt=after).select_related("team").order_by("pk")
    homes, given = Homes.of(plant), marks.given(plant=plant, item=ITEM, month=month)
    return [
        _row(one, homes.of_body(one.team.body_id, one.verified_at.date()), given.get(str(one.pk), (0, 0)))
        for one in found
    ]


def _row(mission: Mission, branch: int | None, marked: tuple[int, int]) -> Row:
    day = mission.verified_at.date()
    return {
        "fact": FACT, "branch": branch, "item": ITEM, "type": "mission", "state": mission.state, "part": "", "key": str(mission.pk),
        "record": str(mission.pk), "no": 0, "label": f"{mission.team.name} {mission.called_at:%Y-%m-%d}",
        "num": marked[0], "den": marked[1], "day": day, "done": day, "raised_on": mission.called_at.date(), "shift_no": None,
    }  # fmt: skip
