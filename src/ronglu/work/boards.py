"""Boards follow the readings: every write asks the worker to bring them up to date, once however many writes there are."""

import datetime as dt

from django.utils.translation import gettext as _

from ronglu.store.models import Account, Job, Plant
from ronglu.work import jobs

KIND = "boards"


def follow(*, plant: Plant, at: dt.datetime, by: Account | None = None) -> None:
    """Called in the transaction of the write. A job that still waits is held until then, so that it sees this write too."""
    waits = Job.objects.select_for_update().filter(kind=KIND, plant=plant, state="waiting")
    if waits.order_by("pk").first() is None:
        jobs.enqueue(kind=KIND, label=_("更新指标板"), plant=plant, at=at, by=by)
