"""Scores that were brought in from elsewhere and wait for a second person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.web.access import me, page
from ronglu.web.admin.frame import act, bar
from ronglu.web.where import here
from ronglu.work import scores
from ronglu.work.queries import scores as queries

SIGN = "figures.sign"


@page(verb=SIGN)
def waiting(request: HttpRequest) -> HttpResponse:
    where = here(request, SIGN)
    context = {
        "bar": bar(request, where, "scores_waiting"),
        "batches": queries.waiting(plant=where.plant, on=where.on, by=me(request)),
        "tail": where.tail,
    }
    return render(request, "admin/scores.html", context)


@page(verb=SIGN)
@require_POST
def settle(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """approve, or reject with a reason."""
    where = here(request, SIGN)
    batch = queries.batch(plant=where.plant, pk=pk)
    if batch is None or word not in ("approve", "reject"):
        raise Http404("没有这次导入")
    back = reverse("scores_waiting") + where.tail
    if word == "approve":
        return act(request, SIGN, where.plant, scores.approve, done=_("已认可。"), back=back, batch=batch)
    reason = request.POST.get("reason", "")
    return act(request, SIGN, where.plant, scores.reject, done=_("已退回。"), back=back, batch=batch, reason=reason)
