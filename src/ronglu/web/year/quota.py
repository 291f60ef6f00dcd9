"""The places for 优秀: the committee's choice among those level at the edge, and a second person's yes."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.year import read as board
from ronglu.config import clock
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.year import frame
from ronglu.work import quotas

if TYPE_CHECKING:
    from ronglu.store.models import QuotaList, YearReview
    from ronglu.web.where import Here


@page(verb=frame.DECIDE)
def decide(request: HttpRequest, year: int, scale: str) -> HttpResponse:
    where, review, row = _list(request, year, scale)
    if request.method == "POST":
        deed = {
            "quota": row, "chosen": request.POST.getlist("chosen"), "ground": request.POST.get("ground", ""),
            "by": me(request), "at": clock.now(),
        }  # fmt: skip
        frame.tried(request, lambda: quotas.decide(**deed), _("已录入，请另一人对照会议记录确认。"))
        return redirect(request.get_full_path())
    tail = frame.tail(where, year)
    context = {
        "year": year, "tail": tail, "list": board.place_list(scope=scope_of_request(request), row=row, review=review),
        "crumbs": [(_("%d 年度考核") % year, reverse("year") + tail), (_("优秀名额"), "")],
    }  # fmt: skip
    return render(request, "year/quota.html", context)


@page(verb=frame.DECIDE)
@require_POST
def confirm(request: HttpRequest, year: int, scale: str) -> HttpResponse:
    where, _review, row = _list(request, year, scale)
    deed = {"quota": row, "by": me(request), "at": clock.now()}
    frame.tried(request, lambda: quotas.confirm(**deed), _("名额已定。"))
    return frame.back(where, year)


@page(verb=frame.DECIDE)
@require_POST
def back(request: HttpRequest, year: int, scale: str) -> HttpResponse:
    where, _review, row = _list(request, year, scale)
    deed = {"quota": row, "by": me(request), "at": clock.now()}
    frame.tried(request, lambda: quotas.send_back(**deed), _("已退回，请重新录入决定。"))
    return redirect(reverse("year_quota", args=[year, scale]) + frame.tail(where, year))


def _list(request: HttpRequest, year: int, scale: str) -> "tuple[Here, YearReview, QuotaList]":
    where, review = frame.review_here(request, year, frame.DECIDE)
    row = board.quota_of(plants=[where.plant.pk], year=year, scale=scale)
    if row is None:
        raise Http404("没有这个百分的名额")
    return where, review, row
