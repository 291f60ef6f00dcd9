"""The plant's clock: its dated rules, and the statistical month they make."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin import forms
from ronglu.web.admin.frame import act, bar
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import here
from ronglu.work import calendars
from ronglu.work.queries import clock as queries
from ronglu.work.queries.places import Places

EDIT = "calendar.edit"
NEW = Deed(
    label=gettext_lazy("改日历"),
    form=forms.ClockRule,
    run=lambda plant, **said: calendars.declare(plant=plant, **said),
    done=gettext_lazy("日历已改。"),
    says=gettext_lazy("从所选的生产日起按新的钟点归班；已有读数的日子不能再改。起日相同的旧规则被替换。"),
    yes=gettext_lazy("保存"),
)


@page(verb="rules.see")
def show(request: HttpRequest) -> HttpResponse:
    where = here(request, "rules.see")
    context = {
        "bar": bar(request, where, "admin"),
        "clock": queries.clock_of(plant=where.plant, on=where.on),
        "unknown": queries.unknown_years(plant=where.plant, on=where.on),
        "may_edit": scope_of_request(request).may(EDIT, where.plant) is None,
    }
    return render(request, "admin/clock.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    require(request, EDIT, where.plant)
    rule = queries.clock_of(plant=where.plant, on=where.on).rule
    back = reverse("admin") + where.tail
    return perform(
        request,
        NEW,
        subject=where.plant,
        title=where.plant.name,
        back=back,
        places=Places(where.plant, where.on),
        initial={"day_starts": rule.day_starts, "month_first": rule.month_first}
        if rule
        else {"day_starts": dt.time(8)},
        crumbs=[(_("日历"), back), (str(NEW.label), "")],
    )


@page(verb=EDIT)
@require_POST
def withdraw(request: HttpRequest, from_on: dt.date) -> HttpResponse:
    where = here(request, EDIT)
    back = reverse("admin") + where.tail
    return act(
        request,
        EDIT,
        where.plant,
        calendars.withdraw,
        done=_("已撤回。"),
        back=back,
        plant=where.plant,
        from_on=from_on,
    )
