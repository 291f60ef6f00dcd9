"""旗帜党员 of one branch, voted for this morning and now public, and a branch nominated for a title: who is chosen, and by whom."""

import datetime as dt

from ronglu.cli.demo import members
from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import TODAY
from ronglu.cli.demo.scores import office
from ronglu.cli.demo.standards import branches, go, loop_of, raised, secretary_of
from ronglu.config.plant import pack_of, packs
from ronglu.kernel.standing.ballot import Tick
from ronglu.store.models import Poll
from ronglu.work import flags, polls, polls_cast

MORNING = dt.datetime.combine(TODAY, dt.time(8))
MINUTE = dt.timedelta(minutes=1)
AGAINST = 4
"""Every how-manieth voter chooses the second name."""
TITLE = {
    "year": "2026",
    "title": "red_flag",
    "ground": "一季度三个班的难题都在 5 个工作日内答复，两项指标回到计划，帮带支部销号两件。",
}


def choose(crowd: Crowd) -> None:
    """With the points booked in the night: the shortlist, the panel's word, the vote at the members' meeting, the publicity."""
    cast, by = Cast(crowd), office(crowd)[0]
    body, _ = members.branch(crowd)
    scope, rules = cast.scope(by, TODAY), pack_of(crowd.made.plan.code).standing.points
    case = raised(cast, "flag_member", body, by, {"year": "2026", "seats": "1"}, at=MORNING)
    flags.shortlist(case=case, rules=rules, by=by, at=MORNING + 5 * MINUTE)
    go(cast, case, by, "shortlist", at=MORNING + 10 * MINUTE)
    judge = cast.account(cast.at_post("secretary", "body C")[0])
    go(cast, case, judge, "recommend", at=MORNING + 20 * MINUTE, opinion="实绩都有记录、经过核实，同意付投票")
    poll = flags.open_vote(
        case=case, loop=loop_of(case), kind=packs().base.polls["secret"], due_on=TODAY, by=by, scope=scope,
        at=MORNING + 30 * MINUTE,
    )  # fmt: skip
    _vote(cast, poll)
    over = MORNING + 60 * MINUTE
    polls.publish(poll=polls.close(poll=poll, by=by, at=over), by=by, at=over)
    flags.count(case=case, loop=loop_of(case), by=by, scope=scope, at=over + 5 * MINUTE)


def nominate(crowd: Crowd) -> None:
    """A title of the year that the office still has to look into."""
    cast = Cast(crowd)
    body = next(one for one in branches(crowd) if secretary_of(cast, one))
    secretary = secretary_of(cast, body)
    assert secretary is not None
    raised(cast, "title", body, secretary, TITLE, at=dt.datetime(2026, 4, 8, 16))


def _vote(cast: Cast, poll: Poll) -> None:
    """Everybody on the roll votes, so that it may be closed on its own day."""
    voters = poll.roll.order_by("pk").values_list("person_id", flat=True)
    for number, pk in enumerate(voters, start=1):
        ballot = frozenset({Tick(2 if number % AGAINST == 0 else 1, "choose", "for")})
        polls_cast.cast(poll=poll, ballot=ballot, by=cast.accounts[pk], at=MORNING + 40 * MINUTE)
