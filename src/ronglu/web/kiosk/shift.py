"""The end of the shift at the terminal: all see whether the line is on track; who says who he is gives, takes, logs a stop."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.web.access import page
from ronglu.web.burden import meter
from ronglu.web.halts.forms import minute, reasons
from ronglu.web.handover.frame import GIVE
from ronglu.web.handover.giving import Desk, desk
from ronglu.web.handover.words import reason
from ronglu.web.kiosk import holder
from ronglu.web.kiosk.views import VERB, shown, to_pin
from ronglu.work import halts, handovers
from ronglu.work.queries import halts as queries
from ronglu.work.queries import handovers as given
from ronglu.work.scope import scope_of

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit

LOG = "halts.log"
NOT_HIS = "这条线的交接班和停机由本线班长办，请他输工号"


@page(verb=VERB)
@never_cache
def shift(request: HttpRequest) -> HttpResponse:
    """Without a name: figures, reasons and what the next shift needs; who gave or took is not on the screen."""
    unit = holder.terminal_unit(request)
    found = _desk(unit)
    stand = found.stand
    waits = [one for one in (stand.given, stand.before) if one and one.taken_at is None]
    return shown(request, unit, "kiosk/shift.html", found.shown() | {"waits": waits})


@page(verb=VERB)
@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request)
    found = _desk(unit)
    scope, form = scope_of(account, on=clock.today()), found.form(request.POST)
    why: list[str] = [NOT_HIS] if scope.may(GIVE, unit) else []
    if request.method == "POST" and not why and form.is_valid():
        try:
            found.give(form, by=account, scope=scope, origin="kiosk")
        except (TimeTrouble, LoopTrouble) as trouble:
            why = str(trouble).splitlines()
        else:
            return meter.saved(redirect("kiosk_shift"), fields=sum(1 for one in form.cleaned_data.values() if one))
    why += [line for lines in form.errors.values() for line in lines] if form.is_bound else []
    return shown(
        request, unit, "kiosk/give.html", found.shown() | {"form": form, "why": why}, status=422 if why else 200
    )


@page(verb=VERB)
@never_cache
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request, goal="kiosk_shift")
    row = given.one(pk=pk)
    if row is None or row.unit_id != unit.pk:
        raise Http404("没有这次交接班")
    return _act(
        request, unit, account, GIVE, lambda: handovers.take(handover=row, by=account, at=clock.now()), "kiosk_shift"
    )


@page(verb=VERB)
@never_cache
@require_http_methods(["GET", "POST"])
def halt(request: HttpRequest) -> HttpResponse:
    """One line: what stands still, and one more. Three answers, the time is filled in."""
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request)
    if request.method != "POST":
        return _halts(request, unit)
    book = pack_of(unit.plant.code).base.stops
    try:
        said = halts.Said(
            starts_at=_at(request.POST.get("starts_at", "")),
            reason=request.POST.get("reason", "")[:40],
            words=request.POST.get("words", "").replace("\0", "")[:200],
        )
    except TimeTrouble as wrong:
        return _halts(request, unit, [str(wrong)])
    return _act(
        request, unit, account, LOG,
        lambda: halts.log(unit=unit, said=said, book=book, by=account, at=clock.now()), "kiosk_halt",
    )  # fmt: skip


@page(verb=VERB)
@never_cache
@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request, goal="kiosk_halt")
    row = queries.one(pk=pk)
    if row is None or row.unit_id != unit.pk:
        raise Http404("没有这条停机记录")
    at = minute(clock.now())
    return _act(
        request, unit, account, LOG, lambda: halts.end(halt=row, ends_at=at, by=account, at=clock.now()), "kiosk_halt"
    )


def _act(
    request: HttpRequest, unit: "Unit", account: "Account", verb: str, run: Callable[[], Any], back: str
) -> HttpResponse:
    """The holder of the PIN is asked, not the terminal."""
    if scope_of(account, on=clock.today()).may(verb, unit):
        why = [NOT_HIS]
    else:
        try:
            run()
        except TimeTrouble as trouble:
            why = str(trouble).splitlines()
        else:
            return redirect(back)
    if back == "kiosk_halt":
        return _halts(request, unit, why)
    return shown(request, unit, "kiosk/shift.html", _desk(unit).shown() | {"waits": [], "why": why}, status=422)


def _halts(request: HttpRequest, unit: "Unit", why: list[str] | None = None) -> HttpResponse:
    book = pack_of(unit.plant.code).base.stops
    context = {
        "stopped": [(one, reason(book, one.reason)) for one in queries.running(units=[unit.pk])],
        "groups": reasons(unit.plant.code),
        "starts_at": request.POST.get("starts_at") or f"{minute(clock.now()):%Y-%m-%dT%H:%M}",
        "chosen": request.POST.get("reason", ""),
        "said": request.POST.get("words", ""),
        "why": why or [],
    }
    return shown(request, unit, "kiosk/halt.html", context, status=422 if why else 200)


def _at(text: str) -> dt.datetime:
    try:
        return minute(dt.datetime.fromisoformat(text))
    except ValueError as wrong:
        raise TimeTrouble("请填停机的日期和时间") from wrong


def _desk(unit: "Unit") -> Desk:
    found = desk(unit)
    assert found is not None  # the clock itself says which shift it is
    return found
