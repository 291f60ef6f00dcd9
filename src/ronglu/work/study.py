"""Study plans and their topics: issued by another than who wrote them, taken up by a meeting, finished by what it decided."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ronglu.kernel.gathering.education import Audience, Education
from ronglu.kernel.labour import written
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import (
    Account,
    AgendaRow,
    Body,
    Document,
    Gathering,
    GatheringState,
    Person,
    StudyPlan,
    StudyPlanState,
    StudyTopic,
)
from ronglu.store.studied import TOPIC
from ronglu.work import audits, hands, laid, partitions, relays

FACT = "study"


class BadStudy(OrgTrouble):
    """学习计划不能这样办。"""


@transaction.atomic
def plan(*, body: Body, year: int, audience: Audience, standard: str, by: Account, at: dt.datetime) -> StudyPlan:
    """One a year for each audience."""
    if not at.year <= year <= at.year + 1:
        raise BadStudy(f"年度应为 {at.year} 或 {at.year + 1}")
    if StudyPlan.objects.filter(body=body, year=year, audience=audience.code).exists():
        raise BadStudy(f"{year} 年{audience.label}的计划已经有了，请在那份计划里加专题")
    row = StudyPlan.objects.create(
        plant=body.plant, body=body, year=year, audience=audience.code, by=by, at=at,
        standard=written(standard, what="要求", longest=300),
    )  # fmt: skip
    _note("plan", row, by=by, at=at)
    return row


@transaction.atomic
def add(
    *, plan: StudyPlan, title: str, form: str, due_on: dt.date, lists: Education, by: Account, at: dt.datetime,
    themes: Iterable[str] = (), document: Document | None = None, speaker: Person | None = None,
    others: Iterable[Person] = (),
) -> StudyTopic:  # fmt: skip
    """A topic has a day in the plan's year that has not gone by: nobody is late before he knew."""
    if form not in lists.forms:
        raise BadStudy(f"没有“{form}”这种形式，应为{'、'.join(one.label for one in lists.forms.values())}之一")
    if due_on.year != plan.year or due_on < at.date():
        raise BadStudy(f"完成期限应在 {plan.year} 年内，且不早于今天（{at.date()}）")
    if document is not None and document.plant_id != plan.plant_id:
        raise BadStudy("所选的文件不是本厂的")
    beside = [one for one in dict.fromkeys(others) if one != speaker]
    if beside and (speaker is None or not lists.forms[form].several):
        raise BadStudy(f"{lists.forms[form].zh}只写一位领学人" if speaker else "先写第一位领学人，再写其他的")
    if any(one.plant_id != plan.plant_id for one in beside):
        raise BadStudy("领学人不都是本厂的")
    row = StudyTopic.objects.create(
        plan=plan, title=written(title, what="学习专题", longest=160), form=form, due_on=due_on, document=document,
        speaker=speaker, themes=sorted(set(themes) & set(lists.themes)),
    )  # fmt: skip
    row.others.set(beside)
    _changed("topic", row, by=by, at=at)
    return row


@transaction.atomic
def issue(*, plan: StudyPlan, by: Account, at: dt.datetime) -> StudyPlan:
    """From now on its topics are due. By another than who wrote it."""
    hands.apart(by, plan.by, on=at.date(), trouble=BadStudy, own="计划由您拟定，须由另一人审定下达")
    waiting = plan.topics.filter(state="planned")
    if not waiting.exists():
        raise BadStudy("计划里还没有专题，请先加专题")
    if over := waiting.filter(due_on__lt=at.date()).first():
        raise BadStudy(f"“{over.title}”的期限 {over.due_on} 已过：请先取消它，再下达计划")
    changes = {"state": StudyPlanState.ISSUED, "issued_by": by, "issued_on": at.date()}
    if not StudyPlan.objects.filter(pk=plan.pk, state=StudyPlanState.DRAFT).update(**changes):
        raise BadStudy("这份计划已经下达")
    plan.refresh_from_db()
    partitions.touch(plant=plan.plant, fact=FACT, months={_month(one.due_on) for one in plan.topics.all()})
    _note("issue", plan, by=by, at=at)
    return plan


@transaction.atomic
def take_up(*, topic: StudyTopic, gathering: Gathering, by: Account, at: dt.datetime) -> AgendaRow:
    """Onto the agenda of a meeting of the body. A topic that a closed meeting took up without a result may be taken up again."""
    _standing(topic)
    if topic.row is not None and topic.row.gathering.state in laid.AHEAD:
        raise BadStudy(f"已经排在“{topic.row.gathering.title}”上")
    laid.of_body(gathering, topic.plan.body)
    led = "、".join(one.name for one in leading(topic))
    note = f"领学人：{led}" if led else ""
    row = laid.lay(gathering=gathering, source=TOPIC, title=topic.title, document=topic.document, note=note)
    StudyTopic.objects.filter(pk=topic.pk).update(row=row)
    topic.refresh_from_db()
    _changed("take_up", topic, by=by, at=at, gathering=gathering.pk)
    return row


@transaction.atomic
def drop(*, topic: StudyTopic, reason: str, by: Account, at: dt.datetime) -> StudyTopic:
    """Called off in time; what is overdue was missed and stays so. A draft binds nobody yet."""
    if at.date() > topic.due_on and topic.plan.state == StudyPlanState.ISSUED:
        raise BadStudy(f"期限 {topic.due_on} 已过，不能再取消")
    why = written(reason, what="取消的原因", longest=200)
    if not StudyTopic.objects.filter(pk=topic.pk, state="planned").update(state="dropped", reason=why):
        raise BadStudy("这个专题已经取消")
    topic.refresh_from_db()
    _changed("drop", topic, by=by, at=at)
    return topic


@transaction.atomic
def gathered(*, gathering: Gathering, by: Account, at: dt.datetime) -> None:
    """Called as a meeting closes, in its transaction: relays are told, and the months of its study are marked."""
    if gathering.state != GatheringState.CLOSED:
        raise BadStudy(f"“{gathering.title}”还没有办结")
    relays.held(gathering=gathering, by=by, at=at)
    due = StudyTopic.objects.filter(row__gathering=gathering).values_list("due_on", flat=True)
    months = {_month(day) for day in (gathering.starts_at.date(), *due)}
    partitions.touch(plant=gathering.plant, fact=FACT, months=months)


def leading(topic: StudyTopic) -> list[Person]:
    """领学人, the first one first."""
    return [topic.speaker, *topic.others.all()] if topic.speaker else []


def _standing(topic: StudyTopic) -> None:
    if topic.state != "planned":
        raise BadStudy("这个专题已经取消")


def _month(day: dt.date) -> int:
    return Period.of(day, Grain.MONTH).yyyymm


def _changed(verb: str, topic: StudyTopic, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    partitions.touch(plant=topic.plan.plant, fact=FACT, months=[_month(topic.due_on)])
    _note(verb, topic.plan, by=by, at=at, topic=topic.title, **detail)


def _note(verb: str, row: StudyPlan, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    said = {"year": row.year, "audience": row.audience, **detail}
    audits.record(verb=f"study.{verb}", by=by, at=at, subject=row.body.code, plant=row.plant, detail=said)
