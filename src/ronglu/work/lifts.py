"""1151 双提升: the year's promises and who agreed to them, assessed skills that two people stand for, a word each quarter."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.rules.arith import show_points
from ronglu.kernel.standing.lift_rules import FULL_H, LiftRules
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Body, LiftMonth, LiftNote, LiftPlan, Membership, Person
from ronglu.work import audits, closings, committees, hands, lift_months
from ronglu.work.holdings import holdings_of

HAND = ("learning", "skill")
"""Dimensions that no record of the system holds: a mentor's sign-off, an assessed skill. The others can't be entered."""
PROPOSED, AGREED = "proposed", "agreed"


class BadLift(OrgTrouble):
    """双提升的清单或数字不能这样写。"""


@transaction.atomic
def promise(
    *, person: Person, year: int, ability: str, results: str, mentor: Person | None, by: Account, at: dt.datetime
) -> LiftPlan:
    """One goal of ability, one of results, by the member himself; he may change them until they are agreed."""
    if by.person_id != person.pk:
        raise BadLift("承诺清单由本人提出")
    goals = [" ".join(text.split()) for text in (ability, results)]
    if not all(goals):
        raise BadLift("能力目标和业绩目标各写一个")
    if mentor is not None and mentor.pk == person.pk:
        raise BadLift("导师或结对人不能是自己")
    body = committees.branch_of(person, on=at.date())
    if body is None:
        raise BadLift(f"{person.name}现在不是本厂党员，没有双提升清单")
    known = LiftPlan.objects.filter(person=person, year=year).first()
    if known is not None and known.state == AGREED:
        raise BadLift(f"{year} 年的清单已经商定，不能再改")
    said = {"body": body, "ability": goals[0][:200], "results": goals[1][:200], "mentor": mentor, "proposed_at": at}
    plan, _ = LiftPlan.objects.update_or_create(person=person, year=year, defaults=said)
    _note("promise", plan.body, f"liftplan:{plan.pk}", by=by, at=at)
    return plan


@transaction.atomic
def agree(*, plan: LiftPlan, by: Account, at: dt.datetime) -> LiftPlan:
    """By the leader of his party group or the committee of his branch, never by himself."""
    _stands_over(plan.person, plan.body, by, at.date())
    if not LiftPlan.objects.filter(pk=plan.pk, state=PROPOSED).update(state=AGREED, agreed_by=by, agreed_at=at):
        raise BadLift("这张清单已经商定")
    plan.refresh_from_db()
    _note("agree", plan.body, f"liftplan:{plan.pk}", by=by, at=at)
    return plan


@transaction.atomic
def note(*, plan: LiftPlan, quarter: Period, text: str, by: Account, at: dt.datetime) -> LiftNote:
    """The quarter's word of the mentor or the branch; written again it replaces what stood there."""
    if plan.mentor_id is None or by.person_id != plan.mentor_id:
        _stands_over(plan.person, plan.body, by, at.date())
    if quarter.grain is not Grain.QUARTER or quarter.first.year != plan.year:
        raise BadLift(f"季度点评写在 {plan.year} 年的某一季")
    if not text.strip():
        raise BadLift("请写这一季哪里有长进、哪里要帮")
    if len(text.strip()) > 500:
        raise BadLift(f"点评最多 500 字，现有 {len(text.strip())} 字")
    made, _ = LiftNote.objects.update_or_create(
        plan=plan, quarter=str(quarter), defaults={"text": text.strip(), "by": by, "at": at}
    )
    _note("note", plan.body, f"liftplan:{plan.pk}", by=by, at=at)
    return made


@transaction.atomic
def enter(
    *, person: Person, month: Period, dimension: str, figure_h: int, ground: str, by: Account, at: dt.datetime
) -> LiftMonth:
    """An assessed skill or a mentor's sign-off, by the mentor or the branch. It counts for nothing until another signs it."""
    if dimension not in HAND:
        raise BadLift("这一维由系统从记录算出，不能手填")
    if not 0 <= figure_h <= FULL_H:
        raise BadLift(f"应在 0 到 100 之间，写的是 {show_points(figure_h)}")
    if not ground.strip():
        raise BadLift("请写明依据：哪次考评、谁签认")
    body = _branch(person, month, at)
    closings.refuse_closed(plant=body.plant, month=month)
    mentored = LiftPlan.objects.filter(person=person, mentor=by.person, year=month.first.year, state=AGREED).exists()
    if not (by.person_id and mentored):
        _stands_over(person, body, by, at.date())
    said = {
        "figure_h": figure_h,
        "ground": ground.strip()[:300],
        "state": "entered",
        "entered_by": by,
        "signed_by": None,
    }
    row, _ = LiftMonth.objects.update_or_create(person=person, month=month.yyyymm, dimension=dimension, defaults=said)
    _note("enter", body, f"liftmonth:{row.pk}", by=by, at=at)
    return row


@transaction.atomic
def sign(*, row: LiftMonth, rules: LiftRules, by: Account, at: dt.datetime) -> LiftMonth:
    """From now on it counts. Never by who entered it, nor by whom it is about."""
    month = Period.from_yyyymm(row.month)
    body = _branch(row.person, month, at)
    closings.refuse_closed(plant=body.plant, month=month)
    _stands_over(row.person, body, by, at.date())
    if not committees.sits(by, body, on=at.date()):
        raise BadLift("签认由本支部委员办：个人的数只有本人和本支部委员看得到")
    hands.apart(by, row.entered_by, on=at.date(), trouble=BadLift, own="填的人不能自己签认，请由另一人核对依据后签认")
    asked = LiftMonth.objects.filter(pk=row.pk, state="entered", figure_h=row.figure_h, entered_by=row.entered_by)
    if not asked.update(state="signed", signed_by=by):
        raise BadLift("这一条已经签认，或刚刚被改过，请刷新后再核对")
    row.refresh_from_db()
    lift_months.restate(plant=body.plant, rules=rules, people=[row.person_id], since=month, at=at)
    _note("sign", body, f"liftmonth:{row.pk}", by=by, at=at)
    return row


def leads(account: Account, person: Person, *, on: dt.date) -> bool:
    """Whether he leads the party group that the person belongs to."""
    groups = set(Membership.objects.on(on).filter(person=person).values_list("body_id", flat=True))
    held = (one for one in holdings_of(account, on=on) if one.kind == "post" and one.what == "leader")
    return any(one.body_id in groups and one.for_person != person.pk for one in held)


def _stands_over(person: Person, body: Body, by: Account, on: dt.date) -> None:
    seats = committees.sits(by, body, on=on)
    if by.person_id == person.pk or person.pk in seats:
        raise BadLift("这是您自己的（或您所代理的人的），须由另一人办")
    if not seats and not leads(by, person, on=on):
        raise BadLift("由本人所在党小组的组长或本支部委员办")


def _branch(person: Person, month: Period, at: dt.datetime) -> Body:
    if month.first > at.date():
        raise BadLift(f"{month} 还没有到")
    body = committees.branch_of(person, on=min(month.last, at.date()))
    if body is None:
        raise BadLift(f"{person.name}在 {month} 不是本厂党员")
    return body


def _note(verb: str, body: Body, subject: str, *, by: Account, at: dt.datetime) -> None:
    """The trail says that it was done, not what somebody is worth."""
    audits.record(verb=f"lifts.{verb}", by=by, at=at, plant=body.plant, subject=subject)
