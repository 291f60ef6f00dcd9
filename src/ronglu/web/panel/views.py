"""A reviewer's own page: what waits for his mark with its evidence, and what he gave; nobody else's marks stand here."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.rules.shapes.panel import Panel
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.panel.forms import MarkForm
from ronglu.work import marks as verbs
from ronglu.work.closings import Closed
from ronglu.work.queries import marks as queries

if TYPE_CHECKING:
    from ronglu.store.models import Plant

GIVE, NAME = "marks.give", "marks.name"


@page(verb=GIVE)
def listed(request: HttpRequest) -> HttpResponse:
    scope = scope_of_request(request)
    found = queries.waiting(scope=scope, on=clock.today())
    context = {
        "waiting": [one for one in found if one.open],
        "given": [one for one in found if one.mine],
        "back": [one for one in found if one.stake and not one.mine],
        "panels": queries.panels_of(scope=scope, on=clock.today()),
        "may_name": scope.has(NAME),
    }
    return render(request, "panel/list.html", context)


@page(verb=GIVE)
def mark(request: HttpRequest, month: Period, item: str, record: str) -> HttpResponse:
    found = next(
        (
            one
            for one in queries.waiting(scope=scope_of_request(request), on=clock.today())
            if (one.month, one.subject.item, one.subject.record) == (month, item, record) and not one.stake
        ),
        None,
    )
    if found is None:
        raise Http404("没有这一件待评，或不由您评")
    plant = found.subject.body.plant
    shape = _panel(plant, item, month)
    first = {"step": found.mine.step, "reason": found.mine.reason} if found.mine else {}
    form = MarkForm(request.POST or None, rubric=shape.rubric, initial=first)
    if request.method == "POST" and form.is_valid() and _give(request, plant, found, form):
        messages.success(request, _("已评。关账之前可以改，前一次留着。"))
        return redirect("marks")
    context = {
        "one": found, "shape": shape, "form": form, "item": item,
        "crumbs": [(_("评审"), reverse("marks")), (found.subject.label, "")],
    }  # fmt: skip
    return render(request, "panel/mark.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, plant: "Plant", found: queries.Waiting, form: MarkForm) -> bool:
    try:
        verbs.mark(
            plant=plant, item=found.subject.item, month=found.month, record=found.subject.record, by=me(request), at=clock.now(),
            **form.cleaned_data,
        )  # fmt: skip
    except (OrgTrouble, Closed) as trouble:
        form.add_error(None, str(trouble))
        return False
    return True


def _panel(plant: "Plant", item: str, month: Period) -> Panel:
    found = verbs.panel_items(plant=plant, month=month).get(item)
    if found is None or not isinstance(found.shape, Panel):
        raise Http404("这个月的考核表里没有这一项评审")
    return found.shape
