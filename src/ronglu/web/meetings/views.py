"""排会 in the browser: a body and a month, what is owed, the planner's work watched, its proposals taken or left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.keys import key_of, keys_of
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.gatherings.frame import MARKS, bar
from ronglu.web.links import address
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import guides, jobs
from ronglu.work import meeting_plans as verbs
from ronglu.work.aways import ENTER
from ronglu.work.closings import Closed
from ronglu.work.queries import aways
from ronglu.work.queries import meeting_plans as queries
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import Gathering, MeetingProposal, MeetingSchedule

PLAN = queries.PLAN


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal as the page draws it: the meeting's name, the body's, and its make-ups."""

    row: "MeetingProposal"
    kind: str
    body: str
    again: "list[MeetingProposal]"


@page(verb=PLAN)
def show(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, PLAN), scope_of_request(request)
    places = Within(where.plant, where.on, bodies_of=scope.reach(PLAN))
    months = [Period.of(clock.today(), Grain.MONTH) + n for n in range(verbs.AHEAD + 1)]
    month = next((one for one in months if str(one) == asked(request, "month")), months[1])
    listed = places.bodies()
    body = queries.body(scope, where.plant, key_of(asked(request, "body")) or (listed[0][0] if listed else None))
    if body is None:
        raise Http404("没有这个党组织，或不在您的范围内")
    schedule = queries.latest(body, month)
    ready = schedule if schedule and schedule.state == "ready" else None
    laid = queries.laid(ready) if ready else None
    name = _kinds(where)
    context = {
        "here": where, "bar": bar(request, where, "meeting_plans"), "body": body, "name": places.body_name(body.pk), "month": month,
        "bodies": [(str(key), label) for key, label in listed],
        "months": [(str(one), named(one)) for one in months],
        "schedule": schedule, "job": _job(schedule), "busy": bool(_job(schedule) and schedule.job.state in jobs.UNDER_WAY),
        "planned": [_line(one, name, places) for one in laid.planned] if laid else [],
        "unplanned": [_line(one, name, places) for one in laid.unplanned] if laid else [],
        "owed": [(one, name(one.kind)) for one in queries.still_owed(body, month, clock.today())] if not ready else [],
        "standing": _standing(where, queries.standing(body, month), places),
        "aways": aways.planned_for(body, clock.today(), months[-1].last), "enters": scope.has(ENTER),
        "away_tail": urlencode({"plan": 1, "plant": where.plant.code, "body": body.pk, "month": str(month)}),
        "has_venues": queries.has_venues(where.plant),
    }  # fmt: skip
    return render(request, "meetings/plan.html", context)


@page(verb=PLAN)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    where = here(request, PLAN)
    body = queries.body(scope_of_request(request), where.plant, key_of(request.POST.get("body", "")))
    if body is None:
        raise Http404("没有这个党组织，或不在您的范围内")
    try:
        month = Period.parse(request.POST.get("month", "")).up(Grain.MONTH)
        verbs.ask(body=body, month=month, by=me(request), at=clock.now())
    except (GatheringTrouble, TimeTrouble) as trouble:
        messages.error(request, str(trouble))
        return redirect(_at(where, body.pk))
    return redirect(_at(where, body.pk, month))


@page(verb=PLAN)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """The row alone while the planner works; the whole page once it is done."""
    schedule = _read(request, pk)
    job = _job(schedule)
    if job is None or job.state not in jobs.UNDER_WAY:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "meetings/row.html", {"schedule": schedule, "job": job})


@page(verb=PLAN)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _read(request, pk)
    try:
        if schedule.job:
            jobs.cancel(job=schedule.job, by=me(request))
    except jobs.Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request, schedule)


@page(verb=PLAN)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _read(request, pk)
    try:
        made = verbs.accept(
            schedule=schedule, picks=keys_of(request.POST.getlist("pick")), by=me(request), at=clock.now()
        )
    except (GatheringTrouble, Closed) as trouble:
        for line in str(trouble).splitlines():
            messages.error(request, line)
    else:
        messages.success(request, _("排定了 %s 场：场地已订，应到的人在待办里看到，日历文件里也有。") % len(made))
    return _back(request, schedule)


@page(verb=PLAN)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.proposal(scope_of_request(request), pk)
    if found is None:
        raise Http404("没有这条建议，或不在您的范围内")
    try:
        verbs.drop(proposal=found, by=me(request), at=clock.now())
    except GatheringTrouble as trouble:
        messages.error(request, str(trouble))
    return _back(request, found.schedule)


def _standing(where: Here, rows: "list[Gathering]", places: Within) -> list[tuple[Any, ...]]:
    """What stands already, each with how it would be attended where somebody will be away."""
    seen = aways.expected(rows, pack_of(where.plant.code).base.terms)
    return [
        (one, one.team.name if one.team else places.body_name(one.body_id), address("gathering", one.pk), MARKS[one.state], seen.get(one.pk))
        for one in rows
    ]  # fmt: skip


def _read(request: HttpRequest, pk: int) -> "MeetingSchedule":
    found = queries.schedule(scope_of_request(request), pk)
    if found is None:
        raise Http404("没有这次排期，或不在您的范围内")
    return found


def _job(schedule: "MeetingSchedule | None") -> Any:
    return jobs.seen(schedule.job) if schedule and schedule.job and schedule.state == "asked" else None


def _line(row: "MeetingProposal", name: Callable[[str], str], places: Within) -> Line:
    return Line(
        row, name(row.kind), row.team.name if row.team else places.body_name(row.body_id), list(row.makeups.all())
    )


def _kinds(where: Here) -> Callable[[str], str]:
    found = guides.in_force(plant=where.plant, on=where.on)
    return lambda kind: named(found[kind]) if kind in found else kind


def _back(request: HttpRequest, schedule: "MeetingSchedule") -> HttpResponse:
    where = here(request, PLAN, of=schedule.plant)
    return redirect(_at(where, schedule.body_id, Period.from_yyyymm(schedule.month)))


def _at(where: Here, body: int, month: Period | None = None) -> str:
    told = {"body": body} | ({"month": str(month)} if month else {})
    tail = where.tail
    return f"{reverse('meeting_plans')}{tail}{'&' if tail else '?'}{urlencode(told)}"
