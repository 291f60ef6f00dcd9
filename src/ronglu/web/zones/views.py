"""The list of zones with the coverage figures above it, and what is mine in them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.where import Here, here
from ronglu.web.zones.frame import bar
from ronglu.work.queries import rounds, zone_coverage
from ronglu.work.queries import zones as queries
from ronglu.work.queries.places import Places

SIZE = 50


@page(verb=queries.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, queries.SEE), scope_of_request(request)
    places, wanted = Places(where.plant, where.on), _asked(request)
    found = Paginator(queries.listed(scope=scope, places=places, asked=wanted), SIZE).get_page(request.GET.get("page"))
    context = {
        "bar": bar(request, where, "zones"),
        "asked": wanted,
        "page": found,
        "lines": queries.lines(found, places=places),
        "kinds": [("", _("全部类型")), *queries.KINDS],
        "classes": [("", _("全部内容")), *queries.CLASSES],
        "units": [("", _("全部单位")), *places.units()],
        "states": [("", _("在用")), ("unowned", _("还没有责任人")), ("closed", _("已停用"))],
        "state": "closed" if wanted.closed else "unowned" if wanted.unowned else "",
        "may_add": scope.has("zones.edit"),
        **_coverage(request, where, places),
    }
    return render(request, "zones/list.html", context)


@page(verb=queries.SEE)
def mine(request: HttpRequest) -> HttpResponse:
    """My duties, their tasks and targets, and what is due (S3-18)."""
    where, scope = here(request, queries.SEE), scope_of_request(request)
    context = {
        "bar": bar(request, where, "zones_mine"),
        "duties": queries.duties(scope=scope, places=Places(where.plant, where.on)),
        "works": queries.works_of(scope=scope),
        "due": list(rounds.mine(scope=scope, until=where.on + queries.WEEK)),
        "on": where.on,
    }
    return render(request, "zones/mine.html", context)


def _asked(request: HttpRequest) -> queries.Asked:
    unit, state = asked(request, "unit"), asked(request, "state")
    return queries.Asked(
        kind=asked(request, "kind"),
        unit=int(unit) if unit.isdecimal() and len(unit) < 18 else None,
        work_class=asked(request, "class"),
        text=asked(request, "q", 40),
        closed=state == "closed",
        unowned=state == "unowned",
    )


def _coverage(request: HttpRequest, where: Here, places: Places) -> dict[str, Any]:
    """Of the whole plant, or of the body picked among those the reader answers for; nothing for who answers for none."""
    scope = scope_of_request(request)
    whole, mine = queries.plantwide(scope, queries.SEE, where.plant), scope.reach(queries.SEE).bodies
    options: list[tuple[Any, str]] = [("", where.plant.name)] if whole else []
    options += [(pk, name) for pk, name in places.bodies() if pk in mine]
    keys = [str(key) for key, _name in options]
    chosen = asked(request, "body") if asked(request, "body") in keys else next(iter(keys), None)
    if chosen is None:
        return {"bodies": [], "coverage": None}
    body = places.body(int(chosen)) if chosen else None
    told = (
        zone_coverage.of_body(body=body, on=where.on)
        if body
        else zone_coverage.of_plant(plant=where.plant, on=where.on)
    )
    # a plant "may" already be seen by who holds the verb in it for himself alone
    names = (
        scope.may("membership.see", body) is None if body else queries.plantwide(scope, "membership.see", where.plant)
    )
    return {"bodies": options, "body": chosen, "coverage": told, "names_without": names}
