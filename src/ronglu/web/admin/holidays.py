"""A year's holidays and make-up days of the plant; a year that nobody entered is told loudly."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config.plant import pack_of
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin import forms
from ronglu.web.admin.frame import act, bar
from ronglu.web.deeds import Deed, perform
from ronglu.web.links import address
from ronglu.web.where import Here, here, year_asked
from ronglu.work import holidays
from ronglu.work.queries import clock as queries
from ronglu.work.queries.places import Places

EDIT = "calendar.edit"
NEW = Deed(
    label=gettext_lazy("登记一天"),
    form=forms.HolidayDay,
    run=lambda plant, **said: holidays.declare(plant=plant, **said),
    done=gettext_lazy("已登记。"),
    says=gettext_lazy("没有登记的日子按周一至周五上班计。同一天再登记一次，以后一次为准。"),
    yes=gettext_lazy("保存"),
)


@page(verb="rules.see")
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, "rules.see")
    year = _year(request, where)
    shipped = [row for row in pack_of(where.plant.code).base.time.holidays if row.on.year == year]
    found = queries.festivals(plant=where.plant, year=year)
    context = {
        "bar": bar(request, where, "holidays"),
        "year": year,
        "years": [(str(y), str(y), f"{reverse('holidays')}?plant={where.plant.code}&year={y}") for y in _years(where)],
        "festivals": found,
        "unknown": queries.unknown_years(plant=where.plant, on=where.on),
        "shipped": sorted({row.status for row in shipped}),
        "may_edit": scope_of_request(request).may(EDIT, where.plant) is None,
        "imports": address("import_new"),
    }
    return render(request, "admin/holidays.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    require(request, EDIT, where.plant)
    back = reverse("holidays") + where.tail
    return perform(
        request,
        NEW,
        subject=where.plant,
        title=where.plant.name,
        back=back,
        places=Places(where.plant, where.on),
        initial={"day": where.on},
        crumbs=[(_("节假日"), back), (str(NEW.label), "")],
    )


@page(verb=EDIT)
@require_POST
def withdraw(request: HttpRequest, first: dt.date, last: dt.date) -> HttpResponse:
    """A whole festival goes at once; its days are rows of their own."""
    where = here(request, EDIT)
    back = f"{reverse('holidays')}?plant={where.plant.code}&year={first.year}"
    return act(
        request, EDIT, where.plant, holidays.withdraw, done=_("已去掉。"), back=back,
        plant=where.plant, first=first, last=last,
    )  # fmt: skip


@page(verb=EDIT)
@require_POST
def seed(request: HttpRequest, year: int) -> HttpResponse:
    """The days this product ships; what the plant entered itself stays."""
    where = here(request, EDIT)
    rows = [row for row in pack_of(where.plant.code).base.time.holidays if row.on.year == year]
    back = f"{reverse('holidays')}?plant={where.plant.code}&year={year}"
    return act(request, EDIT, where.plant, holidays.seed, done=_("已补入。"), back=back, plant=where.plant, rows=rows)


def _year(request: HttpRequest, where: Here) -> int:
    return year_asked(request, where)


def _years(where: Here) -> range:
    return range(where.on.year - 1, where.on.year + 2)
