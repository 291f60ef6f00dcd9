"""The cascade of plans follows plans, readings and stops: every write asks the worker once to reckon it anew."""

import datetime as dt

from django.utils.translation import gettext as _

from ronglu.store.models import Account, Plant
from ronglu.work import jobs

KIND = "cascades"


def follow(*, plant: Plant, at: dt.datetime, by: Account | None = None) -> None:
    jobs.ask_once(kind=KIND, label=_("更新计划分解"), plant=plant, at=at, by=by)
