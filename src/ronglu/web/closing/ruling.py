"""申诉改判: entered from an accepted appeal, signed by another."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.closing import read as board
from ronglu.config import clock
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.closing.forms import RulingForm
from ronglu.web.closing.frame import back, tried
from ronglu.web.sheet.frame import asked_for, body_here
from ronglu.work import rulings

if TYPE_CHECKING:
    from ronglu.store.models import Ruling


@page(verb="month.close")
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    at = asked_for(request, verb="month.close")
    form = RulingForm.at(scope=scope_of_request(request), plant=at.here.plant, month=at.month, data=request.POST)
    if form is None or not form.is_valid():
        for problems in form.errors.values() if form else []:
            messages.error(request, str(problems[0]))
        return back(request, at.month)
    row = form.cleaned_data
    body = body_here(request, at, row["body"], "month.close")
    deed = {
        "case": form.cases[row["case"]], "body": body, "month": at.month, "item": row["item"],
        "won": None if row["gone"] else row["won"], "ground": row["ground"], "by": me(request), "at": clock.now(),
    }  # fmt: skip
    tried(request, lambda: rulings.enter(**deed), _("已录入，等另一人签认后，下次计分起算数。"))
    return back(request, at.month)


@page(verb="month.close")
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    found = _ruling(request, pk)
    deed = {"ruling": found, "by": me(request), "at": clock.now()}
    tried(request, lambda: rulings.sign(**deed), _("已签认：请重新计分；已关账的月份会生成一次调整。"))
    return back(request, Period.from_yyyymm(found.month))


@page(verb="month.close")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, reason = _ruling(request, pk), request.POST.get("reason", "")
    deed = {"ruling": found, "reason": reason, "by": me(request), "at": clock.now()}
    tried(request, lambda: rulings.withdraw(**deed), _("已撤回。"))
    return back(request, Period.from_yyyymm(found.month))


def _ruling(request: HttpRequest, pk: int) -> "Ruling":
    found = board.ruling(plants=scope_of_request(request).plants("month.close").values_list("pk", flat=True), pk=pk)
    if found is None:
        raise Http404("没有这条改判，或不在您的范围内")
    require(request, "month.close", found.body)
    return found
