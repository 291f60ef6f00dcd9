"""Who stands which shift: the lines with their rosters, two weeks of one line drawn, and what can be changed of it."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin import forms
from ronglu.web.admin.frame import act, bar, unit_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import Here, here
from ronglu.work import rosters
from ronglu.work.queries import clock as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Unit

EDIT = "calendar.edit"
LOOK_BACK = dt.timedelta(days=31)

DEEDS = {
    "declare": Deed(
        label=gettext_lazy("排轮班"), icon="calendar", form=forms.RosterPattern,
        run=lambda unit, **said: rosters.declare(unit=unit, **said), done=gettext_lazy("轮班已排。"),
        says=gettext_lazy("从所选的生产日起按新的循环；原来的轮班到前一天为止。休息不足 12 小时的排不进去。"),
        yes=gettext_lazy("保存"),
    ),
    "swap": Deed(
        label=gettext_lazy("登记换班"), icon="swap", form=forms.Swapped,
        run=lambda unit, **said: rosters.swap(unit=unit, **said), done=gettext_lazy("换班已登记。"),
        says=gettext_lazy("这一班实际由另一个班组当班。两个班组互换请用“两班对换”。"), shown=lambda line: line.reports,
    ),
    "exchange": Deed(
        label=gettext_lazy("两班对换"), icon="swap", form=forms.Exchanged,
        run=lambda unit, **said: rosters.exchange(unit=unit, **said), done=gettext_lazy("对换已登记。"),
        says=gettext_lazy("两个班组各站对方的一班，一并核对休息时间。"), shown=lambda line: line.reports,
    ),
    "stand-in": Deed(
        label=gettext_lazy("登记顶班"), icon="person", form=forms.StoodIn,
        run=lambda unit, **said: rosters.stand_in(unit=unit, **said), done=gettext_lazy("顶班已登记。"),
        says=gettext_lazy("一个人替当班班组的一个人站一班，班组不变。"), shown=lambda line: line.reports,
    ),
    "close": Deed(
        label=gettext_lazy("截止轮班"), icon="x", form=forms.OnDay,
        run=lambda unit, **said: rosters.close(unit=unit, **said), done=gettext_lazy("轮班已截止。"),
        says=gettext_lazy("所选的那天起没有轮班，直到排新的；改日历之前有时要先这样做。"),
        shown=lambda line: line.own,
    ),
}  # fmt: skip
"""By the last word of the address."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the unit has a roster of its own, and shifts that somebody stands: a plant may have the one without the other."""

    own: bool
    reports: bool


@page(verb="rules.see")
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, "rules.see")
    context = {"bar": bar(request, where, "rosters"), "lines": queries.lines(plant=where.plant, on=where.on)}
    return render(request, "admin/rosters.html", context)


@page(verb="rules.see")
def show(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_of(request, code, "rules.see")
    scope = scope_of_request(request)
    may_edit = scope.may(EDIT, unit) is None
    own, reports = queries.rosters(unit=unit), queries.reports(unit)
    standing = Standing(bool(own), reports)
    # who stands in for whom is for those who arrange it and for the people of the line themselves
    sees_names = may_edit or scope.may("people.see", unit) is None
    since = where.on - LOOK_BACK
    context = {
        "bar": bar(request, where, "rosters"),
        "unit": unit,
        "name": Places(where.plant, where.on).unit_name(unit.pk),
        "here": where,
        "crumbs": _crumbs(unit, where),
        "preview": queries.preview(unit=unit, first=where.on),
        "rosters": own,
        "reports": reports,
        "swaps": queries.swaps(unit=unit, since=since),
        "stand_ins": queries.stand_ins(unit=unit, since=since) if sees_names else None,
        "since": since,
        "deeds": [(word, one) for word, one in DEEDS.items() if one.shown(standing)] if may_edit else [],
        "may_edit": may_edit,
    }
    return render(request, "admin/roster.html", context)


@page(verb=EDIT)
def do(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    require(request, EDIT, unit)
    if deed not in DEEDS:
        raise Http404("没有这件事可办")
    back = reverse("roster", args=[code]) + where.tail
    places = Places(where.plant, where.on)
    return perform(
        request,
        DEEDS[deed],
        subject=unit,
        title=places.unit_name(unit.pk),
        back=back,
        places=places,
        initial={"day": where.on, "other_day": where.on},
        crumbs=[*_crumbs(unit, where)[:-1], (places.unit_name(unit.pk), back), (str(DEEDS[deed].label), "")],
    )


@page(verb=EDIT)
@require_POST
def unswap(request: HttpRequest, pk: int) -> HttpResponse:
    where = here(request, EDIT)
    row = queries.swap_of(plant=where.plant, pk=pk)
    if row is None:
        raise Http404("没有这条换班")
    back = reverse("roster", args=[row.unit.code]) + where.tail
    return act(request, EDIT, row.unit, rosters.unswap, done=_("换班已撤销。"), back=back, swap=row)


@page(verb=EDIT)
@require_POST
def stand_down(request: HttpRequest, pk: int) -> HttpResponse:
    where = here(request, EDIT)
    row = queries.stand_in_of(plant=where.plant, pk=pk)
    if row is None:
        raise Http404("没有这条顶班")
    back = reverse("roster", args=[row.unit.code]) + where.tail
    return act(request, EDIT, row.unit, rosters.withdraw_stand_in, done=_("顶班已撤销。"), back=back, substitution=row)


def _crumbs(unit: "Unit", where: Here) -> list[tuple[str, str]]:
    name = Places(where.plant, where.on).unit_name(unit.pk)
    return [(_("轮班"), reverse("rosters") + where.tail), (name, "")]
