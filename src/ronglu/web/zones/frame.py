"""What the pages of zones share: their tabs, the zone behind an address, and who may do what to it."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.access import refused, scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.where import Here, here
from ronglu.work.queries import zones as queries

if TYPE_CHECKING:
    from ronglu.store.models import Plant, Zone

VERBS = {"zone_labels": "zones.assign"}


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "zones": _("责任区"),
        "zones_mine": _("我的"),
        "zone_rounds": _("巡查"),
        "zone_checklists": _("检查表"),
        "zone_plans": _("平面图"),
        "key_works": _("重点难点"),
        "safety_events": _("身边无事故"),
        "zone_labels": _("二维码"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)


def zone_here(request: HttpRequest, pk: int, verb: str = queries.SEE) -> "tuple[Zone, Here]":
    """The zone of an address, if the reader may do `verb` to it; with its plant and the day asked for."""
    zone = queries.one(pk=pk)
    if zone is None or queries.refusal(scope_of_request(request), queries.SEE, zone):
        raise Http404("没有这个责任区，或不在您的范围内")
    if refusal := queries.refusal(scope_of_request(request), verb, zone):
        raise refused(refusal)
    return zone, here(request, queries.SEE, of=zone.plant)


def require_plantwide(request: HttpRequest, verb: str, plant: "Plant") -> None:
    if not queries.plantwide(scope_of_request(request), verb, plant):
        raise Http404("这里要管全厂的责任区")


def crumbs(where: Here, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("责任区"), reverse("zones") + where.tail), *rest]
