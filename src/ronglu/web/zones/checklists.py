"""The checklists of the three classes: what stands in force, and publishing a new version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import page, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.web.zones.forms import ChecklistEdited
from ronglu.web.zones.frame import bar, crumbs, require_plantwide
from ronglu.work import checklists
from ronglu.work.queries import rounds as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.zones import CLASSES, SEE, plantwide

EDIT = "zones.edit"


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    versions = queries.checklists(plant=where.plant)
    context = {
        "bar": bar(request, where, "zone_checklists"),
        "classes": [(code, label, versions[code]) for code, label in CLASSES],
        "may_edit": plantwide(scope_of_request(request), EDIT, where.plant),
    }
    return render(request, "zones/checklists.html", context)


@page(verb=EDIT)
def edit(request: HttpRequest, work_class: str) -> HttpResponse:
    where = here(request, EDIT)
    require_plantwide(request, EDIT, where.plant)
    if work_class not in dict(CLASSES):
        raise Http404("没有这类检查表")
    last = next(iter(queries.checklists(plant=where.plant)[work_class]), None)
    deed = Deed(
        label=gettext_lazy("改检查表"),
        form=ChecklistEdited,
        run=lambda plant, **rows: checklists.publish(plant=plant, work_class=work_class, **rows),
        done=_("检查表已发布。"),
        says=_("发布为新版本；已经排出的巡查仍用排出时的版本。"),
        yes=_("发布"),
    )
    back = reverse("zone_checklists") + where.tail
    return perform(
        request,
        deed,
        subject=where.plant,
        title=named(dict(CLASSES)[work_class]),
        back=back,
        places=Places(where.plant, where.on),
        initial={"lines": "\n".join(last.lines), "cadence": last.cadence} if last else {},
        crumbs=crumbs(where, (_("检查表"), back), (str(deed.label), "")),
    )
