"""The plant's own budgets of entry: minutes a month of one holder of a role, from a month on; what has passed stays as it was judged."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.rules.burden import BurdenRules
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, BurdenBudget, Plant
from ronglu.work import audits, dated
from ronglu.work.roles import ADMINISTRATORS, Role, Roles

MOST = 10_000


class BadBudget(OrgTrouble):
    """填报预算不能这样定。"""


def roles_with_budget(table: Roles, rules: BurdenRules) -> list[Role]:
    """All that fill something in, in the order of roles.yaml; what counts as another role has no budget of its own."""
    return [one for code, one in table.roles.items() if code not in {*ADMINISTRATORS, *rules.counts_as}]


def rows(*, plant: Plant) -> list[BurdenBudget]:
    return list(BurdenBudget.objects.filter(plant=plant))


def in_force(rules: BurdenRules, found: Iterable[BurdenBudget], *, on: dt.date) -> BurdenRules:
    """`rules` as shipped, with what the plant set for the day."""
    own = {one.role: one.minutes for one in found if one.holds(on)}
    return replace(rules, budgets={**rules.budgets, **own})


@transaction.atomic
def set_budget(
    *, plant: Plant, role: str, minutes: int, month: Period, known: Mapping[str, str], by: Account, at: dt.datetime
) -> BurdenBudget:
    """From the first of `month`, until what was set for a later month. `known`: roles that may have one, with their names."""
    _may(plant, role, month, known, at)
    if not 1 <= minutes <= MOST:
        raise BadBudget(f"{known[role]}的预算是 1 到 {MOST} 分钟，写的是 {minutes}")
    found = BurdenBudget.objects.filter(plant=plant, role=role)
    later = found.filter(from_on__gt=month.first).order_by("from_on").first()
    if held := found.on(month.first).first():
        dated.end(held, on=month.first)
    made = BurdenBudget.objects.create(
        plant=plant, role=role, minutes=minutes, from_on=month.first, until_on=later.from_on if later else None, set_by=by, set_at=at
    )  # fmt: skip
    _note("set", plant, role, by, at, minutes=minutes, month=str(month))
    return made


@transaction.atomic
def back_to_default(
    *, plant: Plant, role: str, month: Period, known: Mapping[str, str], by: Account, at: dt.datetime
) -> None:
    """From `month` on nothing of the plant's own, also of what was set for later months."""
    _may(plant, role, month, known, at)
    if not dated.end_all(BurdenBudget.objects.filter(plant=plant, role=role), on=month.first):
        raise BadBudget(f"{known[role]}从 {month} 起本来就是系统默认")
    _note("default", plant, role, by, at, month=str(month))


def _may(plant: Plant, role: str, month: Period, known: Mapping[str, str], at: dt.datetime) -> None:
    Plant.objects.select_for_update().get(pk=plant.pk)  # of two who set the same month one comes after the other
    if role not in known:
        raise BadBudget(f"没有“{role[:40]}”这个角色，应为{'、'.join(known.values())}之一")
    now = Period.of(at.date(), Grain.MONTH)
    if month < now:
        raise BadBudget(f"{month} 已经过去，预算从本月 {now} 或以后的月份起")


def _note(verb: str, plant: Plant, role: str, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"burden.{verb}", by=by, at=at, plant=plant, subject=role, detail=detail)
