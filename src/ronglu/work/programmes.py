"""Programmes: opened in stages with tasks for every branch, reported by one with evidence, checked by another, closed with a report."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from ronglu.kernel.annual.book import ProgrammeSeed
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.joint import due_day
from ronglu.kernel.labour import written
from ronglu.store.models import (
    Account,
    Body,
    Case,
    Gathering,
    Plant,
    Programme,
    ProgrammeStage,
    ProgrammeState,
    ProgrammeTask,
    Theme,
)
from ronglu.work import audits, hands


@transaction.atomic
def open_one(
    *, plant: Plant, seed: ProgrammeSeed, title: str, body: Body, bodies: Sequence[Body], first: dt.date, by: Account,
    at: dt.datetime, theme: Theme | None = None,
) -> Programme:  # fmt: skip
    """As long as its kind lasts, in its stages; every body that takes part gets every task. A standing one begins with its first year."""
    if first < at.date():
        raise AnnualTrouble(f"开始日 {first} 已过，请从今天或以后开始")
    _some(bodies)
    last = _months_on(first, seed.months) if seed.months else None
    programme = Programme.objects.create(
        plant=plant, seed=seed.code, kind=seed.kind, title=written(title, what="名称", longest=120), theme=theme, grip=seed.grip,
        body=body, first_on=first, last_on=last, opened_by=by, opened_at=at,
    )  # fmt: skip
    begins, end = first, last or dt.date(first.year, 12, 31)
    for no, step in enumerate(seed.steps, 1):
        ends = due_day(first, end, step.share)
        stage = ProgrammeStage.objects.create(
            programme=programme, no=no, title=step.zh, first_on=begins, last_on=max(begins, ends)
        )
        _give(stage, step.tasks, bodies, due_on=stage.last_on)
        begins = stage.last_on + dt.timedelta(days=1)
    _note("open", programme, by=by, at=at, seed=seed.code, bodies=[one.code for one in bodies])
    return programme


@transaction.atomic
def extend(
    *, programme: Programme, title: str, first: dt.date, last: dt.date, by: Account, at: dt.datetime
) -> ProgrammeStage:
    """Another stage: the next year of what is standing, one more stage of what has an end, inside it."""
    _open(programme)
    if first < at.date() or last < first:
        raise AnnualTrouble(f"阶段应从 {at.date()} 以后开始，结束不早于开始")
    if programme.last_on and last > programme.last_on:
        raise AnnualTrouble(f"“{programme.title}”到 {programme.last_on} 为止，阶段不能更晚")
    before = programme.stages.order_by("-no").first()
    if before is not None and first <= before.last_on:
        raise AnnualTrouble(f"上一阶段到 {before.last_on}，新的阶段应在它以后")
    stage = ProgrammeStage.objects.create(
        programme=programme, no=before.no + 1 if before else 1, title=written(title, what="阶段", longest=60), first_on=first,
        last_on=last,
    )  # fmt: skip
    _note("extend", programme, by=by, at=at, stage=stage.title)
    return stage


@transaction.atomic
def add(
    *, stage: ProgrammeStage, title: str, bodies: Sequence[Body], due_on: dt.date, by: Account, at: dt.datetime
) -> list[ProgrammeTask]:
    _open(stage.programme)
    _some(bodies)
    if not max(stage.first_on, at.date()) <= due_on <= stage.last_on:
        raise AnnualTrouble(f"期限应在今天以后、这一阶段（{stage.first_on} 至 {stage.last_on}）之内")
    found = _give(stage, [title], bodies, due_on=due_on)
    _note("add", stage.programme, by=by, at=at, task=found[0].title, bodies=[one.code for one in bodies])
    return found


@transaction.atomic
def report(
    *, task: ProgrammeTask, by: Account, at: dt.datetime, words: str = "", gathering: Gathering | None = None,
    case: Case | None = None,
) -> ProgrammeTask:  # fmt: skip
    """A meeting or a case that the records hold is evidence enough; only without either a sentence has to be written."""
    _open(task.stage.programme)
    told = words.strip()[:300]
    if gathering is None and case is None:
        told = written(words, what="完成情况（或选一次会议、一件事项作依据）", longest=300)
    if gathering is not None and (gathering.body_id != task.body_id or gathering.state != "closed"):
        raise AnnualTrouble("依据的会议应是本组织开过并办结的会")
    return _step(
        task, ("open",), "report", by=by, at=at, state="done", words=told, gathering=gathering, case=case, done_by=by,
        done_on=at.date(), checked_by=None, remark="",
    )  # fmt: skip


@transaction.atomic
def check(*, task: ProgrammeTask, holds: bool, remark: str, by: Account, at: dt.datetime) -> ProgrammeTask:
    """By another than who reported it. A no opens it again: what was not done is not done."""
    if hands.same(task.done_by, by):
        raise AnnualTrouble("这项任务由您报完成，须由另一人检查")
    if not holds and not remark.strip():
        raise AnnualTrouble("退回请写明原因")
    changes: dict[str, Any] = {"state": "checked"} if holds else {"state": "open", "done_on": None, "done_by": None}
    return _step(
        task,
        ("done",),
        "check" if holds else "back",
        by=by,
        at=at,
        checked_by=by,
        remark=remark.strip()[:200],
        **changes,
    )


@transaction.atomic
def drop(*, task: ProgrammeTask, reason: str, by: Account, at: dt.datetime) -> ProgrammeTask:
    """Called off in time; what is overdue was missed and stays so."""
    if at.date() > task.due_on:
        raise AnnualTrouble(f"期限 {task.due_on} 已过，不能再取消")
    return _step(
        task, ("open",), "drop", by=by, at=at, state="dropped", remark=written(reason, what="取消的原因", longest=200)
    )


@transaction.atomic
def close(*, programme: Programme, report: str, by: Account, at: dt.datetime) -> Programme:
    """With a report, once nothing waits to be done or checked; the overdue stay missed."""
    tasks = ProgrammeTask.objects.filter(stage__programme=programme)
    waiting = tasks.filter(state="done").count()
    ahead = tasks.filter(state="open", due_on__gte=at.date()).count()
    if waiting or ahead:
        raise AnnualTrouble(f"还有 {waiting} 项任务等检查、{ahead} 项没到期，办完或取消后再收官")
    changes = {"state": ProgrammeState.CLOSED, "report": written(report, what="总结"), "closed_by": by, "closed_at": at}
    if not Programme.objects.filter(pk=programme.pk, state=ProgrammeState.OPEN).update(**changes):
        raise AnnualTrouble("这一项已经收官")
    programme.refresh_from_db()
    _note("close", programme, by=by, at=at)
    return programme


def _give(
    stage: ProgrammeStage, titles: Iterable[str], bodies: Sequence[Body], *, due_on: dt.date
) -> list[ProgrammeTask]:
    return ProgrammeTask.objects.bulk_create(
        ProgrammeTask(stage=stage, body=body, title=written(title, what="任务", longest=160), due_on=due_on)
        for title in titles
        for body in bodies
    )


def _months_on(first: dt.date, months: int) -> dt.date:
    """The day before the same day so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day) - dt.timedelta(days=1)


def _some(bodies: Sequence[Body]) -> None:
    if not bodies:
        raise AnnualTrouble("请选参加的党组织")


def _open(programme: Programme) -> None:
    if programme.state != ProgrammeState.OPEN:
        raise AnnualTrouble(f"“{programme.title}”{programme.get_state_display()}")


def _step(
    task: ProgrammeTask, states: tuple[str, ...], verb: str, *, by: Account, at: dt.datetime, **changes: Any
) -> ProgrammeTask:
    """Compare and set: of two who act at once, one is told that it was done already."""
    if not ProgrammeTask.objects.filter(pk=task.pk, state__in=states).update(**changes):
        task.refresh_from_db()
        raise AnnualTrouble(f"这项任务{task.get_state_display()}，不能再办这一步")
    task.refresh_from_db()
    _note(verb, task.stage.programme, by=by, at=at, task=task.title)
    return task


def _note(verb: str, programme: Programme, *, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(
        verb=f"programmes.{verb}", by=by, at=at, subject=programme.title, plant=programme.plant, detail=detail
    )
