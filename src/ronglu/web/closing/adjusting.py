"""Agreeing to what a closed month is worth after a correction, or saying why not."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.closing import read as board
from ronglu.config import clock
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.closing.frame import back, tried
from ronglu.web.linkage.views import ask as link_again
from ronglu.work import adjustments

if TYPE_CHECKING:
    from ronglu.store.models import Adjustment


@page(verb="month.close")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = _adjustment(request, pk), request.POST.get("why", "")
    deed = {"adjustment": found, "why": why, "by": me(request), "at": clock.now()}
    month = Period.from_yyyymm(found.closing.month)
    if tried(request, lambda: adjustments.approve(**deed), _("调整已生效，并接入封存链；原来的关账结果不变。")):
        link_again(request, found.closing.plant, month)
    return back(request, month)


@page(verb="month.close")
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = _adjustment(request, pk), request.POST.get("why", "")
    deed = {"adjustment": found, "why": why, "by": me(request), "at": clock.now()}
    tried(request, lambda: adjustments.reject(**deed), _("已记下不采纳的理由。"))
    return back(request, Period.from_yyyymm(found.closing.month))


def _adjustment(request: HttpRequest, pk: int) -> "Adjustment":
    scope = scope_of_request(request)
    found = board.adjustment(scope=scope, plants=scope.plants("month.close").values_list("pk", flat=True), pk=pk)
    if found is None:
        raise Http404("没有这次调整，或不在您的范围内")
    require(request, "month.close", found.closing.plant)
    return found
