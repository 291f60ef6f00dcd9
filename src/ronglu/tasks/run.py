"""Runs one job: takes it once, tells how far it is, stops when asked, keeps the reason when it fails."""

import datetime as dt
import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import transaction
from django_tasks import task

from ronglu.store.models import Job
from ronglu.work import jobs

log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]

# kind → module whose `run(job, progress)` does it; imported only in the worker
HANDLERS = {
    "import.check": "ronglu.tasks.imports_check",
    "import.write": "ronglu.tasks.imports_write",
    "assess": "ronglu.tasks.assess",
    "assess.others": "ronglu.tasks.assess_others",
    "close": "ronglu.tasks.close",
    "linkage": "ronglu.tasks.linkage",
    "boards": "ronglu.tasks.boards",
    "brief": "ronglu.tasks.briefs",
    "cascades": "ronglu.tasks.cascades",
    "effect": "ronglu.tasks.effects",
    "feed.try": "ronglu.tasks.feeds_try",
    "meetings": "ronglu.tasks.meetings",
    "whatif": "ronglu.tasks.whatif",
    "contest": "ronglu.tasks.contests",
    "zones.labels": "ronglu.tasks.zone_labels",
}


class Cancelled(Exception):
    """A person asked to stop."""


@task()
def run_job(job_id: int) -> None:
    now = dt.datetime.now()  # the worker is one of the rooms that may read the clock
    if not Job.objects.filter(pk=job_id, state="waiting").update(state="running", started_at=now):
        return  # taken by another worker, or cancelled while it waited
    job = Job.objects.get(pk=job_id)
    state, message, result = "done", "", {}
    try:
        result = perform(job)
    except Cancelled:
        state, message = "cancelled", "已按要求取消，没有写入任何数据"
    except Exception as error:
        log.exception("job %s failed", job_id)
        state, message = "failed", str(error) or type(error).__name__
    jobs.forget(job)
    Job.objects.filter(pk=job_id).update(state=state, message=message, result=result, finished_at=dt.datetime.now())


def perform(job: Job) -> dict[str, Any]:
    """Runs the job's handler in this process; what it returns is kept beside the job."""
    handler = import_module(HANDLERS[job.kind])
    return handler.run(job, progress_of(job)) or {}


def progress_of(job: Job) -> Progress:
    """Says how far the job is, in its row too while no transaction is open: inside one the row would be held from the
    person who wants to cancel.
    """

    def progress(done: int, total: int, message: str = "") -> None:
        jobs.tell(job, done, total, message)
        if not transaction.get_connection().in_atomic_block:
            Job.objects.filter(pk=job.pk).update(done=done, total=total, message=message)
        if jobs.stop_asked(job):
            raise Cancelled

    return progress
