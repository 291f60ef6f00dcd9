"""The year at a glance of every branch one may see, and of one: due, done, missed with its reason, hours, terms, vacant seats."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.regulation.finding import State
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.formats import short_day
from ronglu.web.links import address
from ronglu.web.org.frame import bar, body_here
from ronglu.web.where import here, year_asked
from ronglu.web.words import named
from ronglu.work.queries.life_year import Cell, Line, counts, year_of
from ronglu.work.queries.org_findings import at_places, ordered, shown, standing_at, visible
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Body

BACK = 5
"""Years that may be picked, this one first."""
MARKS = {
    State.OK: "good", State.DUE: "waiting", State.REASONED: "verified", State.EXEMPT: "not_applicable",
    State.NOT_MEASURABLE: "missing", State.NOTED: "nothing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell as it is drawn. `reason_url` is where a reason is written down for what was missed."""

    label: str
    """Of the window: 4月, 二季度, 2026年."""
    state: str = ""
    word: str = ""
    detail: str = ""
    days: tuple[tuple[str, str], ...] = ()
    """Day and address of each meeting."""
    reason: str = ""
    reason_url: str = ""


@page(verb="sheet.see")
def years(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "sheet.see"), scope_of_request(request)
    year, places = year_asked(request, where), Places(where.plant, where.on)
    keys = scope.bodies("sheet.see").filter(plant=where.plant).values_list("pk", flat=True)
    context = {
        "bar": bar(request, where, "org_years"),
        "year": year,
        "years": _picks(),
        "rows": counts(plant=where.plant, year=year, on=clock.today(), places=places, keys=keys),
    }
    return render(request, "org/years.html", context)


@page(verb="sheet.see")
def year(request: HttpRequest, code: str) -> HttpResponse:
    body, where = body_here(request, code)
    require(request, "sheet.see", body)
    asked_for, scope = year_asked(request, where), scope_of_request(request)
    # a year that is over is looked at as it ended, with the bodies there were then
    day = min(where.on, dt.date(asked_for, 12, 31))
    places = Places(where.plant, day)
    told = year_of(plant=where.plant, body=body, year=asked_for, on=clock.today(), places=places)
    may_reason = scope.may("org.edit", body) is None
    rows = standing_at(plant=where.plant, bodies=told.keys) if may_reason else {}
    groups = [_group(name, lines, rows) for name, lines in told.by_body()]
    seen = ordered(at_places(visible(scope=scope, plant=where.plant, on=where.on), bodies=told.keys))
    context = {
        "bar": bar(request, where, "org_years"),
        "crumbs": [(_("全年一览"), reverse("org_years") + where.tail), (places.body_name(body.pk), "")],
        "body": body,
        "name": places.body_name(body.pk),
        "year": asked_for,
        "years": _picks(),
        "view": told,
        "months": range(1, 13),
        "groups": groups,
        "findings": shown(seen, places=Places(where.plant, where.on), on=where.on),
        "may_edit": may_reason,
        "sees_hours": _sees_hours(request, body),
    }
    return render(request, "org/year.html", context)


def _picks() -> list[tuple[str, str]]:
    now = clock.today().year
    return [(str(one), str(one)) for one in range(now, now - BACK, -1)]


def _sees_hours(request: HttpRequest, body: "Body") -> bool:
    """Names with their hours are for those who know who is in the Party."""
    return scope_of_request(request).may("membership.see", body) is None


def _group(name: str, lines: list[Line], rows: dict[tuple[str, str], int]) -> dict[str, Any]:
    """What is asked every month is drawn as a grid of months, the rest as a list."""
    monthly = [_row(line, rows) for line in lines if line.monthly]
    return {"name": name, "monthly": monthly, "rest": [_row(line, rows) for line in lines if not line.monthly]}


def _row(line: Line, rows: dict[tuple[str, str], int]) -> dict[str, Any]:
    return {"line": line, "cells": [_mark(line, cell, rows) for cell in line.cells]}


def _mark(line: Line, cell: Cell, rows: dict[tuple[str, str], int]) -> Mark:
    if cell.state is None:
        return Mark(named(cell.period))
    missed = cell.state is State.MISSED
    part = ":".join(word for word in (line.side.code, str(cell.period)) if word)
    found = rows.get((line.rule.id, f"body:{line.body}:{part}"))
    may = found and line.side.severity.value != "MUST" and cell.state in (State.MISSED, State.REASONED)
    return Mark(
        label=named(cell.period),
        state=("alarm" if line.side.severity.value == "MUST" else "watch") if missed else MARKS[cell.state],
        word=word_of(cell),
        detail=cell.detail,
        days=tuple((short_day(day), address("gathering", key)) for key, day in cell.days),
        reason=cell.reason,
        reason_url=reverse("org_reason", args=[found]) if may else "",
    )


def word_of(cell: Cell) -> str:
    """How a window stands, in one word."""
    match cell.state:
        case State.OK:
            return _("已做")
        case State.MISSED:
            return _("未做到")
        case State.REASONED:
            return _("有理由")
        case State.DUE:
            return _("待做")
        case State.EXEMPT:
            return _("不适用")
    return _("无记录")
