"""Polls of an invented plant: last year's appraisal of a branch, told in January, a cadre review that is open
now, and the offices as the lines see them."""

import datetime as dt
from itertools import cycle

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.scale import TODAY
from ronglu.config.plant import packs
from ronglu.kernel.standing.ballot import PollKind, Tick
from ronglu.store.models import Account, Poll
from ronglu.work import polls, polls_cast
from ronglu.work.polls import About

HELD = dt.datetime(2026, 1, 12, 9)
ANSWERS = ("good", "good", "fair", "good", "common", "fair", "good", "unknown", "fair", "good", "poor")
ABOVE, BESIDE = 5, 6
OFFICES = (dt.datetime(2026, 1, 14, 9), dt.datetime(2026, 3, 23, 9))
RATERS = 12


def make(cast: Cast) -> None:
    _appraisal(cast)
    _review(cast)
    for no, at in enumerate(OFFICES):
        _offices(cast, at, year=2025 + no)


def _appraisal(cast: Cast) -> None:
    """All but two of the branch vote, each with another mood; published two days after the last day."""
    code = f"B-{next(cast.crowd.made.plan.lines()).code}"
    body, office, kind = cast.crowd.made.body(code), _office(cast), packs().base.polls["democratic"]
    due_on = HELD.date() + dt.timedelta(days=6)
    poll = polls.declare(
        kind=kind, body=body, title="2025 年度支部民主测评", about=[About(name=_name(cast, code), body=body)],
        due_on=due_on, year=2025, by=office, at=HELD,
    )  # fmt: skip
    polls.start(poll=poll, by=office, at=HELD)
    voters = [cast.accounts[pk] for pk in poll.roll.values_list("person_id", flat=True) if pk in cast.accounts]
    moods = cycle(ANSWERS)
    for voter in voters[:-2]:
        ballot = frozenset(Tick(1, question.code, next(moods)) for question in kind.questions)
        polls_cast.cast(poll=poll, ballot=ballot, by=voter, at=HELD + dt.timedelta(days=1))
    over = dt.datetime.combine(due_on + dt.timedelta(days=2), dt.time(9))
    polls.publish(poll=polls.close(poll=poll, by=office, at=over), by=office, at=over)


def _review(cast: Cast) -> None:
    """Of the head of the first workshop, by people above, beside and below him; some have voted."""
    at = dt.datetime.combine(TODAY - dt.timedelta(days=2), dt.time(9))
    code = f"B-{next(cast.crowd.made.plan.lines()).code}"
    head, office = cast.at_post("workshop_head")[0], _office(cast)
    raters = [one for one in cast.members(code) if one.pk != head.pk]
    kind = packs().base.polls["cadre"]
    poll = polls.declare(
        kind=kind, body=cast.crowd.made.body(code), title="2026 年车间主任测评", about=[About(name=head.name, person=head)],
        named={"above": raters[:ABOVE], "beside": raters[ABOVE : ABOVE + BESIDE], "below": raters[ABOVE + BESIDE :]},
        due_on=TODAY + dt.timedelta(days=7), by=office, at=at,
    )  # fmt: skip
    polls.start(poll=poll, by=office, at=at)
    for number, rater in enumerate(raters[::3]):
        _vote(poll_kind=kind, poll=poll, by=cast.account(rater), answer=ANSWERS[number % 3], at=at)


def _offices(cast: Cast, at: dt.datetime, *, year: int) -> None:
    """模范机关: both years rated by crew leaders of the lines, so that one stands beside the other."""
    made = cast.crowd.made
    codes = [f"B-{n}" for n, one in enumerate(made.plan.others, start=1) if one.kindred == "office"]
    kind, by = packs().base.polls["office"], cast.account(cast.at_post("secretary", "body C")[0])
    poll = polls.declare(
        kind=kind, body=made.body("C"), title=f"{year} 年模范机关测评", year=year, due_on=at.date() + dt.timedelta(days=4),
        about=[About(name=_name(cast, code), body=made.body(code)) for code in codes],
        named={"": cast.at_post("crew_leader")[:RATERS]}, by=by, at=at,
    )  # fmt: skip
    polls.start(poll=poll, by=by, at=at)
    voters = [cast.accounts[pk] for pk in poll.roll.order_by("pk").values_list("person_id", flat=True)]
    for number, voter in enumerate(voters):
        moods = cycle(ANSWERS[(number + year) % len(ANSWERS) :] + ANSWERS)
        ballot = frozenset(Tick(no, one.code, next(moods)) for no in range(1, len(codes) + 1) for one in kind.questions)
        polls_cast.cast(poll=poll, ballot=ballot, by=voter, at=at + dt.timedelta(days=1))
    over = at + dt.timedelta(days=5)
    polls.publish(poll=polls.close(poll=poll, by=by, at=over), by=by, at=over)


def _vote(*, poll_kind: PollKind, poll: Poll, by: Account, answer: str, at: dt.datetime) -> None:
    ballot = frozenset(Tick(1, question.code, answer) for question in poll_kind.questions)
    polls_cast.cast(poll=poll, ballot=ballot, by=by, at=at)


def _office(cast: Cast) -> Account:
    return cast.account(cast.at_post("party_office", "body C")[0])


def _name(cast: Cast, code: str) -> str:
    state = cast.crowd.made.body(code).states.order_by("-from_on").first()
    assert state is not None
    return state.name
