"""Goals of a year: set one below the other, told by the body that holds them, judged by another hand, laid before a meeting."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Sum

from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.goal import MEMBER, WHOLE, may_stand_under
from ronglu.kernel.labour import written
from ronglu.kernel.org.tree import View
from ronglu.store.history import party_tree
from ronglu.store.models import (
    Account,
    AgendaRow,
    Body,
    Gathering,
    Goal,
    GoalState,
    Membership,
    Person,
    Plant,
    Theme,
    Unit,
)
from ronglu.work import audits, hands

BLOCK = "形势任务"
OPEN_TO_TALK = ("planned", "called", "open")


@transaction.atomic
def set_one(
    *, plant: Plant, year: int, body: Body, title: str, grip: str, by: Account, at: dt.datetime, code: str = "",
    parent: Goal | None = None, person: Person | None = None, theme: Theme | None = None, weight: int | None = None,
    unit: Unit | None = None, indicator: str = "", due_on: dt.date | None = None,
) -> Goal:  # fmt: skip
    """`code` empty: the next number below the parent. `due_on` empty: the last day of the year."""
    _alone(plant)
    view = party_tree(plant).at(at.date())
    goal = Goal(
        plant=plant, year=year, code=code.strip() or _next(plant, year, parent), parent=parent, body=body, person=person,
        title=written(title, what="目标", longest=160), theme=theme, grip=grip, weight=weight, unit=unit, indicator=indicator,
        due_on=due_on or dt.date(year, 12, 31), set_by=by, set_at=at,
    )  # fmt: skip
    check(goal, view, on=at.date())
    goal.save()
    _note("set", goal, by=by, at=at, body=body.code, parent=parent.code if parent else "")
    return goal


@transaction.atomic
def change(*, goal: Goal, by: Account, at: dt.datetime, **fields: Any) -> Goal:
    """Any of title, grip, theme, weight, unit, indicator, due_on, parent; what was told or judged is not rewritten."""
    _alone(goal.plant)
    goal.refresh_from_db()
    _open(goal)
    before = {name: str(getattr(goal, name)) for name in fields if name not in ("theme", "unit", "parent")}
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.title = written(goal.title, what="目标", longest=160)
    check(goal, party_tree(goal.plant).at(at.date()), on=at.date())
    goal.save()
    _note("change", goal, by=by, at=at, before=before)
    return goal


@transaction.atomic
def tell(*, goal: Goal, words: str, by: Account, at: dt.datetime) -> Goal:
    """What came of it, in the words of the body that holds it; the figures stand beside it by themselves."""
    _open(goal)
    return _step(goal, GoalState.OPEN, "tell", by=by, at=at, state=GoalState.TOLD,
                 words=written(words, what="结果", longest=300), told_by=by, reason="")  # fmt: skip


@transaction.atomic
def judge(*, goal: Goal, verdict: str, reason: str, by: Account, at: dt.datetime) -> Goal:
    """`verdict`: reached, missed or back. Never by who told it, nor by whose own duty it is."""
    own = "结果由您报，或是您本人的职责，须由另一人核"
    hands.apart(by, goal.told_by, goal.person, on=at.date(), trouble=AnnualTrouble, own=own)
    state = {"reached": GoalState.REACHED, "missed": GoalState.MISSED, "back": GoalState.OPEN}[verdict]
    why = reason.strip()[:200]
    if verdict == "back" and not why:
        raise AnnualTrouble("退回请写明理由")
    return _step(goal, GoalState.TOLD, "judge", by=by, at=at, state=state, judged_by=by, reason=why)


@transaction.atomic
def drop(*, goal: Goal, reason: str, by: Account, at: dt.datetime) -> Goal:
    """Taken off with a reason and left in sight; what stands below it goes first."""
    _alone(goal.plant)
    if goal.parts.exclude(state=GoalState.DROPPED).exists():
        raise AnnualTrouble("它下面还有没撤的目标，请先撤下面的，或把它们改到别的目标下")
    return _step(goal, GoalState.OPEN, "drop", by=by, at=at, state=GoalState.DROPPED,
                 reason=written(reason, what="撤下的理由", longest=200))  # fmt: skip


@transaction.atomic
def lay_before(
    *, goal: Goal, gathering: Gathering, figures: Mapping[str, str], by: Account, at: dt.datetime
) -> AgendaRow:
    """形势任务: a lecture or meeting speaks of the goal and of its row of the indicator plan, as it stands (`figures`)."""
    if not goal.indicator or goal.unit_id is None:
        raise AnnualTrouble("这个目标没有挂指标，讲不出计划和实际，请先挂上单位和指标")
    gathering.refresh_from_db(from_queryset=Gathering.objects.select_for_update())
    if gathering.state not in OPEN_TO_TALK:
        raise AnnualTrouble(f"这次会{gathering.get_state_display()}，不能再加议程")
    if gathering.agenda.filter(
        source="indicator", unit=goal.unit_id, indicator=goal.indicator, title=goal.title
    ).exists():
        raise AnnualTrouble("这次会的议程里已有这个目标")
    last = gathering.agenda.order_by("-no").values_list("no", flat=True).first() or 0
    row = AgendaRow.objects.create(
        gathering=gathering, no=last + 1, block=BLOCK, kind="study", title=goal.title, source="indicator", unit=goal.unit,
        indicator=goal.indicator, figures=dict(figures),
    )  # fmt: skip
    _note("lay_before", goal, by=by, at=at, gathering=gathering.pk)
    return row


def check(goal: Goal, view: View, *, on: dt.date) -> None:
    """Everything that a goal has to satisfy beside its parent and its siblings; raises the first fault in words.

    Where it stands is asked when it is put there: a goal outlives a body that was moved and a member who left.
    """
    if goal.pk is None:
        _level(goal, view)
    if goal.due_on.year != goal.year:
        raise AnnualTrouble(f"期限应在 {goal.year} 年内，现在是 {goal.due_on}")
    if bool(goal.indicator) != bool(goal.unit_id):
        raise AnnualTrouble("指标和单位要么都填，要么都不填")
    taken = Goal.objects.filter(plant=goal.plant_id, year=goal.year, code=goal.code).exclude(pk=goal.pk)
    if taken.exists():
        raise AnnualTrouble(f"{goal.year} 年已有编号 {goal.code} 的目标")
    if goal.pk is None and goal.person_id is not None and not _member(goal, view, on):
        raise AnnualTrouble("这名党员不在这个党组织里，请核对工号和党组织")
    if goal.parent is None:
        if goal.weight is not None:
            raise AnnualTrouble("最上层的目标不填权重：权重是占上级目标的百分之几")
        return
    _below(goal, goal.parent, view)


def _below(goal: Goal, parent: Goal, view: View) -> None:
    above: Goal | None = parent
    while above is not None:
        if goal.pk is not None and above.pk == goal.pk:
            raise AnnualTrouble("一个目标不能挂在自己下面")
        above = above.parent
    if parent.year != goal.year:
        raise AnnualTrouble(f"上级目标是 {parent.year} 年的，应挂在 {goal.year} 年的目标下")
    if Goal.objects.filter(pk=parent.pk, state=GoalState.DROPPED).exists():
        raise AnnualTrouble(f"上级目标 {parent.code} 已撤下")
    if not Goal.objects.filter(pk=goal.pk, parent=parent).exists():
        if not may_stand_under(_level(goal, view), _level(parent, view)):
            raise AnnualTrouble("目标从厂到支部、到党小组、到党员，一级挂一级，不能倒过来挂")
        if parent.body_id not in {state.id for state in view.path(goal.body_id)}:
            raise AnnualTrouble(f"上级目标 {parent.code} 是另一个党组织的，应挂在本组织或上级组织的目标下")
    if goal.weight is not None:
        others = parent.parts.exclude(pk=goal.pk).exclude(state=GoalState.DROPPED).aggregate(n=Sum("weight"))["n"] or 0
        if not 1 <= goal.weight <= WHOLE - others:
            raise AnnualTrouble(f"权重应在 1 到 {WHOLE - others} 之间：目标 {parent.code} 下面已分去 {others}%")


def _level(goal: Goal, view: View) -> str:
    if goal.body_id not in view:
        raise AnnualTrouble("所选的党组织今天不在，请重新选择")
    return MEMBER if goal.person_id is not None else view.nodes[goal.body_id].kind


def _member(goal: Goal, view: View, on: dt.date) -> bool:
    rows = Membership.objects.on(on).filter(person=goal.person_id).values_list("body_id", flat=True)
    return any(goal.body_id in {state.id for state in view.path(body)} for body in rows if body in view)


def _next(plant: Plant, year: int, parent: Goal | None) -> str:
    head = f"{parent.code}." if parent else ""
    taken = set(Goal.objects.filter(plant=plant, year=year).values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := f"{head}{n}") not in taken)


def _alone(plant: Plant) -> None:
    """Numbers and weights are given out of what is left, so one writes at a time."""
    Plant.objects.select_for_update().get(pk=plant.pk)


def _open(goal: Goal) -> None:
    if goal.state != GoalState.OPEN:
        raise AnnualTrouble(f"这个目标{goal.get_state_display()}，不能再改")


def _step(goal: Goal, was: str, verb: str, *, by: Account, at: dt.datetime, **changes: Any) -> Goal:
    """Compare and set: of two who act at once, one is told that it was done already."""
    if not Goal.objects.filter(pk=goal.pk, state=was).update(**changes):
        goal.refresh_from_db()
        raise AnnualTrouble(f"这个目标{goal.get_state_display()}，不能办这一步")
    goal.refresh_from_db()
    _note(verb, goal, by=by, at=at, state=goal.state)
    return goal


def _note(verb: str, goal: Goal, *, by: Account, at: dt.datetime, **detail: object) -> None:
    subject = f"{goal.year} {goal.code} {goal.title}"
    audits.record(verb=f"goals.{verb}", by=by, at=at, subject=subject, plant=goal.plant, detail=detail)
