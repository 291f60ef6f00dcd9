"""Seasonal tasks: set, split among groups, done piece by piece, each checked by another person than the one who did it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import Completion, LabourTrouble, Piece, Season, completion, number, written
from ronglu.store.models import Account, Body, SeasonShare, SeasonTask, Unit
from ronglu.work import audits, hands

LONGEST = 60 * 24 * 100
"""Minutes of work on one piece beyond which somebody has typed a wrong number: a hundred days and nights."""


class BadTask(LabourTrouble):
    """季节任务不能这样办。"""


@transaction.atomic
def plan(
    *,
    season: Season,
    year: int,
    title: str,
    unit: Unit,
    area: str,
    due_on: dt.date,
    by: Account,
    at: dt.datetime,
) -> SeasonTask:
    """A task of one season of one year. The months say when its season is; a day outside them is a slip of the pen."""
    if due_on.month not in season.months:
        raise BadTask(f"{season.zh}在 {_months(season)} 月，期限 {due_on} 不在其中")
    if due_on.year not in (year, year + 1):
        raise BadTask(f"期限 {due_on} 不在 {year} 年度")
    title = written(title, what="任务", longest=120)
    if SeasonTask.objects.filter(plant=unit.plant, season=season.code, year=year, title=title).exists():
        raise BadTask(f"{year} 年{season.zh}已有“{title}”这项任务")
    task = SeasonTask.objects.create(
        plant=unit.plant,
        season=season.code,
        year=year,
        title=title,
        unit=unit,
        area=written(area, what="区域", longest=200),
        due_on=due_on,
        set_by=by,
    )
    _note("plan", task, by=by, at=at, season=season.code, due_on=str(due_on))
    return task


@transaction.atomic
def drop(*, task: SeasonTask, reason: str, by: Account, at: dt.datetime) -> SeasonTask:
    reason = written(reason, what="取消的原因", longest=200)
    if not SeasonTask.objects.filter(pk=task.pk, state="open").update(state="dropped", reason=reason):
        raise BadTask(f"“{task.title}”已经结束，不能取消")
    task.refresh_from_db()
    _note("drop", task, by=by, at=at, reason=reason)
    return task


@transaction.atomic
def split(
    *,
    task: SeasonTask,
    body: Body,
    part: str,
    due_on: dt.date,
    by: Account,
    at: dt.datetime,
    planned: str = "",
    measure: str = "",
) -> SeasonShare:
    """以党小组为单位分片承包: a piece for one body; the whole is finished when every piece is checked."""
    # the row is held: the last check of a task and a new piece must not miss each other
    task = SeasonTask.objects.select_for_update().get(pk=task.pk)
    if task.state != "open":
        raise BadTask(f"“{task.title}”已经结束，不能再分片")
    if body.plant_id != task.plant_id:
        raise BadTask("所选的党组织不在本厂，请重新选择")
    if due_on > task.due_on:
        raise BadTask(f"片区的期限 {due_on} 晚于整项任务的期限 {task.due_on}")
    _measured(planned, measure, "工作量")
    part = written(part, what="片区", longest=120)
    if task.shares.filter(body=body, part=part).exists():
        raise BadTask(f"“{part}”已经分给这个党组织")
    share = SeasonShare.objects.create(
        task=task, body=body, part=part, due_on=due_on, planned=planned.strip(), unit=measure.strip()
    )
    _note("split", task, by=by, at=at, part=part, body=body.code)
    return share


@transaction.atomic
def finish(
    *, share: SeasonShare, minutes: int, output: str, by: Account, at: dt.datetime, amount: str = ""
) -> SeasonShare:
    """`minutes` of all together. A record of what was done, never a score (07 D9, AF-7)."""
    if not 0 <= minutes <= LONGEST:
        raise BadTask(f"用工 {minutes} 分钟不合理，应在 0 到 {LONGEST} 分钟之间")
    if share.planned and not amount.strip():
        raise BadTask(f"这一片计划 {share.planned} {share.unit}，请写实际完成多少")
    _measured(amount, share.unit, "完成量")
    return _step(
        share,
        "open",
        "finish",
        by=by,
        at=at,
        state="done",
        minutes=minutes,
        output=written(output, what="干了什么", longest=200),
        amount=amount.strip(),
        remark="",
        done_by=by,
        done_at=at,
    )


@transaction.atomic
def check(*, share: SeasonShare, remark: str, by: Account, at: dt.datetime) -> SeasonShare:
    """By another person; with the last piece the task is done."""
    _another(share, by, at)
    SeasonTask.objects.select_for_update().get(pk=share.task_id)
    remark = written(remark, what="检查意见", longest=200)
    row = _step(share, "done", "check", by=by, at=at, state="checked", remark=remark, checked_by=by, checked_at=at)
    if not row.task.shares.exclude(state="checked").exists():
        SeasonTask.objects.filter(pk=row.task_id, state="open").update(state="done")
    return row


@transaction.atomic
def send_back(*, share: SeasonShare, remark: str, by: Account, at: dt.datetime) -> SeasonShare:
    """Not good enough yet: the piece is open again, and the group reads why."""
    _another(share, by, at)
    remark = written(remark, what="哪里没有做到", longest=200)
    return _step(share, "done", "send_back", by=by, at=at, state="open", remark=remark, done_by=None, done_at=None)


def completion_of(shares: Iterable[SeasonShare]) -> Completion:
    return completion(_piece(share) for share in shares)


def _piece(share: SeasonShare) -> Piece:
    planned, amount = number(share.planned, what="工作量"), number(share.amount, what="完成量")
    return Piece(state=share.state, unit=share.unit, planned=planned, amount=amount)


def _measured(amount: str, unit: str, what: str) -> None:
    found = number(amount, what=what)
    if found is not None and found < 0:
        raise BadTask(f"{what}不能是负数")
    if found is not None and not unit.strip():
        raise BadTask(f"{what}写了 {amount.strip()}，请同时写明计量单位，如 米、处、吨")


def _another(share: SeasonShare, by: Account, at: dt.datetime) -> None:
    hands.apart(by, share.done_by, on=at.date(), trouble=BadTask, own="这一片是您报的完成，须由另一人检查")


def _step(share: SeasonShare, before: str, verb: str, *, by: Account, at: dt.datetime, **changes: Any) -> SeasonShare:
    if share.task.state == "dropped":
        raise BadTask(f"“{share.task.title}”已经取消")
    if not SeasonShare.objects.filter(pk=share.pk, state=before).update(**changes):
        share.refresh_from_db()
        raise BadTask(f"“{share.part}”{share.get_state_display()}，不能再办这一步")
    share.refresh_from_db()
    _note(verb, share.task, by=by, at=at, part=share.part, told=share.remark or share.output)
    return share


def _months(season: Season) -> str:
    return "、".join(map(str, season.months))


def _note(verb: str, task: SeasonTask, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"seasons.{verb}", by=by, at=at, subject=task.title, plant=task.plant, detail=detail)
