"""Long work: asked for by name, shown with progress, cancelled by a person. What it does is known to `tasks` alone."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from ronglu.store.models import Account, Job, Plant

RUNNER = "ronglu.tasks.run.run_job"  # by name: this room must not know the worker


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
    job = Job.objects.create(kind=kind, label=label, plant=plant, args=args or {}, created_by=by, created_at=at)
    transaction.on_commit(lambda: import_string(RUNNER).enqueue(job.pk))
    return job


@transaction.atomic
def cancel(*, job: Job, by: Account) -> None:
    """Asks running work to stop at its next step; waiting work never starts."""
    if Job.objects.filter(pk=job.pk, state="waiting").update(state="cancelled", cancel_asked=True):
        return
    if not Job.objects.filter(pk=job.pk, state="running").update(cancel_asked=True):
        raise Refused(f"“{job.label}”已经{job.get_state_display()}，不能再取消")
