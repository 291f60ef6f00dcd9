"""Meetings as calendar files: one's own, and those of a body; a meeting that moves or is called off does so in the calendar too."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.where import here
from ronglu.work.names import name_of
from ronglu.work.queries import meeting_plans as queries

if TYPE_CHECKING:
    from ronglu.store.models import Gathering


@page(verb="home.see")
def mine(request: HttpRequest) -> HttpResponse:
    rows = queries.of_person(scope_of_request(request).person_id, clock.now())
    return _file(rows, name=_("我的会议"), file="meetings")


@page(verb=queries.PLAN)
def of_body(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    body = queries.body(scope, here(request, queries.PLAN).plant, pk)
    if body is None:
        raise Http404("没有这个党组织，或不在您的范围内")
    name = _("%s的会议") % name_of(body, clock.today())
    return _file(queries.of_body(body, clock.now()), name=name, file=body.code)


def _file(rows: "Iterable[Gathering]", *, name: str, file: str) -> HttpResponse:
    from ronglu.exchange.ics import Hours, written  # the library takes a while, and only these addresses need it

    hours = [
        Hours(
            uid=f"gathering-{row.pk}@ronglu", starts_at=row.starts_at, ends_at=row.ends_at, title=row.title,
            place=row.venue.name if row.venue else row.place, text=row.called_in, called_off=row.state == "cancelled",
        )
        for row in rows
    ]  # fmt: skip
    response = HttpResponse(written(hours, name=name, at=clock.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{file}.ics") or ""
    return response
