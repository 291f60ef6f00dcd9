"""The year at a glance: branches by months, quarters and the year; how far each period has come; what is late."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.loops.loop import State
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import asked_for, month_of, tabs
from ronglu.web.where import year_asked
from ronglu.web.words import named, pack_of
from ronglu.work import reviews as verbs
from ronglu.work.queries import reviews as queries
from ronglu.work.reviews import ReviewProblem

SEE, RUN = "sheet.see", "month.close"
MARKS = {
    "self_check": "waiting", "auditing": "awaiting_review", "publicity": "running", "appeals": "running", "closed": "done",
    "writing": "waiting", "answering": "waiting", "following": "running", "looking": "awaiting_review",
    "reporting": "waiting", "grading": "awaiting_review", "published": "done",
}  # fmt: skip


@page(verb=SEE)
def year(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request), scope_of_request(request)
    plant = at.here.plant
    chosen = Period.year(year_asked(request, at.here))
    view = queries.year_view(scope=scope, plant=plant, year=chosen, at=clock.now())
    states = queries.states(pack_of(plant.code).loops)
    context = {
        "at": at, "tabs": tabs(request, at), "year": chosen, "years": years(at.here.on.year, chosen),
        "heads": [short(one) for one in view.periods], "view": view,
        "lines": [(line, [_drawn(cell, states) for cell in line.cells]) for line in view.lines],
        "progress": [(one, _name(one.period), [(states.get((one.kind, s), s), n) for s, n in one.states]) for one in view.progress],
        "late": [(name, cell, states.get((cell.kind, cell.state), "")) for name, cell in view.late],
        "since": verbs.since(plant), "may_run": scope.may(RUN, plant) is None, "tail": at.tail(),
        "first": Period.of(clock.today(), Grain.MONTH),
    }  # fmt: skip
    return render(request, "review/year.html", context)


@page(verb=RUN)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    at = asked_for(request, verb=RUN)
    require(request, RUN, at.here.plant)
    month = month_of(request.POST.get("month", ""))
    try:
        verbs.begin(plant=at.here.plant, month=month, by=me(request), at=clock.now())
    except ReviewProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("从%s起启用，月末之后由系统逐支部发起。") % month_name(month))
    return redirect(reverse("review") + at.tail())


@page(verb=RUN)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    at = asked_for(request, verb=RUN)
    require(request, RUN, at.here.plant)
    try:
        verbs.stop(plant=at.here.plant, reason=request.POST.get("reason", ""), by=me(request), at=clock.now())
    except ReviewProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("已停用，已发起的照样办完。"))
    return redirect(reverse("review") + at.tail())


def short(period: Period) -> str:
    """A column's heading: 3 月, 1 季, 全年."""
    match period.grain:
        case Grain.MONTH:
            return _("%d 月") % period.first.month
        case Grain.QUARTER:
            return _("%d 季") % ((period.first.month + 2) // 3)
        case _:
            return _("全年")


def _name(period: Period) -> str:
    return month_name(period) if period.grain is Grain.MONTH else str(period)


def _drawn(cell: queries.Cell | None, states: dict[tuple[str, str], State]) -> tuple[queries.Cell | None, str, str]:
    """A cell, its mark and its word: what is late says so and where it stands."""
    if cell is None:
        return None, "", ""
    word = named(states.get((cell.kind, cell.state), cell.state))
    return cell, "late" if cell.late else MARKS.get(cell.state, "running"), word


def years(now: int, chosen: Period) -> list[tuple[str, str]]:
    found = sorted({now, now - 1, now - 2, chosen.first.year}, reverse=True)
    return [(str(one), str(one)) for one in found]
