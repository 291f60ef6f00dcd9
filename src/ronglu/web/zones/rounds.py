"""Rounds: what is due, planning them, and the form that is filled in on the phone while walking."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.deeds import TROUBLES
from ronglu.web.where import Here, here
from ronglu.web.zones.frame import bar, crumbs, require_plantwide, zone_here
from ronglu.work import rounds
from ronglu.work.cases import raise_case
from ronglu.work.queries import rounds as queries
from ronglu.work.queries.zones import SEE, plantwide, refusal
from ronglu.work.rounds import Answer, Found

if TYPE_CHECKING:
    from ronglu.store.models import Round

SIZE, DO, EDIT = 50, "rounds.do", "zones.edit"
MOST_WORDS = 500
STATES = (
    ("", gettext_lazy("全部")),
    ("due", gettext_lazy("待巡查")),
    ("done", gettext_lazy("已巡查")),
    ("cancelled", gettext_lazy("已取消")),
)
KIND = {"equipment": "equipment", "safety": "site", "clean": "site"}
"""Which kind of hazard a finding of a class is reported as; whoever grades it may say otherwise."""


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """A month of them: due, walked, called off."""
    where, scope, state = here(request, SEE), scope_of_request(request), asked(request, "state")
    month = Period.day(where.on).up(Grain.MONTH)
    rows = queries.listed(scope=scope, plant=where.plant, state=state, first=month.first, last=month.last)
    context = {
        "bar": bar(request, where, "zone_rounds"),
        "page": Paginator(rows, SIZE).get_page(request.GET.get("page")),
        "state": state,
        "states": STATES,
        "month": month,
        "on": where.on,
        "may_plan": plantwide(scope, EDIT, where.plant),
    }
    return render(request, "zones/rounds.html", context)


@page(verb=EDIT)
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Those of the month of the day asked for, from today on."""
    where = here(request, EDIT)
    require_plantwide(request, EDIT, where.plant)
    month = Period.day(where.on).up(Grain.MONTH)
    first = max(month.first, min(clock.today(), month.last))
    try:
        made = rounds.plan(plant=where.plant, first=first, last=month.last, by=me(request), at=clock.now())
    except TROUBLES as trouble:
        messages.error(request, str(trouble))
    else:
        said = ngettext("排出 %(n)s 次巡查。", "排出 %(n)s 次巡查。", made) % {"n": made}
        messages.success(request, said if made else _("该排的都排了。没有责任人或没有检查表的不排。"))
    return redirect(reverse("zone_rounds") + where.tail)


@page(verb=DO)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A tap for every line, a few words for what is not in order; nothing is answered beforehand."""
    row, where = _round(request, pk)
    errors: list[str] = []
    given = _answers(request, row) if request.method == "POST" else []
    if request.method == "POST":
        try:
            found = rounds.do(due=row, answers=given, by=me(request), at=clock.now(), raise_finding=_raiser(request))
        except TROUBLES as trouble:
            errors = str(trouble).splitlines()
        else:
            said = ngettext("巡查已登记，发现 %(n)s 个问题。", "巡查已登记，发现 %(n)s 个问题。", len(found))
            messages.success(request, said % {"n": len(found)} if found else _("巡查已登记，一切正常。"))
            return redirect(reverse("zone", args=[row.zone_id]) + where.tail)
    chosen = {one.line: one for one in given}
    context = {
        "round": row,
        "here": where,
        "errors": errors,
        "lines": [(line, chosen.get(line.no)) for line in queries.lines(row)],
        "late": row.state == "due" and row.due_on < where.on,
        "may_cancel": refusal(scope_of_request(request), EDIT, row.zone) is None,
        "crumbs": crumbs(where, (row.zone.name, reverse("zone", args=[row.zone_id]) + where.tail), (_("巡查"), "")),
    }
    return render(request, "zones/round.html", context, status=422 if errors else 200)


@page(verb=EDIT)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _round(request, pk)
    zone_here(request, row.zone_id, EDIT)
    try:
        rounds.cancel(due=row, reason=request.POST.get("reason", "")[:200], by=me(request), at=clock.now())
    except TROUBLES as trouble:
        messages.error(request, str(trouble))
        return redirect(reverse("zone_round", args=[pk]) + where.tail)
    messages.success(request, _("这次巡查已取消。"))
    return redirect(reverse("zone", args=[row.zone_id]) + where.tail)


def _round(request: HttpRequest, pk: int) -> "tuple[Round, Here]":
    row = queries.one(pk=pk)
    if row is None:
        raise Http404("没有这次巡查")
    _zone, where = zone_here(request, row.zone_id, DO)
    return row, where


def _answers(request: HttpRequest, row: "Round") -> list[Answer]:
    said = request.POST
    return [
        Answer(no, said.get(f"a{no}", ""), said.get(f"w{no}", "").replace("\0", "")[:MOST_WORDS])
        for no in range(1, len(row.checklist.lines) + 1)
    ]


def _raiser(request: HttpRequest) -> rounds.RaiseFinding | None:
    """A finding becomes a hazard where the plant declares that loop."""
    scope, at = scope_of_request(request), clock.now()

    def raise_finding(found: Found) -> str:
        loop = pack_of(found.zone.plant.code).loops.get("hazard")
        if loop is None:
            return ""
        given = {"kind": KIND[found.work_class], "what": f"{found.asked}：{found.words}"}
        made = raise_case(
            loop=loop, plant=found.zone.plant, given=given, zone=found.zone, by=me(request), scope=scope, at=at,
            origin="round",
        )  # fmt: skip
        return str(made.case.number)

    return raise_finding
