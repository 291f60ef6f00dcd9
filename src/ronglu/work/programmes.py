"""Programmes: opened in stages with tasks for every branch, reported by one with evidence, checked by another, closed with a report."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence

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
from ronglu.work import audits, reported
from ronglu.work.evidence import witness


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
    if case is not None:
        witness(case, task.body)
    found = reported.report(task, words=told, by=by, on=at.date(), gathering=gathering, case=case)
    return _stepped(found, "report", by=by, at=at)


@transaction.atomic
def check(*, task: ProgrammeTask, holds: bool, remark: str, by: Account, at: dt.datetime) -> ProgrammeTask:
    found = reported.check(task, holds=holds, remark=remark, by=by, on=at.date())
    return _stepped(found, "check" if holds else "back", by=by, at=at)


@transaction.atomic
def drop(*, task: ProgrammeTask, reason: str, by: Account, at: dt.datetime) -> ProgrammeTask:
    return _stepped(reported.drop(task, reason=reason, on=at.date()), "drop", by=by, at=at)


@transaction.atomic
def close(*, programme: Programme, report: str, by: Account, at: dt.datetime) -> Programme:
    """With a report, once nothing waits to be done or checked; the overdue stay missed."""
    tasks = ProgrammeTask.objects.filter(stage__programme=programme)
    reported.refuse_waiting(tasks, on=at.date(), before="收官")
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


def _stepped(task: ProgrammeTask, verb: str, *, by: Account, at: dt.datetime) -> ProgrammeTask:
    _note(verb, task.stage.programme, by=by, at=at, task=task.title)
    return task


def _note(verb: str, programme: Programme, *, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(
        verb=f"programmes.{verb}", by=by, at=at, subject=programme.title, plant=programme.plant, detail=detail
    )
