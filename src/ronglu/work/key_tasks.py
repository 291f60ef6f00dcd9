"""Key tasks: opened with their eight joint stages, each stage confirmed by both responsible, each for himself."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.joint import Joint, due_day
from ronglu.kernel.labour import written
from ronglu.store.models import (
    Account,
    Body,
    Case,
    Gathering,
    Goal,
    KeyTask,
    KeyTaskStage,
    KeyTaskState,
    Person,
    Plant,
    Theme,
    Unit,
)
from ronglu.work import audits, hands, partitions
from ronglu.work.evidence import witness
from ronglu.work.scope import Scope

FACT = "key_tasks"
LONGEST = 366


@transaction.atomic
def open_one(
    *, plant: Plant, body: Body, title: str, grip: str, party: Person, line: Person, first: dt.date, last: dt.date,
    shares: Mapping[Joint, int], by: Account, at: dt.datetime, unit: Unit | None = None, theme: Theme | None = None,
    goal: Goal | None = None,
) -> KeyTask:  # fmt: skip
    """`shares`: when each stage falls due, in per cent of the task's time. No day of it has gone by: nobody is late before he knew."""
    if first < at.date():
        raise AnnualTrouble(f"开始日 {first} 已过，请从今天或以后开始")
    if last < first or (last - first).days >= LONGEST:
        raise AnnualTrouble(f"结束日应在 {first} 以后、一年以内")
    _pair(party, line)
    task = KeyTask.objects.create(
        plant=plant, body=body, unit=unit, title=written(title, what="重点任务", longest=160), theme=theme, goal=goal, grip=grip,
        party=party, line=line, first_on=first, last_on=last, set_by=by, set_at=at,
    )  # fmt: skip
    stages = KeyTaskStage.objects.bulk_create(
        KeyTaskStage(task=task, no=no, stage=stage, due_on=due_day(first, last, shares[stage]))
        for no, stage in enumerate(Joint, 1)
    )
    _touch(task, [one.due_on for one in stages])
    _note("open", task, by=by, at=at, party=party.staff_no, line=line.staff_no)
    return task


@transaction.atomic
def confirm(
    *, stage: KeyTaskStage, scope: Scope, by: Account, at: dt.datetime, gathering: Gathering | None = None,
    case: Case | None = None,
) -> KeyTaskStage:  # fmt: skip
    """By the responsible of a side, or who stands in for him; one pair of hands never confirms both sides."""
    _held(stage)
    side = side_of(stage.task, scope)
    if side is None:
        raise AnnualTrouble(f"这个环节由{stage.task.party.name}（党务）和{stage.task.line.name}（行政）各自确认")
    other = stage.line_by if side == "party" else stage.party_by
    if hands.same(other, by):
        raise AnnualTrouble("另一边也是您确认的，须由另一人确认")
    _running(stage)
    changes: dict[str, Any] = {f"{side}_by": by, f"{side}_on": at.date()}
    if gathering is not None:
        changes["gathering"] = gathering
    if case is not None:
        changes["case"] = witness(case, stage.task.body)
    if not KeyTaskStage.objects.filter(pk=stage.pk, dropped=False, **{f"{side}_on": None}).update(**changes):
        raise AnnualTrouble("您这一边已经确认过了")
    stage.refresh_from_db()
    _touch(stage.task, [stage.due_on])
    _note("confirm", stage.task, by=by, at=at, stage=stage.stage, side=side)
    waiting = Q(party_on=None) | Q(line_on=None)
    if not stage.task.stages.filter(waiting, dropped=False).exists():
        KeyTask.objects.filter(pk=stage.task_id, state=KeyTaskState.OPEN).update(state=KeyTaskState.DONE)
    return stage


@transaction.atomic
def move(*, stage: KeyTaskStage, due_on: dt.date, reason: str, by: Account, at: dt.datetime) -> KeyTaskStage:
    """Another day for a stage that is not due yet; a day that has gone by stays where it was, and the eight keep their order."""
    _held(stage)
    _running(stage)
    if stage.due_on < at.date():
        raise AnnualTrouble(f"这个环节 {stage.due_on} 已到期，不能再改日子")
    if not max(stage.task.first_on, at.date()) <= due_on <= stage.task.last_on:
        raise AnnualTrouble(f"期限应在今天以后、任务起止（{stage.task.first_on} 至 {stage.task.last_on}）之内")
    _in_order(stage, due_on)
    why = written(reason, what="改期的理由", longest=200)
    before, stage.due_on = stage.due_on, due_on
    stage.save(update_fields=["due_on"])
    _touch(stage.task, [before, due_on])
    _note("move", stage.task, by=by, at=at, stage=stage.stage, before=str(before), due_on=str(due_on), reason=why)
    return stage


@transaction.atomic
def give(*, task: KeyTask, party: Person, line: Person, by: Account, at: dt.datetime) -> KeyTask:
    """Other responsible from now on; what was confirmed stays confirmed by whom it was."""
    _pair(party, line)
    task.refresh_from_db(from_queryset=KeyTask.objects.select_for_update())
    _open(task)
    before = [task.party.staff_no, task.line.staff_no]
    task.party, task.line = party, line
    task.save(update_fields=["party", "line"])
    _note("give", task, by=by, at=at, before=before, now=[party.staff_no, line.staff_no])
    return task


@transaction.atomic
def drop(*, task: KeyTask, reason: str, by: Account, at: dt.datetime) -> KeyTask:
    """The stages still ahead go with it; those whose day is over stay, confirmed or missed."""
    task.refresh_from_db(from_queryset=KeyTask.objects.select_for_update())
    _open(task)
    why = written(reason, what="撤销的理由", longest=200)
    ahead = task.stages.filter(due_on__gte=at.date()).filter(Q(party_on=None) | Q(line_on=None))
    days = list(ahead.values_list("due_on", flat=True))
    ahead.update(dropped=True)
    task.state, task.reason = KeyTaskState.DROPPED, why
    task.save(update_fields=["state", "reason"])
    _touch(task, days)
    _note("drop", task, by=by, at=at, reason=why)
    return task


def side_of(task: KeyTask, scope: Scope) -> str | None:
    """Which side the reader answers for: his own, or else that of somebody he stands in for. Never both."""
    sides = {task.party_id: "party", task.line_id: "line"}
    hands_of = (scope.person_id, *scope.stands_in_for)
    return next((sides[one] for one in hands_of if one in sides), None)


def _pair(party: Person, line: Person) -> None:
    if party.pk == line.pk:
        raise AnnualTrouble("党务和行政责任人应是两个人")


def _open(task: KeyTask) -> None:
    if task.state != KeyTaskState.OPEN:
        raise AnnualTrouble(f"这项重点任务{task.get_state_display()}")


def _held(stage: KeyTaskStage) -> None:
    """As it stands now, with its task for this hand alone: of two last confirmations one sees the other."""
    task = KeyTask.objects.select_for_update().get(pk=stage.task_id)
    stage.refresh_from_db()
    stage.task = task


def _in_order(stage: KeyTaskStage, due_on: dt.date) -> None:
    rows = list(stage.task.stages.filter(dropped=False).exclude(pk=stage.pk))
    mine = Joint(stage.stage).label
    for row in rows:
        other = f"{Joint(row.stage).label}（{row.due_on}）"
        if row.no < stage.no and due_on < row.due_on:
            raise AnnualTrouble(f"八个环节依次进行：{mine}应不早于{other}")
        if row.no > stage.no and due_on > row.due_on:
            raise AnnualTrouble(f"八个环节依次进行：{mine}应不晚于{other}，要再晚请先改后面的")


def _running(stage: KeyTaskStage) -> None:
    """What is overdue may still be made good while the task was not dropped; it stays missed for the score."""
    _open(stage.task)
    if stage.dropped:
        raise AnnualTrouble("这个环节已随任务撤销")


def _touch(task: KeyTask, days: Iterable[dt.date]) -> None:
    months = {day.year * 100 + day.month for day in days}
    if months:
        partitions.touch(plant=task.plant, fact=FACT, months=months)


def _note(verb: str, task: KeyTask, *, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"key_tasks.{verb}", by=by, at=at, subject=task.title, plant=task.plant, detail=detail)
