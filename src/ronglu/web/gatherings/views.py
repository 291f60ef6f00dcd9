"""会议: the list of a body's meetings, one of them before, in and after the room, and the sheet that is written in the room."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock, plant
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import OUTPUTS
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.deeds import TROUBLES, within
from ronglu.web.gatherings import hands, room
from ronglu.web.gatherings.figures import figures
from ronglu.web.gatherings.frame import MARKS, RUN, SEE, bar, crumbs, read, run_by, to
from ronglu.web.gatherings.hands import NOTHING, Merged
from ronglu.web.gatherings.room import Room
from ronglu.web.links import address
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import (
    gatherings,
    gatherings_close,
    gatherings_fill,
    gatherings_guests,
    gatherings_room,
    gatherings_votes,
    guides,
    meetings_taken,
)
from ronglu.work.queries import gatherings as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ronglu.kernel.gathering.guide import Guide
    from ronglu.store.models import Gathering

SIZE = 30
AHEAD = 60
TEAM = "team"
"""Who holds a kind that no body holds itself."""
STEPS = {"planned": 1, "called": 1, "cancelled": 1, "open": 2, "closed": 3}
"""会前, 会中, 会后."""


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope, kind = here(request, SEE), scope_of_request(request), asked(request, "kind")
    known, places = guides.in_force(plant=where.plant, on=where.on), Places(where.plant, where.on)
    rows = queries.listed(scope, where.plant, kind=kind if kind in known else "")
    pager = Paginator(queries.over(rows), SIZE).get_page(request.GET.get("page"))
    now = clock.now()
    context = {
        "bar": bar(request, where, "gatherings"),
        "ahead": [_line(one, places) | {"late": one.ends_at < now} for one in queries.ahead(rows)[:AHEAD]],
        "over": [_line(one, places) for one in pager.object_list],
        "page": pager,
        "weekly": queries.weekly(scope, where.plant, where.on),
        "kind": kind,
        "kinds": [("", _("全部")), *((one.kind, named(one)) for one in known.values())],
        "new": _new(request, where, known.values()) if scope.has(RUN) else [],
        "where": where,
        "tail": where.tail,
    }
    return render(request, "gatherings/list.html", context)


def _new(request: HttpRequest, where: Here, known: "Iterable[Guide]") -> list[tuple[str, str]]:
    """Kinds that one of the reader's own bodies, or a team of it, can hold."""
    mine = within(request, where, bodies=RUN)
    return [(one.kind, named(one)) for one in known if mine.bodies(*(() if TEAM in one.held_by else one.held_by))]


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = read(request, pk)
    return _meeting(request, row, where)


@page(verb=SEE)
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the sheet; with “办结” closes it after that. What was refused stands above the sheet, and nothing typed is lost."""
    row, where = run_by(request, pk)
    guide, places = gatherings.guide_of(row), Places(where.plant, where.on)
    by, at, seen = me(request), clock.now(), gatherings_room.written(row)
    sheet = queries.sheet(row)
    found = hands.merged(request.POST, sheet, guide)
    posted = found.posted
    try:
        if found.clashes:
            raise GatheringTrouble(found.clashes)
        decided = room.decided(posted, sheet, places)
        short = _short(sheet, decided) if posted.get("do") == "close" else ""
        gatherings_room.write_down(
            gathering=row, seen=seen, away=room.away(posted, sheet), count=room.count(posted), said=room.said(posted, sheet),
            given=room.given(posted, guide, places), decided=None if short else decided, by=by, at=at,
        )  # fmt: skip
    except TROUBLES as trouble:
        row.refresh_from_db()
        wrong = [*str(trouble).splitlines(), *(room.lost(posted, sheet) if row.state != "open" else ())]
        return _meeting(request, row, where, wrong=wrong, refused=found)
    if short:  # stays in its boxes, where owner and date are filled in; all else is saved
        kept = hands.Merged(posted, [], hands.was(queries.sheet(row), guide))
        return _meeting(request, row, where, wrong=[short], refused=kept)
    if posted.get("do") != "close":
        messages.success(request, _("已保存。"))
        return redirect(to(row, where))
    try:
        gatherings_close.close(
            gathering=row, action=plant.packs().loops["action"], by=by, scope=scope_of_request(request), at=at
        )  # fmt: skip
    except TROUBLES as trouble:
        row.refresh_from_db()
        return _meeting(request, row, where, wrong=str(trouble).splitlines())
    messages.success(request, _("已办结，决议已转成行动项。"))
    return redirect(to(row, where))


def _short(sheet: queries.Sheet, decided: gatherings_room.Decided | None) -> str:
    """What the resolution that was typed just now lacks."""
    if decided is None:
        return ""
    no = max((one.no for one in sheet.resolutions), default=0) + 1
    return gatherings_close.lacks(no, decided.text, decided.owner, decided.due_on)


def _meeting(
    request: HttpRequest, row: "Gathering", where: Here, *, wrong: list[str] | None = None, refused: Merged = NOTHING
) -> HttpResponse:
    guide, scope, places = (
        gatherings.guide_of(row),
        scope_of_request(request),
        Places(where.plant, row.starts_at.date()),
    )
    sheet, may_run = queries.sheet(row), queries.may_run(scope_of_request(request), row)
    context = {
        "row": row, "guide": guide, "where": where, "tail": where.tail, "mark": MARKS[row.state],
        "body": row.team.name if row.team else places.body_name(row.body_id), "kind": named(guide),
        "act": STEPS[row.state], "may_run": may_run, "wrong": wrong or [], "writer": me(request).pk, "crumbs": crumbs(where, (row.title, "")),
        "votes": queries.outcomes(sheet), "sheet": sheet, "guests": _guests(row),
    }  # fmt: skip
    context |= {"open": _open, "closed": _closed}.get(row.state, _before)(row, sheet, guide, refused)
    if row.state == "closed":
        context["may_raise"] = scope.has("cases.raise")
    return render(request, "gatherings/meeting.html", context, status=422 if wrong else 200)


def _guests(row: "Gathering") -> list[tuple[str, str, int | None]]:
    """列席: key, who, and how many where it is an office from outside."""
    mine = row.people.filter(due=False).select_related("person").order_by("person__staff_no")
    of_plant = [(str(one.person_id), one.person.name, None) for one in mine]
    return [*of_plant, *((one.code, named(one), n) for one, n in gatherings_guests.outside(row))]


def _before(row: "Gathering", sheet: queries.Sheet, guide: Any, refused: Merged) -> dict[str, Any]:
    """The agenda as the records would lay it today; it is written down when the meeting is opened."""
    if row.state == "cancelled":
        return {}
    lines = gatherings_fill.lines(row, guide=guide, loops=plant.packs().loops, figures=figures(row))
    listed = [(block, sheet.of(block.code), found) for block, found in gatherings_fill.shown(lines, guide)]
    return {
        "blocks": listed,
        "beside": sheet.beside(guide),
        "clashes": meetings_taken.clashes(row),
        "may_open": row.starts_at.date() <= clock.today(),
    }


def _open(row: "Gathering", sheet: queries.Sheet, guide: Any, refused: Merged) -> dict[str, Any]:
    return {
        "room": Room(sheet, guide, refused.posted, refused.was), "warnings": queries.warnings(sheet, guide),
        "polls": bool(guide.votes and gatherings_votes.polls(row)),
    }  # fmt: skip


def _closed(row: "Gathering", sheet: queries.Sheet, guide: Any, refused: Merged) -> dict[str, Any]:
    return {
        "room": Room(sheet, guide), "warnings": queries.warnings(sheet, guide), "makeups": queries.makeups(row),
        "outputs": [named(OUTPUTS[one]) for one in guide.outputs], "minutes": address("minutes", row.pk),
        "may_make_up": bool(sheet.away) and row.makeup_of_id is None,
    }  # fmt: skip


def _line(row: "Gathering", places: Places) -> dict[str, Any]:
    return {
        "row": row, "body": row.team.name if row.team else places.body_name(row.body_id), "mark": MARKS[row.state],
        "url": reverse("gathering", args=[row.pk]),
    }  # fmt: skip
