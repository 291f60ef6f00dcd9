"""Boards follow the readings: every write asks the worker to bring them up to date, once however many writes there are."""

import datetime as dt

from django.utils.translation import gettext as _

from ronglu.store.models import Account, Plant
from ronglu.work import jobs

KIND = "boards"


def follow(*, plant: Plant, at: dt.datetime, by: Account | None = None) -> None:
    jobs.ask_once(kind=KIND, label=_("更新指标板"), plant=plant, at=at, by=by)
