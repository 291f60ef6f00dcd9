"""Several cases of one loop and state, one move that asks for nothing: each is checked and made by itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ronglu.config import clock
from ronglu.config.plant import packs
from ronglu.kernel.keys import key_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.inbox.rows import row
from ronglu.web.inbox.views import SEE
from ronglu.web.links import address
from ronglu.work import cases_bulk
from ronglu.work.queries import inbox as queries


@page(verb=SEE)
def bulk(request: HttpRequest, loop: str, state: str) -> HttpResponse:
    loops, scope, now = packs().loops, scope_of_request(request), clock.now()
    mine = loops.get(loop)
    here = next((one for one in mine.states if one.code == state), None) if mine else None
    if mine is None or here is None:
        raise Http404("没有这种闭环，或它没有这个状态")
    moves = queries.plain_moves(mine, state, scope)
    outcomes: list[cases_bulk.Outcome] = []
    trouble = ""
    if request.method == "POST":
        move = next((one for one in moves if one.code == request.POST.get("move")), None)
        if move is None:
            raise Http404("没有这一步")
        try:
            outcomes = cases_bulk.move_many(
                loops=loops, loop=mine, picks=_picks(request), code=move.code, at=now, by=me(request), scope=scope
            )
        except LoopTrouble as refused:
            trouble = str(refused)
    items = queries.of_state(scope=scope, loops=loops, loop=loop, state=state, at=now)
    context = {
        "loop": mine,
        "state": here,
        "moves": moves,
        "rows": [(item.case, row(item, now)) for item in items],
        "done": [(one, _url(one)) for one in outcomes if not one.refused],
        "refused": [(one, _url(one)) for one in outcomes if one.refused],
        "trouble": trouble,
    }
    return render(request, "inbox/bulk.html", context, status=422 if trouble else 200)


def _url(one: cases_bulk.Outcome) -> str:
    return address("case", one.case.pk) if one.case else ""


def _picks(request: HttpRequest) -> list[tuple[int, int]]:
    """Case and the step count on the page; what is neither is no pick."""
    pairs = (pick.partition(":") for pick in request.POST.getlist("case"))
    numbers = ((key_of(pk), key_of(seen)) for pk, _, seen in pairs)
    return [(pk, seen) for pk, seen in numbers if pk is not None and seen is not None]
