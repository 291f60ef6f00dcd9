"""一票否决: proposed with evidence, approved by someone else; from the next run on both scales are capped (09-14)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body, Plant, Result, Run, VetoMark
from ronglu.work import audits, closings, hands, sheets


class VetoProblem(ValueError):
    """一票否决不成立。"""


@dataclass(frozen=True, slots=True)
class Question:
    """The facts of a run ask for a veto that nobody has proposed; `records` are the cases behind it. It changes nothing."""

    body: int
    reason: str
    records: tuple[str, ...]


def questions(*, run: Run) -> list[Question]:
    """Two queries. A proposal, approved or not, answers the question; one that was withdrawn asks again."""
    asked = Result.objects.filter(run=run, basis__has_key="vetoes").order_by("body__position", "body__code", "item")
    plant = VetoMark.objects.filter(body__plant=run.plant_id, month=run.month)
    proposed = set(plant.values_list("body_id", "reason"))
    return [
        Question(body, reason, tuple(one["record"] for one in basis.get("records", ()) if one["key"] == reason))
        for body, basis in asked.values_list("body_id", "basis")
        for reason in basis["vetoes"]
        if (body, reason) not in proposed
    ]


@transaction.atomic
def enter(*, body: Body, month: Period, reason: str, evidence: str, by: Account, at: dt.datetime) -> VetoMark:
    """`reason` is a code of the sheet's list. It changes nothing before it is approved."""
    closings.refuse_closed(plant=body.plant, month=month)
    sheet = sheets.sheet_of(sheets.in_force(plant=body.plant, month=month))
    known = {one.code: one.name for one in sheet.veto.reasons}
    if reason not in known:
        raise VetoProblem(f"“{reason}”不在否决清单里：{'、'.join(known.values())}")
    if not evidence.strip():
        raise VetoProblem("请写明证据：事故调查报告、通报文号或核查结论")
    if len(evidence.strip()) > 400:
        raise VetoProblem(f"证据最多 400 字，现有 {len(evidence.strip())} 字")
    if VetoMark.objects.filter(body=body, month=month.yyyymm, reason=reason).exists():
        raise VetoProblem(f"{month} 已经提出过“{known[reason]}”")
    mark = VetoMark.objects.create(
        body=body, month=month.yyyymm, reason=reason, evidence=evidence.strip(), entered_by=by
    )
    _note("vetoes.enter", mark, by, at, evidence=mark.evidence)
    return mark


@transaction.atomic
def approve(*, veto: VetoMark, by: Account, at: dt.datetime) -> VetoMark:
    """Never by the one who proposed it."""
    closings.refuse_closed(plant=veto.body.plant, month=Period.from_yyyymm(veto.month))
    hands.apart(by, veto.entered_by, on=at.date(), trouble=VetoProblem, own="提出的人不能自己批准，请由另一人批准")
    if not VetoMark.objects.filter(pk=veto.pk, approved_by=None).update(approved_by=by):
        raise VetoProblem("这一条已经批准过")
    veto.refresh_from_db()
    _note("vetoes.approve", veto, by, at, evidence=veto.evidence)
    return veto


@transaction.atomic
def withdraw(*, veto: VetoMark, reason: str, by: Account, at: dt.datetime) -> None:
    """Taken back, or lifted on appeal once approved; the trail keeps it with the reason."""
    if not reason.strip():
        raise VetoProblem("请写明为什么撤销")
    closings.refuse_closed(plant=veto.body.plant, month=Period.from_yyyymm(veto.month))
    _note("vetoes.withdraw", veto, by, at, evidence=veto.evidence, why=reason.strip())
    veto.delete()


def listed(*, plant: Plant, month: Period) -> QuerySet[VetoMark]:
    found = VetoMark.objects.filter(body__plant=plant, month=month.yyyymm)
    return found.select_related("body", "entered_by__person", "approved_by__person").order_by(
        "body__position", "body__code", "reason"
    )


def _note(verb: str, veto: VetoMark, by: Account, at: dt.datetime, **detail: str) -> None:
    subject = f"{veto.body.code} {veto.reason} {Period.from_yyyymm(veto.month)}"
    audits.record(verb=verb, by=by, at=at, plant=veto.body.plant, subject=subject, detail=detail)
