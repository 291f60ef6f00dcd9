"""Which polls a reader meets: those he may vote in, those he holds, those whose result is his to read; and the result itself."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ronglu.kernel.standing import tally
from ronglu.kernel.standing.ballot import PollKind
from ronglu.store.models import Body, Person, Plant, Poll, PollPaper, PollState, PollSubject, PollVoter, Withheld
from ronglu.work import polls as verbs
from ronglu.work.scope import Scope

VOTE, HOLD = "polls.vote", "polls.hold"
PERSONS, TEAMS = "scores_of_persons.see", "sheet.see"
COUNTED = ("poll__subjects", "poll__tallies")
"""What `result` reads of a poll, for those who read the results of many."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What this reader may do with this poll now."""

    votes: bool
    voted: bool
    holds: bool
    reads: bool


@dataclass(frozen=True, slots=True)
class Result:
    """`scores` for rated ones, `votes` for candidates; both empty where it is withheld."""

    kind: PollKind
    names: dict[int, str]
    entitled: int
    cast: int
    withheld: str
    scores: tuple[tally.SubjectScore, ...] = ()
    votes: tuple[tally.CandidateVotes, ...] = ()


def waiting(*, scope: Scope) -> QuerySet[Poll]:
    """Open ones, not past their last day, in which this person has not voted yet."""
    own = PollVoter.objects.filter(poll=OuterRef("pk"), person=scope.person_id, state="waiting")
    return _rows().filter(Exists(own), state=PollState.OPEN, due_on__gte=scope.on).order_by("due_on", "pk")


def held(*, scope: Scope, plant: Plant) -> QuerySet[Poll]:
    """Those this reader holds, of every state."""
    reach = scope.reach(HOLD)
    mine = _rows().filter(Q(body__in=reach.bodies) | Q(plant__in=reach.plants), plant=plant)
    return mine.order_by("-due_on", "-pk")


def told(*, scope: Scope, plant: Plant) -> QuerySet[Poll]:
    """Published ones whose result this reader may see."""
    return _rows().filter(_readable(scope), plant=plant, state=PollState.PUBLISHED).order_by("-due_on", "-pk")


def poll_of(*, scope: Scope, pk: int) -> Poll | None:
    """Only where the reader votes, holds it or may read it; to all others it does not exist."""
    reach = scope.reach(HOLD)
    holds = Q(body__in=reach.bodies) | Q(plant__in=reach.plants)
    votes = Q(Exists(PollVoter.objects.filter(poll=OuterRef("pk"), person=scope.person_id))) & ~Q(state=PollState.DRAFT)
    read = Q(state=PollState.PUBLISHED) & _readable(scope)
    return _rows().filter(Q(pk=pk) & (holds | votes | read)).first()


def reader_of(poll: Poll, *, scope: Scope) -> Reader:
    mark = poll.roll.filter(person_id=scope.person_id).values_list("state", flat=True).first()
    reach = scope.reach(HOLD)
    holds = reach.holds(plant=poll.plant_id, unit=None, body=poll.body_id) and not rated(poll, scope=scope)
    over = poll.state == PollState.CLOSED and holds
    published = poll.state == PollState.PUBLISHED and Poll.objects.filter(_readable(scope), pk=poll.pk).exists()
    return Reader(
        votes=poll.state == PollState.OPEN and mark == "waiting" and poll.due_on >= scope.on,
        voted=mark in ("voted", "paper"),
        holds=holds,
        reads=over or published,
    )


def rated(poll: Poll, *, scope: Scope) -> bool:
    """Whether this reader is on the paper himself, or on the committee of a body that is."""
    return scope.person_id in verbs.rated(poll.subjects.all(), scope.on)


def turnout(poll: Poll) -> tuple[int, int, int]:
    """On the roll, voted in the browser, handed a paper ballot: numbers only."""
    found = poll.roll.aggregate(
        all=Count("pk"), voted=Count("pk", Q(state="voted")), paper=Count("pk", Q(state="paper"))
    )
    return found["all"], found["voted"], found["paper"]


def paper_of(poll: Poll) -> PollPaper | None:
    return PollPaper.objects.select_related("entered_by__person", "confirmed_by__person").filter(poll=poll).first()


def result(poll: Poll) -> Result:
    """Only of a poll that is closed: before that there is nothing to tell anybody."""
    if poll.state not in (PollState.CLOSED, PollState.PUBLISHED):
        raise verbs.BadPoll("投票还没有结束，没有结果")
    kind, names = verbs.kind_of(poll), {one.no: one.name for one in poll.subjects.all()}
    entitled, cast = (sum(row[place] for row in poll.turnout.values()) for place in (0, 1))
    frame = (kind, names, entitled, cast, poll.withheld)
    if poll.withheld:
        return Result(*frame)
    counts = verbs.counts_of(poll)
    if kind.form == "choose":
        found = tally.votes(kind, counts, subjects=len(names), ballots=cast, seats=poll.seats)
        return Result(*frame, votes=found)
    return Result(*frame, scores=tally.scores(kind, counts, subjects=len(names)))


def score_of(*, kind: str, year: int, body: Body | None = None, person: Person | None = None) -> Decimal | None:
    """The published score of one body or person in a year, the latest where there were several; None where there is none."""
    subjects = PollSubject.objects.filter(
        body=body, person=person, poll__kind=kind, poll__year=year, poll__state=PollState.PUBLISHED,
        poll__withheld=Withheld.NO,
    )  # fmt: skip
    found = subjects.select_related("poll").order_by("-poll__due_on", "-poll_id").first()
    return None if found is None else result(found.poll).scores[found.no - 1].score


def scores_of(*, plant: Plant, kind: str, year: int) -> dict[int, Decimal]:
    """The same of all bodies of a plant at once."""
    rows = PollSubject.objects.filter(
        poll__plant=plant, poll__kind=kind, poll__year=year, poll__state=PollState.PUBLISHED,
        poll__withheld=Withheld.NO, body__isnull=False,
    )  # fmt: skip
    found: dict[int, Decimal] = {}
    for row in rows.select_related("poll").prefetch_related(*COUNTED).order_by("poll__due_on", "poll_id"):
        score = result(row.poll).scores[row.no - 1].score
        if row.body_id is not None and score is not None:
            found[row.body_id] = score
    return found


def _rows() -> QuerySet[Poll]:
    return Poll.objects.select_related("plant", "body__plant")


def _readable(scope: Scope) -> Q:
    """Of persons: themselves, the committee of their own branch, and who held the poll. Of bodies and of votes: who was on the
    roll, who may see the body's sheet, and who held it.
    """
    hold, teams = scope.reach(HOLD), scope.reach(TEAMS)
    persons = PollSubject.objects.filter(poll=OuterRef("pk"), person__in=scope.people(PERSONS))
    bodies = PollSubject.objects.filter(poll=OuterRef("pk"), body__in=teams.bodies)
    roll = PollVoter.objects.filter(poll=OuterRef("pk"), person=scope.person_id)
    holds = Q(body__in=hold.bodies) | Q(plant__in=hold.plants)
    about_persons = Q(declaration__about="person")
    return holds | (about_persons & Exists(persons)) | (~about_persons & (Q(Exists(roll)) | Q(Exists(bodies))))
