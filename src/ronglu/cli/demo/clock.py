"""Calendar, holidays and rosters of an invented plant, declared through the verbs, and its days and shifts as rows."""

import datetime as dt
from dataclasses import replace

from ronglu.cli.demo.org import Made
from ronglu.cli.demo.scale import NOW, THIS_MONTH, Scale
from ronglu.config.plant import packs
from ronglu.store.values import calendar_of
from ronglu.work import calendars, holidays, rosters

ANCHOR = dt.date(2025, 1, 1)
SWAPPED = ("R1", (dt.date(2026, 3, 12), 3), (dt.date(2026, 3, 13), 1))
"""Two crews of that line changed shifts on those days."""


def make(made: Made, scale: Scale) -> None:
    seeds, plan = packs().base.time, made.plan
    rule = replace(seeds.calendars[plan.calendar].calendar.rules[0], month_first=plan.month_first)
    calendars.declare(plant=made.plant, rule=rule, by=None, at=NOW)
    holidays.seed(plant=made.plant, rows=seeds.holidays, by=None, at=NOW)
    roster = seeds.rosters[plan.roster].dated(anchor=ANCHOR, from_on=ANCHOR)
    for each in plan.lines():
        rosters.declare(unit=made.unit(each.code), roster=roster, by=None, at=NOW)
    calendar = calendar_of(made.plant)
    first, last = calendar.days_of(scale.first)[0], calendar.days_of(THIS_MONTH)[1]
    calendars.materialise(plant=made.plant, first=first, last=last)
    line, one, other = SWAPPED
    if plan.code == "qinglan":
        rosters.exchange(unit=made.unit(line), one=one, other=other, reason="检修配合", by=None, at=NOW)
