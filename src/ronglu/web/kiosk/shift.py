"""The end of the shift at the terminal: all see whether the line is on track; who says who he is gives, takes, logs a stop."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.web.access import page
from ronglu.web.burden import meter
from ronglu.web.halts.forms import minute, reasons
from ronglu.web.handover.frame import GIVE
from ronglu.web.handover.giving import Desk, desk
from ronglu.web.handover.words import reason
from ronglu.web.kiosk import holder, seal
from ronglu.web.kiosk.views import VERB, shown, status_of, to_pin
from ronglu.work import halts, handovers
from ronglu.work.queries import halts as queries
from ronglu.work.queries import handovers as given
from ronglu.work.scope import scope_of

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit

LOG = "halts.log"
ASKED = ("reason", "words", "act", "what", "finish_by")
NOT_HIS = "这条线的交接班和停机由本线班长办，请他输工号"


@page(verb=VERB)
@never_cache
def shift(request: HttpRequest) -> HttpResponse:
    """Without a name: figures, reasons and what the next shift needs; who gave or took is not on the screen."""
    unit = holder.terminal_unit(request)
    return _shift_page(request, unit)


@page(verb=VERB)
@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request)
    if request.method != "POST":
        return give_page(request, unit, account, {}, [])
    typed = request.POST.dict()
    why = send_give(request, unit, account, typed, _key(typed, account))
    if why:
        return give_page(request, unit, account, typed, why)
    return meter.saved(redirect("kiosk_shift"), fields=sum(1 for name in ASKED if typed.get(name)))


def give_page(
    request: HttpRequest, unit: "Unit", account: "Account", typed: Mapping[str, str], why: list[str]
) -> HttpResponse:
    """The shift that is named in the form, so that a draft that comes late is not taken for the next one.

    Before anything is typed it says what cannot be; what was typed is shown with the reason, whatever it is.
    """
    found = _desk(unit, typed)
    barred = "" if typed else _barred(found, unit, account)
    context = found.shown() | {"form": None if barred else found.form(typed or None), "barred": barred}
    context |= {"why": why, "kept": bool(typed)}
    context |= {"ticket": seal.new(account.pk), "day": found.stand.day, "no": found.stand.slot.no}
    return shown(request, unit, "kiosk/give.html", context, status=status_of(request, why))


def _barred(found: Desk, unit: "Unit", account: "Account") -> str:
    if scope_of(account, on=clock.today()).may(GIVE, unit):
        return NOT_HIS
    return gettext("这一班已经交班") if found.stand.given else found.barred


def send_give(request: HttpRequest, unit: "Unit", account: "Account", typed: Mapping[str, str], key: str) -> list[str]:
    """Why not; empty once it is stored."""
    scope, found = scope_of(account, on=clock.today()), _desk(unit, typed)
    if scope.may(GIVE, unit):
        return [NOT_HIS]
    form = found.form(typed)
    if not form.is_valid():
        return [line for lines in form.errors.values() for line in lines]
    try:
        found.give(form, by=account, scope=scope, origin="kiosk", key=key)
    except (TimeTrouble, LoopTrouble) as trouble:
        return str(trouble).splitlines()
    return []


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
        return halt_page(request, unit, account, {}, [])
    typed = request.POST.dict()
    why = send_halt(request, unit, account, typed, _key(typed, account))
    return halt_page(request, unit, account, typed, why) if why else redirect("kiosk_halt")


def send_halt(request: HttpRequest, unit: "Unit", account: "Account", typed: Mapping[str, str], key: str) -> list[str]:
    """Why not; empty once it is stored."""
    if scope_of(account, on=clock.today()).may(LOG, unit):
        return [NOT_HIS]
    book, words = pack_of(unit.plant.code).base.stops, typed.get("words", "").replace("\0", "")[:200]
    try:
        said = halts.Said(starts_at=_at(typed.get("starts_at", "")), reason=typed.get("reason", "")[:40], words=words)
        halts.log(unit=unit, said=said, book=book, by=account, at=clock.now(), key=key)
    except TimeTrouble as trouble:
        return str(trouble).splitlines()
    return []


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
        return halt_page(request, unit, account, {}, why)
    return _shift_page(request, unit, why)


def _shift_page(request: HttpRequest, unit: "Unit", why: list[str] | None = None) -> HttpResponse:
    found = _desk(unit)
    context = found.shown() | {"waits": found.waiting(), "why": why or []}
    return shown(request, unit, "kiosk/shift.html", context, status=422 if why else 200)


def halt_page(
    request: HttpRequest, unit: "Unit", account: "Account", typed: Mapping[str, str], why: list[str]
) -> HttpResponse:
    book = pack_of(unit.plant.code).base.stops
    context = {
        "stopped": [(one, reason(book, one.reason)) for one in queries.running(units=[unit.pk])],
        "groups": reasons(unit.plant.code),
        "starts_at": typed.get("starts_at") or f"{minute(clock.now()):%Y-%m-%dT%H:%M}",
        "chosen": typed.get("reason", ""),
        "said": typed.get("words", ""),
        "why": why,
        "kept": bool(typed),
        "ticket": seal.new(account.pk),
    }
    return shown(request, unit, "kiosk/halt.html", context, status=status_of(request, why))


def _key(typed: Mapping[str, str], account: "Account") -> str:
    """Of the page's own ticket, so that a second press or a second sending is the same deed."""
    ticket = seal.read(typed.get("ticket", ""))
    return ticket.key if ticket and ticket.account == account.pk else ""


def _at(text: str) -> dt.datetime:
    try:
        return minute(dt.datetime.fromisoformat(text))
    except ValueError as wrong:
        raise TimeTrouble("请填停机的日期和时间") from wrong


def _desk(unit: "Unit", typed: Mapping[str, str] | None = None) -> Desk:
    """The shift that the form was filled in for, else the one to hand over now."""
    typed = typed or {}
    try:
        day = dt.date.fromisoformat(typed.get("day", ""))
    except ValueError:
        day = None
    no = key_of(typed.get("no", ""))
    found = (day and no and desk(unit, day=day, no=no)) or desk(unit)
    assert found is not None  # the clock itself says which shift it is
    return found
