"""The dispatcher's page: the plan from year to day as it stands after every shortfall and stop, curve and forecast."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.boards.cascade import read
from ronglu.boards.cascade.read import Curve, Level, View
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, page
from ronglu.web.board import periods
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.views import LARGE, nothing
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.formats import num, short_day
from ronglu.web.handover.frame import bar
from ronglu.web.handover.words import reason
from ronglu.web.where import Here
from ronglu.web.words import pack_of

Chosen = tuple[Asked, Period, View | None, list[tuple[str, str]]]


@page(verb="boards.see")
def cascade(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    if isinstance(at, Here):
        return nothing(request)
    at, period, view, choices = _chosen(request, at)
    context = {
        "at": at,
        "bar": bar(request, at.here, "cascade"),
        "board": _bar(at, period),
        "choices": choices,
        "name": periods.name(at.around.calendar, period),
        "period": period,
        "view": view,
        "url": at.address("board"),
    }
    if view is not None:
        by_year = period.grain is Grain.YEAR
        context |= {
            "plot": plot(view, read.curve(view.days, view.until, by_year=by_year)),
            "d": places(view.indicator, view.year.plan),
            "months": [_level(at, one, period) for one in view.months],
            "weeks": [_level(at, one, None) for one in view.weeks],
            "lost": _lost(at, view),
            "short": view.end is not None and view.end.high < _whole(view, period),
            "whole": _whole(view, period),
            "export": at.address("cascade_export", grain=period.grain.value, period=str(period), indicator=view.indicator.code),
        }  # fmt: skip
    return render(request, "cascade/page.html", context)


@page(verb="boards.see")
def export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    view = None if isinstance(at, Here) else _chosen(request, at)[2]
    heads = [_("生产日"), _("计划"), _("实际"), _("按月还需"), _("按年还需")]
    rows = [(d.on, d.plan, d.done, d.by_month, d.by_year) for d in view.days] if view else []
    return workbook_of([Sheet(_("逐日"), heads, rows)], name=f"{_('计划分解')}_{asked(request, 'period')}.xlsx")


def _chosen(request: HttpRequest, at: Asked) -> Chosen:
    calendar = at.around.calendar
    last = calendar.days_of(at.period)[1]
    period = at.period if at.grain in (Grain.MONTH, Grain.YEAR) else calendar.period_of(last, Grain.MONTH)
    rows = read.rows_of([at.pk], period.up(Grain.YEAR).first.year).get(at.pk, {})
    known = {code: one for code, one in at.around.indicators.items() if code in rows}
    code = asked(request, "indicator") if asked(request, "indicator") in known else next(iter(known), "")
    choices = [(c, one.name) for c, one in known.items()]
    view = read.view(rows[code], indicator=known[code], calendar=calendar, period=period) if code else None
    return at, period, view, choices


def _bar(at: Asked, period: Period) -> dict[str, Any]:
    calendar = at.around.calendar
    month = calendar.period_of(min(calendar.days_of(period)[1], at.around.until), Grain.MONTH)
    links = {Grain.MONTH: month, Grain.YEAR: month.up(Grain.YEAR)}
    names = periods.labels()
    grains = [(g.value, names[g], at.address("cascade", grain=g.value, period=str(p))) for g, p in links.items()]
    return dict(at.bar("cascade")) | {
        "grains": grains,
        "grain": period.grain.value,
        "period": str(period),
        "periods": periods.offered(calendar, period, at.around.until),
    }


def places(one: Indicator, size: Decimal) -> int:
    """Large quantities are read as whole tonnes; the workbook has every digit."""
    return 0 if abs(size) >= LARGE else one.decimals


def plot(view: View, curve: Curve) -> dict[str, Any]:
    """Floats only here: a chart's pixels need no more."""
    series = [
        {"name": _("实际累计"), "kind": "actual", "values": _floats(curve.done)},
        {"name": _("计划累计"), "kind": "plan", "values": _floats(curve.plan)},
        {"name": _("还需累计"), "kind": "past", "values": _floats(curve.needed)},
    ]
    if view.end is not None:
        blank: list[float | None] = [None] * (len(curve.labels) - 1)
        for name, value in ((_("预计低"), view.end.low), (_("预计高"), view.end.high)):
            series.append({"name": name, "kind": "limit", "values": [*blank, float(value)]})
    one = view.indicator
    done = next((value for value in reversed(curve.done) if value is not None), None)
    said = {
        "name": one.name,
        "done": num(done, one.decimals),
        "plan": num(curve.plan[-1] if curve.plan else None, one.decimals),
    }
    return {
        "data": {"unit": one.unit, "labels": [short_day(day) for day in curve.labels], "series": series},
        "summary": _("%(name)s累计：已完成 %(done)s，全期计划 %(plan)s") % said,
    }  # fmt: skip


def _floats(values: Sequence[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _level(at: Asked, one: Level, here: Period | None) -> dict[str, Any]:
    return {
        "level": one,
        "name": periods.name(at.around.calendar, one.period),
        "current": one.period == here,
        "ahead": one.first > at.around.until,
    }


def _lost(at: Asked, view: View) -> list[tuple[bool, str, str, str]]:
    """Whether it is a planned stop; from, to, why in words."""
    book = pack_of(at.here.plant.code).base.stops
    return [
        (what == "stop", first.replace("T", " "), last.replace("T", " "), why if what == "stop" else reason(book, why))
        for what, first, last, why in view.lost
    ]


def _whole(view: View, period: Period) -> Any:
    found = next((one for one in view.months if one.period == period), view.year)
    return found.plan
