"""填报负担, open to everybody: how many minutes forms asked of whom, against the budget, and what a new form would ask."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.rules.burden import BurdenRules, Toll
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.burden import budgets
from ronglu.web.burden.names import name_of
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import month_of
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import burdens
from ronglu.work.queries import burdens as queries
from ronglu.work.roles import roles

VERB = "rules.see"


class PriceForm(forms.Form):
    """A form that somebody thinks of: what it would ask."""

    fields_ = forms.IntegerField(label=gettext_lazy("几格"), min_value=1, max_value=200)
    people = forms.IntegerField(label=gettext_lazy("几个人填"), min_value=1, max_value=100_000)
    times = forms.DecimalField(label=gettext_lazy("每人每月几次"), min_value=0, max_value=1000, max_digits=6)
    role = forms.ChoiceField(label=gettext_lazy("谁填"))

    def __init__(self, *args: Any, rules: BurdenRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = roles().roles
        self.fields["role"].choices = [(code, named(known[code])) for code in rules.budgets]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Page:
    where: Here
    month: Period
    rules: BurdenRules
    told: queries.Told

    def form_rows(self, line: queries.RoleLine) -> list[tuple[str, int, Decimal]]:
        """By what people call them: forms with the same name are one row."""
        loops, found = pack_of(self.where.plant.code).loops, dict[str, tuple[int, Decimal]]()
        for one in line.forms:
            name = name_of(one.form, loops=loops)
            saves, minutes = found.get(name, (0, Decimal(0)))
            found[name] = (saves + one.saves, minutes + one.minutes)
        return [(name, saves, minutes) for name, (saves, minutes) in found.items()]


@page(verb=VERB)
def burden(request: HttpRequest) -> HttpResponse:
    at = _page(request)
    form = PriceForm(request.GET if "people" in request.GET else None, rules=at.rules, initial={"role": "staff"})
    months = sorted({at.month, *queries.months(at.where.plant)}, reverse=True)
    # before the first of them nothing was measured: that is not 0
    before = [n for n, one in enumerate(at.told.before) if one >= months[-1]]
    context = {
        "at": at, "where": at.where, "told": at.told, "form": form, "price": _price(at, form),
        "lines": [(line, _who(line), at.form_rows(line), [line.before[n] for n in before]) for line in at.told.lines],
        "months": [(str(one), month_name(one)) for one in months],
        "before": [month_name(at.told.before[n]) for n in before],
        "budgets": budgets.shown(at.where.plant, at.month),
        "may_set": scope_of_request(request).may(budgets.SET, at.where.plant) is None,
    }  # fmt: skip
    return render(request, "burden/burden.html", context)


@page(verb=VERB)
def workbook(request: HttpRequest) -> HttpResponse:
    at = _page(request)
    by_role = [
        (_who(line), line.heads, line.saves, _whole(line.minutes), _whole(line.each), line.budget or None, named(line.load))
        for line in at.told.lines
    ]  # fmt: skip
    by_form = [
        (_who(line), name, saves, _whole(minutes))
        for line in at.told.lines
        for name, saves, minutes in at.form_rows(line)
    ]
    heads = [_("角色"), _("人数"), _("次数"), _("分钟"), _("人均分钟"), _("预算分钟"), _("对照")]
    sheets = [
        Sheet(_("按角色"), heads, by_role),
        Sheet(_("按表单"), [_("角色"), _("表单"), _("次数"), _("分钟")], by_form),
    ]
    return workbook_of(sheets, name=f"{at.where.plant.name}-{_('填报负担')}-{at.month}.xlsx")


def _page(request: HttpRequest) -> Page:
    where = here(request, VERB)
    text = asked(request, "month")
    month = month_of(text) if text else Period.of(where.on, Grain.MONTH)
    rules = budgets.rules_of(where.plant, month.first)
    on = min(month.last, clock.today())
    return Page(where, month, rules, queries.read(plant=where.plant, month=month, on=on, table=roles(), rules=rules))


def _price(at: Page, form: PriceForm) -> Toll | None:
    if not form.is_bound or not form.is_valid():
        return None
    given, on = form.cleaned_data, clock.today()
    return burdens.cost(
        plant=at.where.plant.pk, month=Period.of(on, Grain.MONTH) - 1, fields=given["fields_"], people=given["people"],
        times=given["times"], role=given["role"], rules=at.rules,
        heads=queries.heads(plant=at.where.plant, on=on, table=roles()),
    )  # fmt: skip


def _who(line: queries.RoleLine) -> str:
    return named(line.role) if line.role else _("人数少的其他岗位合计")


def _whole(minutes: Decimal | None) -> float | None:
    """For a cell of a workbook: a tenth of a minute."""
    return None if minutes is None else float(round(minutes, 1))
