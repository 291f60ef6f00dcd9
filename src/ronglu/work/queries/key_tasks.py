"""Key tasks as pages read them: eight stages by two sides, what is missing, and what waits for one reader."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from ronglu.kernel.annual.joint import Joint, JointStamp, lacking
from ronglu.store.models import Gathering, KeyTask, KeyTaskStage, KeyTaskState, Plant
from ronglu.work.key_tasks import side_of
from ronglu.work.scope import Scope

SEE, SET = "goals.see", "goals.set"
RECENT = 12


@dataclass(frozen=True, slots=True)
class StageRow:
    row: KeyTaskStage
    stamp: JointStamp
    state: str
    may_confirm: bool
    may_move: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A key task and how far its eight stages have come; `lacks` are stages gone by that a side never confirmed."""

    task: KeyTask
    stages: tuple[StageRow, ...]
    lacks: tuple[tuple[Joint, tuple[str, ...]], ...]

    @property
    def done(self) -> int:
        return sum(one.stamp.done_on is not None for one in self.stages)

    @property
    def state(self) -> str:
        """What the list shows: the task's own state, or that something is missing."""
        return "lacking" if self.lacks and self.task.state == KeyTaskState.OPEN else self.task.state


def listed(
    *, plant: Plant, year: int, scope: Scope, on: dt.date, theme: int | None = None, grip: str = ""
) -> list[TaskRow]:
    """Of a year, two queries: those that run on any day of it."""
    rows = KeyTask.objects.filter(plant=plant, first_on__lte=dt.date(year, 12, 31), last_on__gte=dt.date(year, 1, 1))
    if theme:
        rows = rows.filter(theme=theme)
    if grip:
        rows = rows.filter(grip=grip)
    found = rows.select_related("party", "line", "theme").prefetch_related("stages")
    return [told(one, scope=scope, on=on) for one in found]


def told(task: KeyTask, *, scope: Scope, on: dt.date, may_set: bool = False) -> TaskRow:
    side = side_of(task, scope)
    running = task.state == KeyTaskState.OPEN
    stages = tuple(
        _stage(one, side if running else None, on, may_set and running) for one in task.stages.all() if not one.dropped
    )
    return TaskRow(task, stages, lacking([one.stamp for one in stages], on))


def task_of(*, scope: Scope, pk: int) -> KeyTask | None:
    rows = KeyTask.objects.select_related("plant", "body", "unit", "theme", "goal", "party", "line", "set_by__person")
    return rows.prefetch_related("stages__gathering", "stages__case").filter(pk=pk, plant__in=scope.plants(SEE)).first()


def stage_of(*, scope: Scope, pk: int) -> KeyTaskStage | None:
    rows = KeyTaskStage.objects.select_related(
        "task__plant", "task__body", "task__party", "task__line", "party_by", "line_by"
    )
    return rows.filter(pk=pk, task__plant__in=scope.plants(SEE)).first()


def meetings(*, task: KeyTask) -> list[Gathering]:
    """Meetings of its body that were held since it began: a stage may have been done in one of them."""
    rows = Gathering.objects.filter(body=task.body_id, state="closed", starts_at__date__gte=task.first_on)
    return list(rows.order_by("-starts_at", "-pk")[:RECENT])


def mine(*, scope: Scope, until: dt.date) -> list[KeyTaskStage]:
    """Stages that wait for the reader's own confirmation and fall due by `until`, the earliest first."""
    waits = Q(task__party__in=scope.hands, party_on=None) | Q(task__line__in=scope.hands, line_on=None)
    rows = KeyTaskStage.objects.filter(waits, task__state=KeyTaskState.OPEN, dropped=False, due_on__lte=until)
    found = rows.select_related("task").order_by("due_on", "pk") if scope.hands else ()
    return [one for one in found if _asked(one, side_of(one.task, scope))]


def _asked(stage: KeyTaskStage, side: str | None) -> bool:
    return (stage.party_on if side == "party" else stage.line_on) is None


def _stage(row: KeyTaskStage, side: str | None, on: dt.date, may_set: bool) -> StageRow:
    stamp = JointStamp(stage=Joint(row.stage), due_on=row.due_on, party_on=row.party_on, line_on=row.line_on)
    return StageRow(
        row, stamp, stamp.state(on), side in stamp.missing(), may_set and stamp.done_on is None and row.due_on >= on
    )
