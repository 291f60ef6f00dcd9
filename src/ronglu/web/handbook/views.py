"""支部手册 in the browser: the branches, one month of one, the page of a meeting; and the 台账 in three forms."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import workbook_of
from ronglu.web.formats import month_name
from ronglu.web.gatherings.frame import bar
from ronglu.web.handbook import sheets
from ronglu.web.handbook.frame import crumbs, meeting_here, month_asked, picks
from ronglu.web.handbook.word import facts, figures_of
from ronglu.web.papers import as_word, paper_of
from ronglu.web.where import Here, here
from ronglu.work.queries import inspection
from ronglu.work.queries.inspection import SEE, Asked
from ronglu.work.queries.places import Places


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    month = month_asked(request, where)
    places = Places(where.plant, where.on)
    context = {
        "bar": bar(request, where, "handbooks"),
        "rows": inspection.branches(scope=scope_of_request(request), places=places, month=month),
        "month": month,
        "months": picks(where, month),
        "tail": where.tail,
        "ask": f"{where.tail}{'&' if where.tail else '?'}month={month}",
    }
    return render(request, "handbook/list.html", context)


@page(verb=SEE)
def month(request: HttpRequest, code: str) -> HttpResponse:
    asked, where = _asked(request, code)
    found = inspection.read(asked)
    name = asked.names[asked.body.pk]
    context = {
        "bar": bar(request, where, "handbooks"),
        "name": name,
        "code": code,
        "month": asked.month,
        "months": picks(where, asked.month),
        "sheets": [
            (one.name, one.heads, [list(zip(one.heads, row, strict=True)) for row in one.rows])
            for one in sheets.told(found)
        ],
        "minutes": [(row[10], row[0], row[3]) for row in found.get("meetings", ()) if row[6] is not None],
        "tail": where.tail,
        "ask": f"{where.tail}{'&' if where.tail else '?'}month={asked.month}",
        "crumbs": [*crumbs(where), (name, "")],
    }
    return render(request, "handbook/month.html", context)


@page(verb=SEE)
def book(request: HttpRequest, code: str) -> FileResponse:
    """台账: Excel, or with `form` Word or PDF; nothing is entered for it."""
    asked, where = _asked(request, code)
    found = sheets.told(inspection.read(asked))
    branch, nothing = asked.names[asked.body.pk], _("本月没有记录")
    title = _("%(branch)s%(month)s台账") % {"branch": branch, "month": month_name(asked.month).replace(" ", "")}
    form = request.GET.get("form")
    if form == "word":
        return as_word(paper_of(found, title=title, organ=branch, nothing=nothing), name=title)
    if form != "pdf":
        return workbook_of(found, name=f"{title}.xlsx")
    from ronglu.exchange.book_pdf import book_pdf

    told = _("%(plant)s · 打印于 %(day)s · 全部取自系统记录") % {"plant": where.plant.name, "day": clock.today()}
    tables = [(one.name, one.heads, one.rows) for one in found]
    body = book_pdf(title, tables=tables, footer=told, nothing=nothing)
    return FileResponse(BytesIO(body), filename=f"{title}.pdf", content_type="application/pdf")


@page(verb=SEE)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of the 支部手册."""
    told, where = meeting_here(request, pk)
    month = Period.month(told.row.starts_at.year, told.row.starts_at.month)
    context = {
        "told": told,
        "kind": sheets.kind_name(told.row.kind),
        "facts": facts(told),
        "lines": [(part.block, [(one, figures_of(one)) for one in part.lines]) for part in told.parts],
        "tail": where.tail,
        "crumbs": [*crumbs(where), (f"{told.body} · {month_name(month)}", ""), (told.row.title, "")],
    }
    return render(request, "handbook/minutes.html", context)


def _asked(request: HttpRequest, code: str) -> tuple[Asked, Here]:
    """A branch whose book the reader may print; any other is not there."""
    where = here(request, SEE)
    month, scope = month_asked(request, where), scope_of_request(request)
    body = inspection.body_of(scope=scope, code=code, month=month)
    if body is None:
        raise Http404("没有这个支部，或不在您的范围内")
    where = here(request, SEE, of=body.plant)
    places, loops = Places(body.plant, min(month.last, where.on)), pack_of(body.plant.code).loops
    return Asked(body, month, where.on, scope, places, loops), where
