"""Cases of the closed loops: raised, moved on, commented, linked. The engine says what may happen; here it is written down.

Every verb is one transaction; who acts says how many steps he saw, and of two who saw the same only one wins.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ronglu.kernel.loops import engine
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import HOLDER, RAISER, SYSTEM, Loop, Move, Phase
from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import Account, Body, Case, CaseComment, CaseLink, CaseParty, CaseStep, Plant, Unit, Zone
from ronglu.store.values import workdays_of
from ronglu.work import case_facts, case_outside, cases_new, cases_tell, cases_view
from ronglu.work.cases_people import PeopleBook
from ronglu.work.roles import roles
from ronglu.work.scope import Scope

STALE = "这一件刚刚被别人办过，您看到的已经不是最新的；请刷新后再办，您填的内容还在"


@dataclass(frozen=True, slots=True)
class Raised:
    """`claim` is shown once to who reports without a name; `joined` is the case that the report re-opened."""

    case: Case
    claim: str = ""
    joined: Case | None = None


@transaction.atomic
def raise_case(
    *,
    loop: Loop,
    plant: Plant,
    given: Mapping[str, Any],
    at: dt.datetime,
    by: Account | None = None,
    scope: Scope | None = None,
    unit: Unit | None = None,
    zone: Zone | None = None,
    body: Body | None = None,
    title: str = "",
    confidential: bool = False,
    origin: str = "web",
    key: str = "",
    adopts: Case | None = None,
) -> Raised:
    """Without `by` it is anonymous: a claim code instead of a person, the day instead of the moment. LoopTrouble lists faults.

    `adopts` is the case of somebody else that is taken over here: both name each other from the first day.

    `key` is what the sender's page made up for this one report: sent a second time after a network cut, it raises nothing
    new and answers as it did at first, claim code included.
    """
    place = cases_new.place_of(loop, plant=plant, unit=unit, zone=zone, body=body)
    cases_new.check(loop, plant=plant, by=by, scope=scope, place=place, confidential=confidential, origin=origin)
    hidden = confidential or (by is None and loop.raising.discreet)
    data = cases_new.data_of(loop, given=given, plant=plant)
    if adopts is not None and not may_adopt(loop, adopts):
        raise LoopTrouble(f"{adopts.number} 还没有办成并公开，不能推广采用")
    when = at if by is not None else cases_view.workday_moment(at)
    sent = cases_new.sent_of(loop, place=place, data=data, by=by, key=key)
    if before := cases_new.sent_before(loop, plant=plant, at=when, sent=sent):
        return Raised(before, sent.claim, _joined(before))
    # the counter first: of two who report the same thing, one waits here and not in the middle
    cases_new.counter(loop, plant, when)
    earlier = cases_new.closed_before(loop, plant=plant, place=place, data=data, at=at)
    case, claim = cases_new.create(
        loop, plant=plant, place=place, data=data, at=when, by=by, title=title, confidential=hidden, origin=origin,
        state=loop.recurs.into if earlier and loop.recurs else loop.raising.to, sent=sent,
    )  # fmt: skip
    workdays = workdays_of(plant)
    if found := case_outside.refusals(loop, case, engine.RAISED, {}, on=at.date()):
        raise LoopTrouble("\n".join(found))
    enter(loop, case, at=when, workdays=workdays)
    case.save()
    _step(case, move=engine.RAISED, before="", at=when, by=by, data=data, origin=origin)
    case_facts.touch(loop, case, deadlines=[case.due_at])
    if adopts is not None:
        link(case=case, other=adopts, kind="adopted", at=when)
        cases_tell.adopted(loop, adopts, case, at=when, hushed=by is None)
    if earlier and loop.recurs:
        _join(loop, case, earlier, at=when, workdays=workdays, hushed=by is None)
    else:
        cases_tell.turn(loop, case, at=when, hushed=by is None)
    return Raised(case, claim, earlier)


@transaction.atomic
def raise_by_clock(
    *, loop: Loop, plant: Plant, body: Body, given: Mapping[str, Any], title: str, at: dt.datetime, workdays: WorkCalendar
) -> Case:  # fmt: skip
    """A case that the calendar raises for a party body: nobody's report, so without a claim code. `given` may name any field."""
    if SYSTEM not in loop.raising.by:
        raise LoopTrouble(f"{loop.label}不由系统提出")
    read = cases_view.read_fields(loop, given, given, plant=plant.pk)
    data = {code: value for code, value in read.items() if value is not None}
    case, _ = cases_new.create(
        loop, plant=plant, place=cases_new.place_of(loop, plant=plant, unit=None, zone=None, body=body), data=data, at=at, by=None,
        title=title, confidential=False, origin=cases_new.CLOCK, state=loop.raising.to, sent=cases_new.Sent(),
    )  # fmt: skip
    enter(loop, case, at=at, workdays=workdays)
    case.save()
    _step(case, move=engine.RAISED, before="", at=at, by=None, data=data, origin=cases_new.CLOCK)
    case_facts.touch(loop, case, deadlines=[case.due_at])
    cases_tell.turn(loop, case, at=at)
    return case


def may_adopt(loop: Loop, case: Case) -> bool:
    """What was carried out, verified and is shown to the whole plant may be taken over elsewhere."""
    return case.loop == loop.code and case.phase == Phase.CLOSED and case.state in loop.published


@transaction.atomic
def move(
    *,
    loop: Loop,
    case: Case,
    code: str,
    seen: int,
    given: Mapping[str, Any],
    at: dt.datetime,
    by: Account,
    scope: Scope,
    reason: str = "",
    origin: str = "web",
) -> CaseStep:
    """One move; `given` may name fields of the loop and the parties that the move assigns (numbers of persons)."""
    row = _locked(case, seen)
    made = loop.move(code)
    asked = (*made.needs, *made.asks) if made else ()
    values = cases_view.read_fields(loop, asked, given, plant=row.plant_id)
    named = cases_new.people_of(loop, made, given, plant=row.plant_id)
    found = engine.refusals(
        loop, cases_view.view(loop, row), cases_view.actor(scope, row), code, values | named, reason
    )
    if not found:
        found = case_outside.refusals(loop, row, code, values, on=at.date())
    if found or made is None:
        raise LoopTrouble("\n".join(found))
    return _go(
        loop, row, made, values=values, named=named, at=at, by=by, reason=reason, origin=origin,
        workdays=workdays_of(row.plant),
    )  # fmt: skip


def move_by_clock(
    *,
    loop: Loop,
    case: Case,
    code: str,
    at: dt.datetime,
    workdays: WorkCalendar,
    reason: str = "",
    hushed: bool = False,
) -> CaseStep:
    """A move that nobody makes: a deadline passed, or the same thing was reported again (`hushed`: without a name). Inside the
    caller's transaction.
    """
    made = loop.move(code)
    if made is None or SYSTEM not in made.by:
        raise LoopTrouble(f"“{loop.label}”没有由系统来走的“{code}”")
    return _go(
        loop,
        case,
        made,
        values={},
        named={},
        at=at,
        by=None,
        reason=reason,
        origin="clock",
        workdays=workdays,
        hushed=hushed,
    )


@transaction.atomic
def comment(*, case: Case, text: str, at: dt.datetime, by: Account) -> CaseComment:
    """A remark; it changes nothing and counts for nothing."""
    if not text.strip():
        raise LoopTrouble("请写留言内容")
    return CaseComment.objects.create(case=case, at=at, person_id=by.person_id, text=text.strip()[:1000])


@transaction.atomic
def link(*, case: Case, other: Case, kind: str, at: dt.datetime) -> CaseLink:
    """Two cases of one plant that belong together; the same link twice is one."""
    if case.pk == other.pk:
        raise LoopTrouble(f"{case.number} 不能与自己关联")
    if case.plant_id != other.plant_id:
        raise LoopTrouble(f"{other.number} 是别的厂的事项，不能关联")
    rows = CaseLink.objects.filter(case=case, other=other, kind=kind)
    if standing := rows.standing().first():
        return standing
    found, _ = CaseLink.objects.get_or_create(
        case=case, other=other, kind=kind, no=rows.count() + 1, defaults={"at": at}
    )
    return found


def _locked(case: Case, seen: int) -> Case:
    row = Case.objects.select_for_update().select_related("plant").get(pk=case.pk)
    if row.seen != seen:
        raise LoopTrouble(STALE)
    return row


def _go(
    loop: Loop, case: Case, move: Move, *, values: Mapping[str, Any], named: Mapping[str, list[int]], at: dt.datetime,
    by: Account | None, reason: str, origin: str, workdays: WorkCalendar, hushed: bool = False,
) -> CaseStep:  # fmt: skip
    """Writes the move. Nothing is written when another was quicker: the update asks for the step count that was seen."""
    before, seen, due_at = case.state, case.seen, case.due_at
    case.state = move.to
    case.data = case.data | values | dict(move.sets)
    for role, people in named.items():
        CaseParty.objects.filter(case=case, role=role).delete()
        CaseParty.objects.bulk_create(CaseParty(case=case, role=role, person_id=one) for one in people)
    enter(loop, case, at=at, workdays=workdays)
    case.seen = seen + 1
    fields = (
        "state",
        "phase",
        "data",
        "seen",
        "holder_id",
        "turn",
        "entered_at",
        "due_at",
        "next_at",
        "rung",
        "closed_at",
    )
    if Case.objects.filter(pk=case.pk, seen=seen).update(**{name: getattr(case, name) for name in fields}) != 1:
        raise LoopTrouble(STALE)
    kept = dict(values) | dict(move.sets) | {role: list(people) for role, people in named.items()}
    step = _step(case, move=move.code, before=before, at=at, by=by, data=kept, origin=origin, reason=reason)
    case_facts.touch(loop, case, deadlines=[due_at, case.due_at])
    case_facts.touch_benefit(loop, case, move.code)
    cases_tell.turn(loop, case, at=at, hushed=hushed)
    return step


def enter(loop: Loop, case: Case, *, at: dt.datetime, workdays: WorkCalendar) -> None:
    """What a state brings: its phase, whose turn it is, the deadline and the first look of the clock."""
    state = loop.state(case.state)
    case.phase = state.phase.value
    case.entered_at = at
    case.closed_at = case.closed_at or at if state.phase is Phase.CLOSED else None
    case.due_at = state.due.reckon(since=at, data=case.data, workdays=workdays) if state.due else None
    case.turn, case.holder_id = _turn(loop, case, state.turn, on=at.date())
    case.rung = -1
    case.next_at = cases_tell.next_look(loop, case)


def _turn(loop: Loop, case: Case, words: tuple[str, ...], *, on: dt.date) -> tuple[str, int | None]:
    """The first word that means somebody who may act, and the one person if it is one; a role is open to all who hold it there.

    The last word stands even where nobody answers to it: then the ladder finds who is above. What was raised in confidence
    goes to nobody by role but those whom the loop trusts.
    """
    if case.secrecy != "open":
        words = tuple(w for w in words if w not in roles().roles or w in loop.trusted) or loop.trusted
    for no, word in enumerate(words, 1):
        people = _people(case, word) if loop.party(word) or word in (RAISER, HOLDER) else ()
        more = no < len(words)
        if len(people) == 1 and not (more and _did_it(loop, case, people[0])):
            return word, people[0]
        if len(people) > 1 or (word in roles().roles and not (more and _unheld(case, word, on))):
            return word, None
    return "", None


def _did_it(loop: Loop, case: Case, person: int) -> bool:
    """Whether he would be asked to judge his own work."""
    return case.phase == Phase.VERIFYING and person in engine.doers(loop, cases_view.view(loop, case))


def _unheld(case: Case, role: str, on: dt.date) -> bool:
    return not PeopleBook(on).of(role, plant=case.plant_id, unit=case.unit_id, body=case.body_id)


def _people(case: Case, word: str) -> tuple[int, ...]:
    if word == RAISER:
        return (case.raised_by_id,) if case.raised_by_id else ()
    if word == HOLDER:
        return (case.holder_id,) if case.holder_id else ()
    return tuple(CaseParty.objects.filter(case=case, role=word).values_list("person_id", flat=True)[:2])


def _step(
    case: Case, *, move: str, before: str, at: dt.datetime, by: Account | None, data: Mapping[str, Any], origin: str,
    reason: str = "",
) -> CaseStep:  # fmt: skip
    return CaseStep.objects.create(
        case=case, no=case.seen, move=move, before=before, after=case.state, at=at, by=by,
        person_id=cases_view.person_of(by), reason=reason.strip(), data=dict(data), due_at=case.due_at, origin=origin,
    )  # fmt: skip


def _joined(case: Case) -> Case | None:
    row = CaseLink.objects.standing().filter(case=case, kind="merged").select_related("other").first()
    return row.other if row else None


def _join(loop: Loop, case: Case, earlier: Case, *, at: dt.datetime, workdays: WorkCalendar, hushed: bool) -> None:
    """The closed case did not hold: it is open again, and both know of each other."""
    assert loop.recurs is not None
    link(case=case, other=earlier, kind="merged", at=at)
    link(case=earlier, other=case, kind="recurred", at=at)
    said = f"同一地点又报了同类问题（{case.number}）"
    closers = _closers(loop, earlier)
    move_by_clock(loop=loop, case=earlier, code=loop.recurs.move, at=at, workdays=workdays, reason=said, hushed=hushed)
    text = f"您闭环的 {earlier.number} 重新打开：{said}"
    key = f"{earlier.pk}:{earlier.seen}:again"
    cases_tell.tell(earlier, closers, kind="again", text=text, key=key, at=at, hushed=hushed)


def _closers(loop: Loop, case: Case) -> list[int]:
    """Who closed it last; what is noted in a closed case closes nothing."""
    closed = [s.code for s in loop.states if s.phase is Phase.CLOSED]
    steps = CaseStep.objects.filter(case=case, after__in=closed, person__isnull=False).exclude(before__in=closed)
    return list(steps.order_by("-no").values_list("person_id", flat=True)[:1])
