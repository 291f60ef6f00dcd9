"""Contests: drafted by one, declared by another before they start, then only withdrawn; counted by the worker, appealed, final."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.org.kinds import CREW
from ronglu.kernel.standing.contest import CREWS, ContestTrouble, Terms, digest
from ronglu.store import history
from ronglu.store.models import Account, Case, Contest, ContestResult, ContestState, Plant, Unit
from ronglu.store.values import calendar_of
from ronglu.work import audits, cases, hands, jobs, partitions
from ronglu.work.queries import contests as queries
from ronglu.work.scope import scope_of

State = ContestState
FACT = "contests"
TRAINING = "培训："
"""How an action that comes of a contest is found again."""
BEFORE_END = (State.DRAFT, State.DECLARED, State.RUNNING)


@transaction.atomic
def draft(
    *, plant: Plant, unit: Unit, title: str, terms: Terms, known: Mapping[str, Indicator], by: Account, at: dt.datetime
) -> Contest:
    """`unit` is the line whose crews compete, or what the competing lines stand under; `known` the plant's indicators."""
    if not title.strip():
        raise ContestTrouble(["请写竞赛名称"])
    _check(plant, terms, known, at)
    row = Contest.objects.create(
        plant=plant, unit=unit, title=title.strip()[:120], terms=terms.as_data(), first_on=terms.first, last_on=terms.last,
        drafted_by=by, drafted_at=at,
    )  # fmt: skip
    _note("draft", row, by=by, at=at)
    return row


@transaction.atomic
def declare(*, contest: Contest, known: Mapping[str, Indicator], by: Account, at: dt.datetime) -> Contest:
    """A second person's yes, the day before the start at the latest; the terms are sealed with it."""
    row = Contest.objects.select_for_update().get(pk=contest.pk)
    terms = Terms.of(row.terms)
    if row.state != State.DRAFT:
        raise ContestTrouble([f"这项竞赛{row.get_state_display()}，不能再宣布"])
    hands.apart(by, row.drafted_by, on=at.date(), trouble=ContestTrouble, own="办法由您拟定，须由另一人宣布")
    _check(row.plant, terms, known, at)
    return _step(
        row,
        (State.DRAFT,),
        State.DECLARED,
        "declare",
        by=by,
        at=at,
        declared_by=by,
        declared_at=at,
        digest=digest(row.terms),
    )


@transaction.atomic
def withdraw(*, contest: Contest, reason: str, by: Account, at: dt.datetime) -> Contest:
    """Not held, or not counted after all; what was declared stays readable."""
    if not reason.strip():
        raise ContestTrouble(["请写明撤销的原因"])
    return _step(
        contest, (*BEFORE_END, State.PROVISIONAL), State.WITHDRAWN, "withdraw", by=by, at=at,
        withdrawn_by=by, withdrawn_at=at, reason=reason.strip()[:200],
    )  # fmt: skip


@transaction.atomic
def record(
    *,
    contest: Contest,
    inputs: dict[str, Any],
    outcome: dict[str, Any],
    cause: str,
    at: dt.datetime,
    by: Account | None = None,
) -> ContestResult:
    """One count. The first makes the result public and opens the time to appeal; a later one begins that time anew."""
    row = Contest.objects.select_for_update().get(pk=contest.pk)
    if row.state not in (State.DECLARED, State.RUNNING, State.PROVISIONAL):
        raise ContestTrouble([f"这项竞赛{row.get_state_display()}，不再计算"])
    last = row.results.aggregate(last=Max("version"))["last"] or 0
    made = ContestResult.objects.create(
        contest=row, version=last + 1, cause=cause[:200], inputs=inputs, digest=digest(inputs), outcome=outcome, made_by=by,
        made_at=at,
    )  # fmt: skip
    until = at.date() + dt.timedelta(days=Terms.of(row.terms).appeal_days)
    _step(
        row, (State.DECLARED, State.RUNNING, State.PROVISIONAL), State.PROVISIONAL, "publish", by=by, at=at,
        appeal_until=until,
    )  # fmt: skip
    return made


def ask_again(*, contest: Contest, cause: str, by: Account, at: dt.datetime) -> None:
    """After an appeal or a corrected reading: the worker counts anew from the readings as they stand."""
    if contest.state != State.PROVISIONAL:
        raise ContestTrouble([f"这项竞赛{contest.get_state_display()}；只有公示中的结果可以重算"])
    if not cause.strip():
        raise ContestTrouble(["请写明重算的缘由，如申诉的编号"])
    jobs.enqueue(
        kind="contest", label=f"重算 {contest.title}", plant=contest.plant, by=by, at=at,
        args={"contest": contest.pk, "cause": cause.strip()},
    )  # fmt: skip
    _note("recount", contest, by=by, at=at, cause=cause.strip()[:200])


@transaction.atomic
def settle(*, contest: Contest, open_appeals: int, at: dt.datetime) -> bool:
    """Final once the time to appeal is over and no appeal is open; only then does it count for item D8. A result in which
    missing readings left nobody a place waits for a recount, or for its withdrawal."""
    row = Contest.objects.select_for_update().get(pk=contest.pk)
    if queries.unplaced(row):
        return False
    if row.state != State.PROVISIONAL or row.appeal_until is None or at.date() <= row.appeal_until or open_appeals:
        return False
    _step(row, (State.PROVISIONAL,), State.FINAL, "settle", by=None, at=at, settled_at=at)
    partitions.touch(plant=row.plant, fact=FACT, months=[calendar_of(row.plant).month_of(row.last_on).yyyymm])
    return True


@transaction.atomic
def appeal(*, contest: Contest, what: str, wish: str, loops: Mapping[str, Loop], by: Account, at: dt.datetime) -> Case:
    """An appeal of the loop for appeals; while one is open, the result does not become final."""
    if not queries.may_appeal(contest, at.date()):
        raise ContestTrouble(["只有公示期内的结果可以申诉"])
    given = {"against": "contest", "which": queries.which(contest), "what": what, "wish": wish or None}
    scope = scope_of(by, on=at.date())
    raised = cases.raise_case(loop=loops["appeal"], plant=contest.plant, given=given, by=by, scope=scope, at=at)
    _note("appeal", contest, by=by, at=at, case=raised.case.number)
    return raised.case


@transaction.atomic
def train(
    *,
    contest: Contest,
    unit: Unit,
    what: str,
    finish_by: dt.date,
    loops: Mapping[str, Loop],
    by: Account,
    at: dt.datetime,
) -> Case:
    """以赛促学: what a team falls short in becomes an action at that team, with a person and a day."""
    if contest.state not in (State.PROVISIONAL, State.FINAL):
        raise ContestTrouble(["结果公布后才知道差在哪里"])
    given = {"what": what, "source": "assessment", "finish_by": finish_by, "said": queries.which(contest)}
    raised = cases.raise_case(
        loop=loops["action"], plant=contest.plant, given=given, unit=unit, by=by, scope=scope_of(by, on=at.date()), at=at,
        title=f"{TRAINING}{what.strip()}"[:60],
    )  # fmt: skip
    _note("train", contest, by=by, at=at, case=raised.case.number)
    return raised.case


def begin(*, contest: Contest, at: dt.datetime) -> Contest:
    """The first day has come."""
    return _step(contest, (State.DECLARED,), State.RUNNING, "begin", by=None, at=at)


def _check(plant: Plant, terms: Terms, known: Mapping[str, Indicator], at: dt.datetime) -> None:
    found = terms.problems(known)
    if terms.first <= at.date():
        found.append(f"竞赛应在开始前宣布：{terms.first} 已到，请把首日定在明天或以后")
    found += _places(plant, terms)
    if found:
        raise ContestTrouble(found)


def _places(plant: Plant, terms: Terms) -> list[str]:
    """Crews of one line, or lines; all of this plant on the first day."""
    view = history.unit_tree(plant).at(terms.first)
    gone = [team for team in terms.teams if team not in view]
    if gone:
        return ["参赛的队在首日都应在本厂设立"]
    states = [view.path(team)[-1] for team in terms.teams]
    if terms.kind == CREWS:
        if any(state.kind != CREW for state in states) or len({state.parent for state in states}) > 1:
            return ["横大班竞赛在同一条产线的各班之间进行"]
    elif any(state.kind == CREW for state in states):
        return ["产线竞赛的参赛队应是产线或车间，不是班"]
    return []


def _step(
    contest: Contest,
    states: tuple[str, ...],
    to: str,
    verb: str,
    *,
    by: Account | None,
    at: dt.datetime,
    **changes: Any,
) -> Contest:
    """Compare and set: of two who act at once, one is told that it was done already."""
    if not Contest.objects.filter(pk=contest.pk, state__in=states).update(state=to, **changes):
        contest.refresh_from_db()
        raise ContestTrouble([f"这项竞赛{contest.get_state_display()}，不能再办这一步"])
    contest.refresh_from_db()
    _note(verb, contest, by=by, at=at)
    return contest


def _note(verb: str, row: Contest, *, by: Account | None, at: dt.datetime, **detail: Any) -> None:
    span = f"{row.first_on} 至 {row.last_on}"
    audits.record(
        verb=f"contests.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail={"span": span, **detail}
    )
