"""Why one score is what it is: two clicks from any cell to the readings."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.boards.explain.curve import Mark as Point
from ronglu.boards.explain.figures import FigureView
from ronglu.boards.explain.read import Explanation, missing, readings
from ronglu.boards.explain.slots import ranks
from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.charts import Mark
from ronglu.web.formats import num
from ronglu.web.links import address, new_case
from ronglu.web.sheet import table
from ronglu.web.sheet.frame import Asked, asked_for
from ronglu.web.sheet.readings import rows, told_of
from ronglu.web.words import named

ONE = dt.timedelta(days=1)
LINE = Decimal("0.13")
"""How far apart in shares two labels of the curve must be to stand under each other."""
MOST = 31
"""Shifts without a reading that are named; the rest is counted."""
COUNTED = 50
"""Records on a page."""
RECORDS = {
    "zone_coverage": ("zones", gettext_lazy("看责任区")),
    "recordable_event": ("safety_events", gettext_lazy("看安全事件")),
    "coverage": ("org_coverage", gettext_lazy("看产线、横大班的对应")),
    "org_finding": ("org_findings", gettext_lazy("看检查发现")),
    "standard_item": ("standards", gettext_lazy("看五个一")),
    "duty_list": ("seat_duties", gettext_lazy("看责任清单")),
    "commitment": ("commitments", gettext_lazy("看责任书、承诺书和自查")),
    "duty_due:members_meeting": ("handbooks", gettext_lazy("看会议台账")),
    "duty_due:party_day": ("handbooks", gettext_lazy("看会议台账")),
    "resolution": ("handbooks", gettext_lazy("看会议台账")),
    "group_month": ("handbooks", gettext_lazy("看会议台账")),
}


@page(verb="sheet.see")
def explain(request: HttpRequest, month: Period, body: str, item: str) -> HttpResponse:
    at, scope = asked_for(request, month=month), scope_of_request(request)
    told = told_of(request, at, body, item)
    category = next(c for c in told.sheet.sheet.categories if c.code == told.item.category)
    figure = told.figure(asked(request, "figure")) or next(iter(told.figures), None)
    by_time = asked(request, "order") == "time"
    found = (
        readings(scope=scope, told=told, figure=figure, page=_number(request), ranked=not by_time) if figure else None
    )
    context = {
        "at": at,
        "told": told,
        "crumbs": at.crumbs((told.branch.name, at.branch(body)), (item, "")),
        "title": _title(told),
        "steps": table.waterfall(told.sheet, category.scale, at, here=item),
        "figures": [_figure(one, told.trace.steps, at, told) for one in told.figures],
        "rest": _rest(told),
        "curve": _curve(told),
        "figure": figure,
        "records": _records(told, at),
        "counted": Paginator(told.records, COUNTED).get_page(_number(request)),
        "book": reverse("sheet_readings", args=[month, body, item]) + at.tail(figure=figure.code) if figure else "",
        "readings": found,
        "missing": _missing(request, told, figure) if figure else None,
        "orders": _orders(figure, told, at) if figure and ranks(figure) else [],
        "reading_rows": rows(found) if found else [],
        "heads": [(series.name, series.unit) for series in found.series] if found else [],
        "newest": Asked(at.here, month, None).item(body, item),
        "carried": _carried(told, at),
        "may_import": scope.has("imports.bring"),
        "may_enter": told.cell.state in (State.NOT_WIRED, State.IMPORTED)
        and scope.may("figures.enter", at.here.plant) is None,
        "appeal": _appeal(told, month) if scope.has("cases.act") else "",
        "tail": at.tail(month=month, body=body, item=item),
    }
    return render(request, "sheet/explain.html", context)


def _appeal(told: Explanation, month: Period) -> str:
    """The form of an appeal that says already against what."""
    return new_case("appeal", {"against": "score", "which": f"{month} {told.item.code} {told.branch.name}"})


def _number(request: HttpRequest) -> int:
    return key_of(asked(request, "page"), most=999_999) or 1


def _title(told: Explanation) -> str:
    item, cell = told.item, told.cell
    words = {"code": item.code, "name": named(item), "full": num(item.points), "won": named(cell.text)}
    if cell.won is None:
        return _("%(code)s %(name)s为什么是“%(won)s”（满分 %(full)s）") % words
    return _("为什么 %(code)s %(name)s得 %(won)s 分（满分 %(full)s）") % words


def _figure(one: FigureView, steps: tuple[Step, ...], at: Asked, told: Explanation) -> dict[str, Any]:
    """A figure with the steps of the kernel that judge it."""
    mine = [step for step in steps if step.group == one.name]
    return {
        "figure": one,
        "steps": mine,
        "url": at.item(told.branch.code, told.item.code, figure=one.code) + "#readings",
    }


def _missing(request: HttpRequest, told: Explanation, figure: FigureView) -> dict[str, Any] | None:
    """The shifts without a reading, for the run that stands; of an older one nobody can still say."""
    if not told.sheet.newest or figure.covered >= figure.expected:
        return None
    until = min(told.sheet.stat_days[1], clock.today() - ONE)
    found = missing(scope=scope_of_request(request), told=told, figure=figure, until=until)
    return {"rows": found[:MOST], "more": len(found) - MOST, "all": len(found)} if found else None


def _orders(figure: FigureView, told: Explanation, at: Asked) -> list[tuple[str, str, str]]:
    words = {"cost": _("失分多的在前"), "time": _("按日期")}
    return [
        (key, label, at.item(told.branch.code, told.item.code, figure=figure.code, order=key) + "#readings")
        for key, label in words.items()
    ]


def _rest(told: Explanation) -> list[Step]:
    """Steps that belong to no figure: counts, weights, the points themselves."""
    names = {one.name for one in told.figures}
    return [step for step in told.trace.steps if step.group not in names]


def _curve(told: Explanation) -> dict[str, Any] | None:
    """Every indicator has its point; those close together share one label, or the words would lie on each other."""
    if told.curve is None:
        return None
    marks: list[Mark] = []
    for group in _close(sorted(told.curve.marks, key=lambda m: m.share)):
        lost = group[0].share < 1
        marks += [Mark(m.attainment, m.share, "", lost) for m in group[1:]]
        marks.append(Mark(group[0].attainment, group[0].share, _together(group), lost))
    return {"points": told.curve.points, "marks": marks}


def _close(marks: list[Point]) -> list[list[Point]]:
    groups: list[list[Point]] = []
    for mark in marks:
        last = groups[-1][-1].share if groups else None
        if last is not None and mark.share - last < LINE and (mark.share < 1) == (last < 1):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _together(group: list[Point]) -> str:
    if len(group) == 1:
        return f"{named(group[0].name)} {num(group[0].attainment, 3)} → {num(group[0].share, 3)}"
    if group[0].share >= 1:
        return named([m.name for m in group]) + " → 1"
    return _("、").join(f"{named(m.name)} {num(m.share, 3)}" for m in group)


def _records(told: Explanation, at: Asked) -> tuple[str, Any] | None:
    """Where the rows behind an item without indicators are kept, as they stood on the month's last day."""
    fact = told.item.fact
    facts = (fact, *(f"{fact}:{kind}" for kind in told.item.filter.get("type", ())))
    name, label = next((RECORDS[one] for one in facts if one in RECORDS), ("", ""))
    url = address(name) if name else ""
    return (url + Asked(at.here, at.month, None).tail(on=at.month.last), label) if url else None


def _carried(told: Explanation, at: Asked) -> str:
    """Where a carried score was computed."""
    if told.cell.state is not State.CARRIED or told.cell.of is None:
        return ""
    return Asked(at.here, told.cell.of, None).item(told.branch.code, told.item.code)
