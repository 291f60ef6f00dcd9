"""The month's close on one page: what stands against it, who proposes, who closes; and the chain of seals."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.closing import read as board
from ronglu.boards.sheet import runs
from ronglu.config import clock
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.closing.forms import RulingForm
from ronglu.web.closing.frame import PROBLEMS, back, tried
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import asked_for, months, tabs
from ronglu.work import closings, jobs

if TYPE_CHECKING:
    from ronglu.store.models import Closing


@page(verb="sheet.see")
def closing(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request), scope_of_request(request)
    may_close = scope.may("month.close", at.here.plant) is None
    context = {
        "at": at,
        "tabs": tabs(request, at),
        "months": months(at.here, at.month),
        "view": board.read(scope=scope, plant=at.here.plant, month=at.month, on=clock.today()),
        "may_close": may_close,
        "scored": bool(runs.months(at.here.plant)),
        "form": RulingForm.at(scope=scope, plant=at.here.plant, month=at.month) if may_close else None,
        "tail": at.tail(month=at.month),
    }
    return render(request, "closing/closing.html", context)


@page(verb="month.close")
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    at = asked_for(request, verb="month.close")
    require(request, "month.close", at.here.plant)
    asking = {"plant": at.here.plant, "month": at.month, "by": me(request), "on": clock.today(), "at": clock.now()}
    tried(request, lambda: closings.propose(**asking), _("已提请关账，请另一人复核后关账。"))
    return back(request, at.month)


@page(verb="month.close")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, reason = _closing(request, pk), request.POST.get("reason", "")
    deed = {"closing": found, "reason": reason, "by": me(request), "at": clock.now()}
    tried(request, lambda: closings.withdraw(**deed), _("已撤回，可以重新计分后再提请。"))
    return back(request, Period.from_yyyymm(found.month))


@page(verb="month.close")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may not close hears it at once; the archiving itself is the worker's."""
    found = _closing(request, pk)
    month = Period.from_yyyymm(found.month)
    try:
        closings.refuse_hand(closing=found, by=me(request), on=clock.today())
    except PROBLEMS as problem:
        messages.error(request, str(problem))
        return back(request, month)
    job = jobs.enqueue(
        kind="close", label=f"{_('关账 %s') % month_name(month)} · {found.plant.name}", at=clock.now(), by=me(request),
        plant=found.plant, args={"closing": found.pk, "month": str(month)},
    )  # fmt: skip
    return redirect("sheet_job", pk=job.pk)


@page(verb="sheet.see")
def seals(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    context = {
        "at": at, "tabs": tabs(request, at), "rows": board.chain(at.here.plant), "tail": at.tail(),
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "closing/seals.html", context)


@page(verb="sheet.see")
def head(request: HttpRequest) -> HttpResponse:
    """The newest digest as a line of text, to keep outside: on paper, with the superior, in another system."""
    at = asked_for(request)
    rows = board.chain(at.here.plant)
    if not rows:
        raise Http404("这里还没有关过账")
    last = rows[0]
    text = f"{at.here.plant.code} {last.number} {last.month} {last.algorithm} {last.digest}\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{at.here.plant.code}-{last.month}-head.txt"'
    return response


def _closing(request: HttpRequest, pk: int) -> "Closing":
    plants = scope_of_request(request).plants("month.close").values_list("pk", flat=True)
    found = board.closing(plants=plants, pk=pk)
    if found is None:
        raise Http404("没有这次关账，或不在您的范围内")
    require(request, "month.close", found.plant)
    return found
