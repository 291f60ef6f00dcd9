"""重点难点: the list with who answers for each, and the deeds that change it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import here
from ronglu.web.zones import forms
from ronglu.web.zones.frame import bar, crumbs
from ronglu.work import key_works
from ronglu.work.queries import zones as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

ASSIGN = "zones.assign"


def _on(verb: Callable[..., Any]) -> Callable[..., Any]:
    return lambda subject, **rows: verb(work=subject, **rows)


DEEDS = {
    "give": Deed(
        label=gettext_lazy("换负责人"), icon="person", form=forms.WorkGiven, run=_on(key_works.give),
        done=gettext_lazy("负责人已登记。"),
    ),
    "finish": Deed(
        label=gettext_lazy("不再列为重点难点"), icon="check", form=forms.WorkFinished, run=_on(key_works.finish),
        done=gettext_lazy("已结束。"),
    ),
}  # fmt: skip


@page(verb=queries.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, queries.SEE), scope_of_request(request)
    context = {
        "bar": bar(request, where, "key_works"),
        "works": queries.key_works(scope=scope, places=Places(where.plant, where.on)),
        "may_add": scope.has(ASSIGN),
    }
    return render(request, "zones/works.html", context)


@page(verb=ASSIGN)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, ASSIGN)

    deed = Deed(
        label=_("列重点难点"), icon="plus", form=forms.WorkNamed,
        run=lambda plant, **rows: key_works.name(plant=plant, **rows), done=_("已列入。"),
        says=_("没有负责人的列在前面，直到有人负责。"),
    )  # fmt: skip
    back = reverse("key_works") + where.tail
    return perform(
        request, deed, subject=where.plant, title=where.plant.name, back=back,
        places=Within(where.plant, where.on, units_of=scope_of_request(request).reach(ASSIGN)),
        crumbs=crumbs(where, (_("重点难点"), back), (str(deed.label), "")),
    )  # fmt: skip


@page(verb=ASSIGN)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    work = queries.key_work(pk=pk)
    if work is None or deed not in DEEDS:
        raise Http404("没有这项重点难点，或没有这件事可办")
    require(request, ASSIGN, work.unit)
    where = here(request, queries.SEE, of=work.plant)
    back = reverse("key_works") + where.tail
    return perform(
        request, DEEDS[deed], subject=work, title=work.name, back=back, places=Places(where.plant, where.on),
        crumbs=crumbs(where, (_("重点难点"), back), (str(DEEDS[deed].label), "")),
    )  # fmt: skip
