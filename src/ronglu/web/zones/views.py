"""The list of zones with the coverage figures above it, and what is mine in them."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.where import Here, here
from ronglu.web.zones.frame import bar
from ronglu.work.queries import rounds, zone_coverage, zone_sheet
from ronglu.work.queries import zones as queries
from ronglu.work.queries.places import Places
from ronglu.work.tables import run

if TYPE_CHECKING:
    from ronglu.kernel.table import Table

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
        "may_bring": scope.has("zones.edit") and scope.has("imports.bring"),
        "query": request.GET.urlencode(),
        **_coverage(request, where, places),
    }
    return render(request, "zones/list.html", context)


@page(verb=queries.SEE)
def workbook(request: HttpRequest) -> FileResponse:
    """What the list shows, all pages of it, under the heads that an import of zones reads; those are Chinese in every language."""
    where, scope = here(request, queries.SEE), scope_of_request(request)
    places, table = Places(where.plant, where.on), _table(where)
    found = queries.listed(scope=scope, places=places, asked=_asked(request))
    lines = zone_sheet.rows(found, places=places, numbers=scope.has("zones.assign"))
    heads = [f"{column.label}{'*' if column.required else ''}" for column in table.columns]
    rows = [[line[column.code] for column in table.columns] for line in lines]
    return workbook_of([Sheet(table.label, heads, rows)], name=f"{where.plant.name}-{_('责任区')}-{where.on}.xlsx")


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


def _table(where: Here) -> "Table":
    return run.declare("zones", plant=where.plant, pack=pack_of(where.plant.code), on=where.on)


def _asked(request: HttpRequest) -> queries.Asked:
    state = asked(request, "state")
    return queries.Asked(
        kind=asked(request, "kind"),
        unit=key_of(asked(request, "unit")),
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
