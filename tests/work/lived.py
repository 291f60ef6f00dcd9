"""Meetings that stand as closed, and what goes with them, for tests of the rules on organisational life: plain rows, no verbs."""

import datetime as dt
from typing import Any

from ronglu.store.models import Gathering, GatheringPerson, MeetingVote
from tests.cast import Cast


def held(
    cast: Cast, body: str, kind: str, day: dt.date, *, state: str = "closed", hours: float = 1, came: tuple[str, ...] = (),
    **more: Any,
) -> Gathering:  # fmt: skip
    """A meeting of a body on a day, from nine; `came` are those who were there."""
    starts = dt.datetime.combine(day, dt.time(9))
    row = Gathering.objects.create(
        plant=cast.body[body].plant, body=cast.body[body], kind=kind, title=kind, state=state, starts_at=starts,
        ends_at=starts + dt.timedelta(hours=hours), made_by=cast.account["王书记"], made_at=starts, **more,
    )  # fmt: skip
    for name in came:
        GatheringPerson.objects.create(gathering=row, person=cast.person[name], mark="present")
    return row


def voted(
    row: Gathering, title: str, *, due: int, voting: int, favour: int, kind: str = "decision", **more: Any
) -> MeetingVote:
    return MeetingVote.objects.create(
        gathering=row, no=row.votes.count() + 1, kind=kind, title=title, due=due, voting=voting, favour=favour, **more
    )
