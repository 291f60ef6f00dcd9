"""The board of a unit: quantities against time, what is off, how well it was read, every indicator, the crews."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.boards.indicator import read
from ronglu.boards.indicator.chain import Step
from ronglu.boards.indicator.read import Board, Line
from ronglu.boards.indicator.rows import Around
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain
from ronglu.web.access import page, scope_of_request
from ronglu.web.board import periods
from ronglu.web.board.cards import cards
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.words import gap_of, percent, versus
from ronglu.web.charts import Slot
from ronglu.web.formats import MISSING, num, rounded, short_day, signed
from ronglu.web.links import address
from ronglu.web.where import Here

OFF, KEYS, LARGE = 3, 4, 1000


@page(verb="boards.see")
def board(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    if isinstance(at, Here):
        return nothing(request)
    found = read.board(around=at.around, unit=at.pk, period=at.period)
    context = {
        "at": at,
        "bar": at.bar(),
        "crumbs": crumbs(at),
        "title": at.unit.name,
        "sub": said(at, found),
        "name": periods.name(at.around.calendar, at.period),
        "board": found,
        "chain": [step(at.around.calendar, one) for one in found.chain],
        "off": [(one, gap_of(one), at.address("indicator", one.indicator.code)) for one in read.attention(found.lines)[:OFF]],
        "cover": cover(at, found),
        "groups": groups(at, found),
        "cards": cards(at, at.children()),
        "crews": crews(at),
        "export": at.address("board_export"),
    }  # fmt: skip
    return render(request, "board/page.html", context)


def nothing(request: HttpRequest) -> HttpResponse:
    """A plant whose boards were never built."""
    imports = address("imports") if scope_of_request(request).has("readings.import") else ""
    return render(request, "board/empty.html", {"imports": imports})


def crumbs(at: Asked, *more: tuple[str, str]) -> list[tuple[str, str]]:
    path = at.view.path(at.pk)
    inside = [(s.name, at.of_unit(int(s.id)) if s.id in at.shown else "") for s in path]
    last = [(inside[-1][0], at.address()), *more] if more else [(inside[-1][0], "")]
    return [(_("看板"), reverse("board")), *(one for one in inside[:-1] if one[1]), *last]


def said_of_period(at: Asked) -> str:
    first, last = at.around.calendar.days_of(at.period)
    words = [_("数据到 %s") % short_day(min(at.around.until, last))]
    if at.grain not in (Grain.SHIFT, Grain.DAY):
        words.insert(0, _("生产日 %(first)s 至 %(last)s") % {"first": short_day(first), "last": short_day(last)})
    return " · ".join(words)


def said(at: Asked, found: Board) -> str:
    words = said_of_period(at)
    return f"{words} · {_('预报 %d 班未审') % found.pending}" if found.pending else words


def step(calendar: Calendar, one: Step) -> dict[str, Any]:
    """One link of the pace chain as its component draws it."""
    done, time = (one.pace.task, one.pace.time) if one.pace else (None, None)
    names = {Grain.SHIFT: _("班"), Grain.DAY: _("日"), Grain.WEEK: _("周"), Grain.MONTH: _("月"), Grain.YEAR: _("年")}
    return {
        "label": names[one.period.grain],
        "period": periods.name(calendar, one.period),
        "state": {"good": "on_track", "watch": "behind"}.get(one.state, one.state),
        "value": one.value and rounded(one.value, decimals=_places(one)),
        "plan": one.plan and rounded(one.plan, decimals=_places(one)),
        "unit": one.indicator.unit,
        "done": None if done is None else done / 100,
        "time": None if time is None else time / 100,
        "say": _said_of(one),
    }


def _places(one: Step) -> int:
    """Large quantities are read as whole tonnes; the table below has every digit."""
    return 0 if max(abs(one.value or 0), abs(one.plan or 0)) >= LARGE else one.indicator.decimals


def _said_of(one: Step) -> str:
    if one.value is None or one.due is None:
        return ""
    if one.needed is not None and one.recent is not None:
        return _("余 %(days)d 日须 %(needed)s %(unit)s/日，近 7 日均 %(recent)s") % {
            "days": one.days_left, "needed": num(one.needed), "unit": one.indicator.unit, "recent": num(one.recent),
        }  # fmt: skip
    gap = one.value - one.due
    words = _("超 %(gap)s %(unit)s") if gap >= 0 else _("欠 %(gap)s %(unit)s")
    return words % {"gap": num(abs(gap), one.indicator.decimals), "unit": one.indicator.unit}


def cover(at: Asked, found: Board) -> dict[str, Any]:
    """The worst-read indicator of the period, and day by day whether all was there; too many days are not drawn."""
    known = [one for one in found.lines if one.expected]
    worst = min(known, key=lambda one: one.covered / one.expected, default=None)
    gaps = [(day, have, due) for day, have, due in found.days if have < due]
    return {
        "worst": worst,
        "full": worst is not None and worst.covered >= worst.expected and not gaps,
        "gaps": [_("%(day)s 缺 %(n)d") % {"day": short_day(day), "n": due - have} for day, have, due in gaps[:6]],
        "more": max(0, len(gaps) - 6),
        "days": _strip(at.around, found) if found.days and found.period.grain in (Grain.WEEK, Grain.MONTH) else [],
        "ends": (short_day(found.first), short_day(found.last)),
    }


def _strip(around: Around, found: Board) -> list[list[Slot]]:
    read_on = {day: (have, due) for day, have, due in found.days}
    strip = []
    for number in range(found.first.toordinal(), found.last.toordinal() + 1):
        day = found.first.fromordinal(number)
        have, due = read_on.get(day, (0, 0))
        state = "todo" if day > around.until else "stop" if not due else "have" if have >= due else "gap"
        strip.append([Slot(state, short_day(day))])  # type: ignore[arg-type]
    return strip


def groups(at: Asked, found: Board) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows of the table by process module, in the order of declaration."""
    shown: dict[str, list[dict[str, Any]]] = {}
    for one in found.lines:
        shown.setdefault(one.indicator.module, []).append(row(at, one))
    return [(at.module(code) if len(shown) > 1 else "", rows) for code, rows in shown.items()]


def row(at: Asked, one: Line, unit: int | None = None) -> dict[str, Any]:
    """A line as the table shows it; `line` is there for numbers, the rest is already words."""
    return {
        "line": one,
        "code": one.indicator.code,
        "decimals": one.indicator.decimals,
        "url": at.of_unit(unit or at.pk, "indicator", one.indicator.code),
        "gap": gap_of(one),
        "relative": MISSING if one.indicator.band else percent(one.gap.relative),
        "year": versus(one.year, one.indicator),
        "before": versus(one.before, one.indicator),
        "pace": None
        if one.pace is None or one.pace.task is None
        else (one.pace.task / 100, one.pace.time / 100, one.pace.gap),  # type: ignore[operator]
        "low": one.indicator.band[0] if one.indicator.band else None,
        "high": one.indicator.band[1] if one.indicator.band else None,
        "settled": ""
        if one.reported is None or one.value is None
        else signed(one.value - one.reported, one.indicator.decimals),
        "drawn": any(v is not None for v in one.trend),
        "thin": one.covered < one.expected,
    }


def crews(at: Asked) -> dict[str, Any] | None:
    """Crews side by side on the key indicators, against the same plan; no order among them."""
    below = at.children("crew")
    if not below:
        return None
    found = read.lines_of(around=at.around, units=[int(s.id) for s in below], period=at.period, only=at.keys)
    heads = {one.indicator.code: one.indicator for lines in found.values() for one in lines}
    codes = [code for code in at.keys if code in heads][:KEYS]
    if not codes:
        return None
    table = [(s.name, {one.indicator.code: one for one in found[int(s.id)]}) for s in below]
    return {
        "heads": [heads[code] for code in codes],
        "rows": [(name, [lines.get(code) for code in codes]) for name, lines in table if lines],
    }
