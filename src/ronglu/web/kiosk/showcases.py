"""The plant's screen: what the crews of this line show of themselves, in figures that are read from across the room."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from ronglu.config import clock
from ronglu.web.access import page
from ronglu.web.kiosk import holder
from ronglu.web.kiosk.views import VERB, shown
from ronglu.web.showcases.shown import around_of, boards
from ronglu.work.queries.places import Places


@page(verb=VERB)
@never_cache
def screen(request: HttpRequest) -> HttpResponse:
    """Nobody need say who he is; the screen fetches itself anew every minute."""
    unit = holder.terminal_unit(request)
    around = around_of(unit.plant)
    found = boards(places=Places(unit.plant, clock.today()), around=around, line=unit.pk) if around else {}
    return shown(request, unit, "kiosk/showcases.html", found)
