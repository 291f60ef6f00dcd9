"""The plant's linkage schemes: all of them by date, a new one from a model of the pack, and a second person's yes or no."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.linkage import read as board
from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.linkage.forms import SchemeForm
from ronglu.web.linkage.views import APPROVE, OFFICE, SET, tabs
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import linkages

if TYPE_CHECKING:
    from ronglu.store.models import LinkScheme


@page(verb=OFFICE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, OFFICE), scope_of_request(request)
    context = {
        "here": where, "tabs": tabs(request), "schemes": board.schemes(scope=scope, plant=where.plant),
        "may_set": scope.may(SET, where.plant) is None, "may_approve": scope.may(APPROVE, where.plant) is None,
    }  # fmt: skip
    return render(request, "linkage/schemes.html", context)


@page(verb=SET)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, SET)
    models = pack_of(where.plant.code).standing.linkage
    model = models.get(asked(request, "model")) or models["M1"]
    form = SchemeForm(request.POST or None, model=model)
    if request.method == "POST" and form.is_valid():
        try:
            linkages.propose(plant=where.plant, model=model, by=me(request), at=clock.now(), **form.asked())
        except StandingTrouble as trouble:
            for problem in trouble.problems:
                form.add_error(None, problem)
        else:
            messages.success(request, _("已提请，请另一人批准。"))
            return redirect(reverse("linkage_schemes") + f"?plant={where.plant.code}")
    context = {
        "here": where, "form": form, "model": model, "models": [(m.code, f"{m.code} {named(m)}") for m in models.values()],
        "crumbs": [(_("联动办法"), reverse("linkage_schemes") + f"?plant={where.plant.code}"), (_("新办法"), "")],
    }  # fmt: skip
    return render(request, "linkage/new.html", context, status=422 if form.errors else 200)


@page(verb=APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = _scheme(request, pk)
    try:
        linkages.approve(scheme=found, by=me(request), at=clock.now())
    except StandingTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已批准，从起用月起按它计算；以前的月份仍按原来的办法。"))
    return redirect(reverse("linkage_schemes") + f"?plant={found.plant.code}")


@page(verb=APPROVE)
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    found = _scheme(request, pk)
    try:
        linkages.reject(scheme=found, why=request.POST.get("why", ""), by=me(request), at=clock.now())
    except StandingTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已记下不采纳的理由。"))
    return redirect(reverse("linkage_schemes") + f"?plant={found.plant.code}")


def _scheme(request: HttpRequest, pk: int) -> "LinkScheme":
    plants = scope_of_request(request).plants(APPROVE).values_list("pk", flat=True)
    found = board.scheme_of(plants=plants, pk=pk)
    if found is None:
        raise Http404("没有这个办法，或不在您的范围内")
    require(request, APPROVE, found.plant)
    return found
