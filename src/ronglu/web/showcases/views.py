"""晒业绩: all boards that are shown, and the crew leader's two deeds: show, and take back at once."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ronglu.boards.indicator.read import lines_of
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.contests.frame import SEE, bar, deed_page
from ronglu.web.deeds import Deed, known
from ronglu.web.showcases import forms
from ronglu.web.showcases.shown import around_of, boards, month_of
from ronglu.web.where import here
from ronglu.web.words import pack_of
from ronglu.work import showcases as verbs
from ronglu.work.queries import showcases as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Unit

SHOW = queries.SHOW
CHOOSE = Deed(
    label=_("晒业绩"), icon="board", form=forms.Chosen, run=verbs.show, done=_("已晒出，随时可以收回。"),
    says=_("由本班自己定；只晒班组的数，不晒个人，不排名次。收回立刻生效，不用说理由。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, around = Places(where.plant, where.on), around_of(where.plant)
    own = queries.own_crews(scope=scope, plant=where.plant)
    found = boards(places=places, around=around) if around else {}
    context = {
        "bar": bar(request, where, "showcases"),
        "own": [(one, places.unit_name(one.pk)) for one in own],
        "own_keys": {one.pk for one in own},
        "tail": where.tail,
    } | dict(found)
    return render(request, "showcases/list.html", context)


@page(verb=SHOW)
def show(request: HttpRequest, unit: str) -> HttpResponse:
    where = here(request, SHOW)
    crew = known(queries.crew_of(plant=where.plant, code=unit))
    require(request, SHOW, crew)
    places, now = Places(where.plant, where.on), queries.of_unit(crew)
    up = (gettext("晒业绩"), reverse("showcases") + where.tail)
    declared = pack_of(where.plant.code).indicators
    # the form asks what may be chosen: what the crew has figures of
    form = partial(forms.Chosen, offered=_offered(crew, places))
    deed = replace(CHOOSE, form=form, run=lambda unit, **said: verbs.show(unit=unit, known=declared, **said))  # type: ignore[arg-type]
    initial = {"indicators": now.indicators, "words": now.words} if now else {}
    return deed_page(
        request, deed, subject=crew, title=places.unit_name(crew.pk), where=where, up=up, places=places, initial=initial
    )


@page(verb=SHOW)
@require_POST
def revoke(request: HttpRequest, unit: str) -> HttpResponse:
    where = here(request, SHOW)
    crew = known(queries.crew_of(plant=where.plant, code=unit))
    require(request, SHOW, crew)
    row = known(queries.of_unit(crew))
    back = reverse("showcases") + where.tail
    return act(request, SHOW, crew, verbs.revoke, done=gettext("已收回。"), back=back, showcase=row)


def _offered(crew: "Unit", places: Places) -> list[tuple[str, str]]:
    around = around_of(crew.plant)
    if around is None:
        return []
    lines = lines_of(around=around, units=[crew.pk], period=month_of(around, places))[crew.pk]
    return [(one.indicator.code, one.indicator.name) for one in lines]
