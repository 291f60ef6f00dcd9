"""What waits for this reader, the oldest deadline first; what he raised; what he was told."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.config.plant import packs
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.home.rows import row as todo_row
from ronglu.web.inbox.badge import shown_count
from ronglu.web.inbox.rows import Row, row
from ronglu.web.links import address
from ronglu.web.words import named
from ronglu.work.queries.inbox import LISTED, WEEK, Item, inbox, raised
from ronglu.work.queries.todo import todo

if TYPE_CHECKING:
    from ronglu.store.models import Notice

SEE = "home.see"


@page(verb=SEE)
def show(request: HttpRequest) -> HttpResponse:
    loops, now = packs().loops, clock.now()
    wanted = asked(request, "loop")
    loop = wanted if wanted in loops else ""
    found = inbox(scope=scope_of_request(request), loops=loops, at=now, loop=loop)
    context = {
        "parts": parts(found.items, now),
        "more": found.count > len(found.items) >= LISTED,
        "loop": loop,
        "loops": [("", _("全部")), *((code, named(one)) for code, one in loops.items())],
        "groups": [(group, group.loop.state(group.state)) for group in found.groups],
        "told": [(notice, _page(notice)) for notice in found.told],
        "todo_count": shown_count(found.count),
        "report": address("case_new", "hazard") if scope_of_request(request).has("cases.raise") else "",
    }
    return render(request, "inbox/page.html", context)


@page(verb=SEE)
def others(request: HttpRequest) -> HttpResponse:
    """What waits besides cases (readings, scores, sign-offs), and what the reader raised. The page asks for it once it
    stands, since it looks far and wide.
    """
    scope, now, loops = scope_of_request(request), clock.now(), packs().loops
    mine = [(row(item, now), _holder(item)) for item in raised(scope=scope, loops=loops, on=now.date())]
    context = {"rows": [todo_row(one, now.date()) for one in todo(scope=scope, on=now.date())], "raised": mine}
    return render(request, "inbox/others.html", context)


def parts(items: Iterable[Item], now: dt.datetime) -> list[tuple[str, list[Row]]]:
    """Due by today, within a week, later; the empty ones left out."""
    heads: list[tuple[str, list[Row]]] = [(_("到今天为止"), []), (_("七天内"), []), (_("以后"), [])]
    for item in items:
        far = item.due_on - now.date()
        heads[0 if far <= dt.timedelta(0) else 1 if far <= WEEK else 2][1].append(row(item, now))
    return [head for head in heads if head[1]]


def _holder(item: Item) -> str:
    if item.case is None or item.loop is None:
        return ""
    party = item.loop.party(item.case.turn)
    return item.case.holder.name if item.case.holder else named(party) if party else ""


def _page(notice: "Notice") -> str:
    """Where to go from what one was told; the key of a meeting's notice begins with its noun and number."""
    if notice.case_id:
        return address("case", notice.case_id)
    noun, _, rest = notice.key.partition(":")
    return address("gathering", int(rest.partition(":")[0])) if noun == "gathering" else ""
