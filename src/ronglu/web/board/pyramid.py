"""One indicator of one unit over the years: its long course, the years in a table, the parameter changes of all that time."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.boards.indicator.rows import rows_of
from ronglu.boards.pyramid.read import Course, course
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.pyramid import ADDED
from ronglu.kernel.time.period import Grain
from ronglu.web.access import asked, page
from ronglu.web.board.control import changed
from ronglu.web.board.frame import Asked
from ronglu.web.board.indicator import chosen
from ronglu.web.board.views import crumbs, nothing
from ronglu.web.charts.pyramid import PIXELS, Span
from ronglu.web.charts.pyramid import pyramid as drawing
from ronglu.web.formats import num
from ronglu.web.where import Here

SPANS = ("1", "3", "10", "all")
USUAL = "10"
NEWEST = 20
"""Changes told in words; the drawing has them all."""


@page(verb="boards.see")
def pyramid(request: HttpRequest, code: str) -> HttpResponse:
    at = chosen(request, code)
    if isinstance(at, Here):
        return nothing(request)
    one, years = at.around.indicators[code], asked(request, "years")
    years = years if years in SPANS else USUAL
    last = at.around.until
    found = course(at=at.around, unit=at.pk, code=code, first=_since(last, years), last=last, pixels=PIXELS)
    changes = changed(request, at, one, first=found.first, last=last)
    context = {
        "at": at,
        "one": one,
        "crumbs": crumbs(at, (one.name, at.address("indicator", code)), (_("历年走势"), "")),
        "bar": at.bar("indicator_years", code),
        "spans": [(key, _span(key), at.address("indicator_years", code, years=key)) for key in SPANS],
        "years": years,
        "title": f"{one.name} {one.code}",
        "course": found,
        "said": said(one, found),
        "picture": picture(one, found, changes) if found.stretches else None,
        "changes": list(reversed(changes))[:NEWEST],
        "more": max(0, len(changes) - NEWEST),
        "table": table(at, one, found),
    }
    return render(request, "board/pyramid.html", context)


def _since(last: dt.date, years: str) -> dt.date | None:
    """The day after the same day so many years ago; 29 February has its eve."""
    if years == "all":
        return None
    year = last.year - int(years)
    try:
        return last.replace(year=year) + dt.timedelta(days=1)
    except ValueError:
        return dt.date(year, 3, 1)


def _span(key: str) -> str:
    return _("全部") if key == "all" else _("%s 年") % key


def said(one: Indicator, found: Course) -> str:
    """What a point of the line is."""
    if found.width == 0:
        return _("每点一个统计月")
    if found.width == 1:
        return _("每点一天")
    told = _("每点 %d 天：竖线是其间每天的数从最低到最高") % found.width
    line = _("曲线是日均") if one.rollup in ADDED else _("曲线是这些天合起来的值，先合计、后相除")
    return f"{told}{_('，')}{line}"


def picture(one: Indicator, found: Course, changes: Sequence[tuple[dt.date, Any, str]]) -> Any:
    spans = [Span(s.first, s.last, s.low, s.high, s.value) for s in found.stretches]
    words = [(day, case.data.get("what", "")[:12]) for day, case, _step in changes]
    return drawing(
        spans, first=found.first, last=found.last, changes=words, decimals=one.decimals, label=f"{one.name} {one.unit}"
    )


def table(at: Asked, one: Indicator, found: Course) -> list[tuple[str, str, str, int, int]]:
    """The statistical years themselves, newest first: value, plan, covered, expected."""
    first, last = (at.around.calendar.period_of(day, Grain.YEAR) for day in (found.first, found.last))
    rows = rows_of(at.around, [at.pk], [one.code], grain=[Grain.YEAR.value], spans=[(str(first), str(last))]).get(
        (at.pk, one.code), {}
    )
    return [
        (period, num(row.value or None, one.decimals), num(row.plan or None, one.decimals), row.covered, row.expected)
        for period, row in sorted(rows.items(), reverse=True)
    ]
