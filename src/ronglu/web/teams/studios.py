"""Innovation studios: their five elements with the gaps, and which workshop has none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.teams import forms
from ronglu.web.teams.frame import SEE, bar, deed_page
from ronglu.web.where import here
from ronglu.work import studios as verbs
from ronglu.work.queries import studios as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers

EDIT = "teams.edit"

NEW = Deed(
    label=_("设工作室"), icon="plus", form=forms.NewStudio, run=lambda plant, **said: verbs.found(**said),
    done=_("工作室已设。"), says=_("五要素没有的先空着，页面会写明缺哪样。"),
)  # fmt: skip
DEEDS = {
    "fill": Deed(label=_("补充五要素"), form=forms.Elements, run=on(verbs.fill, "studio"), done=_("已补充。")),
    "close": Deed(label=_("撤销"), icon="x", form=forms.OnDay, run=on(verbs.close, "studio"), done=_("已撤销。")),
}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, reach = Places(where.plant, where.on), scope.reach(EDIT)
    rows = queries.listed(places=places)
    context = {
        "bar": bar(request, where, "studios"),
        "rows": [(row, covers(reach, body=row.studio.body_id, plant=row.studio.plant_id)) for row in rows],
        "coverage": queries.coverage(rows, places=places),
        "may_edit": scope.has(EDIT),
        "tail": where.tail,
    }
    return render(request, "teams/studios.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    up, places = (str(_("工作室")), reverse("studios") + where.tail), within(request, where, bodies=EDIT)
    return deed_page(request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up, places=places)


@page(verb=EDIT)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    studio = known(queries.studio_of(pk=pk))
    require(request, EDIT, studio.body)
    where = here(request, EDIT, of=studio.plant)
    up = (str(_("工作室")), reverse("studios") + where.tail)
    initial = {name: getattr(studio, name) for name in verbs.ELEMENTS}
    return deed_page(
        request, chosen(DEEDS, deed), subject=studio, title=studio.name, where=where, up=up, initial=initial
    )
