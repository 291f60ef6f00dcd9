"""示范岗: listed by the day they are looked at again, set up at weak points, kept or ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.teams import forms
from ronglu.web.teams.frame import MARKS, SEE, bar, deed_page
from ronglu.web.where import here
from ronglu.work import model_posts as verbs
from ronglu.work.queries import model_posts as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers

EDIT = "teams.edit"

NEW = Deed(
    label=_("设示范岗"), icon="plus", form=forms.NewModelPost, run=lambda plant, **said: verbs.set_up(**said),
    done=_("示范岗已设。"), says=_("设在薄弱环节上，写明要达到什么样，到日复核。"),
)  # fmt: skip
REVIEWS = {
    "keep": Deed(
        label=_("复核：继续"), icon="check", form=forms.Kept, run=on(verbs.keep, "post"), done=_("已复核，继续设岗。")
    ),
    "end": Deed(label=_("复核：撤岗"), icon="x", form=forms.Ended, run=on(verbs.end, "post"), done=_("已撤岗。")),
}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    rows = queries.listed(scope=scope, places=Places(where.plant, where.on), today=clock.today())
    reach = scope.reach(EDIT)
    may = [covers(reach, body=row.post.body_id, plant=row.post.plant_id) for row in rows]
    context = {
        "bar": bar(request, where, "model_posts"),
        "rows": [(row, MARKS[row.post.state], allowed) for row, allowed in zip(rows, may, strict=True)],
        "may_edit": scope.has(EDIT),
        "tail": where.tail,
    }
    return render(request, "teams/model_posts.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    up, places = (str(_("示范岗")), reverse("model_posts") + where.tail), within(request, where, bodies=EDIT)
    return deed_page(request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up, places=places)


@page(verb=EDIT)
def review(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    post = known(queries.post_of(pk=pk))
    require(request, EDIT, post.body)
    where = here(request, EDIT, of=post.plant)
    up = (str(_("示范岗")), reverse("model_posts") + where.tail)
    return deed_page(request, chosen(REVIEWS, deed), subject=post, title=post.name, where=where, up=up)
