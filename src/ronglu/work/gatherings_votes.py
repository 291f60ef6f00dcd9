"""Votes of a meeting, counts alone: whether there may be one, and whether it passed, as the plant's rules say (R-LIFE-11, 12)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from ronglu.kernel.gathering import votes as kernel
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.votes import VoteCount, VoteShares
from ronglu.store.models import Account, Gathering, GatheringState, MeetingVote, Plant, Poll, PollState
from ronglu.store.rulebook import regulations
from ronglu.work import gatherings

ELECTION = "election"
LOOKED_BACK = dt.timedelta(days=183)
"""How long before an assembly the committee may have discussed what it decides."""


@transaction.atomic
def vote(
    *, gathering: Gathering, title: str, favour: int, against: int, abstained: int, by: Account, at: dt.datetime,
    kind: str = "decision", secret: bool = False, discussed_in: Gathering | None = None,
) -> MeetingVote:  # fmt: skip
    """A show of hands, or paper ballots counted by hand; without enough people there is no vote to write down."""
    row = gatherings.held(gathering, GatheringState.OPEN)
    if not title.strip():
        raise GatheringTrouble("请写明表决或选举的事项")
    count = _present(row, kind, favour=favour, against=against, abstained=abstained)
    if wrong := kernel.wrong(count):
        raise GatheringTrouble(wrong)
    if discussed_in is not None:
        _earlier(row, discussed_in)
    return _create(row, title, kind, count, secret=secret or kind == ELECTION, discussed_in=discussed_in, poll=None)


@transaction.atomic
def take_poll(
    *, gathering: Gathering, poll: Poll, by: Account, at: dt.datetime, kind: str = "decision"
) -> list[MeetingVote]:
    """The numbers of a secret poll of the same body that is over, one vote for each candidate; nobody types them again."""
    row = gatherings.held(gathering, GatheringState.OPEN)
    if poll.body_id != row.body_id or poll.kind != "secret":
        raise GatheringTrouble("只能带入本组织的无记名推选")
    if poll.state not in (PollState.CLOSED, PollState.PUBLISHED) or poll.withheld:
        raise GatheringTrouble(f"“{poll.title}”还没有结束，或结果不能公布，不能带入")
    if row.votes.filter(poll=poll).exists():
        raise GatheringTrouble(f"“{poll.title}”的结果已经带入")
    cast = sum(entitled_cast[1] for entitled_cast in poll.turnout.values())
    favour = dict(poll.tallies.filter(answer="for").values_list("subject", "count"))
    made = []
    for subject in poll.subjects.order_by("no"):
        yes = favour.get(subject.no, 0)
        count = _present(row, kind, favour=yes, against=0, abstained=max(0, cast - yes))
        if wrong := kernel.wrong(count):
            raise GatheringTrouble(f"{subject.name}：{wrong}；请核对到会登记")
        made.append(
            _create(row, f"{poll.title}：{subject.name}", kind, count, secret=True, discussed_in=None, poll=poll)
        )
    return made


@transaction.atomic
def strike(*, vote: MeetingVote, by: Account, at: dt.datetime) -> None:
    """Written down wrong; only while the meeting is open, the trail keeps the line."""
    row = gatherings.held(vote.gathering, GatheringState.OPEN)
    gatherings.note("strike_vote", row, by=by, at=at, title=vote.title)
    vote.delete()


def limits(plant: Plant, on: dt.date) -> VoteShares:
    """The shares of the plant's rules that day."""
    book = regulations(plant)
    passes, elects = book.get("R-LIFE-11", on=on), book.get("R-LIFE-12", on=on)
    if passes is None or elects is None:
        raise GatheringTrouble("R-LIFE-11、R-LIFE-12 不在生效期内，不能表决")
    return VoteShares(quorum=passes.share("quorum"), majority=passes.share("majority"), elect=elects.share("share"))


def outcome(row: MeetingVote, shares: VoteShares) -> bool:
    """Whether a motion passed, of those due, or one was elected, of those who came."""
    count = VoteCount(due=row.due, voting=row.voting, favour=row.favour)
    return kernel.passed(count, shares, election=row.kind == ELECTION)


def discussed(gathering: Gathering) -> list[Gathering]:
    """Committee meetings before it in which the matter may have been discussed, the newest first (R-LIFE-07)."""
    rows = Gathering.objects.filter(
        body=gathering.body_id, kind="committee", state="closed", starts_at__lt=gathering.starts_at,
        starts_at__gte=gathering.starts_at - LOOKED_BACK,
    )  # fmt: skip
    return list(rows.order_by("-starts_at")[:12])


def polls(gathering: Gathering) -> list[Poll]:
    """Secret polls of the body that are over and were not brought in yet."""
    rows = Poll.objects.filter(body=gathering.body_id, kind="secret", withheld="")
    rows = rows.filter(Q(state=PollState.CLOSED) | Q(state=PollState.PUBLISHED))
    return list(rows.exclude(pk__in=gathering.votes.filter(poll__isnull=False).values("poll"))[:8])


def _present(row: Gathering, kind: str, *, favour: int, against: int, abstained: int) -> VoteCount:
    """Those with a vote: due, and there. Nobody can vote before it is written down who came."""
    guide = gatherings.guide_of(row)
    if not (guide.elects if kind == ELECTION else guide.votes):
        raise GatheringTrouble(f"{guide.label}不{'选举' if kind == ELECTION else '表决'}")
    marks = list(row.people.filter(due=True, voting=True).values_list("mark", flat=True))
    if "" in marks:
        raise GatheringTrouble("先登记到会，再表决")
    count = VoteCount(
        due=len(marks), voting=marks.count("present"), favour=favour, against=against, abstained=abstained
    )
    if lacking := kernel.lacking(count, limits(row.plant, row.starts_at.date()), election=kind == ELECTION):
        raise GatheringTrouble(lacking)
    return count


def _earlier(row: Gathering, other: Gathering) -> None:
    if other.body_id != row.body_id or other.kind != "committee" or other.starts_at >= row.starts_at:
        raise GatheringTrouble("先经讨论的应是本支部更早的支委会，请重新选择")


def _create(
    row: Gathering, title: str, kind: str, count: VoteCount, *, secret: bool, discussed_in: Gathering | None, poll: Poll | None
) -> MeetingVote:  # fmt: skip
    last = row.votes.order_by("-no").values_list("no", flat=True).first()
    return MeetingVote.objects.create(
        gathering=row, no=(last or 0) + 1, kind=kind, title=title.strip()[:160], secret=secret, due=count.due,
        voting=count.voting, favour=count.favour, against=count.against, abstained=count.abstained, poll=poll,
        discussed_in=discussed_in,
    )  # fmt: skip
