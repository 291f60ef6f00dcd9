"""Who is at the terminal now: known by PIN, until he hands over, leaves it alone for two minutes, or his shift ends."""

import datetime as dt
import time
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse

from ronglu.config import clock
from ronglu.web.access import me
from ronglu.work import accounts
from ronglu.work.queries import kiosk

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit

KEY = "known"
REFUSED = "refused"
REFUSALS = 20
IDLE = 120


def terminal_unit(request: HttpRequest) -> "Unit":
    """The line where this terminal stands."""
    unit = kiosk.unit_of(me(request), clock.today())
    if unit is None:
        raise Http404("这台终端还没有写明在哪条产线，请找安全管理员")
    return unit


def begin(request: HttpRequest, account: "Account", *, until: dt.datetime | None) -> None:
    request.session.cycle_key()
    request.session[KEY] = {"account": account.pk, "seen": _now(), "until": until.isoformat() if until else ""}


def end(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def known(request: HttpRequest) -> "Account | None":
    """None as soon as nobody may be taken for him any more; looking counts as being there."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    over = kept["until"] and clock.now() >= dt.datetime.fromisoformat(kept["until"])
    account = None if over or _now() - kept["seen"] >= IDLE else accounts.in_use(pk=kept["account"])
    if account is None:
        end(request)
        return None
    request.session[KEY] = kept | {"seen": _now()}
    return account


def seconds_left(request: HttpRequest) -> int:
    """Until the shift ends; 0: no clock says so."""
    until = (request.session.get(KEY) or {}).get("until")
    return max(1, int((dt.datetime.fromisoformat(until) - clock.now()).total_seconds())) if until else 0


def refuse(request: HttpRequest, key: str, why: list[str]) -> HttpResponse:
    """To a page whose writer may have gone: that it was refused, and why only to him, when he opens it again."""
    kept = request.session.get(REFUSED, {})
    request.session[REFUSED] = dict([*kept.items(), (key, why)][-REFUSALS:])
    return HttpResponse(status=409)


def refusal(request: HttpRequest, key: str) -> list[str]:
    found: list[str] = request.session.get(REFUSED, {}).get(key, [])
    return found


def _now() -> int:
    return int(time.time())
