"""申诉改判: what an accepted appeal decides of one item of one branch and month, entered by one and signed by another."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body, Case, Plant, Ruling
from ronglu.work import audits, closings, hands, sheets

ENTERED, SIGNED, WITHDRAWN = "entered", "signed", "withdrawn"
LOOP, ACCEPTED = "appeal", "corrected"
VETO = "veto"
"""In place of an item: the vetoes of the branch in that month are lifted."""


class RulingProblem(ValueError):
    """改判不成立。"""


@transaction.atomic
def enter(
    *, case: Case, body: Body, month: Period, item: str, won: Decimal | None, ground: str, by: Account, at: dt.datetime
) -> Ruling:
    """`won` is what the item is worth instead, None where it does not apply to the branch in this month. Rests on an
    appeal that was accepted; stands for nothing until signed."""
    closings.hold(body.plant)
    _check(case, body, month, item, won, ground)
    _refuse_kept(case, body, month, item)
    taken = Ruling.objects.filter(body=body, month=month.yyyymm, item=item).exclude(state=WITHDRAWN)
    if taken.exclude(case=case).exists():
        raise RulingProblem(f"{month} {body.code} {item} 已有另一件申诉的改判，请先撤回那一件")
    ruling, _ = Ruling.objects.update_or_create(
        case=case, item=item,
        defaults={
            "body": body, "month": month.yyyymm, "won": None if won is None else int(won.scaleb(2)), "ground": ground.strip(),
            "state": ENTERED, "entered_by": by, "entered_at": at, "signed_by": None, "signed_at": None,
        },
    )  # fmt: skip
    _note("rulings.enter", ruling, by, at, won=shown(ruling), ground=ruling.ground)
    return ruling


@transaction.atomic
def sign(*, ruling: Ruling, by: Account, at: dt.datetime) -> Ruling:
    """From the next computation it stands. Never by the one who entered it."""
    closings.hold(ruling.body.plant)
    hands.apart(
        by, ruling.entered_by, on=at.date(), trouble=RulingProblem, own="录入的人不能自己签认，请由另一人核对后签认"
    )
    read = {"won": ruling.won, "ground": ruling.ground, "entered_by": ruling.entered_by_id}
    done = Ruling.objects.filter(pk=ruling.pk, state=ENTERED, **read).update(state=SIGNED, signed_by=by, signed_at=at)
    if not done:
        raise RulingProblem("这条改判刚刚被改过或已处理，请刷新后再核对")
    ruling.refresh_from_db()
    _note("rulings.sign", ruling, by, at, won=shown(ruling))
    return ruling


@transaction.atomic
def withdraw(*, ruling: Ruling, reason: str, by: Account, at: dt.datetime) -> None:
    """Before it was signed; a signed one is part of the record."""
    if not reason.strip():
        raise RulingProblem("请写明为什么撤回")
    closings.hold(ruling.body.plant)
    if not Ruling.objects.filter(pk=ruling.pk, state=ENTERED).update(state=WITHDRAWN):
        raise RulingProblem("已签认的改判不能撤回；确有差错的，由新的申诉改判")
    _note("rulings.withdraw", ruling, by, at, reason=reason.strip())


def signed(*, plant: Plant, month: Period) -> Mapping[tuple[int, str], tuple[int | None, str]]:
    """(branch, item) → points in hundredths (None: does not apply) and the ground, with the appeal's number."""
    found = _signed(plant, month).exclude(item=VETO).select_related("case")
    return {(r.body_id, r.item): (r.won, f"申诉 {r.case.number}：{r.ground}") for r in found}


def lifted(*, plant: Plant, month: Period) -> frozenset[int]:
    """Branches whose vetoes of the month an appeal took away."""
    return frozenset(_signed(plant, month).filter(item=VETO).values_list("body_id", flat=True))


def listed(*, plant: Plant, month: Period) -> QuerySet[Ruling]:
    found = Ruling.objects.filter(body__plant=plant, month=month.yyyymm).exclude(state=WITHDRAWN)
    return found.select_related("body", "case", "entered_by__person", "signed_by__person").order_by(
        "body__position", "body__code", "item"
    )


def accepted(*, plant: Plant) -> QuerySet[Case]:
    """Appeals against a score that were found to be right."""
    found = Case.objects.filter(plant=plant, loop=LOOP, state=ACCEPTED, data__against="score")
    return found.order_by("-closed_at")


def shown(ruling: Ruling) -> str:
    if ruling.item == VETO:
        return "撤销否决"
    return "不适用" if ruling.won is None else f"{from_scaled(ruling.won, 2):.2f}"


def _signed(plant: Plant, month: Period) -> QuerySet[Ruling]:
    return Ruling.objects.filter(body__plant=plant, month=month.yyyymm, state=SIGNED)


def _check(case: Case, body: Body, month: Period, code: str, won: Decimal | None, ground: str) -> None:
    if case.loop != LOOP or case.state != ACCEPTED or case.plant_id != body.plant_id:
        raise RulingProblem(f"{case.number} 不是本厂已裁定更正的申诉，不能据此改判")
    if not ground.strip() or len(ground.strip()) > 400:
        raise RulingProblem("请写明改判依据（不超过 400 字）")
    if code == VETO:
        if won is not None:
            raise RulingProblem("撤销否决不写得分")
        return
    sheet = sheets.sheet_of(sheets.in_force(plant=body.plant, month=month))
    item = next((one for one in sheet.items if one.code == code), None)
    if item is None:
        raise RulingProblem(f"{month} 的考核表里没有 {code} 这一项")
    if won is None:
        return
    if not won.is_finite() or won != round(won, 2):
        raise RulingProblem(f"得分写两位小数，现在是 {won}")
    if not 0 <= won <= item.points:
        raise RulingProblem(f"{code} 满分 {item.points}，{won} 分不在 0 与满分之间")


def _refuse_kept(case: Case, body: Body, month: Period, item: str) -> None:
    """An appeal has one ruling of an item: what was signed, or withdrawn and sealed with its month, is not written over."""
    kept = Ruling.objects.filter(case=case, item=item).select_related("body__plant").first()
    if kept is None:
        return
    there = Period.from_yyyymm(kept.month)
    if kept.state == SIGNED:
        if (kept.body_id, kept.month) == (body.pk, month.yyyymm):
            raise RulingProblem("这一项的改判已经签认")
        raise RulingProblem(
            f"{case.number} 已在 {there} 改判 {kept.body.code} 的 {item}，不能另作他用：请由新的申诉改判"
        )
    closing = closings.of(plant=kept.body.plant, month=there)
    if closing and closing.state == closings.CLOSED and closing.closed_at and kept.entered_at <= closing.closed_at:
        raise RulingProblem(f"{there} 已关账，其中撤回的这一条改判一并封存：请由新的申诉改判")


def _note(verb: str, ruling: Ruling, by: Account, at: dt.datetime, **detail: object) -> None:
    subject = f"{ruling.body.code} {ruling.item} {Period.from_yyyymm(ruling.month)}"
    audits.record(verb=verb, by=by, at=at, plant=ruling.body.plant, subject=subject, detail=detail)
