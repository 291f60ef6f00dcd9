"""Member points: found in verified records or claimed, verified by the branch, told to the member, booked; taken back by a reversal.

Only the member and the committee of his own branch ever meet an entry (09-20); nothing here is public and nothing is deleted.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.kernel.standing.errors import LedgerTrouble
from ronglu.kernel.standing.points import PointRules, PointSource, PointState, move, objections_until
from ronglu.kernel.standing.record import PersonRecord
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Case, Notice, Person, Plant, PointEntry
from ronglu.work import audits, cases, committees
from ronglu.work.scope import Scope

KEPT = frozenset({"zone_finding", "indicator_month", "action", "idea", "project_milestone", "mission", "request"})
"""Facts that the system itself reads from records (facts/persons): of these nobody claims anything by hand."""
LONGEST = 200
CORRECTED = "corrected"


class BadPoint(LedgerTrouble):
    """这一条积分不能这样办。"""

    def __init__(self, text: str) -> None:
        super().__init__([text])


@transaction.atomic
def propose(*, plant: Plant, rules: PointRules, records: Iterable[PersonRecord], at: dt.datetime) -> int:
    """By the clock: every record that was kept and verified by another becomes one entry of its member, once. Says how many."""
    members = committees.Members(plant)
    sources = {source.fact: source for source in rules.sources.values() if not source.deducts}
    fresh = []
    for one in records:
        if not (one.kept and one.verified and one.fact in sources):
            continue
        if (body := members.on(one.on).get(one.person)) is not None:
            source = sources[one.fact]
            month = one.on.year * 100 + one.on.month
            fresh.append(_entry(one.person, body, source, month, record=one.record, label=one.label, by=None, at=at))
    known = set(
        PointEntry.objects.filter(person__in={one.person_id for one in fresh}).values_list(
            "person_id", "source", "record"
        )
    )
    new = {(one.person_id, one.source, one.record): one for one in fresh}
    made = [one for spot, one in new.items() if spot not in known]
    PointEntry.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        audits.record(verb="points.propose", by=None, at=at, plant=plant, detail={"entries": len(made)})
    return len(made)


@transaction.atomic
def claim(
    *, person: Person, rules: PointRules, source: str, on: dt.date, ground: str, by: Account, at: dt.datetime
) -> PointEntry:
    """What no record of the system holds: the member claims it himself; a deduction is entered by his committee, from a finding."""
    found, text = rules.sources.get(source), " ".join(ground.split())
    if found is None:
        raise BadPoint(f"没有“{source[:40]}”这一种积分来源")
    if found.fact in KEPT:
        raise BadPoint(f"“{found.label}”由系统从已核实的记录取数，不用申报；漏了的先看那件事是否已验收")
    if not text:
        raise BadPoint("请写明依据：哪一天、什么事、谁可以证明" if not found.deducts else "请写明查实的结论和文号")
    if on > at.date():
        raise BadPoint(f"{on} 还没有到")
    body = committees.branch_of(person, on=on)
    if body is None:
        raise BadPoint(f"{person.name}在 {on} 不是本厂党员，没有积分")
    if found.deducts and (not committees.sits(by, body, on=at.date()) or by.person_id == person.pk):
        raise BadPoint("扣分由本支部委员按查实的结论登记，不能由本人登记")
    if not found.deducts and by.person_id != person.pk:
        raise BadPoint("积分由本人申报，不能替别人申报")
    key = "hand:" + hashlib.sha256(f"{on}|{text}".encode()).hexdigest()[:24]
    if PointEntry.objects.filter(person=person, source=source, record=key).exists():
        raise BadPoint("这一件已经登记过")
    month = on.year * 100 + on.month
    entry = _entry(person.pk, body.pk, found, month, record=key, label=f"{on} {text}"[:LONGEST], by=by, at=at)
    entry.save()
    _note("claim", entry, by=by, at=at)
    return entry


@transaction.atomic
def verify(*, entry: PointEntry, by: Account, at: dt.datetime) -> PointEntry:
    """支部核实: by a committee member of the entry's branch who neither entered it nor is the member."""
    _judge(entry, by, at)
    _step(entry, PointState.VERIFIED, verified_by=by, verified_at=at)
    _note("verify", entry, by=by, at=at)
    return entry


@transaction.atomic
def refuse(*, entry: PointEntry, reason: str, by: Account, at: dt.datetime) -> PointEntry:
    """Before it is booked: the committee finds that it does not hold. The row stays, with the reason for the member."""
    if not reason.strip():
        raise BadPoint("请写明为什么不予认定，本人会看到")
    _judge(entry, by, at)
    if entry.state == PointState.ENTERED or entry.reversal_of_id:
        raise BadPoint("已入账的积分只能冲回")
    _step(entry, PointState.REVERSED, reason=reason.strip()[:LONGEST])
    _note("refuse", entry, by=by, at=at, reason=entry.reason)
    return entry


@transaction.atomic
def tell(*, plant: Plant, rules: PointRules, at: dt.datetime) -> int:
    """By the clock: what the branch has verified is told to the member, who has five days to object. Nobody else is told."""
    told = 0
    for entry in PointEntry.objects.filter(body__plant=plant, state=PointState.VERIFIED).order_by("pk"):
        _step(entry, PointState.TOLD, told_on=at.date())
        until = objections_until(rules, at.date())
        text = f"积分 {points(entry.points_h)} 分（{_source(rules, entry)}）已由支部核实，{until} 前可在“我的”里提异议"
        Notice.objects.get_or_create(
            key=f"point:{entry.pk}:told", person_id=entry.person_id,
            defaults={"plant": plant, "kind": "points", "text": text[:LONGEST], "at": at, "from_at": at, "state": "none"},
        )  # fmt: skip
        told += 1
    return told


@transaction.atomic
def book(*, plant: Plant, rules: PointRules, at: dt.datetime) -> int:
    """By the clock: five days after telling, unless an objection is still open. An appeal that was upheld takes the entry back."""
    booked = 0
    told = PointEntry.objects.filter(body__plant=plant, state=PointState.TOLD).select_related("objection")
    for entry in told.order_by("pk"):
        if entry.told_on is None or at.date() <= objections_until(rules, entry.told_on):
            continue
        if entry.objection is not None and not Phase(entry.objection.phase).over:
            continue
        if entry.objection is not None and entry.objection.state == CORRECTED:
            _step(entry, PointState.REVERSED, reason=f"异议 {entry.objection.number} 成立，已更正")
        else:
            _step(entry, PointState.ENTERED, booked_at=at)
            booked += 1
    _take_back(plant, at)
    return booked


def _take_back(plant: Plant, at: dt.datetime) -> None:
    """An appeal against a booked entry was upheld: its reversal is proposed, and waits for the committee like any other."""
    entered = PointEntry.objects.filter(body__plant=plant, state=PointState.ENTERED, objection__state=CORRECTED)
    for entry in entered.filter(reversal_of=None, reversal=None).select_related("objection").order_by("pk"):
        _back(entry, f"异议 {entry.objection.number if entry.objection else ''} 成立", None, at)


@transaction.atomic
def object_to(
    *,
    entry: PointEntry,
    rules: PointRules,
    loop: Loop,
    ground: str,
    wish: str,
    by: Account,
    scope: Scope,
    at: dt.datetime,
) -> Case:
    """异议: the member himself, in the days after telling, or later against what was booked; a confidential case of the loop 申诉."""
    if by.person_id != entry.person_id:
        raise BadPoint("只有本人可以对自己的积分提异议")
    state = PointState(entry.state)
    if state not in (PointState.TOLD, PointState.ENTERED):
        raise BadPoint(f"这一条{state.label}，支部核实并告知以后才能提异议")
    if entry.objection is not None and not Phase(entry.objection.phase).over:
        raise BadPoint(f"您提的异议 {entry.objection.number} 正在办理")
    which = (
        f"{Period.from_yyyymm(entry.month)} 积分第 {entry.pk} 条：{_source(rules, entry)} {points(entry.points_h)} 分"
    )
    raised = cases.raise_case(
        loop=loop, plant=entry.body.plant, given={"against": "points", "which": which[:120], "what": ground, "wish": wish}, at=at,
        by=by, scope=scope, title=f"积分异议：{_source(rules, entry)}", confidential=True,
    )  # fmt: skip
    if not PointEntry.objects.filter(pk=entry.pk, state=entry.state, objection=entry.objection).update(
        objection=raised.case
    ):
        raise BadPoint("这一条刚刚变过，请刷新后再提")
    entry.objection = raised.case
    _note("object", entry, by=by, at=at, case=raised.case.number)
    return raised.case


@transaction.atomic
def reverse(*, entry: PointEntry, reason: str, by: Account, at: dt.datetime) -> PointEntry:
    """冲回 of a booked entry: an entry of its own with the opposite points, proposed by one and confirmed by another."""
    if not reason.strip():
        raise BadPoint("请写明为什么冲回")
    _member_of_committee(entry, by, at)
    if entry.state != PointState.ENTERED or entry.reversal_of_id:
        raise BadPoint("只有已入账的积分才能冲回；没有入账的请写明理由不予认定")
    if PointEntry.objects.filter(reversal_of=entry).exists():
        raise BadPoint("这一条已经提出冲回")
    back = _back(entry, reason.strip()[:LONGEST], by, at)
    _note("reverse", back, by=by, at=at, reason=back.reason)
    return back


@transaction.atomic
def confirm_reversal(*, entry: PointEntry, by: Account, at: dt.datetime) -> PointEntry:
    """By a committee member who did not propose it; both rows stay and cancel each other."""
    if entry.reversal_of is None:
        raise BadPoint("这一条不是冲回")
    _judge(entry, by, at)
    if not PointEntry.objects.filter(pk=entry.pk, state=PointState.DECLARED).update(
        state=PointState.ENTERED, verified_by=by, verified_at=at, booked_at=at
    ):
        raise BadPoint("这一条冲回已经办过")
    _step(entry.reversal_of, PointState.REVERSED, reason=entry.reason)
    entry.refresh_from_db()
    _note("confirm_reversal", entry, by=by, at=at)
    return entry


def _back(entry: PointEntry, reason: str, by: Account | None, at: dt.datetime) -> PointEntry:
    return PointEntry.objects.create(
        person_id=entry.person_id, body_id=entry.body_id, source=entry.source, month=entry.month, points_h=-entry.points_h,
        record=f"reversal:{entry.pk}", label=f"冲回第 {entry.pk} 条", reason=reason, reversal_of=entry, entered_by=by, entered_at=at,
    )  # fmt: skip


def points(value_h: int) -> str:
    return f"{'−' if value_h < 0 else ''}{abs(value_h) // 100}.{abs(value_h) % 100:02d}"


def _entry(
    person: int,
    body: int,
    source: PointSource,
    month: int,
    *,
    record: str,
    label: str,
    by: Account | None,
    at: dt.datetime,
) -> PointEntry:
    return PointEntry(
        person_id=person, body_id=body, source=source.code, month=month, points_h=source.points_h, record=record, label=label,
        entered_by=by, entered_at=at,
    )  # fmt: skip


def _source(rules: PointRules, entry: PointEntry) -> str:
    found = rules.sources.get(entry.source)
    return found.label if found else entry.source


def _member_of_committee(entry: PointEntry, by: Account, at: dt.datetime) -> frozenset[int]:
    """In whose names he sits. Nobody settles what is his own, or that of somebody he stands in for."""
    seats = committees.sits(by, entry.body, on=at.date())
    if not seats:
        raise BadPoint("只有本支部委员可以办；其他支部、车间和机关都不经手个人积分")
    if entry.person_id in seats | {by.person_id}:
        raise BadPoint("这是您自己的（或您所代理的人的）积分，须由另一名委员办")
    return seats


def _judge(entry: PointEntry, by: Account, at: dt.datetime) -> None:
    seats = _member_of_committee(entry, by, at)
    entered = entry.entered_by
    if entered is not None and (entered.pk == by.pk or entered.person_id in seats):
        raise BadPoint("这一条是您登记的（或您所代理的人登记的），须由另一名委员核实")


def _step(entry: PointEntry, after: PointState, **changes: Any) -> None:
    """One move of an entry; of two who make it at once one wins."""
    before = PointState(entry.state)
    move(before, after)
    if not PointEntry.objects.filter(pk=entry.pk, state=before).update(state=after, **changes):
        raise BadPoint("这一条刚刚被别人办过，请刷新")
    entry.refresh_from_db()


def _note(verb: str, entry: PointEntry, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    """The trail names the entry, not what it is worth: an auditor needs no points of persons."""
    audits.record(
        verb=f"points.{verb}", by=by, at=at, plant=entry.body.plant, subject=f"point:{entry.pk}", detail=detail
    )
