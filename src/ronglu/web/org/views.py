"""The two trees side by side, and who holds a party seat and an administrative post at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.access import page, scope_of_request
from ronglu.web.links import address
from ronglu.web.org.frame import bar
from ronglu.web.where import Here, here
from ronglu.work.queries.org import Node, TwoTrees, double_posts, two_trees
from ronglu.work.queries.places import Places
from ronglu.work.scope import Reach, Scope


@page(verb="org.see")
def trees(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "org.see"), scope_of_request(request)
    places, found = Places(where.plant, where.on), two_trees(plant=where.plant, on=where.on)
    left = [_row(node, where, places.body_codes, "body", scope) for node in found.bodies]
    right = [_row(node, where, places.unit_codes, "unit", scope) for node in found.units]
    context = {
        "bar": bar(request, where, "org"),
        "left": left,
        "right": right,
        "pairs": _rows_joined(found),
        "mapped": found.mapped,
        "all": found.all,
        "gaps": found.all - found.mapped,
        "may_edit": scope.may("org.edit", where.plant) is None,
        "may_import": scope.may("people.import", where.plant) is None,
        "imports": address("imports"),
    }
    return render(request, "org/trees.html", context)


def _row(node: Node, where: Here, codes: dict[int, str], side: str, scope: Scope) -> dict[str, Any]:
    """One line of a tree as the component draws it; what is found at it only for those who may see its sheet."""
    row = {
        "label": node.name,
        "depth": node.depth,
        "url": reverse(side, args=[codes[node.id]]) + where.tail,
        "state": "",
        "word": "",
    }
    if node.gap:
        return row | {"state": "readings_missing", "word": _("无支部") if node.kind == "line" else _("无党小组")}
    if node.findings and _within(scope.reach("sheet.see"), side, node.id, where.plant.pk):
        return row | {"state": "watch", "word": _("%d 项") % node.findings}
    return row


def _within(reach: Reach, side: str, key: int, plant: int) -> bool:
    return reach.everywhere or plant in reach.plants or key in (reach.bodies if side == "body" else reach.units)


def _rows_joined(found: TwoTrees) -> list[tuple[int, int]]:
    """The map by row numbers, as it is drawn."""
    left = {node.id: number for number, node in enumerate(found.bodies)}
    right = {node.id: number for number, node in enumerate(found.units)}
    return [(left[body], right[unit]) for body, unit in found.links]


@page(verb="org.see")
def posts(request: HttpRequest) -> HttpResponse:
    """双向进入、交叉任职: of those whose party standing one may see."""
    where, scope = here(request, "org.see"), scope_of_request(request)
    seen = set(scope.people("membership.see").values_list("pk", flat=True))
    doubles = [one for one in double_posts(plant=where.plant, on=where.on) if one.person.pk in seen]
    return render(request, "org/posts.html", {"bar": bar(request, where, "org_posts"), "doubles": doubles})
