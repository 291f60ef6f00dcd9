"""Polls that wait: for one's own vote, for the paper to be counted and confirmed, for the closing. Of a vote nothing but that it is open."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from ronglu.store.models import Poll, PollPaper, PollState, PollSubject, PollVoter, Post
from ronglu.work.polls import SEATS
from ronglu.work.queries import polls
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

LISTED = 5


def waiting_polls(scope: Scope) -> Iterator[Todo]:
    """Gone as soon as one has voted or taken a paper ballot; the same number of queries however many there are."""
    if scope.has(polls.VOTE) and scope.person_id is not None:
        yield from _each("poll", polls.waiting(scope=scope))
    if scope.has(polls.HOLD):
        held = _held(scope)
        counted = PollPaper.objects.filter(poll=OuterRef("pk"))
        handed = Exists(PollVoter.objects.filter(poll=OuterRef("pk"), state="paper"))
        over = held.filter(due_on__lt=scope.on)
        yield from _each("poll_count", over.filter(handed).exclude(Exists(counted)))
        entered = counted.filter(state="entered").exclude(entered_by=scope.account_id)
        yield from _each("poll_confirm", held.filter(Exists(entered)))
        settled = Exists(counted.filter(state="confirmed"))
        yield from _each("poll_close", over.filter(~handed | settled))


def _held(scope: Scope) -> QuerySet[Poll]:
    """Open ones he holds, without those in which he himself, or a body on whose committee he sits, is rated."""
    reach = scope.reach(polls.HOLD)
    seats = Post.objects.on(scope.on).filter(person=scope.person_id, role__in=SEATS).values("body")
    rated = PollSubject.objects.filter(Q(person=scope.person_id) | Q(body__in=seats), poll=OuterRef("pk"))
    mine = Poll.objects.filter(Q(body__in=reach.bodies) | Q(plant__in=reach.plants), state=PollState.OPEN)
    return mine.exclude(Exists(rated)).order_by("due_on", "pk")


def _each(kind: str, rows: QuerySet[Poll]) -> Iterator[Todo]:
    for pk, title, due in rows.values_list("pk", "title", "due_on")[:LISTED]:
        yield Todo(kind, place=title, key=str(pk), due=due)
