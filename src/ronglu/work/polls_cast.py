"""Casting a ballot: the roll is marked and the counts grow, and nothing else is written anywhere, neither when nor what by whom."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Case, F, Value, When

from ronglu.kernel.standing import ballot as papers
from ronglu.kernel.standing.ballot import Tick
from ronglu.store.models import Account, Poll, PollState
from ronglu.work.polls import BadPoll, held, kind_of, rewrite


@transaction.atomic
def cast(*, poll: Poll, ballot: Collection[Tick], by: Account, at: dt.datetime) -> None:
    """Once a person. Every count of the poll and every row of the roll is rewritten, so that no row's version tells which changed."""
    poll = held(poll, PollState.OPEN)
    if at.date() > poll.due_on:
        raise BadPoll(f"投票已于 {poll.due_on} 截止")
    part = poll.roll.filter(person_id=by.person_id).values_list("part", flat=True).first()
    if part is None:
        raise BadPoll("名册上没有您，不能投这一票")
    papers.check(kind_of(poll), ballot, subjects=[one.name for one in poll.subjects.all()], seats=poll.seats)
    if not poll.roll.filter(person_id=by.person_id, state="waiting").update(state="voted"):
        raise BadPoll("您已经投过，或领了纸质票；一人一票，不能再投")
    rewrite(poll.roll)
    rows = poll.tallies.filter(part=part).values_list("pk", "subject", "question", "answer")
    ticked = [pk for pk, *cell in rows if Tick(*cell) in set(ballot)]
    poll.tallies.update(count=F("count") + Case(When(pk__in=ticked, then=Value(1)), default=Value(0)))
