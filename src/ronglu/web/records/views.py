"""The records of a unit: what stands and since when, the history of one indicator, the lives of what wears. Worth no points."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.boards.benchmark.read import in_force
from ronglu.boards.record import read
from ronglu.boards.record.read import Held, Wear
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.benchmarks.frame import SEE, bar
from ronglu.web.board import periods
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.views import nothing
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.formats import num, signed
from ronglu.web.links import address
from ronglu.web.where import Here
from ronglu.web.words import named, pack_of
from ronglu.work.benchmarks import TIERS

if TYPE_CHECKING:
    from ronglu.store.models import Record

AWARDS = "awards"


@page(verb=SEE)
def records(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    if isinstance(at, Here):
        return nothing(request)
    found = read.held(around=at.around, unit=at.pk)
    one = next((h for h in found if h.indicator.code == asked(request, "indicator")), found[0] if found else None)
    awards = address(AWARDS)
    context = {
        "at": at,
        "bar": bar(request, at.here, "records"),
        "board": at.bar("records"),
        "grains": [(grain.value, label) for grain, label in periods.labels().items() if grain in read.GRAINS],
        "rows": [_row(at, held, held.standing) for held in found],
        "of_year": [_row(at, held, held.year) for held in found if held.year],
        "year": at.around.calendar.month_of(at.around.until).first.year,
        "one": one,
        "name": named(one.indicator) if one else "",
        "choices": [(held.indicator.code, named(held.indicator)) for held in found],
        "history": [_line(at, one, row) for row in sorted((*one.history, *one.of_year), key=_newest)] if one else [],
        "plot": _plot(one) if one else None,
        "wears": [_wear(at, wear) for wear in _wears(at)],
        "rules": pack_of(at.here.plant.code).base.records,
        "export": at.address("records_export"),
        "awards": awards + at.here.tail if awards and scope_of_request(request).has("achievements.see") else "",
    }
    return render(request, "records/page.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    heads = [
        _("指标"),
        _("单位"),
        _("粒度"),
        _("时段"),
        _("值"),
        _("原纪录"),
        _("超出"),
        _("班别"),
        _("现纪录"),
        _("自"),
        _("范围"),
    ]
    rows: list[list[Any]] = []
    if not isinstance(at, Here):
        rows = [
            [named(held.indicator), held.indicator.unit, named(Grain(row.grain).label), row.period, row.value, row.previous,
             row.margin, row.letter, _("是") if row.standing else "", row.since, named(row.get_span_display())]
            for held in read.held(around=at.around, unit=at.pk)
            for row in (*held.history, *held.of_year)
        ]  # fmt: skip
    return workbook_of([Sheet(_("纪录"), heads, rows)], name=f"{_('纪录')}.xlsx")


def _newest(row: "Record") -> tuple[int, int]:
    return -row.day.toordinal(), -row.pk


def _row(at: Asked, held: Held, standing: "Mapping[str, Record]") -> dict[str, Any]:
    d = held.indicator.decimals
    cells = []
    for grain in read.GRAINS:
        row = standing.get(grain.value)
        cells.append(
            (periods.labels()[grain], None if row is None else (num(row.value, d), when(at, row.period), row.letter))
        )
    return {
        "name": named(held.indicator),
        "unit": held.indicator.unit,
        "cells": cells,
        "url": at.address("records", indicator=held.indicator.code) + "#history",
    }


def when(at: Asked, period: str) -> str:
    """With its year: a record may be old. A shift by its name: 2025-04-03 白."""
    one = Period.parse(period)
    if one.grain is Grain.SHIFT:
        return f"{one.first} {named(at.around.calendar.slot(one.first, one.no).name)}"
    if one.grain is Grain.DAY:
        return period
    name = periods.name(at.around.calendar, one)
    return f"{period[:4]} {name}" if one.grain is Grain.WEEK else name


def _line(at: Asked, held: Held, row: Any) -> dict[str, Any]:
    d = held.indicator.decimals
    return {
        "row": row,
        "span": named(row.get_span_display()),
        "grain": periods.labels()[Grain(row.grain)],
        "when": when(at, row.period),
        "value": num(row.value, d),
        "previous": num(row.previous, d) if row.previous else "",
        "margin": num(row.margin, d) if row.margin else "",
        "since": when(at, row.since),
    }


def _plot(held: Held) -> dict[str, Any] | None:
    """The steps of the finest grain that was beaten at least once; floats only for a chart's pixels."""
    for grain in (Grain.MONTH, Grain.WEEK, Grain.DAY):
        steps = [row for row in reversed(held.history) if row.grain == grain.value]
        if len(steps) > 1:
            values = [float(Decimal(row.value)) for row in steps]
            said = {
                "name": named(held.indicator),
                "first": num(steps[0].value),
                "last": num(steps[-1].value),
                "n": len(steps) - 1,
            }
            return {
                "data": {
                    "unit": held.indicator.unit,
                    "labels": [row.period for row in steps],
                    "series": [{"name": _("纪录"), "kind": "actual", "values": values}],
                },
                "summary": _("%(name)s的纪录由 %(first)s 到 %(last)s，破过 %(n)d 次") % said,
                "grain": periods.labels()[grain],
            }
    return None


def _wears(at: Asked) -> list[Wear]:
    inside = [int(unit) for unit in at.view.subtree(at.pk) if unit in at.shown]
    marks = {
        code: {tier: Decimal(mark.value) for tier, mark in tiers.items()}
        for code, tiers in in_force(at.around, at.around.until).items()
    }
    return read.wears(around=at.around, units=inside, marks=marks)


def _wear(at: Asked, wear: Wear) -> dict[str, Any]:
    tier = dict(TIERS).get(wear.tier)
    running = Decimal(wear.running.height) if wear.running else None
    return {
        "wear": wear,
        "name": named(wear.indicator),
        "place": at.places.unit_name(wear.unit),
        "running": num(running, wear.indicator.decimals),
        "behind": ""
        if running is None or wear.breaking
        else signed(running - Decimal(wear.best.height), wear.indicator.decimals),
        "best": num(wear.best.height, wear.indicator.decimals),
        "tier": named(tier) if tier else "",
        "ended": wear.ended[:5],
        "number": len(wear.ended),
    }
