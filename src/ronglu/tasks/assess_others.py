"""Scores the sheets beside 双百 in the worker: duty performance of who answers for a branch, and crews by their line."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.config.clock import now, today
from ronglu.config.plant import pack_of
from ronglu.facts import assess as columns
from ronglu.facts import basis, crews, duties, others
from ronglu.facts.month import frame
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, AssessedRun, Job, Plant
from ronglu.store.values import calendar_of
from ronglu.tasks.assess import freshen
from ronglu.tasks.run import Progress
from ronglu.work import assessed

ONE = dt.timedelta(days=1)


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: month (2026-03)."""
    assert job.plant is not None
    month = Period.parse(job.args["month"])
    progress(0, 2, "履职")
    duty = persons(plant=job.plant, month=month, at=now(), by=job.created_by)
    progress(1, 2, "横大班")
    crew = lines(plant=job.plant, month=month, at=now(), by=job.created_by)
    return {"duty": duty.number, "crew": crew.number}


def persons(*, plant: Plant, month: Period, at: dt.datetime, by: Account | None = None) -> AssessedRun:
    """Secretaries, deputies and committee members of branches, by what fell due for them."""
    sheet, loops = _sheet(plant, assessed.DUTY, month), pack_of(plant.code).loops
    seats = duties.Seats.of(plant, month)
    rows = duties.rows(plant=plant, month=month, loops=loops, until=today() - ONE, seats=seats)
    found = others.judged(sheet=sheet, subjects=seats.people, rows=rows, month=month)
    return assessed.record(
        plant=plant, code=assessed.DUTY, month=month, declaration=sheet.declaration, judged=found, at=at, by=by
    )


def lines(*, plant: Plant, month: Period, at: dt.datetime, by: Account | None = None) -> AssessedRun:
    """Every crew that stands under a line at the end of the month, or today while it runs."""
    sheet, pack, calendar = _sheet(plant, assessed.CREW, month), pack_of(plant.code), calendar_of(plant)
    until, (first, last) = today() - ONE, calendar.days_of(month)
    freshen(plant=plant, month=month, at=at)
    f = frame(plant=plant, month=month.yyyymm, first=first, last=last, until=until, pack=pack, home=Path(settings.HOME))
    of_line = crews.crews(plant, min(last, today()))
    targets = basis.Targets(columns.plans_of(f, pack, month, calendar), basis.owned_days(f))
    figures = columns.month_figures(f)
    rows = list(crews.indicator_rows(f=f, pack=pack, figures=figures, targets=targets, lines=of_line))
    rows += crews.counted_rows(plant=plant, month=month, loops=pack.loops, until=until, lines=of_line)
    found = others.judged(sheet=sheet, subjects=sorted(of_line), rows=rows, month=month)
    return assessed.record(
        plant=plant, code=assessed.CREW, month=month, declaration=sheet.declaration, judged=found, at=at, by=by
    )


def _sheet(plant: Plant, code: str, month: Period) -> Sheet:
    """The version the plant published, else the one that ships."""
    published = assessed.in_force(plant=plant, code=code, month=month)
    return build(published) if published else pack_of(plant.code).base.sheets[code]
