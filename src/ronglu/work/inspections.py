"""专项自查: planned with a day, held by the body itself; each thing found is an action case with one person and one day."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.gathering.integrity import IntegrityTrouble
from ronglu.kernel.labour import written
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Body, InspectionFinding, InspectionState, Mapping, Person, SelfInspection, Unit
from ronglu.work import audits, cases, closings, hands, integrity_facts
from ronglu.work.scope import Scope
from ronglu.work.standards import quarter_ends

PLANNED, HELD, DROPPED = InspectionState.PLANNED, InspectionState.HELD, InspectionState.DROPPED


class BadInspection(IntegrityTrouble):
    """专项自查不能这样办。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, who puts it right, by when; without a unit it stands at that of the branch."""

    what: str
    owner: Person
    finish_by: dt.date
    unit: Unit | None = None


@transaction.atomic
def plan(*, body: Body, title: str, scope: str, due_on: dt.date, by: Account, at: dt.datetime) -> SelfInspection:
    if due_on < at.date():
        raise BadInspection(f"期限 {due_on} 已经过去，请选今天或以后的一天")
    row = SelfInspection.objects.create(
        body=body, title=written(title, what="自查事项", longest=120), scope=written(scope, what="查什么", longest=300),
        due_on=due_on, planned_by=by, planned_at=at,
    )  # fmt: skip
    _note("plan", row, by=by, at=at)
    return row


@transaction.atomic
def hold(*, inspection: SelfInspection, on: dt.date, result: str, by: Account, at: dt.datetime) -> SelfInspection:
    """It took place: with a sentence on what was looked at and what came of it. What was found is added as cases."""
    if on > at.date():
        raise BadInspection(f"自查日期 {on} 还没有到")
    said = written(result, what="自查结论（看了什么、有没有问题）", longest=400)
    if on <= inspection.due_on:
        _open(inspection, inspection.due_on, at.date())
    row = _step(inspection, (PLANNED,), state=HELD, held_on=on, result=said, held_by=by)
    _note("hold", row, by=by, at=at)
    return row


@transaction.atomic
def find(
    *, inspection: SelfInspection, found: Found, loop: Loop, by: Account, scope: Scope, at: dt.datetime
) -> InspectionFinding:
    """An action case from the inspection, given to its owner at once; LoopTrouble says what is wrong with it."""
    row = SelfInspection.objects.select_for_update().select_related("body__plant").get(pk=inspection.pk)
    if row.state != HELD:
        raise BadInspection("先登记自查，再登记查出的问题")
    unit = found.unit or _unit(row.body, at.date())
    said = f"{row.title}（{row.held_on}）"
    given = {"what": found.what, "source": "inspection", "said": said, "finish_by": found.finish_by}
    case = cases.raise_case(
        loop=loop, plant=row.body.plant, unit=unit, body=row.body, given=given, at=at, by=by, scope=scope,
        origin="inspection",
    ).case  # fmt: skip
    cases.move(
        loop=loop, case=case, code="assign", seen=case.seen, given={"doer": found.owner.pk}, at=at, by=by, scope=scope
    )
    made = InspectionFinding.objects.create(inspection=row, case=case)
    integrity_facts.touch(row.body.plant, [found.finish_by])
    _note("find", row, by=by, at=at, case=case.number)
    return made


@transaction.atomic
def drop(*, inspection: SelfInspection, reason: str, by: Account, at: dt.datetime) -> SelfInspection:
    """Called off by somebody other than who planned it, before its day is over."""
    own = "自己排的自查，须由另一人取消"
    hands.apart(by, inspection.planned_by, on=at.date(), trouble=BadInspection, own=own)
    if at.date() > inspection.due_on:
        raise BadInspection(f"期限 {inspection.due_on} 已过，不能再取消；补做后登记")
    row = _step(inspection, (PLANNED,), state=DROPPED, reason=written(reason, what="取消的理由", longest=120))
    _note("drop", row, by=by, at=at)
    return row


def _unit(body: Body, on: dt.date) -> Unit:
    """The unit of the branch on the map, else the plant itself."""
    mapped = Mapping.objects.on(on).filter(body=body).select_related("unit").order_by("unit__position").first()
    found = mapped.unit if mapped else Unit.objects.filter(plant=body.plant, kind="plant").order_by("position").first()
    if found is None:
        raise BadInspection("组织里还没有生产单位，请先在“组织”里建立")
    return found


def _open(row: SelfInspection, first: dt.date, today: dt.date) -> None:
    for month in quarter_ends(first, today):
        closings.refuse_closed(plant=row.body.plant, month=month)


def _step(row: SelfInspection, states: tuple[str, ...], **changes: object) -> SelfInspection:
    if SelfInspection.objects.filter(pk=row.pk, state__in=states).update(**changes) != 1:
        row.refresh_from_db()
        raise BadInspection(f"这一次自查现在是“{row.get_state_display()}”，不能再办这一步；请刷新后再看")
    row.refresh_from_db()
    return row


def _note(verb: str, row: SelfInspection, *, by: Account, at: dt.datetime, **more: str) -> None:
    integrity_facts.touch(row.body.plant, [day for day in (row.due_on, row.held_on) if day])
    detail = {"title": row.title, "due_on": str(row.due_on), "state": row.state} | more
    audits.record(verb=f"inspections.{verb}", by=by, at=at, subject=row.body.code, plant=row.body.plant, detail=detail)
