"""The budget of minutes by role: read by everybody, set by the party office from a month on."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.rules.burden import BurdenRules
from ronglu.kernel.time.period import Grain, Period
from ronglu.packs import burden as declared
from ronglu.web.access import page, require
from ronglu.web.deeds import Deed, perform
from ronglu.web.drafts.forms import MonthField
from ronglu.web.fields import DeedForm
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import burden_budgets as verbs
from ronglu.work.queries.places import Places
from ronglu.work.roles import Role, roles

if TYPE_CHECKING:
    from ronglu.store.models import BurdenBudget, Plant

SET = "burden.budget"


@dataclass(frozen=True, slots=True)
class Shown:
    """`since`: the month from which the plant's own budget holds; None: as shipped. `later`: what is set for months to come."""

    role: Role
    minutes: int | None
    since: Period | None
    later: tuple[tuple[Period, int | None], ...]


def rules_of(plant: "Plant", on: dt.date) -> BurdenRules:
    """As shipped, as the plant's folder says, as the office set for the day."""
    return verbs.in_force(_shipped(plant), verbs.rows(plant=plant), on=on)


def shown(plant: "Plant", month: Period) -> list[Shown]:
    """Roles that have a budget or will have one. One query."""
    shipped, found = _shipped(plant), verbs.rows(plant=plant)
    listed = [_shown(role, shipped, [one for one in found if one.role == role.code], month) for role in _roles(shipped)]
    return [one for one in listed if one.minutes is not None or one.later]


class Usual(DeedForm):
    """`Budget` without the minutes."""

    role = forms.ChoiceField(label=_("谁填"))
    month = MonthField(label=_("从哪个月起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = _roles(_shipped(self.places.plant))
        self.fields["role"].choices = [(one.code, named(one)) for one in listed]  # type: ignore[attr-defined]


class Budget(Usual):
    minutes = forms.IntegerField(label=_("每人每月分钟"), min_value=1, max_value=verbs.MOST)
    field_order = ("role", "minutes", "month")


@page(verb=SET)
def change(request: HttpRequest) -> HttpResponse:
    deed = Deed(
        label=_("定填报预算"), icon="edit", form=Budget, done=_("已定。"), run=_with_roles(verbs.set_budget),
        says=_("一个人一个月填报不超过几分钟。过去的月份不改；以后月份另定的照旧。"),
    )  # fmt: skip
    return _do(request, deed)


@page(verb=SET)
def usual(request: HttpRequest) -> HttpResponse:
    deed = Deed(
        label=_("恢复默认预算"), icon="history", form=Usual, done=_("已恢复系统默认。"), run=_with_roles(verbs.back_to_default),
        says=_("从这个月起用系统默认，以后月份另定的也不要了。"),
    )  # fmt: skip
    return _do(request, deed)


def _with_roles(verb: Any) -> Any:
    def run(plant: "Plant", **said: Any) -> Any:
        return verb(plant=plant, known={one.code: one.zh for one in _roles(_shipped(plant))}, **said)

    return run


def _do(request: HttpRequest, deed: Deed) -> HttpResponse:
    where = here(request, SET)
    require(request, SET, where.plant)
    back = reverse("burden") + where.tail
    return perform(
        request, deed, subject=where.plant, title=where.plant.name, back=back, places=Places(where.plant, where.on),
        initial={"month": str(Period.of(clock.today(), Grain.MONTH)), "role": "staff"},
        crumbs=[(gettext("填报负担"), back), (str(deed.label), "")],
    )  # fmt: skip


def _roles(shipped: BurdenRules) -> list[Role]:
    return verbs.roles_with_budget(roles(), shipped)


def _shipped(plant: "Plant") -> BurdenRules:
    return declared.of_plant(pack_of(plant.code).plants[plant.code].settings)


def _shown(role: Role, shipped: BurdenRules, found: "list[BurdenBudget]", month: Period) -> Shown:
    now = _own(found, month.first)
    days = sorted({day for one in found for day in (one.from_on, one.until_on) if day and day > month.first})
    later = tuple((Period.of(day, Grain.MONTH), (own := _own(found, day)) and own.minutes) for day in days)
    since = Period.of(now.from_on, Grain.MONTH) if now else None
    return Shown(role, now.minutes if now else shipped.budgets.get(role.code), since, later)


def _own(found: "list[BurdenBudget]", on: dt.date) -> "BurdenBudget | None":
    return next((one for one in found if one.holds(on)), None)
