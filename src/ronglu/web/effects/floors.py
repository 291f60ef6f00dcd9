"""值得一提的变化 of a plant, indicator by indicator: what holds, since when and why, and setting another for days to come."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.kernel.measure.indicator import Direction
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.effects.subjects import SEE
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.where import here
from ronglu.web.words import named, pack_of, said
from ronglu.work import effect_floors
from ronglu.work.queries.places import Places

SET = "benchmarks.set"
"""The same office that keeps the benchmarks: not who wants his measure to have worked."""


class Floor(DeedForm):
    code = forms.ChoiceField(label=gettext_lazy("指标"))
    change = forms.CharField(
        label=gettext_lazy("值得一提的变化"),
        max_length=20,
        help_text=gettext_lazy("按指标的单位，变化比它小就不值得说有成效"),
    )
    from_on = DayField(
        label=gettext_lazy("从哪天起用"), help_text=gettext_lazy("明天或以后；已经登记、已经开始的事不变")
    )
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=200)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        known = pack_of(places.plant.code).indicators.values()
        codes = [(one.code, f"{named(one)} {one.code}") for one in known if one.direction is not Direction.INFO]
        self.fields["code"].choices = said([("", _("请选择")), *codes])  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"indicator": pack_of(self.places.plant.code).indicators[given.pop("code")]}


PUT = Deed(
    label=gettext_lazy("定值得一提的变化"),
    form=Floor,
    run=lambda plant, code="", **given: effect_floors.put(plant=plant, **given),
    done=gettext_lazy("已定。"),
    says=gettext_lazy("只对以后开始的事起作用：登记时用的值定死在登记里，事后改低不会让结论变好。"),
)


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    pack = pack_of(where.plant.code)
    rows = [
        (one, pack.indicators.get(one.indicator), one.holds(where.on), one.from_on > where.on)
        for one in effect_floors.listed(where.plant)
    ]
    scope = scope_of_request(request)
    context = {
        "where": where,
        "rows": rows,
        "usual": pack.base.effect,
        "may_set": scope.has(SET) and scope.plants(SET).filter(pk=where.plant.pk).exists(),
        "crumbs": [
            (_("看板"), reverse("board")),
            (_("有没有成效"), reverse("effects") + where.tail),
            (_("值得一提的变化"), ""),
        ],
    }
    return render(request, "effects/floors.html", context)


@page(verb=SET)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, SET)
    back = reverse("effect_floors") + where.tail
    start = {"code": asked(request, "indicator"), "from_on": where.on + dt.timedelta(days=1)}
    crumbs = [(_("有没有成效"), reverse("effects") + where.tail), (_("值得一提的变化"), back), (str(PUT.label), "")]
    return perform(
        request, PUT, subject=where.plant, title=where.plant.name, back=back, places=Places(where.plant, where.on),
        initial=start, crumbs=crumbs,
    )  # fmt: skip
