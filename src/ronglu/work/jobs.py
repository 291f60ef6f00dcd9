"""Long work: asked for by name, shown with progress, cancelled by a person. What it does is known to `tasks` alone.

Work that writes is one transaction: nobody sees what it says inside, and SQLite lets nobody else write. So how far it
is, and whether someone asked it to stop, also lie on two slips of paper beside the database.
"""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from ronglu.store.models import Account, Job, Plant

RUNNER = "ronglu.tasks.run.run_job"  # by name: this room must not know the worker


UNDER_WAY = ("waiting", "running")
"""States of a job whose answer is still to come."""
STOPPED = "程序在办到一半时停了；没有办完的不算数，请再办一次"


class Refused(Exception):
    """The work cannot be cancelled any more."""


@transaction.atomic
def enqueue(
    *,
    kind: str,
    label: str,
    at: dt.datetime,
    by: Account | None = None,
    plant: Plant | None = None,
    args: dict[str, Any] | None = None,
) -> Job:
    """Puts work in the queue once the surrounding transaction has committed."""
    job = Job.objects.create(kind=kind, label=label[:200], plant=plant, args=args or {}, created_by=by, created_at=at)
    transaction.on_commit(lambda: import_string(RUNNER).enqueue(job.pk))
    return job


def ask_once(*, kind: str, label: str, plant: Plant, at: dt.datetime, by: Account | None = None) -> None:
    """Called in the transaction of a write. A job that still waits is held until then, so that it sees this write too."""
    waits = Job.objects.select_for_update().filter(kind=kind, plant=plant, state="waiting")
    if waits.order_by("pk").first() is None:
        enqueue(kind=kind, label=label, plant=plant, at=at, by=by)


def cancel(*, job: Job, by: Account) -> None:
    """Asks running work to stop at its next step; waiting work never starts."""
    if Job.objects.filter(pk=job.pk, state="running").exists():
        _slip(job.pk, "stop").touch()
    elif not Job.objects.filter(pk=job.pk, state="waiting").update(state="cancelled"):
        raise Refused(f"“{job.label}”{job.get_state_display()}，不能再取消")


def tell(job: Job, done: int, total: int, message: str) -> None:
    """How far running work is, for `seen`; replaced whole, so that a reader never meets half a line."""
    fresh = _slip(job.pk, "new")
    fresh.write_text(json.dumps({"done": done, "total": total, "message": message}), encoding="utf-8")
    os.replace(fresh, _slip(job.pk, "far"))


def seen(job: Job) -> Job:
    """The job with what it said last, inside its transaction too."""
    if job.state == "running":
        try:
            said = _slip(job.pk, "far").read_text(encoding="utf-8")
        except FileNotFoundError:  # nothing said yet, or ended just now
            return job
        for name, value in json.loads(said).items():
            setattr(job, name, value)
    return job


def of(*, pk: int, kind: str, by: Account) -> Job | None:
    """Work of a kind that this account asked for."""
    return Job.objects.select_related("plant").filter(pk=pk, kind=kind, created_by=by).first()


def strand(*, at: dt.datetime) -> int:
    """Work that a worker took and did not end: power failed, or it was stopped in the middle. Called before a worker begins, for
    then none of it goes on; whoever waits for it is told. Says how many."""
    lost = list(Job.objects.filter(state="running"))
    for job in lost:
        forget(job)
    return Job.objects.filter(pk__in=[job.pk for job in lost], state="running").update(
        state="failed", message=STOPPED, finished_at=at
    )


def stop_asked(job: Job) -> bool:
    return _slip(job.pk, "stop").exists()


def forget(job: Job) -> None:
    """Takes the slips of ended work away."""
    for kind in ("far", "stop", "new"):
        _slip(job.pk, kind).unlink(missing_ok=True)


def _slip(pk: int, kind: str) -> Path:
    folder = Path(settings.HOME) / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{pk}.{kind}"
