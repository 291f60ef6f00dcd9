"""Paper ballots for shifts without phones: handed out against the roll, counted by one person, confirmed by another."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, F, Value, When

from ronglu.kernel.standing.ballot import PollKind, Tick
from ronglu.store.models import Account, Person, Poll, PollPaper, PollState, Tally
from ronglu.work import hands
from ronglu.work.polls import BadPoll, held, kind_of, note, rewrite, without_stake


@transaction.atomic
def hand_out(*, poll: Poll, person: Person, by: Account, at: dt.datetime) -> None:
    """Who has a paper ballot can't vote in the browser any more. The roll alone keeps it, until the poll is closed."""
    poll = _for_paper(poll, by, at)
    if at.date() > poll.due_on:
        raise BadPoll(f"投票已于 {poll.due_on} 截止")
    if PollPaper.objects.filter(poll=poll).exists():
        raise BadPoll("纸质票已经清点，不能再发")
    if not poll.roll.filter(person=person, state="waiting").update(state="paper"):
        raise BadPoll(f"{person.name}不在名册上，或已经投过、领过")
    rewrite(poll.roll)


@transaction.atomic
def enter(
    *, poll: Poll, ballots: int, void: int, counts: Mapping[Tick, int], by: Account, at: dt.datetime
) -> PollPaper:
    """`counts`: every box of the paper with how often it is ticked; it must add up to the valid ballots."""
    poll = _for_paper(poll, by, at)
    if PollPaper.objects.filter(poll=poll).exists():
        raise BadPoll("纸质票的合计已经录入，等另一人核对；录错了请他退回")
    handed = poll.roll.filter(state="paper").count()
    if not 0 <= void <= ballots <= handed:
        raise BadPoll(f"发出 {handed} 张，收回 {ballots} 张、其中废票 {void} 张，对不上")
    subjects = [one.name for one in poll.subjects.all()]
    _adds_up(kind_of(poll), counts, subjects=subjects, valid=ballots - void, seats=poll.seats)
    paper = PollPaper.objects.create(
        poll=poll,
        ballots=ballots,
        void=void,
        counts=[[*cell, count] for cell, count in sorted(counts.items())],
        entered_by=by,
        entered_at=at,
    )
    note("paper_enter", poll, by=by, at=at, ballots=ballots, void=void)
    return paper


@transaction.atomic
def confirm(*, poll: Poll, by: Account, at: dt.datetime) -> PollPaper:
    """By another than the one who entered them, with the paper in hand; only now they count.

    Of fewer ballots than may be told the totals are not kept beside the sum: whose they are is nearly a name.
    """
    poll, paper = _waiting(poll, by, at)
    changed = PollPaper.objects.filter(pk=paper.pk, state="entered")
    if not changed.update(state="confirmed", confirmed_by=by, confirmed_at=at):
        raise BadPoll("纸质票的合计已经核对过")
    counts = {Tick(*cell): count for *cell, count in paper.counts}
    rows = list(Tally.objects.filter(poll=poll).order_by("pk").values_list("pk", "subject", "question", "answer"))
    added = [When(pk=pk, then=Value(counts.get(Tick(*cell), 0))) for pk, *cell in rows]
    poll.tallies.update(count=F("count") + Case(*added, default=Value(0)))
    if paper.ballots < kind_of(poll).minimum:
        PollPaper.objects.filter(pk=paper.pk).update(counts=[])
    note("paper_confirm", poll, by=by, at=at, ballots=paper.ballots, void=paper.void)
    paper.refresh_from_db()
    return paper


@transaction.atomic
def send_back(*, poll: Poll, by: Account, at: dt.datetime) -> None:
    """The figures don't agree with the paper: they are entered again."""
    poll, paper = _waiting(poll, by, at)
    if not PollPaper.objects.filter(pk=paper.pk, state="entered").delete()[0]:
        raise BadPoll("纸质票的合计已经核对过，不能退回")
    note("paper_return", poll, by=by, at=at)


def _for_paper(poll: Poll, by: Account, at: dt.datetime) -> Poll:
    poll = held(poll, PollState.OPEN)
    without_stake(poll, by, at)
    if not kind_of(poll).paper:
        raise BadPoll("这一种测评不用纸质票")
    return poll


def _waiting(poll: Poll, by: Account, at: dt.datetime) -> tuple[Poll, PollPaper]:
    poll = _for_paper(poll, by, at)
    paper = PollPaper.objects.filter(poll=poll).first()
    if paper is None:
        raise BadPoll("还没有录入纸质票的合计")
    hands.apart(by, paper.entered_by, on=at.date(), trouble=BadPoll, own="合计是您录入的，须由另一人对着纸质票核对")
    return poll, paper


def _adds_up(kind: PollKind, counts: Mapping[Tick, int], *, subjects: list[str], valid: int, seats: int) -> None:
    if set(counts) != set(kind.cells(len(subjects))) or min(counts.values()) < 0:
        raise BadPoll("每一个选项都要填，没有就填 0")
    if kind.form == "choose":
        if max(counts.values()) > valid or sum(counts.values()) > seats * valid:
            raise BadPoll(f"有效票 {valid} 张，每人得票不能多于 {valid}，合计不能多于 {seats * valid}")
        return
    problems = [
        f"{name}“{question.zh}”各选项合计 {found} 张，应为有效票 {valid} 张"
        for number, name in enumerate(subjects, start=1)
        for question in kind.questions
        if (found := sum(n for cell, n in counts.items() if cell[:2] == (number, question.code))) != valid
    ]
    if problems:
        raise BadPoll("\n".join(problems))
