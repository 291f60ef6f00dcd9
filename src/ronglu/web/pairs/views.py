"""What a pact brings: its defects, its indicator, its lots before and after, answers in time and commitments kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.boards.pair.read import read
from ronglu.config import clock
from ronglu.web.access import page
from ronglu.web.cases.frame import SEE, loops_of
from ronglu.web.cases.show import case_here
from ronglu.web.charts.pareto import pareto
from ronglu.web.words import named, pack_of

PACT, FEEDBACK = "pact", "feedback"


@page(verb=SEE)
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may see the pact sees what it brings, on both sides alike."""
    case, loop, where = case_here(request, pk)
    if loop.code != PACT:
        raise Http404("这一件不是结对共建")
    feedback = loops_of(case.plant)[FEEDBACK]
    found = read(case=case, feedback=feedback, on=clock.today())
    indicator = pack_of(case.plant.code).indicators.get(case.data.get("indicator", ""))
    defects = {one.label: named(one) for one in feedback.field("defect").choices}
    bars = [(defects.get(bar.label, bar.label), bar.count, bar.share) for bar in found.bars]
    context = {
        "here": where, "case": case, "pair": found, "indicator": indicator, "bars": bars,
        "drawing": pareto(bars, label=_("缺陷")),
        "crumbs": [
            (_("闭环"), reverse("cases")), (named(loop), reverse("cases_loop", args=[PACT])),
            (case.number, reverse("case", args=[pk])), (_("结对看板"), ""),
        ],
    }  # fmt: skip
    return render(request, "pairs/pair.html", context)
