"""Tasks that one reports and another checks, of campaigns and of programmes: which step follows which, and who may not take it."""

import datetime as dt
from typing import Any, TypeVar

from django.db.models import QuerySet

from ronglu.kernel.labour import written
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, CampaignTask, ProgrammeTask
from ronglu.work import hands

Task = TypeVar("Task", CampaignTask, ProgrammeTask)


class BadTask(OrgTrouble):
    """任务不能这样办。"""


def report(task: Task, *, words: str, by: Account, on: dt.date, **told: Any) -> Task:
    """`told`: what goes with the words. What an earlier check said is gone."""
    return _step(
        task, "open", state="done", words=words, done_by=by, done_on=on, checked_by=None, remark="", **told
    )  # fmt: skip


def check(task: Task, *, holds: bool, remark: str, by: Account, on: dt.date) -> Task:
    """By another than who reported it. A no opens it again: what was not done is not done."""
    hands.apart(by, task.done_by, on=on, trouble=BadTask, own="这项任务由您报完成，须由另一人检查")
    if not holds and not remark.strip():
        raise BadTask("退回请写明原因")
    changes: dict[str, Any] = {"state": "checked"} if holds else {"state": "open", "done_on": None, "done_by": None}
    return _step(task, "done", checked_by=by, remark=remark.strip()[:200], **changes)


def drop(task: Task, *, reason: str, on: dt.date) -> Task:
    """Called off in time; what is overdue was missed and stays so."""
    if on > task.due_on:
        raise BadTask(f"期限 {task.due_on} 已过，不能再取消")
    return _step(task, "open", state="dropped", remark=written(reason, what="取消的原因", longest=200))


def refuse_waiting(tasks: "QuerySet[Any]", *, on: dt.date, before: str) -> None:
    """Nothing may wait to be done or checked `before` this; the overdue stay missed."""
    waiting = tasks.filter(state="done").count()
    ahead = tasks.filter(state="open", due_on__gte=on).count()
    if waiting or ahead:
        raise BadTask(f"还有 {waiting} 项任务等检查、{ahead} 项没到期，办完或取消后再{before}")


def _step(task: Task, stood: str, **changes: Any) -> Task:
    """Compare and set: of two who act at once, one is told that it was done already."""
    if not type(task)._default_manager.filter(pk=task.pk, state=stood).update(**changes):
        task.refresh_from_db()
        raise BadTask(f"这项任务{task.get_state_display()}，不能再办这一步")
    task.refresh_from_db()
    return task
