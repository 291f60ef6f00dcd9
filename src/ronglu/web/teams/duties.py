"""安全员、监督员、质检员: who has which duty on a day, what each asks for, named and relieved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import packs
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, known, on, within
from ronglu.web.teams import forms
from ronglu.web.teams.frame import SEE, bar, deed_page
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import duties as verbs
from ronglu.work.queries import duties as queries
from ronglu.work.queries.places import Places

EDIT = "teams.edit"


NEW = Deed(
    label=_("安排职责"), icon="plus", form=forms.NewDuty, run=lambda plant, **said: verbs.name(**said),
    done=_("已安排。"), says=_("一人可以同时有几项。"),
)  # fmt: skip
RELIEVE = Deed(label=_("免去职责"), icon="x", form=forms.OnDay, run=on(verbs.relieve, "duty"), done=_("已免去。"))


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    roles, reach = packs().base.duties, scope.reach(EDIT)
    rows = [
        (one, [(named(roles[duty.role]), duty, one.covered(reach)) for duty in one.duties if duty.role in roles])
        for one in queries.holders(scope=scope, places=Places(where.plant, where.on))
    ]
    context = {
        "bar": bar(request, where, "duties"),
        "roles": roles.values(),
        "rows": rows,
        "may_edit": scope.has(EDIT),
        "tail": where.tail,
    }
    return render(request, "teams/duties.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    up, places = (str(_("身兼职责")), reverse("duties") + where.tail), within(request, where, bodies=EDIT)
    return deed_page(request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up, places=places)


@page(verb=EDIT)
def relieve(request: HttpRequest, pk: int) -> HttpResponse:
    duty = known(queries.duty_of(pk=pk))
    require(request, EDIT, duty.body)
    where = here(request, EDIT, of=duty.body.plant)
    up, title = (str(_("身兼职责")), reverse("duties") + where.tail), duty.person.name
    return deed_page(request, RELIEVE, subject=duty, title=title, where=where, up=up)
