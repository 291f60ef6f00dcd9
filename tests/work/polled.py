"""Polls for tests: enough people for a roll, one poll of each sort, and voters who tick."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ronglu.config.plant import packs
from ronglu.kernel.standing.ballot import Tick
from ronglu.store.models import Account, Engagement, Membership, Person, Poll
from ronglu.work import polls, polls_cast
from ronglu.work.polls import About
from tests.cast import AT, ON, PASSWORD, SINCE, Cast

DUE = ON + dt.timedelta(days=5)
AFTER = AT + dt.timedelta(days=6)
KINDS = packs().base.polls


def people(cast: Cast, n: int, *, first: int = 41001, body: str = "QL-B1-乙", status: str = "full") -> list[Account]:
    """So many more members who work in crew 乙 of the converters."""
    made = []
    for number in range(first, first + n):
        person = Person.objects.create(plant=cast.plant, staff_no=str(number), name=f"党员{number}")
        Engagement.objects.create(person=person, unit=cast.unit["QL-R1-乙"], from_on=SINCE)
        Membership.objects.create(person=person, body=cast.body[body], status=status, from_on=SINCE)
        made.append(Account.objects.create_user(str(number), PASSWORD, person=person, must_change=False))
    return made


def by(cast: Cast, name: str, at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "at": at}


def body_poll(cast: Cast, kind: str = "democratic", *, body: str = "QL-B1", **more: Any) -> Poll:
    """Held by the party office, open."""
    said: dict[str, Any] = {
        "kind": KINDS[kind],
        "body": cast.body[body],
        "title": "转炉支部民主测评",
        "about": [About(name="转炉党支部", body=cast.body[body])],
        "due_on": DUE,
    }
    poll = polls.declare(**(said | more), **by(cast, "孙干事"))
    return polls.start(poll=poll, **by(cast, "孙干事"))


def cadre_poll(cast: Cast, raters: dict[str, Sequence[Account]], *, who: str = "马主任", **more: Any) -> Poll:
    poll = polls.declare(
        kind=KINDS["cadre"],
        body=cast.body["QL-B1"],
        title="马主任测评",
        about=[About(name=who, person=cast.person[who])],
        named={part: [one.person for one in found] for part, found in raters.items()},
        due_on=DUE,
        **by(cast, "孙干事"),
        **more,
    )
    return polls.start(poll=poll, **by(cast, "孙干事"))


def secret_poll(cast: Cast, candidates: Sequence[Account], *, seats: int, **more: Any) -> Poll:
    about = [About(name=one.person.name, person=one.person) for one in candidates]
    said = {"kind": "secret", "title": "旗帜党员推选", "about": about, "seats": seats}
    return body_poll(cast, **(said | more))


def rate(poll: Poll, answer: str) -> frozenset[Tick]:
    """The same answer everywhere."""
    kind = polls.kind_of(poll)
    return frozenset(Tick(1, question.code, answer) for question in kind.questions)


def tick(*numbers: int) -> frozenset[Tick]:
    return frozenset(Tick(number, "choose", "for") for number in numbers)


def vote(poll: Poll, account: Account, ballot: frozenset[Tick], at: dt.datetime = AT) -> None:
    polls_cast.cast(poll=poll, ballot=ballot, by=account, at=at)


def close(cast: Cast, poll: Poll, *, publish: bool = True) -> Poll:
    poll = polls.close(poll=poll, **by(cast, "孙干事", AFTER))
    return polls.publish(poll=poll, **by(cast, "孙干事", AFTER)) if publish else poll


def poll(cast: Cast) -> dict[str, Any]:
    """The address of an open appraisal of the converter branch, made once."""
    found = Poll.objects.first()
    if found is None:
        people(cast, 1)
        found = body_poll(cast)
    return {"pk": found.pk}
