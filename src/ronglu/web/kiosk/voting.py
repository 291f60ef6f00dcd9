"""A vote at the terminal: behind number and PIN, with the secrecy of polls — no message, no draft, no save counted — and then nobody is known."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ronglu.config import clock
from ronglu.kernel.standing.ballot import PollTrouble
from ronglu.web.access import page
from ronglu.web.kiosk import holder
from ronglu.web.kiosk.views import MOST, VERB, shown, to_pin
from ronglu.web.polls import ticks
from ronglu.work import polls_cast
from ronglu.work.polls import kind_of
from ronglu.work.queries import polls as queries
from ronglu.work.queries.places import Places
from ronglu.work.scope import scope_of

if TYPE_CHECKING:
    from ronglu.store.models import Account, Poll, Unit


@page(verb=VERB)
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """The polls in which he has not voted yet; of those he has, nothing."""
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request)
    places, found = Places(unit.plant, clock.today()), queries.waiting(scope=scope_of(account, on=clock.today()))
    rows = [(one, places.body_name(one.body_id)) for one in found[:MOST]]
    return shown(request, unit, "kiosk/polls.html", {"polls": rows})


@page(verb=VERB)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever comes to a ballot that is not open for him finds his list; which ones he has cast already is not said."""
    unit, account = holder.terminal_unit(request), holder.known(request)
    if account is None:
        return to_pin(request)
    poll = queries.waiting(scope=scope_of(account, on=clock.today())).filter(pk=pk).first()
    if poll is None:
        return redirect("kiosk_polls")
    if request.method == "POST":
        return _cast(request, unit, account, poll)
    return _drawn(request, unit, poll, QueryDict(), [])


def _cast(request: HttpRequest, unit: "Unit", account: "Account", poll: "Poll") -> HttpResponse:
    paper = ticks.ballot(kind_of(poll), request.POST, subjects=poll.subjects.count())
    try:
        polls_cast.cast(poll=poll, ballot=paper, by=account, at=clock.now())
    except PollTrouble as trouble:
        return _drawn(request, unit, poll, request.POST, str(trouble).splitlines())
    holder.end(request)
    return redirect(f"{reverse('kiosk')}?voted")


def _drawn(request: HttpRequest, unit: "Unit", poll: "Poll", sent: QueryDict, errors: list[str]) -> HttpResponse:
    kind = kind_of(poll)
    context = {
        "poll": poll,
        "kind": kind,
        "subjects": [(one, ticks.asks(kind, one.no, sent)) for one in poll.subjects.all()],
        "chosen": ticks.chosen(sent),
        "errors": errors,
    }
    return shown(request, unit, "kiosk/ballot.html", context, status=422 if errors else 200)
