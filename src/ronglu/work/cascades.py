"""The cascade of plans follows plans, readings and stops: every write asks the worker once to reckon it anew."""

import datetime as dt

from django.utils.translation import gettext as _

from ronglu.store.models import Account, Job, Plant
from ronglu.work import jobs

KIND = "cascades"


def follow(*, plant: Plant, at: dt.datetime, by: Account | None = None) -> None:
    """As boards.follow: a job that still waits sees this write too."""
    waits = Job.objects.select_for_update().filter(kind=KIND, plant=plant, state="waiting")
    if waits.order_by("pk").first() is None:
        jobs.enqueue(kind=KIND, label=_("更新计划分解"), plant=plant, at=at, by=by)
