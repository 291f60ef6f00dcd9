"""Planned stops: proposed, approved by a second person, taken back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.admin import forms
from ronglu.web.admin.frame import act, bar, unit_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.links import address
from ronglu.web.where import here
from ronglu.work import stops
from ronglu.work.queries import stops as queries
from ronglu.work.queries.places import Places

EDIT = "plans.set"
NEW = Deed(
    label=gettext_lazy("申请停产"),
    form=forms.Stopped,
    run=lambda unit, **said: stops.propose(unit=unit, **said),
    done=gettext_lazy("已提出，等待另一人批准。"),
    says=gettext_lazy("批准之前不起作用；批准后这些天不摊计划、不计应报。"),
    yes=pgettext_lazy("动作", "提出"),
)


@page(verb=EDIT)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, EDIT), scope_of_request(request)
    context = {
        "bar": bar(request, where, "stops"),
        "stops": queries.listed(plant=where.plant, scope=scope, by=me(request), on=where.on),
        "units": queries.units(plant=where.plant, scope=scope, on=where.on),
        "imports": address("import_new"),
        "tail": where.tail,
    }
    return render(request, "admin/stops.html", context)


@page(verb=EDIT)
def new(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    require(request, EDIT, unit)
    places, back = Places(where.plant, where.on), reverse("stops") + where.tail
    return perform(
        request,
        NEW,
        subject=unit,
        title=places.unit_name(unit.pk),
        back=back,
        places=places,
        crumbs=[(_("计划停产"), back), (str(NEW.label), "")],
    )


@page(verb=EDIT)
@require_POST
def settle(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """approve, or withdraw."""
    where = here(request, EDIT)
    row = queries.one(plant=where.plant, pk=pk)
    if row is None or word not in ("approve", "withdraw"):
        raise Http404("没有这项停产")
    run = stops.approve if word == "approve" else stops.withdraw
    done = _("已批准。") if word == "approve" else _("已撤回。")
    return act(request, EDIT, row.unit, run, done=done, back=reverse("stops") + where.tail, stop=row)
