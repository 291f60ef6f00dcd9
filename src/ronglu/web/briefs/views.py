"""The list of briefs, one brief with its charts and the table of its figures, and the deeds: make, issue."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.brief.read import Figure, View
from ronglu.config import clock
from ronglu.kernel.brief.book import BriefTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain
from ronglu.store.values import calendar_of
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.briefs.forms import MakeForm
from ronglu.web.briefs.frame import ISSUE, MARKS, SEE, WRITE, crumbs, found, source, visible, who
from ronglu.web.charts import brief as drawing
from ronglu.web.where import here
from ronglu.work import briefs as verbs

SIZE = 30
ONE = dt.timedelta(days=1)
BOARDS = {"indicator": "board", "cascade": "cascade", "record": "records"}
"""The pages that a figure's unit, grain and period are looked up on."""


@page(verb=SEE)
def briefs(request: HttpRequest) -> HttpResponse:
    where, grain = here(request, SEE), asked(request, "grain")
    scope = scope_of_request(request)
    pager = Paginator(_listed(request, where.plant.pk, grain), SIZE).get_page(request.GET.get("page"))
    context = {
        "where": where, "page": pager, "rows": [_row(View(row)) for row in pager.object_list], "grain": grain,
        "grains": [("", _("全部")), ("day", _("日报")), ("month", _("月报"))],
        "may_issue": where.plant in scope.plants(ISSUE), "may_write": where.plant in scope.plants(WRITE),
        "export": f"{reverse('briefs_xlsx')}?{urlencode({'plant': where.plant.code, 'grain': grain})}",
        "form": MakeForm(initial={"grain": "day", "day": clock.today() - ONE}), "make": reverse("brief_make") + where.tail,
        "sentences": reverse("brief_sentences") + where.tail, "crumbs": crumbs(where),
    }  # fmt: skip
    return render(request, "briefs/list.html", context)


@page(verb=SEE)
def workbook(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    heads = [_("时段"), _("粒度"), _("第几次"), _("状态"), _("生成于"), _("签发人"), _("签发于"), _("重做的缘由")]
    rows = [
        (one.row.period, _(one.row.get_grain_display()), one.row.version, _(one.row.get_state_display()),
         f"{one.row.made_at:%Y-%m-%d %H:%M}", who(one.row.issued_by) if one.row.issued_at else "",
         f"{one.row.issued_at:%Y-%m-%d %H:%M}" if one.row.issued_at else "", one.row.cause)
        for one in map(View, _listed(request, where.plant.pk, asked(request, "grain")))
    ]  # fmt: skip
    return workbook_of([Sheet(_("生产简报"), heads, rows)], name=f"{where.plant.name}-{_('生产简报')}.xlsx")


@page(verb=SEE)
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    view = found(request, pk)
    where, scope = here(request, SEE, of=view.row.plant), scope_of_request(request)
    may = view.row.plant in scope.plants(ISSUE)
    seen = set(scope.units("boards.see").filter(plant=view.row.plant).values_list("pk", flat=True))
    context = {
        "where": where, "view": view, "row": view.row, **_row(view), "may_issue": may and view.row.state == "made",
        "may_make": may and view.row.state != "replaced",
        "make": reverse("brief_make") + where.tail, "day": calendar_of(view.row.plant).days_of(view.period)[1],
        "charts": [(_with_rows(one), drawing.drawing(one)) for one in view.charts],
        "figures": [(one, source(one), _address(one, seen)) for one in view.figures],
        "crumbs": crumbs(where, (f"{view.row.period} {_(view.row.get_grain_display())}", "")),
    }  # fmt: skip
    return render(request, "briefs/brief.html", context)


@page(verb=ISSUE)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    where = here(request, ISSUE)
    form = MakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选日报或月报，再选一天。"))
        return redirect(reverse("briefs") + where.tail)
    try:
        calendar = calendar_of(where.plant)
        period = calendar.period_of(form.cleaned_data["day"], Grain(form.cleaned_data["grain"]))
        verbs.ask(
            plant=where.plant, period=period, calendar=calendar, by=me(request), at=clock.now(), cause=form.cleaned_data["cause"]
        )  # fmt: skip
    except TimeTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("正在出简报，稍等刷新就能看到。"))
    return redirect(reverse("briefs") + where.tail)


@page(verb=ISSUE)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    view = found(request, pk)
    require(request, ISSUE, view.row.plant)
    try:
        verbs.issue(brief=view.row, by=me(request), at=clock.now())
    except BriefTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已签发，全厂可以看。"))
    return redirect("brief", pk=pk)


def _listed(request: HttpRequest, plant: int, grain: str) -> Any:
    rows = visible(request).filter(plant=plant)
    return rows.filter(grain=grain) if grain in ("day", "month") else rows


def _row(view: View) -> dict[str, Any]:
    row = view.row
    return {
        "one": view, "mark": MARKS[row.state], "says": _(row.get_state_display()), "made_by": who(row.made_by),
        "issued_by": who(row.issued_by) if row.issued_at else "",
    }  # fmt: skip


def _with_rows(chart: dict[str, Any]) -> dict[str, Any]:
    """And its table twin: a label with the value of each series."""
    values = zip(*(one["values"] for one in chart["series"]), strict=True)
    return chart | {"rows": list(zip(chart["labels"], values, strict=True))}


def _address(one: Figure, seen: set[int]) -> str:
    """The board that shows the number, for a reader who may see the unit there."""
    name = BOARDS.get(one.source["table"])
    if name is None or not one.code or one.source["unit"] not in seen:
        return ""
    asks = {"unit": one.code, **{key: one.source[key] for key in ("grain", "period", "indicator") if key in one.source}}
    return f"{reverse(name)}?{urlencode(asks)}"
