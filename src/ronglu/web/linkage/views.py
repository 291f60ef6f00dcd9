"""我的系数, why it is what it is, and for the office all leaders of a period by unit."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.linkage import read as board
from ronglu.config import clock
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.where import here
from ronglu.work import jobs

if TYPE_CHECKING:
    from ronglu.store.models import Plant

SEE, OFFICE, SET, APPROVE = board.SEE, "linkage.see", "linkage.set", "linkage.approve"
TABS = {"linkage": SEE, "linkage_leaders": OFFICE, "linkage_schemes": OFFICE}


def tabs(request: HttpRequest) -> list[tuple[str, str, str]]:
    labels = {"linkage": _("我的系数"), "linkage_leaders": _("各车间"), "linkage_schemes": _("联动办法")}
    scope = scope_of_request(request)
    return [(name, labels[name], reverse(name)) for name, verb in TABS.items() if scope.has(verb)]


@page(verb=SEE)
def own(request: HttpRequest) -> HttpResponse:
    """Nobody's but the reader's; who holds no such post is told so."""
    lines = board.own(scope=scope_of_request(request))
    context = {
        "tabs": tabs(request), "lines": lines, "last": next((one for one in lines if one.stands), None),
        "schemes": {one.scheme.pk: one.scheme for one in lines}.values(),
    }  # fmt: skip
    return render(request, "linkage/own.html", context)


@page(verb=SEE)
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """The person himself, the party office, the plant committee; to all others it does not exist, and the try is kept."""
    view = board.why(scope=scope_of_request(request), pk=pk)
    if view is None:
        raise Http404("没有这个联动结果")
    require(request, SEE, view.person)
    mine = view.person.pk == scope_of_request(request).person_id
    up = (_("我的系数"), reverse("linkage")) if mine else (_("各车间"), reverse("linkage_leaders"))
    office = scope_of_request(request).may(OFFICE, view.plant) is None
    context = {"view": view, "mine": mine, "office": office, "crumbs": [up, (month_name(view.line.period), "")]}
    return render(request, "linkage/why.html", context)


@page(verb=OFFICE)
def leaders(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, OFFICE), scope_of_request(request)
    found = board.periods(where.plant)
    period = period_of(asked(request, "period")) or (found[0] if found else Period.of(clock.today(), Grain.MONTH) - 1)
    may_set = scope.may(SET, where.plant) is None
    context = {
        "here": where, "tabs": tabs(request), "period": period, "may_set": may_set,
        "periods": [(str(one), month_name(one)) for one in dict.fromkeys((*found, period))],
        "lines": board.leaders(scope=scope, plant=where.plant, period=period),
        "closed": board.closed_months(where.plant) if may_set else (),
    }  # fmt: skip
    return render(request, "linkage/leaders.html", context)


@page(verb=SET)
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Asked for by hand, for instance after an administrative score came late; the close asks for it by itself."""
    where = here(request, SET)
    require(request, SET, where.plant)
    month = period_of(request.POST.get("month", ""))
    if month is None or month.grain is not Grain.MONTH:
        raise Http404("没有这个月")
    ask(request, where.plant, month)
    messages.success(request, _("已排队计算，稍后刷新就能看到。"))
    return redirect(reverse("linkage_leaders") + f"?plant={where.plant.code}")


def ask(request: HttpRequest, plant: "Plant", month: Period) -> None:
    jobs.enqueue(
        kind="linkage", label=f"{_('联动 %s') % month_name(month)} · {plant.name}", at=clock.now(), by=me(request),
        plant=plant, args={"month": str(month)},
    )  # fmt: skip


def period_of(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError:
        raise Http404("没有这个时段") from None
