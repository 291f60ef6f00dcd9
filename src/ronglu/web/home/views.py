"""Good morning: what needs this reader, and how his units stand."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.config.plant import packs
from ronglu.web.access import page, scope_of_request
from ronglu.web.board.cards import cards
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.context import name_of_reader
from ronglu.web.formats import long_day, month_name
from ronglu.web.home.rows import row
from ronglu.web.inbox.rows import row as inbox_row
from ronglu.web.links import address
from ronglu.web.records.news import news
from ronglu.web.words import named
from ronglu.work.queries.inbox import soonest
from ronglu.work.queries.standing import Scale, Standing, standing
from ronglu.work.queries.todo import todo
from ronglu.work.roles import roles


@page(verb="home.see")
def home(request: HttpRequest) -> HttpResponse:
    scope, today = scope_of_request(request), clock.today()
    if scope.has("kiosk.use"):
        return redirect("kiosk")
    at = _boards(request)
    context = {
        "title": f"{name_of_reader(request)}{_greeting(clock.now())}",
        "sub": _sub(request, at, today),
        "soon": [inbox_row(item, clock.now()) for item in soonest(scope=scope, loops=packs().loops, at=clock.now())],
        "rows": [row(one, today) for one in todo(scope=scope, on=today)],
        "units": cards(at, at.children() or [at.unit]) if at else [],
        "news": news(at, today) if at else [],
        "month": month_name(str(at.period)) if at else "",
        "board": at.address() if at else "",
        "several": at.here if at and len(at.here.plants) > 1 else None,
        "scores": [(one, address("sheet_branch", one.code), _scales(one)) for one in standing(scope=scope)],
    }
    return render(request, "home/page.html", context)


def _boards(request: HttpRequest) -> Asked | None:
    """None for those who see no board, and before the first one is built."""
    if not scope_of_request(request).has("boards.see"):
        return None
    try:
        found = asked_for(request)
    except Http404:
        return None
    return found if isinstance(found, Asked) else None


def _scales(one: Standing) -> list[tuple[str, Scale, str]]:
    """Name of the scale, its figures, name of its grade, in the order of the sheet."""
    sheet = packs().sheet
    grades = {grade.code: grade.name for grade in sheet.grades}
    found = {scale.code: scale for scale in one.scales}
    return [(s.name, found[s.code], grades.get(found[s.code].grade, "")) for s in sheet.scales if s.code in found]


def _greeting(at: dt.datetime) -> str:
    if at.hour < 11:
        return _("，早上好")
    if at.hour < 14:
        return _("，中午好")
    return _("，下午好") if at.hour < 18 else _("，晚上好")


def _sub(request: HttpRequest, at: Asked | None, today: dt.date) -> str:
    held = sorted(
        named(roles().roles[code]) for code in scope_of_request(request).roles if code not in ("staff", "member")
    )
    words: list[Any] = [long_day(today), *held]
    if at:
        first, last = at.around.calendar.days_of(at.around.calendar.month_of(today))
        words.append(
            _("统计月第 %(day)d 天，余 %(left)d 天") % {"day": (today - first).days + 1, "left": (last - today).days}
        )
    return " · ".join(words)
