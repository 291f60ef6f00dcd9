"""The page behind a zone's QR code: without a name, or with the name of who is logged in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ronglu.config import clock
from ronglu.web.access import me, nameless, page
from ronglu.web.report import sending
from ronglu.web.report.sending import Refused, Typed
from ronglu.work.queries import reports


@nameless
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, token: str, loop: str = sending.LOOP) -> HttpResponse:
    return _answer(request, token, loop, named=False)


@page(verb="cases.raise")
@never_cache
@require_http_methods(["GET", "POST"])
def named(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, token, sending.LOOP, named=True)


def _answer(request: HttpRequest, token: str, code: str, *, named: bool) -> HttpResponse:
    zone = reports.zone_of(token)
    loop = sending.loop_of(zone, code) if zone else None
    if zone is None or loop is None:
        return render(request, "report/gone.html", status=404)
    base: dict[str, Any] = {
        "zone": zone,
        "unit": reports.unit_name(zone.unit_id, clock.today()),
        "loop": loop,
        "hazard": loop.code == sending.LOOP,
        "named": named,
        # a draft that one signed is never sent under the name of the next one on this browser
        "who": salted_hmac("ronglu.draft", str(me(request).pk)).hexdigest()[:16] if named else "",
        "shared": "kiosk" in request.GET,
    }
    found = sending.send(request, zone, loop, named=named) if request.method == "POST" else Refused(Typed(), (), 200)
    if not isinstance(found, Refused):
        return render(request, "report/sent.html", base | {"sent": found})
    # what people ask for themselves is not told at the place where they stand
    here = {} if loop.raising.confidential else reports.open_here(zone, loop)
    kind = sending.kind_of(loop)
    signs = sending.ICONS if loop.code == sending.LOOP else {}
    tiles = [(one, signs.get(one.code, "more" if signs else ""), here.get(one.code, 0)) for one in kind.choices]
    context = {
        "typed": found.typed,
        "why": found.why,
        "kind": kind,
        "tiles": tiles,
        "questions": sending.questions(loop, found.typed),
        "open_here": sum(here.values()),
        "others": [one for one in sending.nameless_at(zone) if one != loop],
    }
    return render(request, "report/form.html", base | context, status=found.status)
