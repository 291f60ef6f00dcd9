"""党组织工作经费: what a body's party work is given in a year, entered by who looks after the organisation, so that R-ORG-13 can look."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from ronglu.kernel.measure.rounding import to_scaled
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Body, PartyBudget, Plant
from ronglu.store.models.party_budget import CENTS
from ronglu.work import audits, partitions
from ronglu.work.names import name_of


class BadBudget(OrgTrouble):
    """工作经费不能这样登记。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """In yuan, with two decimals at most."""

    wages_last_year: Decimal
    budget: Decimal
    carried_over: Decimal


def years(on: dt.date) -> tuple[int, int]:
    """Those that can be entered: the rule looks at the year that runs."""
    return on.year, on.year + 1


@transaction.atomic
def enter(*, body: Body, year: int, money: Money | None, by: Account, at: dt.datetime) -> PartyBudget | None:
    """Entered again it is replaced, with None taken back; what stood before is in the trail."""
    plant, name = Plant.objects.select_for_update().get(pk=body.plant_id), name_of(body, at.date())
    first, last = years(at.date())
    if year not in (first, last):
        raise BadBudget(f"{year} 年不能登记，请选 {first} 或 {last}")
    before = PartyBudget.objects.filter(body=body, year=year).first()
    if money is None and before is None:
        raise BadBudget(f"{name} {year} 年没有登记过工作经费，不用撤销；要登记，三个数都填")
    row = _kept(body, year, money, by=by, at=at) if money else None
    if before is not None and row is None:
        before.delete()
    partitions.touch_since(plant=plant, on=dt.date(year, 1, 1))
    detail = {"year": year, "before": _said(before), "after": _said(row)}
    audits.record(
        verb="party_budgets.enter" if row else "party_budgets.withdraw", by=by, at=at, subject=name, plant=plant, detail=detail
    )  # fmt: skip
    return row


def _kept(body: Body, year: int, money: Money, *, by: Account, at: dt.datetime) -> PartyBudget:
    if money.wages_last_year <= 0:
        raise BadBudget("上年工资总额应大于 0")
    for what, amount in (("本年安排", money.budget), ("上年结转", money.carried_over)):
        if not 0 <= amount <= money.wages_last_year:
            raise BadBudget(f"{what} {amount} 元应在 0 和上年工资总额 {money.wages_last_year} 元之间，单位都是元")
    said = {
        "wages_fen": to_scaled(money.wages_last_year, CENTS), "budget_fen": to_scaled(money.budget, CENTS),
        "carried_fen": to_scaled(money.carried_over, CENTS), "by": by, "at": at,
    }  # fmt: skip
    return PartyBudget.objects.update_or_create(body=body, year=year, defaults=said)[0]


def _said(row: PartyBudget | None) -> str:
    return f"{row.wages_last_year}/{row.budget}/{row.carried_over}" if row else ""
