"""班前会、调度会: the last shifts of every line on one page in large type, why, what is still to be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.boards.handover import meeting as board
from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.cascade.views import places
from ronglu.web.formats import short_day
from ronglu.web.halts.asked import clock_of
from ronglu.web.handover.frame import SEE, bar, crumbs
from ronglu.web.handover.words import STATES, reason
from ronglu.web.where import here
from ronglu.web.words import pack_of, shift_word
from ronglu.work.queries import halts, kiosk
from ronglu.work.queries.places import Places

MOST = 8


@page(verb=SEE)
def meeting(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, calendar, pack = Places(where.plant, where.on), clock_of(where.plant), pack_of(where.plant.code)
    lines = halts.lines(scope=scope, places=places)
    units = [pk for pk, _name in lines]
    found = board.meeting(units=units, calendar=calendar, indicators=pack.indicators, at=clock.now())
    left, total = kiosk.left_at(units, places=places, loops=pack.loops, at=clock.now(), most=MOST)
    names = dict(lines)
    context = {
        "bar": bar(request, where, "handover_meeting"),
        "crumbs": crumbs(where, (_("班前会"), "")),
        "now": clock.now(),
        "lines": [_line(one, names[one.unit], pack.base.stops) for one in found],
        "left": left,
        "total": total,
    }
    return render(request, "handover/meeting.html", context)


def _line(one: board.Line, name: str, book: Any) -> dict[str, Any]:
    shifts = [
        {
            "shift": shift,
            "name": f"{short_day(shift.day)} {shift_word(shift.slot.name)}",
            "state": STATES[shift.won],
            "gap": None if shift.actual is None or shift.plan is None else shift.actual - shift.plan,
            "why": reason(book, shift.handed.reason) if shift.handed and shift.handed.reason else "",
        }
        for shift in one.shifts
    ]
    return {
        "name": name,
        "line": one,
        "decimals": one.lead.decimals if one.lead else 0,
        "places": places(one.lead, one.month.plan) if one.lead and one.month else 0,
        "shifts": shifts,
        "stood": [(reason(book, stop.halt.reason), stop) for stop in one.stood],
    }
