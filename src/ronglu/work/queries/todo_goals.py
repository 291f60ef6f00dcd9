"""What waits in the annual plan: one's own side of a joint stage, tasks of programmes to do and to check, results to judge."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, QuerySet

from ronglu.store.models import Goal, GoalState, ProgrammeTask
from ronglu.work.queries import key_tasks, programmes
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

SEE, SET = "goals.see", "goals.set"
LISTED = 5
SOON = dt.timedelta(days=7)


def waiting_goals(scope: Scope) -> Iterator[Todo]:
    """The same number of queries whatever waits; none for whoever may do nothing of it."""
    if scope.has(SEE):
        for one in key_tasks.mine(scope=scope, until=scope.on + SOON)[:LISTED]:
            yield Todo("joint_stage", place=one.task.title, key=str(one.task_id), due=one.due_on)
    if scope.has(programmes.DO):
        yield from _each("programme_task", programmes.to_do(scope=scope, until=scope.on + SOON))
    if scope.has(programmes.CHECK):
        yield from _each("programme_check", programmes.to_check(scope=scope))
    if scope.has(SET):
        told = (
            Goal.objects.filter(state=GoalState.TOLD).exclude(told_by=scope.account_id).exclude(person=scope.person_id)
        )
        # what stands above judges; the topmost goals are judged within their own body
        above = told.filter(parent__body__in=scope.bodies(SET)) | told.filter(parent=None, body__in=scope.bodies(SET))
        n = above.count()
        if n:
            yield Todo("goal_judge", n)


def _each(kind: str, tasks: QuerySet[ProgrammeTask]) -> Iterator[Todo]:
    """One row a programme."""
    rows: Any = tasks.values("stage__programme", "stage__programme__title").annotate(n=Count("pk"), due=Min("due_on"))
    for row in rows.order_by("due", "stage__programme")[:LISTED]:
        yield Todo(kind, row["n"], row["stage__programme__title"], str(row["stage__programme"]), due=row["due"])
