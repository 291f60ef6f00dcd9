"""Makes briefs in the worker, and says by the clock when one is due: yesterday's in the morning, a month's after its last day."""

import datetime as dt
from typing import Any

from ronglu.boards.brief.build import told
from ronglu.boards.brief.ground import Books, Ground, ground
from ronglu.boards.indicator.rows import newest_day
from ronglu.config.clock import now
from ronglu.config.plant import pack_of
from ronglu.kernel.brief.book import BriefTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Brief, IndicatorRow, Job, Plant
from ronglu.store.values import calendar_of
from ronglu.tasks.run import Progress
from ronglu.work import briefs, jobs

ONE = dt.timedelta(days=1)
SILENT = dt.timedelta(days=3)
"""A plant that has reported nothing for so long gets no briefs of nothing by the clock."""


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: period, cause."""
    assert job.plant is not None
    period = Period.parse(job.args["period"])
    progress(0, 1, f"{job.plant.name} {period}")
    made = make(plant=job.plant, period=period, cause=job.args.get("cause", ""), by=job.created_by, at=now())
    return {"brief": made.pk, "version": made.version}


def make(*, plant: Plant, period: Period, at: dt.datetime, by: Any = None, cause: str = "") -> Brief:
    on = ground_of(plant, period)
    if on is None:
        raise BriefTrouble("这个厂还没有指标板，先导入读数再出简报")
    data = told(on, sentences=briefs.sentences_of(plant, on.books.rules), at=at)
    return briefs.keep(plant=plant, period=period, data=data, by=by, at=at, cause=cause)


def ground_of(plant: Plant, period: Period) -> Ground | None:
    pack = pack_of(plant.code)
    books = Books(pack.indicators, pack.base.brief, pack.base.stops, pack.base.energy)
    return ground(plant=plant, period=period, books=books)


def tend(*, plant: Plant, at: dt.datetime) -> list[str]:
    """Asks for yesterday's brief, and for the month's where yesterday was its last day: once the boards stand and the day was
    read whole, or its time to come in has gone by. What came later is made anew by a person."""
    newest = newest_day(plant)
    if newest is None:
        return []
    calendar, rules = calendar_of(plant), pack_of(plant.code).base.brief
    day = calendar.day_of(at) - ONE
    ended_at = calendar.bounds(day)[1]
    if newest < day - SILENT or at < ended_at + dt.timedelta(minutes=rules.after):
        return []
    month = calendar.month_of(day)
    wanted = [Period.day(day), *([month] if calendar.days_of(month)[1] == day else [])]
    missing = [period for period in wanted if briefs.newest(plant, period) is None]
    if not missing or _asked(plant, ended_at):
        return []
    if at < ended_at + dt.timedelta(minutes=rules.wait) and not _whole(plant, day):
        return []
    for period in missing:
        briefs.ask(plant=plant, period=period, calendar=calendar, by=None, at=at)
    return [f"{plant.code} {period}" for period in missing]


def _asked(plant: Plant, since: dt.datetime) -> bool:
    """Boards that are still to be built; or the clock asked already, and what failed is not asked for over and over."""
    rows = Job.objects.filter(plant=plant)
    if rows.filter(kind__in=("boards", "cascades"), state__in=jobs.UNDER_WAY).exists():
        return True
    return rows.filter(kind=briefs.KIND, created_by=None, created_at__gte=since).exists()


def _whole(plant: Plant, day: dt.date) -> bool:
    """Whether every line has reported all that its rows of the day owe."""
    rows = IndicatorRow.objects.filter(
        plant=plant, grain=Grain.DAY.value, period=str(day), unit__kind="line"
    ).values_list("covered", "expected")
    found = list(rows)
    return bool(found) and all(covered >= expected for covered, expected in found)
