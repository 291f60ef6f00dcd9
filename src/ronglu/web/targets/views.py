"""八维目标卡: the eight demands on a well-built plant, each with the year's plan and what was reached so far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.boards.indicator import read
from ronglu.boards.indicator.read import Line
from ronglu.kernel.measure.dimensions import Demand
from ronglu.kernel.time.period import Grain
from ronglu.web.access import page
from ronglu.web.benchmarks.frame import SEE, bar, chooser, period_of
from ronglu.web.board import periods
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.views import nothing
from ronglu.web.board.words import gap_of
from ronglu.web.where import Here
from ronglu.web.words import named, pack_of

GRAINS = (Grain.YEAR,)


@page(verb=SEE)
def targets(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    if isinstance(at, Here):
        return nothing(request)
    period, card = period_of(at, GRAINS), pack_of(at.here.plant.code).base.targets
    codes = [code for one in card.dimensions for code in one.indicators]
    found = read.lines_of(around=at.around, units=[at.pk], period=period, only=codes)[at.pk]
    lines = {line.indicator.code: line for line in found}
    context = {
        "at": at,
        "bar": bar(request, at.here, "targets"),
        "board": chooser(at, "targets", period, GRAINS),
        "name": periods.name(at.around.calendar, period),
        "card": card,
        "dimensions": [_dimension(at, one, lines) for one in card.dimensions],
    }
    return render(request, "targets/page.html", context)


def _dimension(at: Asked, one: Demand, lines: dict[str, Line]) -> dict[str, Any]:
    mine = [lines[code] for code in one.indicators if code in lines]
    return {
        "name": named(one),
        "asks": one.asks,
        "rows": [
            (line, named(line.indicator), gap_of(line), at.address("indicator", line.indicator.code)) for line in mine
        ],
    }
