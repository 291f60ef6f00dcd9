"""What a voter meets: his list, the ballot under his thumb, and the result once it is out."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.standing.ballot import PollTrouble
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.polls import hold, ticks, told
from ronglu.web.where import Here, here
from ronglu.work import polls_cast
from ronglu.work.polls import kind_of
from ronglu.work.queries import polls as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Poll

VOTE = queries.VOTE
SIZE = 30
MARKS = {
    "draft": "waiting",
    "open": "running",
    "closed": "awaiting_review",
    "published": "good",
    "abandoned": "cancelled",
}


@page(verb=VOTE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, VOTE), scope_of_request(request)
    places = Places(where.plant, where.on)

    def rows(found: Any, name: str) -> tuple[Any, list[tuple["Poll", str, str]]]:
        shown = Paginator(found, SIZE).get_page(request.GET.get(name))
        return shown, [(one, places.body_name(one.body_id), MARKS[one.state]) for one in shown]

    context = {
        "waiting": [(one, places.body_name(one.body_id)) for one in queries.waiting(scope=scope)[:SIZE]],
        "held": rows(queries.held(scope=scope, plant=where.plant), "held") if scope.has(queries.HOLD) else None,
        "told": rows(queries.told(scope=scope, plant=where.plant), "page"),
        "may_hold": scope.has(queries.HOLD),
        "here": where,
        "tail": where.tail,
    }
    return render(request, "polls/list.html", context)


@page(verb=VOTE)
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    poll, where = poll_here(request, pk)
    return _drawn(request, poll, where)


@page(verb=VOTE)
@never_cache
@require_POST
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    """Says nothing but that it is done, on the page of the poll: no message is kept for the next page."""
    poll, where = poll_here(request, pk)
    paper = ticks.ballot(kind_of(poll), request.POST, subjects=poll.subjects.count())
    try:
        polls_cast.cast(poll=poll, ballot=paper, by=me(request), at=clock.now())
    except PollTrouble as trouble:
        return _drawn(request, poll, where, sent=request.POST, errors=str(trouble).splitlines())
    return redirect(reverse("poll", args=[poll.pk]) + where.tail)


def poll_here(request: HttpRequest, pk: int) -> "tuple[Poll, Here]":
    poll = queries.poll_of(scope=scope_of_request(request), pk=pk)
    if poll is None:
        raise Http404("没有这次投票，或不在您的范围内")
    return poll, here(request, VOTE, of=poll.plant)


def _drawn(
    request: HttpRequest, poll: "Poll", where: Here, *, sent: QueryDict | None = None, errors: list[str] | None = None
) -> HttpResponse:
    scope, kind = scope_of_request(request), kind_of(poll)
    reader = queries.reader_of(poll, scope=scope)
    result = queries.result(poll) if reader.reads else None
    sent = sent or QueryDict()
    context = {
        "poll": poll,
        "kind": kind,
        "mark": MARKS[poll.state],
        "body": Places(where.plant, where.on).body_name(poll.body_id),
        "reader": reader,
        "subjects": [(one, ticks.asks(kind, one.no, sent)) for one in poll.subjects.all()],
        "chosen": ticks.chosen(sent),
        "errors": errors or [],
        "turnout": queries.turnout(poll) if reader.holds and poll.state in ("draft", "open") else None,
        "deeds": hold.offered(poll, kind) if reader.holds else [],
        "result": result,
        "rated": told.rated(result) if result else [],
        "voted": told.voted(result) if result else [],
        "merged": bool(result and told.merged(result)),
        "withheld": told.withheld(result) if result else "",
        "here": where,
        "crumbs": [(gettext("测评与投票"), reverse("polls") + where.tail), (poll.title, "")],
    }
    return render(request, "polls/show.html", context, status=422 if errors else 200)
