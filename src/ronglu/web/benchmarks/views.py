"""A unit beside its benchmarks: own best, best crew, best sister line, the tiers, the gap, its owner and what is done about it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.boards.benchmark import read
from ronglu.boards.benchmark.read import Best, Line
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import page, scope_of_request
from ronglu.web.benchmarks.frame import SEE, bar, chooser, may_set, period_of
from ronglu.web.board import periods
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.views import nothing
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.cases.frame import may_raise
from ronglu.web.formats import num
from ronglu.web.links import new_case
from ronglu.web.where import Here
from ronglu.web.words import named, pack_of
from ronglu.work.benchmarks import TIERS
from ronglu.work.queries import gaps

GRAINS = (Grain.MONTH, Grain.YEAR)
LEVELS = {1: "good", 2: "on_track", 3: "watch", 0: "alarm"}


@page(verb=SEE)
def benchmarks(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    if isinstance(at, Here):
        return nothing(request)
    period, scope = period_of(at, GRAINS), scope_of_request(request)
    found, base = _lines(at, period), pack_of(at.here.plant.code).base
    people, cases = scope.has("people.see"), _cases(request, at, period)
    mine = {
        row["one"].indicator.code: row["one"].case
        for row in cases
        if not row["over"] and row["one"].case.unit_id == at.pk
    }
    context = {
        "at": at,
        "bar": bar(request, at.here, "benchmarks"),
        "board": chooser(at, "benchmarks", period, GRAINS),
        "name": periods.name(at.around.calendar, period),
        "rows": [_row(at, one, people) for one in found if one.marks],
        "others": [_row(at, one, people) for one in found if not one.marks],
        "weak": [_row(at, one, people) | {"running": mine.get(one.indicator.code)} for one in read.weakest(found)],
        "energy": base.energy,
        "steps": [(named(step), step) for step in base.energy.steps],
        "levels": [(named(step), own) for step in base.energy.steps if (own := _level(found, step.indicator))],
        "cases": cases,
        "may_raise": may_raise(scope, base.loops[gaps.LOOP], at.here.plant),
        "may_set": may_set(scope, at.here.plant),
        "kept": reverse("benchmarks_kept") + at.here.tail,
        "export": at.address("benchmarks_export", grain=period.grain.value, period=str(period)),
    }
    return render(request, "benchmarks/page.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    rows = [] if isinstance(at, Here) else [_flat(at, one) for one in _lines(at, period_of(at, GRAINS))]
    tiers = [named(label) for _tier, label in TIERS]
    heads = [
        _("指标"),
        _("单位"),
        _("本期"),
        _("历史最好"),
        _("最好班组"),
        _("最好兄弟产线"),
        *tiers,
        _("差距"),
        _("差距 %"),
        _("达到"),
    ]
    return workbook_of([Sheet(_("对标"), heads, rows)], name=f"{_('对标')}.xlsx")


def _lines(at: Asked, period: Period) -> list[Line]:
    crews = [int(state.id) for state in at.children("crew")]
    sisters = [unit for unit in read.sisters(at.around, at.pk) if unit in at.shown]
    energy = pack_of(at.here.plant.code).base.energy
    return read.lines(around=at.around, unit=at.pk, period=period, crews=crews, sisters=sisters, energy=energy)


def _row(at: Asked, one: Line, people: bool) -> dict[str, Any]:
    goal, decimals = one.aim, one.indicator.decimals
    return {
        "line": one,
        "name": named(one.indicator),
        "d": decimals,
        "url": at.address("indicator", one.indicator.code),
        "own": _who(at, one.own),
        "crew": _who(at, one.crew),
        "sister": _who(at, one.sister),
        "marks": [(_tier(tier), mark) for tier, mark in one.marks.items()],
        "tier": _tier(one.reached) if one.reached else "",
        "state": "nothing" if not one.marks or one.value is None else "good" if one.missing is not None and one.missing <= 0 else "watch",
        "aim": _tier(goal.tier) if goal else "",
        "owner": goal.owner.name if goal and goal.owner and people else "",
        "case": _new_case(at, one),
    }  # fmt: skip


def _who(at: Asked, best: Best | None) -> tuple[Best, str] | None:
    if best is None:
        return None
    return best, at.places.unit_name(best.unit) if best.unit else periods.name(
        at.around.calendar, Period.parse(best.period)
    )


def _tier(code: str) -> str:
    return str(named(dict(TIERS)[code]))


def _new_case(at: Asked, one: Line) -> str:
    """The form of a case with what this page knows; empty where there is no gap to close."""
    if one.aim is None or one.missing is None or one.missing <= 0:
        return ""
    told = {
        "indicator": one.indicator.code, "ours": f"{one.value:f}", "best": one.aim.value,
        "from_whom": f"{_tier(one.aim.tier)}：{one.aim.source}（{one.aim.dated_on}）", "unit": at.pk, "plant": at.here.plant.code,
    }  # fmt: skip
    return new_case(gaps.LOOP, told)


def _level(found: list[Line], code: str) -> tuple[Line, str, str] | None:
    """The unit's own line at a step of the standard, with the mark and the words of its level."""
    line = next((one for one in found if code and one.indicator.code == code and one.value is not None), None)
    if line is None or line.level is None:
        return None
    words = _("%d 级") % line.level if line.level else _("超出 3 级")
    return line, LEVELS[line.level], words


def _cases(request: HttpRequest, at: Asked, period: Period) -> list[dict[str, Any]]:
    inside = [int(unit) for unit in at.view.subtree(at.pk) if unit in at.shown]
    base = pack_of(at.here.plant.code).base
    found = gaps.followed(
        scope=scope_of_request(request), loops=base.loops, plant=at.here.plant, units=inside, indicators=at.around.indicators,
        values=read.values(around=at.around, units=inside, period=period),
    )  # fmt: skip
    loop = base.loops[gaps.LOOP]
    return [
        {
            "one": one,
            "name": named(one.indicator),
            "place": at.places.unit_name(one.case.unit_id),
            "d": one.indicator.decimals,
            "state": named(loop.state(one.case.state)),
            "over": one.case.closed_at is not None,
        }
        for one in found
    ]


def _flat(at: Asked, one: Line) -> list[Any]:
    d = one.indicator.decimals
    bests = [
        f"{num(found[0].value, d)}（{found[1]}）" if found else ""
        for found in (_who(at, b) for b in (one.own, one.crew, one.sister))
    ]
    marks = [
        f"{one.marks[tier].value}（{one.marks[tier].source}，{one.marks[tier].dated_on}）" if tier in one.marks else ""
        for tier, _label in TIERS
    ]
    return [
        named(one.indicator), one.indicator.unit, one.value, *bests, *marks, one.missing, one.percent,
        _tier(one.reached) if one.reached else "",
    ]  # fmt: skip
