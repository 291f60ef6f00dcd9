"""The office's audited figure for an item that is not wired: entered with its ground, signed by another (09-13)."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body, ItemFigure, Plant, Result
from ronglu.work import audits, closings, hands, sheets

OPEN = (State.NOT_WIRED.value, State.IMPORTED.value)


class FigureProblem(ValueError):
    """导入的项分不成立。"""


@transaction.atomic
def enter(
    *, body: Body, item: str, month: Period, won: Decimal, ground: str, by: Account, at: dt.datetime
) -> ItemFigure:
    """Stands for nothing until signed. Entered again it replaces the figure and needs a new signature."""
    closings.refuse_closed(plant=body.plant, month=month)
    known = _item(body.plant, item, month)
    _check(body, known, month, won, ground)
    before = ItemFigure.objects.filter(body=body, item=item, month=month.yyyymm).first()
    figure, _ = ItemFigure.objects.update_or_create(
        body=body, item=item, month=month.yyyymm,
        defaults={
            "won": int(won.scaleb(2)), "ground": ground.strip(), "entered_by": by, "entered_at": at,
            "signed_by": None, "signed_at": None,
        },
    )  # fmt: skip
    detail = {"won": str(won), "ground": figure.ground, "before": None if before is None else shown(before)}
    _note("figures.enter", figure, by, at, detail)
    return figure


@transaction.atomic
def sign(*, figure: ItemFigure, by: Account, at: dt.datetime) -> ItemFigure:
    """From now on it scores. Never by the one who entered it."""
    closings.refuse_closed(plant=figure.body.plant, month=Period.from_yyyymm(figure.month))
    if figure.signed_by_id is not None:
        raise FigureProblem("这一项已经签认过")
    hands.apart(
        by, figure.entered_by, on=at.date(), trouble=FigureProblem, own="录入的人不能自己签认，请由另一人核对依据后签认"
    )
    read = {"won": figure.won, "ground": figure.ground, "entered_by": figure.entered_by_id}
    done = ItemFigure.objects.filter(pk=figure.pk, signed_by=None, **read)
    if not done.update(signed_by=by, signed_at=at):
        raise FigureProblem("这一项刚刚被改过，请刷新后再核对")
    figure.refresh_from_db()
    _note("figures.sign", figure, by, at, {"won": shown(figure), "ground": figure.ground})
    return figure


@transaction.atomic
def withdraw(*, figure: ItemFigure, reason: str, by: Account, at: dt.datetime) -> None:
    """The item is 未接入 again from the next run on; what was entered stays in the audit trail."""
    if not reason.strip():
        raise FigureProblem("请写明为什么撤回")
    closings.refuse_closed(plant=figure.body.plant, month=Period.from_yyyymm(figure.month))
    _note("figures.withdraw", figure, by, at, {"won": shown(figure), "reason": reason.strip()})
    figure.delete()


def listed(*, plant: Plant, month: Period) -> QuerySet[ItemFigure]:
    found = ItemFigure.objects.filter(body__plant=plant, month=month.yyyymm)
    return found.select_related("body", "entered_by__person", "signed_by__person").order_by(
        "body__position", "body__code", "item"
    )


def shown(figure: ItemFigure) -> str:
    return f"{from_scaled(figure.won, 2):.2f}"


def _item(plant: Plant, code: str, month: Period) -> Item:
    sheet = sheets.sheet_of(sheets.in_force(plant=plant, month=month))
    found = next((item for item in sheet.items if item.code == code), None)
    if found is None:
        raise FigureProblem(f"{month} 的考核表里没有 {code} 这一项")
    return found


def _check(body: Body, item: Item, month: Period, won: Decimal, ground: str) -> None:
    if not ground.strip():
        raise FigureProblem("请写明依据：哪份台账、哪一页，或哪次检查")
    if len(ground.strip()) > 400:
        raise FigureProblem(f"依据最多 400 字，现有 {len(ground.strip())} 字")
    if not won.is_finite() or won != round(won, 2):
        raise FigureProblem(f"得分写两位小数，现在是 {won}")
    if not 0 <= won <= item.points:
        raise FigureProblem(f"{item.code} 满分 {item.points}，{won} 分不在 0 与满分之间")
    newest = Result.objects.filter(run__plant=body.plant_id, run__month=month.yyyymm, body=body, item=item.code)
    state = newest.order_by("-run__number").values_list("state", flat=True).first()
    if state is None:
        raise FigureProblem(f"{month} 还没有计过分：先计一次，看清哪些项未接入再录入")
    if state not in OPEN:
        raise FigureProblem(f"{item.code} {item.name}在本厂由系统取数（{State(state).label}），不能手工录入得分")


def _note(verb: str, figure: ItemFigure, by: Account, at: dt.datetime, detail: dict[str, object]) -> None:
    subject = f"{figure.body.code} {figure.item} {Period.from_yyyymm(figure.month)}"
    audits.record(verb=verb, by=by, at=at, plant=figure.body.plant, subject=subject, detail=detail)
