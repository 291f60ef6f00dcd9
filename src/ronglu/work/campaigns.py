"""Campaigns: opened from a kit, their tasks reported by one and checked by another, the field log written day by day."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import number, written
from ronglu.kernel.standing.kit import Kit, KitTrouble, TaskKind
from ronglu.store.models import (
    Account,
    Body,
    CampaignState,
    CampaignTask,
    Case,
    Contest,
    FieldEntry,
    PartyCampaign,
    Person,
    Plant,
    Unit,
)
from ronglu.work import audits, hands, partitions, reported

FACT = "campaigns"
LONGEST = 366


@transaction.atomic
def open_one(
    *, plant: Plant, kit: Kit, title: str, body: Body, bodies: Sequence[Body], first: dt.date, last: dt.date, goal: str,
    by: Account, at: dt.datetime, unit: Unit | None = None, aims: Iterable[Mapping[str, str]] = (),
    contest: Contest | None = None,
) -> PartyCampaign:  # fmt: skip
    """Every body that takes part gets every task of the kit. No day of it lies in the past: nobody is late before he knew."""
    if first < at.date():
        raise KitTrouble([f"首日 {first} 已过，请从今天或以后开始"])
    if last < first or (last - first).days >= LONGEST:
        raise KitTrouble([f"末日应在 {first} 以后、一年以内"])
    if not bodies:
        raise KitTrouble(["请选参加的党组织"])
    listed = [dict(one) for one in aims]
    for one in listed:
        if not one.get("aim", "").strip() or number(one["aim"], what="目标值") is None:
            raise KitTrouble([f"请写明指标 {one.get('indicator')} 的目标值"])
    row = PartyCampaign.objects.create(
        plant=plant, kit=kit.code, title=written(title, what="名称", longest=120), body=body, unit=unit, first_on=first,
        last_on=last, goal=written(goal, what="目标", longest=500), aims=listed, contest=contest, opened_by=by, opened_at=at,
    )  # fmt: skip
    CampaignTask.objects.bulk_create(
        CampaignTask(
            campaign=row,
            kind=one.kind,
            title=one.zh,
            body=part,
            duty=one.duty,
            due_on=one.due(first, last),
            counts=one.counts,
        )
        for one in kit.tasks
        for part in bodies
    )
    _touch(row, row.tasks.all())
    _note("open", row, by=by, at=at, kit=kit.code, bodies=[one.code for one in bodies])
    return row


@transaction.atomic
def add(
    *,
    campaign: PartyCampaign,
    kind: str,
    title: str,
    body: Body,
    due_on: dt.date,
    duty: str,
    by: Account,
    at: dt.datetime,
) -> CampaignTask:
    """A task beside those of the kit; a drill that is put on the plan counts like one of a kit."""
    _open(campaign)
    if not campaign.first_on <= due_on <= campaign.last_on or due_on < at.date():
        raise KitTrouble([f"期限应在今天以后、活动起止（{campaign.first_on} 至 {campaign.last_on}）之内"])
    task = CampaignTask.objects.create(
        campaign=campaign, kind=TaskKind(kind), title=written(title, what="任务", longest=120), body=body, due_on=due_on,
        duty=duty.strip()[:200], counts=kind == TaskKind.DRILL,
    )  # fmt: skip
    _touch(campaign, [task])
    _note("add", campaign, by=by, at=at, task=task.title)
    return task


@transaction.atomic
def report(
    *, task: CampaignTask, words: str, by: Account, at: dt.datetime, people: int | None = None, review: str = "",
    case: Case | None = None,
) -> CampaignTask:  # fmt: skip
    """What was done, in the words of who did it; of a drill what went wrong as well."""
    kind = TaskKind(task.kind)
    if kind.counted and not people:
        raise KitTrouble([f"{kind.label}请写明参加人数"])
    if kind.reviewed and not review.strip():
        raise KitTrouble(["演练请写讲评：哪里做得不好，怎样改"])
    _open(task.campaign)
    words = written(words, what="完成情况", longest=500)
    found = reported.report(
        task, words=words, by=by, on=at.date(), people=people, review=review.strip()[:500], case=case
    )
    return _stepped(found, "report", by=by, at=at)


@transaction.atomic
def check(*, task: CampaignTask, holds: bool, remark: str, by: Account, at: dt.datetime) -> CampaignTask:
    found = reported.check(task, holds=holds, remark=remark, by=by, on=at.date())
    return _stepped(found, "check" if holds else "back", by=by, at=at)


@transaction.atomic
def drop(*, task: CampaignTask, reason: str, by: Account, at: dt.datetime) -> CampaignTask:
    return _stepped(reported.drop(task, reason=reason, on=at.date()), "drop", by=by, at=at)


@transaction.atomic
def sign(*, campaign: PartyCampaign, words: str, by: Account, at: dt.datetime) -> FieldEntry:
    """One's own pledge, once; nobody signs for another."""
    _open(campaign)
    if by.person_id is None:
        raise KitTrouble(["承诺由本人签，这个账号不是本人"])
    if campaign.entries.filter(kind="pledge", person=by.person_id).exists():
        raise KitTrouble(["您已签过承诺"])
    return _entry(campaign, "pledge", words=words, person=by.person, body=None, day=at.date(), by=by, at=at)


@transaction.atomic
def tell(
    *, campaign: PartyCampaign, kind: str, day: dt.date, words: str, by: Account, at: dt.datetime, person: Person | None = None,
    body: Body | None = None,
) -> FieldEntry:  # fmt: skip
    """A merit of a person or a group, or a word of the day."""
    _open(campaign)
    if kind not in ("merit", "note"):
        raise KitTrouble(["请选立功或现场记事"])
    if not campaign.first_on <= day <= min(campaign.last_on, at.date()):
        raise KitTrouble([f"日期应在活动期间，且不晚于今天（{at.date()}）"])
    if kind == "merit" and person is None and body is None:
        raise KitTrouble(["立功请写明是谁：工号，或党小组"])
    return _entry(campaign, kind, words=words, person=person, body=body, day=day, by=by, at=at)


@transaction.atomic
def confirm(*, entry: FieldEntry, holds: bool, by: Account, at: dt.datetime) -> FieldEntry:
    """A merit counts once somebody else, who is not the one it is about, has seen that it is true."""
    if entry.kind != "merit":
        raise KitTrouble(["只有立功要确认"])
    own = "记的人和立功的人都不能自己确认，请由另一人确认"
    hands.apart(by, entry.by, entry.person, on=at.date(), trouble=KitTrouble, own=own)
    state = "confirmed" if holds else "refused"
    if not FieldEntry.objects.filter(pk=entry.pk, state="told").update(state=state, confirmed_by=by):
        raise KitTrouble(["这条记录已有结论"])
    entry.refresh_from_db()
    _note("confirm" if holds else "refuse", entry.campaign, by=by, at=at, entry=entry.pk)
    return entry


@transaction.atomic
def close(*, campaign: PartyCampaign, report: str, by: Account, at: dt.datetime) -> PartyCampaign:
    """With a report. Tasks that are still to be done are done or called off first; the overdue stay missed."""
    reported.refuse_waiting(campaign.tasks.all(), on=at.date(), before="总结")
    text = written(report, what="总结")
    changes = {"state": CampaignState.CLOSED, "report": text, "closed_by": by, "closed_at": at}
    if not PartyCampaign.objects.filter(pk=campaign.pk, state=CampaignState.OPEN).update(**changes):
        raise KitTrouble(["这项活动已经结束"])
    campaign.refresh_from_db()
    _note("close", campaign, by=by, at=at)
    return campaign


def _open(campaign: PartyCampaign) -> None:
    if campaign.state != CampaignState.OPEN:
        raise KitTrouble([f"这项活动{campaign.get_state_display()}"])


def _entry(
    campaign: PartyCampaign, kind: str, *, words: str, person: Person | None, body: Body | None, day: dt.date, by: Account,
    at: dt.datetime,
) -> FieldEntry:  # fmt: skip
    row = FieldEntry.objects.create(
        campaign=campaign, kind=kind, words=written(words, what="内容", longest=300), person=person, body=body, day=day, by=by,
        at=at, once=f"pledge:{person.pk}" if kind == "pledge" and person else None,
    )  # fmt: skip
    _note(kind, campaign, by=by, at=at, entry=row.pk)
    return row


def _stepped(task: CampaignTask, verb: str, *, by: Account, at: dt.datetime) -> CampaignTask:
    _touch(task.campaign, [task])
    _note(verb, task.campaign, by=by, at=at, task=task.title)
    return task


def _touch(campaign: PartyCampaign, tasks: Iterable[CampaignTask]) -> None:
    months = {one.due_on.year * 100 + one.due_on.month for one in tasks if one.counts}
    if months:
        partitions.touch(plant=campaign.plant, fact=FACT, months=months)


def _note(verb: str, row: PartyCampaign, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"campaigns.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail=detail)
