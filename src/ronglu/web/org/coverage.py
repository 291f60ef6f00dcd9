"""How far the party tree covers the production tree on a day: on the page, and as a workbook."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.org.frame import bar
from ronglu.web.where import Here, here
from ronglu.work.queries.org import Node, gaps_of, suggestions, two_trees
from ronglu.work.queries.places import Places
from ronglu.work.queries.suggested import Suggested, named


@page(verb="org.see")
def page_of(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "org.see"), scope_of_request(request)
    context = _found(request, where) | {
        "bar": bar(request, where, "org_coverage"),
        "may_edit": scope.may("org.edit", where.plant) is None,
        "sees_members": scope.has("membership.see"),
    }
    return render(request, "org/coverage.html", context)


@page(verb="org.see")
def workbook(request: HttpRequest) -> FileResponse:
    """Every line and crew with what stands on it, then the gaps; members by name only for those who may see them."""
    where = here(request, "org.see")
    found = _found(request, where)
    trees = two_trees(plant=where.plant, on=where.on)
    names = {node.id: node.name for node in trees.bodies}
    units = {node.id: node for node in trees.units}
    covered = [_line(node, units, names) for node in trees.units if node.kind in ("line", "crew")]
    sheets = [
        Sheet(_("对应"), [_("类型"), _("单位"), _("上级"), _("对应的党组织"), _("状态")], covered),
        Sheet(_("没有去处的党员"), [_("工号"), _("姓名")], [[p.staff_no, p.name] for p in found["members"]]),
    ]
    return workbook_of(sheets, name=f"{where.plant.name}-{_('组织覆盖')}-{where.on}.xlsx")


def _found(request: HttpRequest, where: Here) -> dict[str, Any]:
    """Who is uncovered is said by name to those who may see party standing."""
    gaps = gaps_of(plant=where.plant, on=where.on)
    seen = set(scope_of_request(request).people("membership.see").values_list("pk", flat=True))
    places = Places(where.plant, where.on)
    found = suggestions(plant=where.plant, on=where.on)
    proposed: list[Suggested] = named([one for one in found if one.person in seen], places=places)
    return {
        "lines": [(places.unit_codes[state.id], places.unit_path(state.id)) for state in gaps.lines],
        "crews": [(places.unit_codes[state.id], places.unit_path(state.id)) for state in gaps.crews],
        "members": [person for person in gaps.members if person.pk in seen],
        "suggested": proposed,
        "mapped": gaps.mapped,
        "all": gaps.all,
    }


def _line(node: Node, units: dict[int, Node], names: dict[int, str]) -> list[str]:
    above = units[node.parent].name if node.parent in units else ""
    standing = "、".join(names[body] for body in node.mapped)
    return [node.label, node.name, above, standing, _("缺") if node.gap else _("已对应")]
