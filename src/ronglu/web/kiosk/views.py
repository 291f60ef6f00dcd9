"""The pages of the terminal. Without a PIN the line is seen; with one its holder reports and sees what waits for him."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.web.access import me, page
from ronglu.web.board.cards import cards
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.burden import meter
from ronglu.web.formats import month_name
from ronglu.web.kiosk import holder, raising, seal
from ronglu.work import pins
from ronglu.work.cases import Raised
from ronglu.work.queries import events, kiosk, reports, showcases
from ronglu.work.queries.places import Places
from ronglu.work.scope import scope_of

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit

VERB = "kiosk.use"
MOST = 6
ZONES = 24


@page(verb=VERB)
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    unit, loops = holder.terminal_unit(request), _loops(request)
    places = Places(unit.plant, clock.today())
    left, total = kiosk.to_hand_over(unit, places=places, loops=loops, at=clock.now(), most=MOST)
    context = {
        "card": _card(request),
        "left": left,
        "total": total,
        "days": events.unit_counter(unit.pk, places=places).days,
        "buttons": [loops[code] for code in raising.LOOPS if code in loops],
        "showing": bool(showcases.shown(plant=unit.plant)),
        "voted": "voted" in request.GET,
    }
    return shown(request, unit, "kiosk/home.html", context)


@page(verb=VERB)
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Whoever is known already is forgotten before the next one tries."""
    unit = holder.terminal_unit(request)
    goal = request.POST.get("next") or request.GET.get("next", "")
    goal = goal if goal.startswith(reverse("kiosk")) else reverse("kiosk")
    holder.end(request)
    if request.method != "POST":
        return shown(request, unit, "kiosk/pin.html", {"next": goal})
    number = request.POST.get("staff_no", "").replace("\0", "").strip()[:40]
    tried = pins.identify(
        staff_no=number, pin=request.POST.get("pin", "")[:12], unit=unit, terminal=me(request), at=clock.now()
    )
    if tried.account is None:
        status = 401 if tried.left else 429
        return shown(request, unit, "kiosk/pin.html", {"next": goal, "wrong": True, "tries": tried.left}, status=status)
    shift = kiosk.shift_of(unit, clock.now())
    holder.begin(request, tried.account, until=shift.ends_at if shift else None)
    return redirect(goal)


@page(verb=VERB)
@require_POST
def over(request: HttpRequest) -> HttpResponse:
    """交接: from here on the terminal knows nobody."""
    holder.end(request)
    return redirect("kiosk")


@page(verb=VERB)
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """A finger on the page: whoever reads a long form for more than two minutes is still there."""
    return HttpResponse(status=204 if holder.known(request) else 409)


@page(verb=VERB)
@never_cache
def todo(request: HttpRequest) -> HttpResponse:
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request)
    scope = scope_of(account, on=clock.today())
    rows, total = kiosk.own_todo(scope=scope, loops=_loops(request), at=clock.now(), most=MOST)
    return shown(request, unit, "kiosk/todo.html", {"left": rows, "total": total})


@page(verb=VERB)
@never_cache
def zones(request: HttpRequest) -> HttpResponse:
    """Without a name: from here it is the page behind the label, which does not know the terminal."""
    unit = holder.terminal_unit(request)
    holder.end(request)
    found = kiosk.zones_of(unit, Places(unit.plant, clock.today()))
    return shown(request, unit, "kiosk/zones.html", {"zones": found[:ZONES]})


@page(verb=VERB)
@never_cache
@require_http_methods(["GET", "POST"])
def raise_(request: HttpRequest, loop: str) -> HttpResponse:
    unit, declared = holder.terminal_unit(request), loop_of(request, loop)
    account = holder.known(request)
    if account is None:
        return to_pin(request)
    if request.method != "POST":
        return form_page(request, unit, declared, account, {})
    ticket = seal.read(request.POST.get("ticket", ""))
    key = ticket.key if ticket and ticket.account == account.pk else ""
    return send(request, unit, declared, account, request.POST.dict(), key=key, here=True)


def send(
    request: HttpRequest, unit: "Unit", loop: Loop, account: "Account", typed: Mapping[str, str], *, key: str, here: bool
) -> HttpResponse:  # fmt: skip
    try:
        raised = raising.send(loop=loop, unit=unit, account=account, typed=typed, key=key)
    except LoopTrouble as trouble:
        why = str(trouble).splitlines()
        return form_page(request, unit, loop, account, typed, why=why) if here else holder.refuse(request, key, why)
    answer = _sent(request, unit, loop, raised) if here else HttpResponse(status=204)
    return meter.saved(answer, fields=sum(1 for field in (*loop.raising.needs, *loop.raising.asks) if typed.get(field)))


def _sent(request: HttpRequest, unit: "Unit", loop: Loop, raised: Raised) -> HttpResponse:
    turn = reports.turn_of(loop, raised.joined or raised.case, clock.today())
    return shown(request, unit, "kiosk/sent.html", {"loop": loop, "raised": raised, "turn": turn})


def form_page(
    request: HttpRequest, unit: "Unit", loop: Loop, account: "Account", typed: Mapping[str, str], why: list[str] | None = None
) -> HttpResponse:  # fmt: skip
    context = {
        "loop": loop,
        "questions": raising.questions(loop, typed),
        "zones": kiosk.zones_of(unit, Places(unit.plant, clock.today())),
        "zone": typed.get("zone", ""),
        "why": why or [],
        "ticket": seal.new(account.pk),
        "kept": bool(typed),
    }
    return shown(request, unit, "kiosk/form.html", context, status=status_of(request, why))


def status_of(request: HttpRequest, why: list[str] | None) -> int:
    """A form that refuses; one that its writer opens again is a page, whatever was wrong with it before."""
    return 422 if why and not request.POST.get("open") else 200


def shown(
    request: HttpRequest, unit: "Unit", template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:  # fmt: skip
    """What stands on every page of the terminal: the line, the shift, and the name of whoever is known, for himself."""
    account = holder.known(request)
    frame = {
        "unit": unit,
        "line": reports.unit_name(unit.pk, clock.today()),
        "shift": kiosk.shift_of(unit, clock.now()),
        "now": clock.now(),
        "known": account,
        "owner": seal.owner(account.pk) if account else "",
        "ends": holder.seconds_left(request) if account else 0,
    }
    return render(request, template, frame | dict(context), status=status)


def _card(request: HttpRequest) -> Mapping[str, Any] | None:
    """The line's figures of the last month with data; None before the first board was built."""
    try:
        at = asked_for(request)
    except Http404:
        return None
    if not isinstance(at, Asked) or not (found := cards(at, [at.unit])):
        return None
    return found[0] | {"month": month_name(str(at.period))}


def _loops(request: HttpRequest) -> Mapping[str, Loop]:
    return pack_of(holder.terminal_unit(request).plant.code).loops


def loop_of(request: HttpRequest, code: str) -> Loop:
    found = _loops(request).get(code) if code in raising.LOOPS else None
    if found is None:
        raise Http404("终端上不报这一种")
    return found


def to_pin(request: HttpRequest, *, goal: str = "") -> HttpResponse:
    """Back to this page, or, where it only takes answers, to the one it belongs to."""
    return redirect(f"{reverse('kiosk_pin')}?next={reverse(goal) if goal else request.path}")
