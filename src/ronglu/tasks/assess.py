"""Scores one plant month in the worker: dirty partitions first, then the sheet, then the run is kept."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.config.clock import now, today
from ronglu.config.plant import pack_of
from ronglu.facts import assess as columns
from ronglu.facts.month import frame, refresh
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.outcome import Outcome
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, ItemFigure, Job, Plant, Result, Run, SheetVersion, VetoMark
from ronglu.store.values import calendar_of
from ronglu.tasks.run import Progress
from ronglu.work import partitions, results

ONE = dt.timedelta(days=1)


class NoSheet(ValueError):
    """No sheet is in force for the month."""


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: month (2026-03), cause; result: run number and digest."""
    assert job.plant is not None
    made = assess_month(
        plant=job.plant, month=Period.parse(job.args["month"]), by=job.created_by, at=now(), progress=progress,
        cause=job.args.get("cause", ""),
    )  # fmt: skip
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
    version, outcome = compute(plant=plant, month=month, at=at, progress=progress)
    return results.record(plant=plant, sheet=version, outcome=outcome, at=at, by=by, cause=cause)


def compute(
    *, plant: Plant, month: Period, at: dt.datetime, progress: Progress | None = None
) -> tuple[SheetVersion, Outcome]:
    """The outcome without keeping it: what `--dry-run` shows."""
    say = progress or (lambda done, total, message: None)
    version = sheet_in_force(plant, month)
    calendar, pack, home = calendar_of(plant), pack_of(plant.code), Path(settings.HOME)
    until = min(calendar.days_of(month)[1], today() - ONE)
    say(0, 3, "读数归档")
    digests = freshen(plant=plant, month=month, at=at)
    say(1, 3, "逐项计分")
    outcome = columns.assess(
        plant=plant, month=month, sheet=build(version.declaration), pack=pack, calendar=calendar, until=until, home=home,
        given=given_for(plant, month),
    )  # fmt: skip
    say(2, 3, "归档")
    whole = Outcome(outcome.month, outcome.results, outcome.totals, {**outcome.partitions, **digests})
    return version, whole


def sheet_in_force(plant: Plant, month: Period) -> SheetVersion:
    found = SheetVersion.objects.filter(plant=plant, code="shuangbai", from_month__lte=month.yyyymm)
    version = found.order_by("-from_month", "-version").first()
    if version is None:
        raise NoSheet(f"{plant.name}在 {month} 没有已发布的双百表：请先由党群工作部发布一版起用月不晚于 {month} 的表")
    return version


def freshen(*, plant: Plant, month: Period, at: dt.datetime) -> dict[str, str]:
    """Writes the readings partitions the tables have moved on from; says the digest of the month's own."""
    calendar, pack = calendar_of(plant), pack_of(plant.code)
    for one in partitions.dirty(plant=plant, fact="readings"):
        span = Period.from_yyyymm(one.month)
        first, last = calendar.days_of(span)
        f = frame(plant=plant, month=one.month, first=first, last=last, until=last, pack=pack, home=Path(settings.HOME))
        written = refresh(f)
        partitions.built(partition=one, digest=written.digest, rows=written.rows, at=at)
    name = f"readings/{month.yyyymm}"
    found = plant.partitions.filter(fact="readings", month=month.yyyymm).values_list("digest", flat=True).first()
    return {name: found} if found else {}


def given_for(plant: Plant, month: Period) -> columns.Given:
    signed = ItemFigure.objects.filter(body__plant=plant, month=month.yyyymm).exclude(signed_by=None)
    vetoes = VetoMark.objects.filter(body__plant=plant, month=month.yyyymm).exclude(approved_by=None)
    return columns.Given(
        past=_past(plant, month),
        imports={(f.body_id, f.item): (f.won, f.ground) for f in signed},
        vetoed=frozenset(vetoes.values_list("body_id", flat=True)),
    )


def _past(plant: Plant, month: Period) -> columns.Past:
    """Audited quarterly and yearly results of the fifteen months before, from the run that stands for each."""
    since = (month - 15).yyyymm
    newest: dict[int, int] = {}
    runs = Run.objects.filter(plant=plant, month__gte=since, month__lt=month.yyyymm).order_by("month", "number")
    for pk, of in runs.values_list("pk", "month"):
        newest[of] = pk
    found: dict[tuple[int, str], list[tuple[Period, Score]]] = defaultdict(list)
    rows = Result.objects.filter(run__in=newest.values()).exclude(state=State.CARRIED.value)
    for row in rows.select_related("run"):
        one = Score(item=row.item, full_h=row.points, state=State(row.state), won_h=row.won, share_ppb=row.share)
        found[row.body_id, row.item].append((Period.from_yyyymm(row.run.month), one))
    return found
