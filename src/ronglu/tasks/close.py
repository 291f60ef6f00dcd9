"""Closes one month in the worker: its facts are archived first, then the tables are sealed in one transaction.

Closed months whose records moved afterwards are reckoned again, for somebody to agree to what comes of it.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ronglu.config.clock import now
from ronglu.facts import keep
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Closing, Job, Plant
from ronglu.tasks.run import Progress
from ronglu.work import adjustments, closings, jobs, seals

BACK = 15
"""Closed months looked at again: a year and a quarter."""


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: closing (its key); by is whoever asked for the job. What the month means for linkage is computed next."""
    assert job.created_by is not None
    progress(0, 2, "归档")
    closing = Closing.objects.select_related("plant", "run", "proposed_by").get(pk=job.args["closing"])
    closed = close_month(closing=closing, by=job.created_by, at=now())
    assert closed.seal is not None
    month = Period.from_yyyymm(closed.month)
    jobs.enqueue(
        kind="linkage", label=f"联动 {month.label} · {closed.plant.name}", at=now(), by=job.created_by, plant=closed.plant,
        args={"month": str(month)},
    )  # fmt: skip
    return {"seal": closed.seal.number, "digest": closed.seal.digest}


def close_month(*, closing: Closing, by: Account, at: dt.datetime) -> Closing:
    """Only the files of the one who closes become the archive: who comes second changes nothing of it."""
    closings.refuse_hand(closing=closing, by=by, on=at.date())
    home, plant = Path(settings.HOME), closing.plant
    with keep.copied(home=home, plant=plant.code, partitions=closing.run.partitions) as kept:
        files = {path: seals.file_digest(kept.at / path, closings.algorithm_of(plant)) for path in kept.paths}
        with transaction.atomic():
            done = closings.close(closing=closing, files=files, by=by, on=at.date(), at=at)
            keep.put(kept, home=home, plant=plant.code, month=closing.month)
    return done


def tend(*, plant: Plant, at: dt.datetime) -> None:
    """Once a day. Work that waits already is not asked for twice."""
    since = Period.of(at.date(), Grain.MONTH) - BACK
    closed = Closing.objects.filter(plant=plant, state=closings.CLOSED, month__gte=since.yyyymm).select_related("run")
    waiting = Job.objects.filter(plant=plant, kind="assess", state__in=jobs.UNDER_WAY)
    asked = {args.get("month") for args in waiting.values_list("args", flat=True)}
    for closing in closed.order_by("month"):
        month = Period.from_yyyymm(closing.month)
        if str(month) not in asked and adjustments.behind(closing):
            jobs.enqueue(
                kind="assess", label=f"计分 {month.label} · {plant.name}", at=at, plant=plant,
                args={"month": str(month), "cause": "关账以后记录有改动"},
            )  # fmt: skip
