"""The book of hand-overs, one shift with its two signatures, and the deeds of giving and taking."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ronglu.config import clock
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.formats import decimal
from ronglu.web.halts.asked import Asked, asked_for
from ronglu.web.handover.frame import GIVE, SEE, bar, crumbs
from ronglu.web.handover.giving import Desk, desk
from ronglu.web.handover.words import STATES, reason, row_name
from ronglu.web.where import here
from ronglu.web.words import named, pack_of
from ronglu.work import handovers
from ronglu.work.queries import halts as units
from ronglu.work.queries import handovers as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Unit


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    context = {
        "bar": bar(request, at.here, "handovers"),
        "at": at,
        "crumbs": crumbs(at.here),
        "rows": [_row(at, one) for one in _of(at)],
        "lines": [(name, reverse("handover_now", args=[pk]) + at.here.tail) for pk, name in at.lines],
        "export": at.address("handovers_export"),
    }
    return render(request, "handover/list.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    heads = [
        _("单位"), _("生产日"), _("班次"), _("班别"), _("指标"), _("计划"), _("实际"), _("赢欠"), _("原因"), _("交待"), _("事项"),
        _("交班人"), _("交于"), _("接班人"), _("接于"),
    ]  # fmt: skip
    return workbook_of(
        [Sheet(_("交接班"), heads, [_line(_row(at, one)) for one in _of(at)])], name=f"{_('交接班')}_{at.period}.xlsx"
    )


def _of(at: Asked) -> Any:
    first, last = at.calendar.days_of(at.period)
    return queries.listed(units=at.units, first=first, last=last)


def _row(at: Asked, one: Any) -> dict[str, Any]:
    pack = pack_of(at.here.plant.code)
    indicator = pack.indicators.get(one.indicator)
    return {
        "row": one,
        "name": at.places.unit_name(one.unit_id),
        "slot": named(at.calendar.shift_name(one.day, one.shift_no)),
        "shift": row_name(at.calendar, one),
        "indicator": indicator,
        "decimals": indicator.decimals if indicator else 0,
        "reason": reason(pack.base.stops, one.reason) if one.reason else "",
        "state": STATES[one.won],
        "given": _name(one.given_by),
        "taken": _name(one.taken_by),
        "url": reverse("handover", args=[one.unit_id, one.day.isoformat(), one.shift_no]) + at.here.tail,
    }


def _line(r: dict[str, Any]) -> list[Any]:
    one = r["row"]
    return [
        r["name"], one.day, r["slot"], one.letter, r["indicator"].name if r["indicator"] else "", decimal(one.plan),
        decimal(one.actual), named(one.get_won_display()), r["reason"], one.words, one.case.number if one.case else "",
        r["given"], f"{one.given_at:%Y-%m-%d %H:%M}", r["taken"], f"{one.taken_at:%Y-%m-%d %H:%M}" if one.taken_at else "",
    ]  # fmt: skip


def _name(account: Any) -> str:
    return str(account.person.name if account and account.person else account or "")


@page(verb=SEE)
@require_http_methods(["GET", "POST"])
def now(request: HttpRequest, unit: int) -> HttpResponse:
    """The shift to hand over now; POST gives it."""
    return _shift(request, _unit(request, unit), None, None)


@page(verb=SEE)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, unit: int, day: str, no: int) -> HttpResponse:
    try:
        on = dt.date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404("没有这个班") from wrong
    return _shift(request, _unit(request, unit), on, no)


def _shift(request: HttpRequest, unit: "Unit", day: dt.date | None, no: int | None) -> HttpResponse:
    found = desk(unit, day=day, no=no)
    if found is None:
        raise Http404("没有这个班")
    scope = scope_of_request(request)
    may = scope.may(GIVE, unit) is None
    form, status = (found.form() if may and not (found.stand.given or found.barred) else None), 200
    if request.method == "POST":
        require(request, GIVE, unit)
        form = found.form(request.POST)
        if form.is_valid():
            try:
                found.give(form, by=me(request), scope=scope)
            except (TimeTrouble, LoopTrouble) as trouble:
                for line in str(trouble).splitlines():
                    form.add_error(None, line)
            else:
                messages.success(request, _("已交班，等接班的人来接。"))
                return redirect(_address(found))
        status = 422
    return render(request, "handover/shift.html", _page(request, found, form, may), status=status)


def _page(request: HttpRequest, found: Desk, form: Any, may: bool) -> dict[str, Any]:
    unit = found.unit
    where = here(request, SEE, of=unit.plant)
    name = Places(unit.plant, where.on).unit_name(unit.pk)
    shown = found.shown()
    return shown | {
        "bar": bar(request, where, "handovers"),
        "line": name,
        "crumbs": crumbs(where, (f"{name} {shown['name']}", "")),
        "form": form,
        "may": may,
        "waiting": found.waiting() if may else [],
        "address": _address(found) + where.tail,
        "me": me(request),
        "now": clock.now(),
    }


@page(verb=GIVE)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.one(pk=pk)
    if row is None:
        raise Http404("没有这次交接班")
    back = reverse("handover", args=[row.unit_id, row.day.isoformat(), row.shift_no])
    return act(request, GIVE, row.unit, handovers.take, done=_("已接班。"), back=back, handover=row)


def _unit(request: HttpRequest, pk: int) -> "Unit":
    where = here(request, SEE)
    unit = units.unit_of(plant=where.plant, pk=pk)
    if unit is None:
        raise Http404("没有这条产线，或不在您的范围内")
    require(request, SEE, unit)
    return unit


def _address(found: Desk) -> str:
    stand = found.stand
    return reverse("handover", args=[found.unit.pk, stand.day.isoformat(), stand.slot.no])
