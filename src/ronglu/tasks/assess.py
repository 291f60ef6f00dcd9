"""Scores one plant month in the worker: dirty partitions first, then the sheet, then the run is kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.boards.sheet import changes
from ronglu.config.clock import now, today
from ronglu.config.plant import pack_of
from ronglu.facts import assess as columns
from ronglu.facts import civil
from ronglu.facts.month import refresh
from ronglu.facts.partition import Written
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.rules.outcome import Outcome
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import (
    Account,
    CalendarRow,
    Closing,
    ItemFigure,
    Job,
    Partition,
    Plant,
    Result,
    Run,
    SheetVersion,
    VetoMark,
)
from ronglu.store.values import calendar_of
from ronglu.tasks.run import Progress
from ronglu.work import adjustments, closings, life_findings, partitions, results, rulings, runs, sheets
from ronglu.work.findings import refresh_findings
from ronglu.work.queries import agreed

ONE = dt.timedelta(days=1)
BACK = 15
"""Months before the one that is scored among whose results a carried one is looked for."""


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: month (2026-03), cause, dry_run; result: run number and digest, or what keeping it would change."""
    assert job.plant is not None
    month, cause = Period.parse(job.args["month"]), job.args.get("cause", "")
    if job.args.get("dry_run"):
        return dry_run(plant=job.plant, month=month, at=now(), progress=progress)
    if (closing := closings.of(plant=job.plant, month=month)) and closing.state == closings.CLOSED:
        return revalue(closing=closing, cause=cause, by=job.created_by, progress=progress)
    made = assess_month(plant=job.plant, month=month, by=job.created_by, at=now(), progress=progress, cause=cause)
    return {"run": made.number, "digest": made.digest}


def assess_month(
    *,
    plant: Plant,
    month: Period,
    at: dt.datetime,
    by: Account | None = None,
    progress: Progress | None = None,
    cause: str = "",
) -> Run:
    return scored(plant=plant, month=month, at=at, by=by, progress=progress, cause=cause)[0]


def scored(
    *,
    plant: Plant,
    month: Period,
    at: dt.datetime,
    by: Account | None = None,
    progress: Progress | None = None,
    cause: str = "",
) -> tuple[Run, Outcome]:
    """The rules are checked first, as it stands today: B7 must not depend on who last looked."""
    refresh_findings(plant=plant, on=today(), at=at, by=by)
    life_findings.refresh(plant=plant, on=today(), at=at, by=by)
    version, outcome = compute(plant=plant, month=month, at=at, progress=progress)
    return results.record(plant=plant, sheet=version, outcome=outcome, at=at, by=by, cause=cause), outcome


def revalue(
    *, closing: Closing, cause: str, by: Account | None, progress: Progress | None = None
) -> dict[str, Any]:  # fmt: skip
    """A closed month by what is known now, under its frozen sheet: an adjustment to agree to, or nothing moved."""
    month = Period.from_yyyymm(closing.month)
    _, outcome = compute(plant=closing.plant, month=month, at=now(), progress=progress)
    made = adjustments.propose(closing=closing, outcome=outcome, cause=cause or "重新计算", by=by, at=now())
    return {"adjustment": made.number if made else None}


def dry_run(*, plant: Plant, month: Period, at: dt.datetime, progress: Progress | None = None) -> dict[str, Any]:
    """What would change against the run that stands; keeps no run."""
    _, outcome = compute(plant=plant, month=month, at=at, progress=progress)
    return changes.preview(run=runs.newest(plant=plant, month=month), outcome=outcome)


def compute(
    *, plant: Plant, month: Period, at: dt.datetime, progress: Progress | None = None
) -> tuple[SheetVersion, Outcome]:
    """The sheet in force and the outcome under it; nothing of it is kept here but the partitions that were behind."""
    say = progress or (lambda done, total, message: None)
    version = sheets.in_force(plant=plant, month=month)
    calendar, pack, home = calendar_of(plant), pack_of(plant.code), Path(settings.HOME)
    until = today() - ONE  # party items look at the calendar month, which may end after the statistical one
    say(0, 3, "读数归档")
    digests = freshen(plant=plant, month=month, at=at)
    digests |= freshen_counted(plant=plant, month=month, at=at, loops=pack.loops)
    say(1, 3, "逐项计分")
    outcome = columns.assess(
        plant=plant, month=month, sheet=sheets.sheet_of(version), pack=pack, calendar=calendar, until=until, home=home,
        given=given_for(plant, month),
    )  # fmt: skip
    say(2, 3, "归档")
    whole = Outcome(outcome.month, outcome.results, outcome.totals, {**outcome.partitions, **digests})
    return version, whole


def freshen(*, plant: Plant, month: Period, at: dt.datetime) -> dict[str, str]:
    """Writes the readings partitions the tables have moved on from; says the digest of the month's own."""
    _read(plant, at)
    return _digests(plant.partitions.filter(fact="readings", month=month.yyyymm))


def freshen_counted(*, plant: Plant, month: Period, at: dt.datetime, loops: Mapping[str, Loop]) -> dict[str, str]:
    """The same for cases, events and missions; also where other clocks are declared now. A quarter's end looks back on it."""
    ending = [month.up(g) for g in (Grain.MONTH, Grain.QUARTER, Grain.YEAR) if month.up(g).last == month.last]
    looked = {m for period in ending for m in period.down(Grain.MONTH)}
    for source, unwritten in civil.UNWRITTEN.items():
        partitions.ensure(plant=plant, fact=source, months=unwritten(plant, sorted(looked)))
    _count(plant, at, loops)
    months = [m.yyyymm for m in looked]
    return _digests(plant.partitions.filter(fact__in=civil.SOURCES, month__in=months, rows__gt=0))


def catch_up(*, plant: Plant, at: dt.datetime) -> None:
    """What the tables have moved on from, scored or not: a sheet is told to be behind only where its facts are others."""
    if CalendarRow.objects.filter(plant=plant).exists():  # without shifts nothing belongs to a month yet
        _read(plant, at)
        _count(plant, at, pack_of(plant.code).loops)


def _read(plant: Plant, at: dt.datetime) -> None:
    for one in partitions.dirty(plant=plant, fact="readings"):
        _built(one, refresh(plant=plant, month=one.month, home=Path(settings.HOME)), at)


def _count(plant: Plant, at: dt.datetime, loops: Mapping[str, Loop]) -> None:
    for source in civil.SOURCES:
        for one in plant.partitions.filter(fact=source).order_by("month"):
            what = {"source": source, "plant": plant, "month": one.month, "loops": loops, "home": Path(settings.HOME)}
            if one.built < one.wanted or civil.outdated(**what):
                _built(one, civil.refresh(**what), at)


def _digests(found: Iterable[Partition]) -> dict[str, str]:
    return {f"{one.fact}/{one.month}": one.digest for one in found}


def _built(one: Partition, written: Written, at: dt.datetime) -> None:
    partitions.built(partition=one, digest=written.digest, rows=written.rows, at=at)


def given_for(plant: Plant, month: Period) -> columns.Given:
    signed = ItemFigure.objects.filter(body__plant=plant, month=month.yyyymm).exclude(signed_by=None)
    vetoes = VetoMark.objects.filter(body__plant=plant, month=month.yyyymm).exclude(approved_by=None)
    return columns.Given(
        past=_past(plant, month),
        imports={(f.body_id, f.item): (f.won, f.ground) for f in signed},
        rulings=rulings.signed(plant=plant, month=month),
        vetoed=frozenset(vetoes.values_list("body_id", flat=True)) - rulings.lifted(plant=plant, month=month),
    )


def _past(plant: Plant, month: Period) -> columns.Past:
    """Audited quarterly and yearly results of the months before, from the run that stands for each, as adjusted."""
    newest = runs.newest_of(plant=plant, months=[month - n for n in range(1, BACK + 1)])
    changed = agreed.changed(plant=plant, since=(month - BACK).yyyymm)
    found: dict[tuple[int, str], list[tuple[Period, Score]]] = defaultdict(list)
    rows = Result.objects.filter(run__in=newest.values()).exclude(state=State.CARRIED.value)
    for row in rows.select_related("run"):
        now = changed.get((row.run.month, row.body_id, row.item)) or row
        state, won, share = now.state, now.won, now.share
        one = Score(item=row.item, full_h=row.points, state=State(state), won_h=won, share_ppb=share)
        found[row.body_id, row.item].append((Period.from_yyyymm(row.run.month), one))
    return found
