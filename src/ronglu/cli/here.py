"""Long work done by a command itself: the same job, performed in this process instead of the worker."""

import datetime as dt
from typing import Any

from ronglu.store.models import Job, Plant
from ronglu.tasks.run import perform


def do(job: Job, at: dt.datetime) -> dict[str, Any]:
    """What the handler gives back; the job keeps how it ended. Nothing where a worker was quicker."""
    if not Job.objects.filter(pk=job.pk, state="waiting").update(state="running", started_at=at):
        return {}
    try:
        result = perform(job)
    except Exception as error:
        Job.objects.filter(pk=job.pk).update(state="failed", message=str(error), finished_at=at)
        raise
    Job.objects.filter(pk=job.pk).update(state="done", result=result, finished_at=at)
    return result


def rest(plant: Plant, at: dt.datetime, *, after: int = 0) -> None:
    """What that work asked for in turn (the boards after an import): a command puts nothing in the worker's queue."""
    for job in Job.objects.filter(plant=plant, state="waiting", pk__gt=after).order_by("pk"):
        do(job, at)
