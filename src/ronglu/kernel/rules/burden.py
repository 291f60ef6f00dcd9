"""What filling in may cost (AF-9, D2): how much of the time between opening and saving counts, the budget, and a new form's price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Any

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.params import Params


class Load(StrEnum):
    """How the minutes of one person in a month stand to the budget."""

    WITHIN = "within"
    NEAR = "near"
    OVER = "over"
    OPEN = "open"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {Load.WITHIN: "在预算内", Load.NEAR: "快到预算", Load.OVER: "超出预算", Load.OPEN: "没有定预算"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenRules:
    """Seconds, except `budgets`: minutes a month of one holder of the role. `near` in per cent of the budget.

    `few`: with fewer holders than this a role is not shown by itself, or its minutes would be a person's minutes.
    """

    base: int
    field: int
    most: int
    assumed: int
    enough: int
    few: int
    near: int
    budgets: Mapping[str, int]
    counts_as: Mapping[str, str]
    left_out: frozenset[str]

    def counted(self, *, seconds: int, fields: int) -> int:
        """Time that a form with so many filled fields can have taken; a page that lay open costs no more than that."""
        return max(0, min(seconds, self.base + self.field * fields, self.most))

    def unseen(self, fields: int) -> int:
        """Where nobody knows when the form was opened: a draft that was written without the network."""
        return self.counted(seconds=self.assumed * fields, fields=fields)

    def load(self, role: str, minutes: Decimal) -> Load:
        if not (budget := self.budgets.get(role)):
            return Load.OPEN
        if minutes > budget:
            return Load.OVER
        return Load.NEAR if minutes * 100 >= self.near * budget else Load.WITHIN


@dataclass(frozen=True, slots=True)
class Timed:
    """What was measured of one form: how often saved, how many fields filled, how many seconds."""

    saves: int
    fields: int
    seconds: int


def per_field(forms: Iterable[Timed], *, enough: int, assumed: int) -> int:
    """Whole seconds a field: the median over the forms that were saved often enough, else what is assumed."""
    found = [Decimal(one.seconds) / one.fields for one in forms if one.saves >= enough and one.fields]
    return max(1, round(median(found))) if found else assumed


@dataclass(frozen=True, slots=True)
class Toll:
    """`minutes` a month of all who are asked, `each` of one of them; `used` is what one fills in already."""

    minutes: Decimal
    each: Decimal
    used: Decimal
    budget: int

    @property
    def over(self) -> bool:
        return bool(self.budget) and bool(self.each) and self.used + self.each > self.budget

    @property
    def text(self) -> str:
        hours = (self.minutes / 60).quantize(Decimal("0.1"))
        told = f"每月多 {hours} 小时，每人每月 {_whole(self.each)} 分钟"
        if not self.budget:
            return told
        return f"{told}；现在每人已填 {_whole(self.used)} 分钟，预算 {self.budget} 分钟"


def price(*, fields: int, people: int, times: Decimal, seconds: int, used: Decimal, budget: int) -> Toll:
    """`times` a month of each person; `seconds` a field."""
    each = Decimal(fields) * times * seconds / 60
    return Toll(minutes=each * people, each=each, used=used, budget=budget)


def _whole(minutes: Decimal) -> Decimal:
    return minutes.quantize(Decimal("0.1")) if minutes % 1 else minutes.quantize(Decimal(1))


def build_burden(data: Mapping[str, Any]) -> BurdenRules:
    p = Params("填报负担", data)
    p.raw("status")
    budgets = Params("填报负担的预算", dict(p.group("budgets")))
    rules = BurdenRules(
        base=p.whole("base"), field=p.whole("field"), most=p.whole("most"), assumed=p.whole("assumed"),
        enough=p.whole("enough"), few=p.whole("few"), near=p.whole("near"),
        budgets={role: budgets.whole(role) for role, _ in p.group("budgets")},
        counts_as={role: str(other) for role, other in p.group("counts_as")},
        left_out=frozenset(map(str, p.rows("left_out"))),
    )  # fmt: skip
    if problems := [*p.finish(), *budgets.problems]:
        raise SheetProblem("填报负担的规则", problems)
    return rules
