"""The matrix of actual and possible consequence of a loop's cases."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.web.access import page
from ronglu.web.cases.frame import SEE, loop_here
from ronglu.web.cases.views import asked_of, choices, frame, matching, query_of
from ronglu.work.queries.case_matrix import by_zone, matrix, measured
from ronglu.work.queries.places import Places


@page(verb=SEE)
def page_of(request: HttpRequest, loop: str) -> HttpResponse:
    """Of all cases that the bar leaves, open or not."""
    found, where = loop_here(request, loop)
    if not measured(found):
        raise Http404("这种闭环不记后果等级")
    wanted, places = asked_of(request, found), Places(where.plant, where.on)
    if "phase" not in request.GET:
        wanted = replace(wanted, phase="all")
    cases = matching(request, found, places, wanted)
    context = frame(request, found, where, "cases_matrix") | {
        "asked": wanted,
        "matrix": matrix(cases, found),
        "zones": by_zone(cases),
        "query": query_of(where, wanted),
        **choices(found, places),
    }
    return render(request, "cases/matrix.html", context)
