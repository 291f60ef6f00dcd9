"""One indicator of one unit: the value and what it is made of, its course, crews and units below, the very readings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.boards.indicator import behind, read
from ronglu.boards.indicator.daily import Daily, daily
from ronglu.boards.indicator.story import Point, story
from ronglu.kernel.measure.indicator import Indicator, RollUp, Term, weighted
from ronglu.kernel.measure.keys import HOURS, parse
from ronglu.kernel.time.period import Grain
from ronglu.web.access import page, scope_of_request
from ronglu.web.board import control, periods
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.views import crumbs, nothing, row, said_of_period
from ronglu.web.board.words import percent
from ronglu.web.formats import MISSING, num, short_day
from ronglu.web.links import address
from ronglu.web.where import Here
from ronglu.web.words import named, pack_of

SLOTS = 30


@page(verb="boards.see")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    at = chosen(request, code)
    if isinstance(at, Here):
        return nothing(request)
    one = at.around.indicators[code]
    lines = read.lines_of(around=at.around, units=[at.pk], period=at.period, only=[code])[at.pk]
    points = story(at=at.around, unit=at.pk, code=code, period=at.period)
    context = {
        "at": at,
        "bar": at.bar("indicator", code),
        "crumbs": crumbs(at, (one.name, "")),
        "one": one,
        "sub": said_of_period(at),
        "title": f"{one.name} {one.code}",
        "name": periods.name(at.around.calendar, at.period),
        "row": row(at, lines[0]) if lines else None,
        "daily": _daily(at, daily(around=at.around, unit=at.pk, line=lines[0], period=at.period)) if lines else None,
        "parts": parts(at, one),
        "plot": plot(at, one, points),
        "control": control.card(request, at, one, points, [_label(at, point) for point in points]),
        "below": below(at, one),
        "readings": readings(request, at, one),
        "export": at.address("indicator_export", code),
        "years": at.address("indicator_years", code),
    }
    return render(request, "board/indicator.html", context)


def chosen(request: HttpRequest, code: str) -> Asked | Here:
    at = asked_for(request)
    if not isinstance(at, Here) and code not in at.around.indicators:
        raise Http404("没有这个指标")
    return at


def _daily(at: Asked, found: Daily | None) -> dict[str, Any] | None:
    """By the day, and against which months of the year: 1–2 月日均."""
    if found is None:
        return None
    first, last = found.first, found.last
    span = "" if first is None or last is None else f"{first.first.month}–{last.first.month}"
    label = _("较 %s 月日均") % (span if first != last else span.partition("–")[0])
    return {"mean": found.mean, "base": found.base, "label": label, "change": percent(found.change)}


def parts(at: Asked, one: Indicator) -> dict[str, str]:
    """What stands above and below the fraction bar, in the names of the series."""
    if one.rollup is RollUp.DERIVED:
        return {"over": _("由 %s 算出") % _("、").join(at.around.indicators[c].name for c in one.of), "under": ""}
    if one.rollup is RollUp.WMEAN:
        above, below_ = (Term(text) for text in weighted(one))
        return {"over": _sum(at, (above,)), "under": _sum(at, (below_,))}
    return {"over": _sum(at, one.numerator), "under": _sum(at, one.denominator)}


def _sum(at: Asked, terms: Sequence[Term]) -> str:
    series = pack_of(at.here.plant.code).series
    said = []
    for term in terms:
        key = parse(term.series)
        names = [_("小时") if f == HOURS else series[f].name for f in key.factors]
        factor = "" if term.factor == 1 else f"{num(term.factor)} × "
        said.append(f"Σ {factor}{' × '.join(names)}")
    return " + ".join(said)


def plot(at: Asked, one: Indicator, points: Sequence[Point]) -> dict[str, Any]:
    """Floats only here: a chart's pixels need no more."""

    def floats(values: Sequence[Any]) -> list[float | None]:
        return [None if v is None else float(v) for v in values]

    series = [{"name": _("实际"), "kind": "actual", "values": floats([p.value for p in points])}]
    if any(p.plan is not None for p in points):
        series.append({"name": _("计划"), "kind": "plan", "values": floats([p.plan for p in points])})
    if any(p.past is not None for p in points):
        series.append({"name": _("上年同期"), "kind": "past", "values": floats([p.past for p in points])})
    for edge, name in zip(one.band or (), (_("带下限"), _("带上限")), strict=False):
        if edge is not None:
            series.append({"name": name, "kind": "limit", "values": [float(edge)] * len(points)})
    missing = sum(p.value is None for p in points)
    return {
        "data": {"unit": one.unit, "labels": [_label(at, p) for p in points], "series": series},
        "summary": _("%(name)s，最近 %(n)d 期，其中 %(missing)d 期没有数") % {
            "name": one.name, "n": len(points), "missing": missing,
        },
    }  # fmt: skip


def _label(at: Asked, point: Point) -> str:
    grain, first = point.period.grain, point.period.first
    if grain is Grain.SHIFT:
        return f"{short_day(first)} {at.around.calendar.slot(first, point.period.no).name}{point.letter}"
    return short_day(first) if grain is Grain.DAY else str(point.period)


def below(at: Asked, one: Indicator) -> list[tuple[str, list[dict[str, Any]]]]:
    """The same indicator at the crews and at the units right below."""
    found = []
    for title, states in ((_("横大班"), at.children("crew")), (_("下级单位"), at.children())):
        units = [int(s.id) for s in states]
        lines = read.lines_of(around=at.around, units=units, period=at.period, only=[one.code]) if units else {}
        rows = [row(at, lines[int(s.id)][0], int(s.id)) | {"name": s.name} for s in states if lines.get(int(s.id))]
        if rows:
            found.append((title, rows))
    return found


def readings(request: HttpRequest, at: Asked, one: Indicator) -> dict[str, Any] | None:
    """None for those who may see the board but not the readings behind it."""
    scope = scope_of_request(request)
    units, letter = _reporting(at)
    if scope.may("readings.see", at.places.unit(at.pk)) is not None:
        return None
    series = behind.series_behind(at.around, one.code)
    found = behind.slots(at=at.around, units=units, series=series, period=at.period, letter=letter)
    pager: Page[Any] = Paginator(found, SLOTS).get_page(request.GET.get("page"))
    declared = pack_of(at.here.plant.code).series
    shown = [s for s in series if s in declared]
    slots = behind.read(series=series, page=pager.object_list)
    return {
        "heads": [(declared[s].name, declared[s].unit) for s in shown],
        "rows": [_slot(at, slot, shown, several=len({s.unit for s in slots}) > 1) for slot in slots],
        "page": pager,
    }


def _reporting(at: Asked) -> tuple[frozenset[int], str]:
    """The unit with everything below it; a crew reports as its line does, under its letter."""
    if at.unit.kind == "crew" and at.unit.parent is not None:
        return frozenset({int(at.unit.parent)}), at.letter
    return frozenset(int(u) for u in at.view.subtree(at.pk)), ""


def _slot(at: Asked, slot: behind.Slot, series: Sequence[str], *, several: bool) -> Mapping[str, Any]:
    crew = f"{at.places.unit_name(slot.unit)} {slot.letter}".strip() if several else slot.letter
    cells = [slot.cells.get(s, (MISSING, "", "")) for s in series]
    waits = any(state == "forecast" for _text, state, _old in cells)
    return {
        "day": slot.day,
        "shift": _when(at, slot),
        "crew": crew,
        "values": [(text, _("v1 %s") % old if old else "") for text, _state, old in cells],
        "source": slot.file or _("录入"),
        "cell": " · ".join(slot.places),
        "url": address("reading", slot.key),
        "version": f"v{slot.version} · {_('未审')}" if waits else f"v{slot.version}",
        "digest": slot.digest[:8],
    }


def _when(at: Asked, slot: behind.Slot) -> str:
    """The shift's name; for what comes otherwise, how it comes."""
    if slot.grain == "shift" and slot.shift_no:
        return named(at.around.calendar.slot(slot.day, slot.shift_no).name)
    return {"day": _("全天"), "month": _("全月"), "settlement": _("月末结算")}.get(
        slot.grain, f"{slot.starts_at:%H:%M}"
    )
