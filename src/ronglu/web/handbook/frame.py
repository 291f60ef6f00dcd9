"""What the pages of the 支部手册 share: the month they are about, and the meeting that an address names."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import month_of
from ronglu.web.where import Here, here
from ronglu.work.queries import minutes
from ronglu.work.queries.inspection import SEE
from ronglu.work.queries.minutes import Minutes
from ronglu.work.queries.places import Places

BACK = 12
"""Months one can pick without writing an address."""


def month_asked(request: HttpRequest, where: Here) -> Period:
    """The month of the address, else that of the day."""
    text = asked(request, "month")
    return month_of(text) if text else Period.day(where.on).up(Grain.MONTH)


def picks(where: Here, month: Period) -> list[tuple[str, str]]:
    now = Period.day(where.on).up(Grain.MONTH)
    found = {month, *(now - n for n in range(BACK))}
    return [(str(one), month_name(one)) for one in sorted(found, reverse=True)]


def crumbs(where: Here) -> list[tuple[str, str]]:
    return [(_("支部手册"), reverse("handbooks") + where.tail)]


def meeting_here(request: HttpRequest, pk: int) -> tuple[Minutes, Here]:
    row = minutes.found(scope=scope_of_request(request), pk=pk)
    if row is None:
        raise Http404("没有这次会的记录，或不在您的范围内")
    where = here(request, SEE, of=row.plant)
    return minutes.read(row=row, places=Places(row.plant, row.starts_at.date())), where
