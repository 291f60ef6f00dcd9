"""Every loop at a glance, the list of one, and its board by phase."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.cases.frame import SEE, loop_here, loops_of, may_raise, rows_of
from ronglu.web.cases.words import MARKS, PHASES
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work.queries import case_list
from ronglu.work.queries.case_list import Asked
from ronglu.work.queries.case_matrix import measured
from ronglu.work.queries.places import Places

SIZE = 50
CARDS = 20
DEEPEST = 200
MOST_ROWS = 20_000


@page(verb=SEE)
def overview(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    loops = loops_of(where.plant)
    since = clock.today().replace(day=1)
    counts = case_list.counts(scope=scope, loops=loops, plant=where.plant, at=clock.now(), since=since)
    cards = [(loop, counts[code], may_raise(scope, loop, where.plant)) for code, loop in loops.items()]
    # a worker has business with a handful of two dozen
    busy = [one for one in cards if one[2] or one[1].open or one[1].closed]
    idle = [loop for loop, n, mine in cards if not (mine or n.open or n.closed)]
    return render(request, "cases/overview.html", {"here": where, "loops": busy, "idle": idle})


@page(verb=SEE)
def listed(request: HttpRequest, loop: str) -> HttpResponse:
    found, where = loop_here(request, loop)
    wanted, places = asked_of(request, found), Places(where.plant, where.on)
    rows = case_list.ordered(matching(request, found, places, wanted), wanted.sort)
    shown = case_list.sliced(rows, number=page_asked(request), size=SIZE)
    context = frame(request, found, where, "cases_loop") | {
        "asked": wanted,
        "slice": shown,
        "rows": rows_of(shown.rows, {found.code: found}, places, clock.now()),
        "query": query_of(where, wanted),
        **choices(found, places),
    }
    return render(request, "cases/list.html", context)


@page(verb=SEE)
def workbook(request: HttpRequest, loop: str) -> FileResponse:
    """What the filter shows, in its order, as far as a sheet stays handy."""
    found, where = loop_here(request, loop)
    wanted, places = asked_of(request, found), Places(where.plant, where.on)
    cases = case_list.ordered(matching(request, found, places, wanted), wanted.sort)[:MOST_ROWS]
    heads = [_("编号"), _("题目"), _("地点"), _("状态"), _("阶段"), _("轮到"), _("提出日期"), _("期限"), _("闭环日期")]
    lines = (
        (r.case.number, r.case.title, r.place, r.state, str(PHASES[Phase(r.case.phase)]), r.holder, r.case.raised_at.date(),
         r.due.day if r.due else None, r.case.closed_at.date() if r.case.closed_at else None)
        for r in rows_of(cases, {found.code: found}, places, clock.now())
    )  # fmt: skip
    name = f"{where.plant.name}-{named(found)}-{clock.today()}.xlsx"
    return workbook_of([Sheet(named(found), heads, lines)], name=name)


@page(verb=SEE)
def board(request: HttpRequest, loop: str) -> HttpResponse:
    found, where = loop_here(request, loop)
    wanted, places = asked_of(request, found), Places(where.plant, where.on)
    everything = Asked(phase="all", unit=wanted.unit, mine=wanted.mine)
    columns = case_list.board(matching(request, found, places, everything), at=clock.now(), most=CARDS)
    context = frame(request, found, where, "cases_board") | {
        "asked": wanted,
        "columns": [
            (phase, PHASES[phase], MARKS[phase], rows_of(cards, {found.code: found}, places, clock.now()), more)
            for phase, (cards, more) in columns.items()
        ],
        "most": CARDS,
        **choices(found, places),
    }
    return render(request, "cases/board.html", context)


def frame(request: HttpRequest, loop: Loop, where: Here, tab: str) -> dict[str, Any]:
    """The tabs above the pages of one loop, and whether there is a button to raise."""
    tabs = [("cases_loop", _("清单")), ("cases_board", _("看板")), ("cases_ledger", _("台账"))]
    tabs += [("cases_matrix", _("后果矩阵"))] if measured(loop) else []
    tabs += [("cases_delivery", _("交付跟踪"))] if loop.delivery else []
    tabs += [("cases_questions", _("要问的"))] if scope_of_request(request).has("cases.question") else []
    return {
        "here": where,
        "loop": loop,
        "tab": tab,
        "tabs": [(name, label, reverse(name, args=[loop.code]) + where.tail) for name, label in tabs],
        "crumbs": [(_("闭环"), reverse("cases") + where.tail), (named(loop), "")],
        "may_raise": may_raise(scope_of_request(request), loop, where.plant),
    }


def choices(loop: Loop, places: Places) -> dict[str, Any]:
    """What the query bar offers."""
    return {
        "phases": [("", _("在办的")), *((phase.value, word) for phase, word in PHASES.items()), ("all", _("全部"))],
        "states": [("", _("全部状态")), *((state.code, named(state)) for state in loop.states)],
        "units": [("", _("全部单位")), *places.units()],
        "sorts": [("new", _("新的在前")), ("due", _("快到期的在前")), ("old", _("老的在前"))],
        "whose": [("", _("全部")), ("1", _("与我有关"))],
        "lates": [("", _("全部")), ("1", _("已超期"))],
    }


def asked_of(request: HttpRequest, loop: Loop) -> Asked:
    """A filter nobody could have chosen counts as none."""
    phase, state, sort = asked(request, "phase"), asked(request, "state"), asked(request, "sort")
    return Asked(
        phase=phase if phase in {*Phase, "all"} else "",
        state=state if state in {one.code for one in loop.states} else "",
        unit=key_of(asked(request, "unit")),
        body=key_of(asked(request, "body")),
        zone=key_of(asked(request, "zone")),
        mine=bool(asked(request, "mine")),
        overdue=bool(asked(request, "overdue")),
        text=asked(request, "q", 60),
        first=_day(asked(request, "from")),
        last=_day(asked(request, "to")),
        sort=sort if sort in case_list.SORTS else "new",
    )


def matching(request: HttpRequest, loop: Loop, places: Places, wanted: Asked) -> Any:
    return case_list.matching(
        scope=scope_of_request(request), loops={loop.code: loop}, places=places, asked=wanted, at=clock.now()
    )


def page_asked(request: HttpRequest) -> int:
    return min(max(key_of(asked(request, "page")) or 1, 1), DEEPEST)


def query_of(where: Here, wanted: Asked) -> str:
    """The filter as it stands in an address, for the workbook and the pages beside."""
    given = {
        "plant": where.plant.code if len(where.plants) > 1 else "", "phase": wanted.phase, "state": wanted.state,
        "unit": wanted.unit, "body": wanted.body, "zone": wanted.zone, "mine": int(wanted.mine) or "",
        "overdue": int(wanted.overdue) or "", "q": wanted.text, "from": wanted.first, "to": wanted.last, "sort": wanted.sort,
    }  # fmt: skip
    return urlencode({name: value for name, value in given.items() if value})


def _day(text: str) -> Any:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
