"""Paper ballots: the sheet to print and cut, and the page where one enters the totals and another confirms them."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.standing.ballot import PollKind, PollTrouble, Tick
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.polls import ticks
from ronglu.web.polls.hold import HOLD, held_here
from ronglu.web.where import here
from ronglu.work import polls_paper
from ronglu.work.polls import BadPoll, kind_of
from ronglu.work.queries import polls as queries

if TYPE_CHECKING:
    from ronglu.store.models import Poll, PollPaper

MOST = 9999


@page(verb=HOLD)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper ballot; it bears neither number nor name."""
    poll, kind = _on_paper(request, pk)
    context = {
        "poll": poll,
        "kind": kind,
        "subjects": poll.subjects.all(),
        "crumbs": _crumbs(request, poll, _("纸质票")),
    }
    return render(request, "polls/sheet.html", context)


@page(verb=HOLD)
def totals(request: HttpRequest, pk: int) -> HttpResponse:
    poll, kind = _on_paper(request, pk)
    where, errors, subjects = here(request, HOLD, of=poll.plant), list[str](), list(poll.subjects.all())
    if request.method == "POST":
        try:
            polls_paper.enter(poll=poll, by=me(request), at=clock.now(), **_sent(request, kind, len(subjects)))
        except PollTrouble as trouble:
            errors = str(trouble).splitlines()
        else:
            messages.success(request, _("已录入，等另一人对着纸质票核对。"))
            return redirect(reverse("poll_paper", args=[poll.pk]) + where.tail)
    paper = queries.paper_of(poll)
    context = {
        "poll": poll,
        "kind": kind,
        "paper": paper,
        "own": paper is not None and paper.entered_by_id == scope_of_request(request).account_id,
        "handed": queries.turnout(poll)[2],
        "rows": _rows(kind, subjects, _known(paper), request),
        "sent": request.POST,
        "errors": errors,
        "here": where,
        "crumbs": _crumbs(request, poll, _("纸质票合计")),
    }
    return render(request, "polls/paper.html", context, status=422 if errors else 200)


def _on_paper(request: HttpRequest, pk: int) -> "tuple[Poll, PollKind]":
    poll = held_here(request, pk)
    kind = kind_of(poll)
    if not kind.paper:
        raise Http404("这一种测评不用纸质票")
    return poll, kind


def _sent(request: HttpRequest, kind: PollKind, subjects: int) -> dict[str, Any]:
    numbers = {cell: key_of(request.POST.get(name, ""), most=MOST) for cell, name in ticks.boxes(kind, subjects)}
    ballots, void = (key_of(request.POST.get(name, ""), most=MOST) for name in ("ballots", "void"))
    if ballots is None or void is None or None in numbers.values():
        raise BadPoll(_("每一格都填整数，没有就填 0"))
    return {"ballots": ballots, "void": void, "counts": numbers}


def _known(paper: "PollPaper | None") -> dict[Tick, int]:
    return {Tick(*cell): count for *cell, count in paper.counts} if paper else {}


def _rows(kind: PollKind, subjects: list[Any], known: dict[Tick, int], request: HttpRequest) -> list[Any]:
    """Subject, question, and for each answer the name of its field and the number in it."""
    names = dict(ticks.boxes(kind, len(subjects)))
    found = []
    for subject in subjects:
        for question in kind.questions:
            cells = [Tick(subject.no, question.code, answer.code) for answer in kind.answers]
            given = [(names[cell], known.get(cell, request.POST.get(names[cell], ""))) for cell in cells]
            found.append((subject.name, question, list(zip(kind.answers, given, strict=True))))
    return found


def _crumbs(request: HttpRequest, poll: "Poll", last: str) -> list[tuple[str, str]]:
    tail = here(request, HOLD, of=poll.plant).tail
    return [
        (_("测评与投票"), reverse("polls") + tail),
        (poll.title, reverse("poll", args=[poll.pk]) + tail),
        (last, ""),
    ]
