"""March of the converter line with boards up to a day, for briefs: 30 t a day are planned, the 20th brought only 27.

Each shift fed 10 t with 430 kg of coal; the night shift of the 20th fed 7 t. Coal is planned at 42 kg/t.
"""

import datetime as dt
from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.store.models import Brief, Plan, Reading
from ronglu.tasks import briefs
from ronglu.tasks.boards import build_plant
from tests.cast import Cast
from tests.facts.plant_month import March, make_march

DAY, MONTH = Period.parse("2026-03-20"), Period.parse("2026-03")
MORNING = dt.datetime(2026, 3, 21, 9)
APRIL = dt.datetime(2026, 4, 1, 9)


def march(cast: Cast, settings: Any, *, until: dt.date = dt.date(2026, 3, 20), at: dt.datetime = MORNING) -> March:
    settings.TODAY = at.isoformat(timespec="minutes")
    line = cast.unit["QL-R1"]
    found = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    Reading.objects.filter(day__gt=until).delete()
    Plan.objects.filter(indicator="SM-01").update(value="930")
    low = found.reading("sm_feed_dry", 20, 3)
    Reading.objects.filter(pk=low.pk).update(text="7", value=7_000)
    build_plant(plant=line.plant, at=at)
    return found


def made(cast: Cast, period: Period = DAY, *, at: dt.datetime = MORNING, **more: Any) -> Brief:
    return briefs.make(plant=cast.plant, period=period, at=at, **more)


def said(brief: Brief, topic: str) -> list[str]:
    """The sentences of one topic."""
    return [one["text"] for one in brief.data["said"] if one["key"].split(".")[0] == topic]


def keys(brief: Brief) -> list[str]:
    return [one["key"] for one in brief.data["said"]]
