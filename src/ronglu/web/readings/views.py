"""The list of readings: narrowed by unit, month, series and state; audited or sent back in one go; a month locked."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.keys import key_of, keys_of
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Period
from ronglu.packs.pack import Pack
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.series import offered
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work import readings
from ronglu.work.queries import readings_page
from ronglu.work.queries.places import Places
from ronglu.work.queries.readings_page import Asked
from ronglu.work.readings import ReadingTrouble

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Reading

SIZE = 50
STATES = ("forecast", "audited", "locked", "rejected")
MOST_CHOSEN = 500
MOST_ROWS = 20_000
Reported = list[tuple[int, str]]  # unit and series of what is reported


@page(verb="readings.see")
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "readings.see"), scope_of_request(request)
    months, given = readings_page.months(where.plant), request.GET
    wanted = _asked(given, months)
    mine = readings_page.matching(scope=scope, plant=where.plant, verb="readings.see", asked=Asked())
    found = readings_page.matching(scope=scope, plant=where.plant, verb="readings.see", asked=wanted)
    shown = Paginator(readings_page.ordered(found), SIZE).get_page(given.get("page"))
    pack = pack_of(where.plant.code)
    reported = readings_page.reported(scope=scope, plant=where.plant, verb="readings.see")
    units = _unit_names(where, reported)
    others = found.exclude(entered_by=me(request)).exists()
    may_audit = scope.may("readings.audit") is None and wanted.state == "forecast"
    context = {
        "here": where, "asked": wanted, "page": shown,
        "rows": readings_page.rows_of(list(shown), plant=where.plant, series=pack.series, units=units),
        **_choices(units, reported, pack), "months": _months(months, readings_page.waiting(mine)),
        "may_audit": may_audit and others,
        "only_own": may_audit and not others,
        "over": wanted.month is not None
        and readings_page.month_over(plant=where.plant, month=wanted.month, at=clock.now()),
        "may_lock": scope.may("readings.lock", where.plant) is None and wanted.month is not None,
        "own": me(request).pk,
        "filter": _filter(where, wanted),
    }  # fmt: skip
    return render(request, "readings/list.html", context)


@page(verb="readings.see")
def workbook(request: HttpRequest) -> FileResponse:
    """What the filter shows, newest first, as far as a sheet stays handy."""
    where, scope = here(request, "readings.see"), scope_of_request(request)
    wanted = _asked(request.GET, readings_page.months(where.plant))
    found = readings_page.matching(scope=scope, plant=where.plant, verb="readings.see", asked=wanted)
    reported = readings_page.reported(scope=scope, plant=where.plant, verb="readings.see")
    units, series = _unit_names(where, reported), pack_of(where.plant.code).series
    rows = readings_page.rows_of(
        list(readings_page.ordered(found)[:MOST_ROWS]), plant=where.plant, series=series, units=units
    )
    heads = [
        _("生产日"),
        _("班次"),
        _("单位"),
        _("数列"),
        _("数"),
        _("计量单位"),
        _("原数"),
        _("状态"),
        _("版本"),
        _("出处"),
        _("原因"),
    ]
    lines = [
        (r.reading.day, r.slot, r.unit_name, r.name, r.shown, r.unit_of_measure, r.before,
         r.reading.get_state_display(), r.reading.version, r.reading.place, r.reading.reason)
        for r in rows
    ]  # fmt: skip
    return workbook_of(
        [Sheet(_("读数"), heads, lines)], name=f"{where.plant.name}-{_('读数')}-{wanted.month or where.on}.xlsx"
    )


@page(verb="readings.audit")
@require_POST
def audit(request: HttpRequest) -> HttpResponse:
    """What was ticked, or everything the filter shows; what one entered oneself is left for another."""
    where, chosen, back = _chosen(request)
    own = chosen.filter(entered_by=me(request), state="forecast").count()
    others = chosen.exclude(entered_by=me(request))

    def deed() -> str:
        done = readings.audit(plant=where.plant, readings=others, by=me(request), at=clock.now())
        said = _("已审核 %(n)d 个读数。") % {"n": done}
        return said + (_("您自己录入的 %(n)d 个留给另一人。") % {"n": own} if own else "")

    return _do(request, deed, back)


@page(verb="readings.audit")
@require_POST
def reject(request: HttpRequest) -> HttpResponse:
    where, chosen, back = _chosen(request)
    reason = request.POST.get("reason", "")[:200]

    def deed() -> str:
        done = readings.reject(plant=where.plant, readings=chosen, reason=reason, by=me(request), at=clock.now())
        return _("已退回 %(n)d 个读数，录入的人会看到原因。") % {"n": done}

    return _do(request, deed, back)


@page(verb="readings.lock")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    where, text = here(request, "readings.lock"), request.POST.get("month", "")
    require(request, "readings.lock", where.plant)
    back = f"{reverse('readings')}?{_filter(where, Asked(month=_month(text)))}"

    def deed() -> str:
        month, units = Period.parse(text), scope_of_request(request).units("readings.lock")
        done = readings.lock(plant=where.plant, month=month, by=me(request), at=clock.now(), units=units)
        left = _("还有 %(n)d 个预报没有审核，不计分。") % {"n": done.waiting} if done.waiting else ""
        return _("%(month)s 已锁定 %(n)d 个读数。") % {"month": text, "n": done.locked} + left

    return _do(request, deed, back)


def _do(request: HttpRequest, deed: Any, back: str) -> HttpResponse:
    try:
        messages.success(request, deed())
    except (ReadingTrouble, TimeTrouble) as trouble:
        messages.error(request, str(trouble))
    return redirect(back)


def _chosen(request: HttpRequest) -> "tuple[Here, QuerySet[Reading], str]":
    """The readings a deed is about, inside the reach of the auditor, and the list to come back to."""
    where, given = here(request, "readings.audit"), request.POST
    wanted = _asked(given, [])
    found = readings_page.matching(
        scope=scope_of_request(request), plant=where.plant, verb="readings.audit", asked=wanted
    )
    if not given.get("all"):
        found = found.filter(pk__in=keys_of(given.getlist("pk")[:MOST_CHOSEN]))
    return where, found, f"{reverse('readings')}?{_filter(where, wanted)}"


def _asked(given: Any, months: list[int]) -> Asked:
    """Forecasts of the newest month unless something else is asked for."""
    state, month = given.get("state", "forecast"), given.get("month")
    newest = months[0] if months else None
    return Asked(
        unit=key_of(given.get("unit", "")),
        month=newest if month is None else _month(month),
        state=state if state in STATES else "",
        series=given.get("series", "").replace("\0", "")[:60],
    )


def _month(text: str) -> int | None:
    """2026-03 or 202603 of this century; what is no month narrows nothing."""
    found = key_of(text.replace("-", ""), most=209_912)
    return found if found is not None and found > 200_000 and 1 <= found % 100 <= 12 else None


def _unit_names(where: Here, reported: Reported) -> dict[int, str]:
    """The units in reach that report anything, in the order of the tree."""
    places = Places(where.plant, where.on)
    return {unit: places.unit_name(unit) for unit, _series in reported}


def _choices(units: dict[int, str], reported: Reported, pack: Pack) -> dict[str, Any]:
    """What the query bar offers."""
    names = offered(pack, [code for _unit, code in reported])
    return {
        "units": [("", _("全部单位")), *units.items()],
        "serieses": [("", _("全部数列")), *sorted(names.items(), key=lambda pair: pair[1])],
        "states": [("forecast", _("预报，待审核")), ("audited", _("已审核")), ("locked", _("已锁定")),
                   ("rejected", _("已退回")), ("all", _("全部状态"))],
    }  # fmt: skip


def _months(months: list[int], waiting: dict[int, int]) -> list[tuple[Any, str]]:
    return [("", _("全部月份")), *((month, _month_word(month, waiting.get(month, 0))) for month in months)]


def _month_word(month: int, waiting: int) -> str:
    said = str(Period.from_yyyymm(month))
    return _("%(month)s（待审 %(n)d）") % {"month": said, "n": waiting} if waiting else said


def _filter(where: Here, wanted: Asked) -> str:
    """The filter as it stands in an address."""
    given = {
        "plant": where.plant.code, "unit": wanted.unit or "", "month": wanted.month or "", "state": wanted.state or "all",
        "series": wanted.series,
    }  # fmt: skip
    return urlencode(given)
