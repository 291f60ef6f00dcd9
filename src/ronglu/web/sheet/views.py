"""The month's sheet and one branch's own page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.boards.sheet import jobs
from ronglu.boards.sheet.read import Branch, SheetView, read
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.formats import month_name, num
from ronglu.web.sheet import table
from ronglu.web.sheet.frame import Asked, asked_for, months, tabs
from ronglu.web.words import named

TOLD = (State.READINGS_MISSING, State.AWAITING_REVIEW, State.NOT_WIRED)


@page(verb="sheet.see")
def grid(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request), scope_of_request(request)
    view = read(scope=scope, plant=at.here.plant, month=at.month, number=at.number)
    if view is None and at.number is not None:
        raise Http404("没有这一次计分")
    may_assess = scope.may("sheet.assess", at.here.plant) is None
    context = {
        "at": at,
        "view": view,
        "months": months(at.here, at.month),
        "tabs": tabs(request, at),
        "may_assess": may_assess,
        "job": jobs.latest(scope=scope, plant=at.here.plant.pk) if may_assess else None,
        "title": _("双百考核表 · %s") % month_name(at.month),
        "tail": at.tail(month=at.month),
    }
    return render(request, "sheet/grid.html", context | (_grid(request, view, at) if view else {}))


def _grid(request: HttpRequest, view: SheetView, at: Asked) -> dict[str, Any]:
    ways, categories = table.ways(view), table.categories(view)
    way, category = asked(request, "show"), asked(request, "category")
    way = way if way in dict(ways) else table.POINTS
    category = category if category in dict(categories) else ""
    return {
        "way": way,
        "ways": ways,
        "category": category,
        "categories": categories,
        "groups": table.rows(view, at, way=way, category=category),
        "heads": [_head(branch, at) for branch in view.branches],
        "sub": said(view),
        "missing": open_words(view),
        "changes": table.moved(view),
        "only_open": at.grid(category="open"),
        "newest": Asked(at.here, at.month, None).grid(),
    }


def _head(branch: Branch, at: Asked) -> dict[str, Any]:
    """熔炼一系列 over 党支部: the kind of body stands below, so that columns stay narrow."""
    kind = next((word for word in ("联合党支部", "党支部") if branch.name.endswith(word) and branch.name != word), "")
    return {"name": branch.name.removesuffix(kind), "kind": kind, "mine": branch.mine, "url": at.branch(branch.code)}


@page(verb="sheet.see")
def branch(request: HttpRequest, month: Period, body: str) -> HttpResponse:
    at, scope = asked_for(request, month=month), scope_of_request(request)
    view = read(scope=scope, plant=at.here.plant, month=month, number=at.number, body=body)
    if view is None:
        raise Http404("这个月没有这个支部的考核表，或不在您的范围内")
    mine = view.branches[0]
    context = {
        "at": at,
        "view": view,
        "branch": mine,
        "crumbs": at.crumbs((mine.name, "")),
        "sub": said(view),
        "missing": open_words(view),
        "changes": table.moved(view),
        "scales": [
            {"row": row, "standing": row.standings[0], "steps": table.waterfall(view, row.scale.code, at)}
            for row in view.scales
        ],
        "groups": table.rows(view, at, way=table.POINTS, category=""),
    }
    return render(request, "sheet/branch.html", context)


def said(view: SheetView) -> str:
    """5 类 33 项 × 8 个支部 · 第 1 版 · 第 2 次计分."""
    by = _("，%s") % view.by if view.by else ""
    return _("%(groups)d 类 %(items)d 项 × %(branches)d 个支部 · 规则第 %(version)d 版 · 第 %(number)d 次计分（%(at)s%(by)s）") % {
        "groups": len(view.groups), "items": len(view.rows), "branches": len(view.branches), "version": view.version,
        "number": view.number, "at": f"{view.at:%Y-%m-%d %H:%M}", "by": by,
    }  # fmt: skip


def open_words(view: SheetView) -> str:
    """缺数 2 · 待评 1: the words of cells nobody can score yet."""
    return " · ".join(f"{named(state)} {num(view.counts[state])}" for state in TOLD if view.counts.get(state))
