"""What the pages of seasonal tasks show: the year's tasks with their completion, and the pieces that wait for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from ronglu.kernel.labour import Completion
from ronglu.store.models import Membership, Plant, SeasonShare, SeasonTask
from ronglu.work import seasons as verbs
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE = "teams.see"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What this reader may do with it now."""

    share: SeasonShare
    body: str
    late: bool
    may_finish: bool
    may_check: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: SeasonTask
    unit: str
    completion: Completion
    late: bool


def tasks(*, plant: Plant, year: int, places: Places) -> list[TaskRow]:
    """Two queries and the production tree, whatever the number of tasks."""
    shares = _shares().order_by("pk")
    rows = SeasonTask.objects.filter(plant=plant, year=year).prefetch_related(Prefetch("shares", shares, "pieces"))
    return [task_row(row, row.pieces, places) for row in rows.order_by("due_on", "pk")]  # type: ignore[attr-defined]


def task_row(task: SeasonTask, shares: Sequence[SeasonShare], places: Places) -> TaskRow:
    late = task.state == "open" and task.due_on < places.on
    return TaskRow(task, places.unit_name(task.unit_id), verbs.completion_of(shares), late)


def task_of(*, scope: Scope, pk: int) -> SeasonTask | None:
    rows = SeasonTask.objects.filter(plant__in=scope.plants(SEE), pk=pk)
    return rows.select_related("plant", "unit__plant", "set_by__person").first()


def share_of(*, scope: Scope, pk: int) -> SeasonShare | None:
    rows = SeasonShare.objects.filter(task__plant__in=scope.plants(SEE), pk=pk)
    return rows.select_related("task__plant", "body__plant").first()


def shares_of(task: SeasonTask) -> QuerySet[SeasonShare]:
    return _shares().filter(task=task).order_by("due_on", "pk")


def own_pieces(*, scope: Scope) -> QuerySet[SeasonShare]:
    """Open pieces of the group or branch one is a member of; those of the other groups are theirs."""
    own = Membership.objects.on(scope.on).filter(person_id=scope.person_id).values("body_id")
    return _waiting("open").filter(body__in=own).order_by("due_on", "pk")


def pieces_to_check(*, scope: Scope) -> QuerySet[SeasonShare]:
    """Pieces reported done that this reader may check; not those that he reported himself."""
    reach = scope.reach("shares.check")
    rows = _waiting("done").filter(Q(body__in=reach.bodies) | Q(body__plant__in=reach.plants))
    return rows.exclude(done_by_id=scope.account_id).order_by("done_at", "pk")


def shown(rows: Sequence[SeasonShare], *, scope: Scope, places: Places) -> list[ShareRow]:
    return [_share(row, scope, places) for row in rows]


def _share(row: SeasonShare, scope: Scope, places: Places) -> ShareRow:
    running = row.task.state != "dropped"
    plant = row.body.plant_id
    do, check = scope.reach("shares.do"), scope.reach("shares.check")
    return ShareRow(
        row,
        places.body_name(row.body_id),
        running and row.state == "open" and row.due_on < places.on,
        running and row.state == "open" and covers(do, body=row.body_id, plant=plant),
        running and row.state == "done" and covers(check, body=row.body_id, plant=plant) and scope.another(row.done_by),
    )


def _shares() -> QuerySet[SeasonShare]:
    return SeasonShare.objects.select_related("task", "body", "done_by", "checked_by__person")


def _waiting(state: str) -> QuerySet[SeasonShare]:
    return _shares().filter(state=state).exclude(task__state="dropped")
