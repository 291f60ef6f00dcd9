"""The ledger (台账) of a loop in the superior's columns: on the page, as a workbook, on paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.loops.loop import Loop
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.cases.frame import SEE, loop_here, place_of
from ronglu.web.cases.telling import Teller
from ronglu.web.cases.views import MOST_ROWS, asked_of, choices, frame, matching, page_asked, query_of
from ronglu.web.cases.words import head_word, state_word
from ronglu.web.where import Here
from ronglu.web.words import named
from ronglu.work.queries import case_ledger, case_list
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Case

SIZE = 50
ON_PAPER = 300
"""More rows than this take longer than anybody waits at a page."""


@page(verb=SEE)
def page_of(request: HttpRequest, loop: str) -> HttpResponse:
    found, where = loop_here(request, loop)
    wanted, places = asked_of(request, found), Places(where.plant, where.on)
    rows = case_list.ordered(matching(request, found, places, wanted), wanted.sort)
    shown = case_list.sliced(rows, number=page_asked(request), size=SIZE)
    context = frame(request, found, where, "cases_ledger") | {
        "asked": wanted,
        "slice": shown,
        "heads": [head_word(found, column) for column in case_ledger.columns(found)],
        "lines": list(zip(shown.rows, _cells(request, found, shown.rows, places), strict=True)),
        "query": query_of(where, wanted),
        **choices(found, places),
    }
    return render(request, "cases/ledger.html", context)


@page(verb=SEE)
def workbook(request: HttpRequest, loop: str) -> FileResponse:
    found, where, cases, places = _asked(request, loop, MOST_ROWS)
    heads = [head_word(found, column) for column in case_ledger.columns(found)]
    sheet = Sheet(named(found), heads, _cells(request, found, cases, places))
    return workbook_of([sheet], name=f"{_title(found, where)}.xlsx")


@page(verb=SEE)
def pdf(request: HttpRequest, loop: str) -> HttpResponse:
    """A4 across; more than fits a wait is refused with what to do instead."""
    found, where, cases, places = _asked(request, loop, ON_PAPER + 1)
    if len(cases) > ON_PAPER:
        messages.warning(request, _("一次最多打印 %d 行，请用日期或单位缩小范围，或导出 Excel。") % ON_PAPER)
        return redirect(request.path.removesuffix(".pdf") + f"/?{request.GET.urlencode()}")
    from ronglu.exchange.ledger_pdf import Column, table_pdf

    wide = {"title", *(c.of for c in case_ledger.columns(found) if c.of.startswith("row"))}
    columns = [Column(head_word(found, c), 3 if c.of in wide else 1) for c in case_ledger.columns(found)]
    body = table_pdf(
        _("%(loop)s台账") % {"loop": named(found)}, columns=columns, rows=_cells(request, found, cases, places), sub=where.plant.name,
        footer=_("打印于 %s") % f"{clock.now():%Y-%m-%d %H:%M}",
    )  # fmt: skip
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = "inline; filename=ledger.pdf"
    return answer


def _asked(request: HttpRequest, code: str, most: int) -> "tuple[Loop, Here, Sequence[Case], Places]":
    loop, where = loop_here(request, code)
    wanted, places = asked_of(request, loop), Places(where.plant, where.on)
    rows = case_list.ordered(matching(request, loop, places, wanted), wanted.sort)
    return loop, where, list(rows[:most]), places


def _cells(request: HttpRequest, loop: Loop, cases: "Sequence[Case]", places: Places) -> list[list[Any]]:
    return case_ledger.cells(
        loop,
        cases,
        say=lambda one, value, names: Teller(loop, names, places).value(one, value),
        place=lambda case: place_of(case, places),
        state=lambda code: state_word(loop, code),
        scope=scope_of_request(request),
    )


def _title(loop: Loop, where: Here) -> str:
    return f"{where.plant.name}-{_('%(loop)s台账') % {'loop': named(loop)}}-{clock.today()}"
