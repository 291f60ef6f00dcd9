"""Plans of a unit: a year by indicator; one indicator's months, set by hand or split from the year, and split into days."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.admin.frame import act, bar, unit_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DeedForm
from ronglu.web.links import address
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import pack_of
from ronglu.work import plans
from ronglu.work.plans import ADDED_UP, Figure
from ronglu.work.queries import plans as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Unit

EDIT = "plans.set"


def month_of_year(number: int) -> str:
    return _("%(m)s月") % {"m": number}


MONTHS = [(str(number), lazy(month_of_year, str)(number)) for number in range(1, 13)]


class Value(DeedForm):
    """The year or one of its months; a blank value takes the plan back."""

    part = forms.ChoiceField(label=gettext_lazy("时段"), choices=[("", gettext_lazy("全年")), *MONTHS], required=False)
    value = forms.DecimalField(
        label=gettext_lazy("计划值"), required=False, max_digits=20, decimal_places=6,
        help_text=gettext_lazy("按指标的计量单位；百分比填 84.5。空着保存就是撤回这个计划。"),
    )  # fmt: skip
    unit_key = 0
    indicator = ""
    year = 0

    def rows(self) -> dict[str, Any]:
        return {"figures": [Figure(self.unit_key, self.indicator, self._period(), self.cleaned_data["value"])]}

    def _period(self) -> Period:
        part = self.cleaned_data["part"]
        return Period.month(self.year, int(part)) if part else Period.year(self.year)


class NewPlan(Value):
    indicator_code = forms.ChoiceField(label=gettext_lazy("指标"))
    in_year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2000, max_value=2099)
    offered: tuple[tuple[str, str], ...] = ()
    field_order = ["indicator_code", "in_year", "part", "value"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = True
        self.fields["value"].help_text = _("按指标的计量单位；百分比填 84.5。")
        self.fields["indicator_code"].choices = list(self.offered)  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        self.indicator, self.year = self.cleaned_data["indicator_code"], self.cleaned_data["in_year"]
        return super().rows()


@page(verb=EDIT)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, EDIT), scope_of_request(request)
    units = queries.units(plant=where.plant, scope=scope, on=where.on)
    code = asked(request, "unit", 40)
    lines = [one for one, _name in units if one.kind == "line"] or [one for one, _name in units]
    unit = next((one for one, _name in units if one.code == code), lines[0] if lines else None)
    year = _year(request, where)
    rows = queries.year_rows(unit=unit, pack=pack_of(where.plant.code), year=year) if unit else []
    context = {
        "bar": bar(request, where, "plans"),
        "unit": unit,
        "units": [(one.code, name) for one, name in units],
        "year": year,
        "years": [(str(y), str(y)) for y in range(where.on.year - 1, where.on.year + 2)],
        "rows": rows,
        "months": range(1, 13),
        "imports": address("import_new"),
        "tail": where.tail,
    }
    return render(request, "admin/plans.html", context)


@page(verb=EDIT)
def show(request: HttpRequest, code: str, indicator: str, year: int) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    one = _indicator(unit, indicator, where)
    found = queries.year_rows(unit=unit, pack=pack_of(where.plant.code), year=year)
    row = next((row for row in found if row.indicator.code == indicator), queries.YearRow(one))
    months = queries.months(unit=unit, row=row, year=year)
    additive = one.rollup in ADDED_UP
    places = Places(where.plant, where.on)
    context = {
        "bar": bar(request, where, "plans"),
        "unit": unit,
        "name": places.unit_name(unit.pk),
        "one": one,
        "year": year,
        "row": row,
        "months": months,
        "additive": additive,
        "plot": _plot(one.unit, months) if additive and months[-1].running is not None else None,
        "crumbs": [*_crumbs(unit, where, year), (one.name, "")],
        "may_edit": scope_of_request(request).may(EDIT, unit) is None,
        "tail": where.tail,
    }
    return render(request, "admin/plan.html", context)


@page(verb=EDIT)
def change(request: HttpRequest, code: str, indicator: str, year: int) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    require(request, EDIT, unit)
    one, back = _indicator(unit, indicator, where), _detail(code, indicator, year, where)
    form = type("ValueHere", (Value,), {"unit_key": unit.pk, "indicator": indicator, "year": year})
    deed = Deed(label=_("下达计划"), form=form, run=_put, done=_("计划已下达。"), yes=_("保存"))
    title = f"{Places(where.plant, where.on).unit_name(unit.pk)} · {one.name} · {year}"
    return perform(
        request, deed, subject=unit, title=title, back=back, places=Places(where.plant, where.on),
        initial={"part": asked(request, "part", 2), "value": asked(request, "value", 20)},
        crumbs=[*_crumbs(unit, where, year), (one.name, back), (str(deed.label), "")],
    )  # fmt: skip


@page(verb=EDIT)
def new(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    require(request, EDIT, unit)
    offered = queries.offered(unit=unit, pack=pack_of(where.plant.code))
    choices = tuple((one.code, f"{one.name}（{one.unit}）") for one in offered.values())
    form = type("NewHere", (NewPlan,), {"unit_key": unit.pk, "offered": choices})
    deed = Deed(label=_("新下达一个指标"), form=form, run=_put, done=_("计划已下达。"), yes=_("保存"))
    year = _year(request, where)
    back = f"{reverse('plans')}?plant={where.plant.code}&unit={code}&year={year}"
    return perform(
        request, deed, subject=unit, title=Places(where.plant, where.on).unit_name(unit.pk), back=back,
        places=Places(where.plant, where.on), initial={"in_year": year},
        crumbs=[*_crumbs(unit, where, year), (str(deed.label), "")],
    )  # fmt: skip


@page(verb=EDIT)
@require_POST
def split(request: HttpRequest, code: str, indicator: str, year: int) -> HttpResponse:
    """The year into its months, or the month that is named into its days."""
    unit, where = unit_of(request, code, EDIT)
    one, back = _indicator(unit, indicator, where), _detail(code, indicator, year, where)
    month = request.POST.get("month", "")
    if not month:
        return act(
            request,
            EDIT,
            unit,
            plans.split_year,
            done=_("已分到各月。"),
            back=back,
            unit=unit,
            indicator=one,
            year=year,
        )
    if month not in dict(MONTHS):
        raise Http404("没有这个月")
    period = Period.month(year, int(month))
    return act(
        request,
        EDIT,
        unit,
        plans.split_month,
        done=_("已分到各日。"),
        back=back,
        unit=unit,
        indicator=one,
        month=period,
    )


def _put(unit: "Unit", *, figures: list[Figure], **who: Any) -> Any:
    return plans.put(plant=unit.plant, figures=figures, **who)


def _indicator(unit: "Unit", code: str, where: Here) -> Any:
    found = queries.offered(unit=unit, pack=pack_of(where.plant.code)).get(code)
    if found is None:
        raise Http404("这个单位没有这个指标")
    return found


def _plot(unit: str, months: list[queries.MonthRow]) -> dict[str, Any]:
    """The cumulative plan curve; floats, since it is only drawn."""
    running = [None if row.running is None else float(row.running) for row in months]
    labels = [month_of_year(row.month.first.month) for row in months]
    return {"unit": unit, "labels": labels, "series": [{"name": _("累计计划"), "kind": "plan", "values": running}]}


def _detail(code: str, indicator: str, year: int, where: Here) -> str:
    return reverse("plan", args=[code, indicator, year]) + where.tail


def _crumbs(unit: "Unit", where: Here, year: int) -> list[tuple[str, str]]:
    listed_at = f"{reverse('plans')}?plant={where.plant.code}&year={year}"
    name = Places(where.plant, where.on).unit_name(unit.pk)
    return [(_("计划"), listed_at), (name, f"{listed_at}&unit={unit.code}")]


def _year(request: HttpRequest, where: Here) -> int:
    return year_asked(request, where)
