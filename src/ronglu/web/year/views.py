"""The year's table of branches and one branch's year, part by part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.boards.year import read as board
from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.where import here, year_asked
from ronglu.web.year import frame


@page(verb=frame.SEE)
def table(request: HttpRequest) -> HttpResponse:
    where = here(request, frame.SEE)
    listed = board.years_of(where.plant)
    usual = listed[0] if listed else clock.today().year - 1
    year = year_asked(request, where) if "year" in request.GET else usual
    review = board.review_of(where.plant, year)
    context = {
        "here": where, "year": year, "tail": frame.tail(where, year), "may": frame.may(request, where),
        "years": [(str(one), _("%d 年") % one) for one in sorted({*listed, year, clock.today().year - 1}, reverse=True)],
        "view": board.read(scope=scope_of_request(request), review=review, on=clock.today()) if review else None,
    }  # fmt: skip
    return render(request, "year/table.html", context)


@page(verb=frame.SEE)
def branch(request: HttpRequest, year: int, code: str) -> HttpResponse:
    where = here(request, frame.SEE)
    review = board.review_of(where.plant, year)
    view = board.branch(scope=scope_of_request(request), review=review, code=code) if review else None
    if view is None:
        raise Http404("没有这个支部的年度结果，或不在您的范围内")
    up = (_("%d 年度考核") % year, reverse("year") + frame.tail(where, year))
    context = {"here": where, "year": year, "view": view, "crumbs": [up, (view.name, "")]}
    return render(request, "year/branch.html", context)
