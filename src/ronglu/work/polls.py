"""The life of a poll: declared with its roll, opened, closed, told or dropped. Votes come in through polls_cast and polls_paper."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from ronglu.kernel.standing import ballot, tally
from ronglu.kernel.standing.ballot import PollKind, PollTrouble
from ronglu.store import history
from ronglu.store.models import (
    Account,
    Body,
    Membership,
    Person,
    Poll,
    PollPaper,
    PollState,
    PollSubject,
    PollVoter,
    Post,
    Tally,
    Withheld,
)
from ronglu.work import audits

SEATS = ("secretary", "deputy", "organiser", "propaganda", "discipline", "member")
SORTS = dict(Body._meta.get_field("kindred").choices or ())
LONGEST = 400
"""Persons on one roll: every vote rewrites all of it, and a bigger body votes by branches."""


class BadPoll(PollTrouble):
    """测评、投票不能这样办。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom or what the paper names: exactly one of both."""

    name: str
    person: Person | None = None
    body: Body | None = None

    @property
    def person_id(self) -> int | None:
        return self.person and self.person.pk

    @property
    def body_id(self) -> int | None:
        return self.body and self.body.pk


@transaction.atomic
def declare(
    *,
    kind: PollKind,
    body: Body,
    title: str,
    about: Sequence[About],
    due_on: dt.date,
    by: Account,
    at: dt.datetime,
    named: Mapping[str, Sequence[Person]] | None = None,
    seats: int = 0,
    year: int | None = None,
) -> Poll:
    """`body` holds the poll: its members are the roll where the kind says so. `named` adds voters by rater group ("" without groups)."""
    on = at.date()
    _about(kind, body, about, seats)
    if due_on < on:
        raise BadPoll(f"截止日 {due_on} 已经过去，请写今天或以后的日子")
    if not title.strip():
        raise BadPoll("请填写名称")
    roll = _roll(kind, body, about, named or {}, on)
    poll = Poll.objects.create(
        plant=body.plant,
        body=body,
        kind=kind.code,
        title=title.strip()[:120],
        year=year or due_on.year,
        declaration=ballot.as_data(kind),
        seats=seats,
        due_on=due_on,
    )
    subjects = [
        PollSubject(poll=poll, no=no, name=one.name, person=one.person, body=one.body)
        for no, one in enumerate(about, 1)
    ]
    _without_stake(subjects, by, on)
    _once(kind, body, about)
    PollSubject.objects.bulk_create(subjects)
    PollVoter.objects.bulk_create(PollVoter(poll=poll, person=person, part=part) for person, part in roll)
    Tally.objects.bulk_create(
        Tally(poll=poll, part=part, subject=cell.subject, question=cell.question, answer=cell.answer)
        for part in kind.parts
        for cell in kind.cells(len(about))
    )
    note("declare", poll, by=by, at=at, kind=kind.code, voters=len(roll), due_on=str(due_on))
    return poll


@transaction.atomic
def start(*, poll: Poll, by: Account, at: dt.datetime) -> Poll:
    """From here on the paper and the roll stay as they are."""
    if at.date() > poll.due_on:
        raise BadPoll(f"截止日 {poll.due_on} 已过，请作废后重新组织")
    return _step(poll, (PollState.DRAFT,), "open", by=by, at=at, state=PollState.OPEN)


@transaction.atomic
def close(*, poll: Poll, by: Account, at: dt.datetime) -> Poll:
    """After the last day, or when everybody has voted. Rater groups that are too small are added up for good, what may not be
    told is deleted, and who has voted is wiped from the roll.
    """
    poll = held(poll, PollState.OPEN)
    _without_stake(poll.subjects.all(), by, at.date())
    turnout = _turnout(poll)
    _may_close(poll, turnout, at.date())
    kind = kind_of(poll)
    cast = {part: turnout[part][1] for part in kind.parts if part in turnout}
    told = tally.parts(cast, minimum=kind.minimum)
    withheld = _withheld(poll, kind, turnout, told)
    pooled = {} if withheld else tally.pool(counts_of(poll), told)
    poll.tallies.all().delete()
    Tally.objects.bulk_create(
        Tally(poll=poll, part=part, subject=subject, question=question, answer=answer, count=count)
        for (part, subject, question, answer), count in pooled.items()
    )
    if withheld:
        PollPaper.objects.filter(poll=poll).update(counts=[])
    poll.roll.update(state="over")
    found = {"entitled": sum(n for n, _cast in turnout.values()), "cast": sum(cast.values()), "withheld": withheld}
    return _step(
        poll, (PollState.OPEN,), "close", by=by, at=at, told=found, state=PollState.CLOSED, turnout=turnout, withheld=withheld
    )  # fmt: skip


@transaction.atomic
def publish(*, poll: Poll, by: Account, at: dt.datetime) -> Poll:
    return _step(poll, (PollState.CLOSED,), "publish", by=by, at=at, state=PollState.PUBLISHED)


@transaction.atomic
def abandon(*, poll: Poll, reason: str, by: Account, at: dt.datetime) -> Poll:
    """Nothing of it is counted, and nothing of it stays but that it was: roll, counts and paper totals go."""
    if not reason.strip():
        raise BadPoll("请写明为什么作废")
    states = (PollState.DRAFT, PollState.OPEN, PollState.CLOSED)
    dropped = _step(
        poll, states, "abandon", by=by, at=at, told={"reason": reason.strip()[:200]},
        state=PollState.ABANDONED, reason=reason.strip()[:200], turnout={},
    )  # fmt: skip
    for rows in (dropped.tallies, dropped.roll, PollPaper.objects.filter(poll=dropped)):
        rows.all().delete()
    return dropped


def kind_of(poll: Poll) -> PollKind:
    """The kind as it stood when this poll was declared."""
    return ballot.kind_of(poll.declaration)


def held(poll: Poll, state: PollState) -> Poll:
    """The poll with its row held until the transaction ends: a vote and the closing can't pass each other."""
    found = Poll.objects.select_for_update().get(pk=poll.pk)
    if found.state != state:
        raise BadPoll(f"“{found.title}”{found.get_state_display()}，不能再办这一步")
    return found


def rewrite(roll: Any) -> None:
    """Writes every row of the roll again as it is, so that no row's version tells who came last."""
    roll.update(state=F("state"))


def counts_of(poll: Poll) -> dict[tuple[str, int, str, str], int]:
    return {(one.part, one.subject, one.question, one.answer): one.count for one in poll.tallies.all()}


def without_stake(poll: Poll, by: Account, at: dt.datetime) -> None:
    _without_stake(poll.subjects.all(), by, at.date())


def _about(kind: PollKind, body: Body, about: Sequence[About], seats: int) -> None:
    keys = [(one.person_id, one.body_id) for one in about]
    if len(set(keys)) < len(keys):
        raise BadPoll("测评对象或候选人写重了")
    if any((one.person or one.body).plant_id != body.plant_id for one in about):  # type: ignore[union-attr]
        raise BadPoll("测评对象不在本厂，请重新选择")
    if kind.about == "body":
        if not about or any(one.body is None for one in about):
            raise BadPoll(f"{kind.zh}评的是党组织，请至少选一个")
        if wrong := [one.name for one in about if kind.kindred not in ("", one.body.kindred)]:  # type: ignore[union-attr]
            raise BadPoll(f"{kind.zh}只评{SORTS[kind.kindred]}党组织，{'、'.join(wrong)}不是")
    elif any(one.person is None for one in about):
        raise BadPoll(f"{kind.zh}评的是人，请写工号")
    if kind.about == "person" and len(about) != 1:
        raise BadPoll(f"{kind.zh}一次评一个人，现有 {len(about)} 人")
    if kind.form == "choose" and not 1 <= seats < len(about):
        raise BadPoll(f"候选人 {len(about)} 人，名额应在 1 到 {len(about) - 1} 之间：实行差额")


def _roll(
    kind: PollKind, body: Body, about: Sequence[About], named: Mapping[str, Sequence[Person]], on: dt.date
) -> list[tuple[Person, str]]:
    """Voters with their rater group, in the order of staff numbers."""
    if unknown := set(named) - set(kind.parts):
        raise BadPoll(f"{kind.zh}没有这几类测评人：{'、'.join(sorted(unknown))}")
    barred = set() if kind.own else rated(about, on)
    found: dict[int, tuple[Person, str]] = {}
    if kind.roll != "named":
        found = {one.pk: (one, "") for one in members(body, on, full=kind.roll == "full") if one.pk not in barred}
    for part, people in named.items():
        for person in people:
            if person.plant_id != body.plant_id:
                raise BadPoll(f"{person.name}不在本厂")
            if person.pk in barred:
                raise BadPoll(f"{person.name}是被测评的一方，不能测评自己")
            if found.setdefault(person.pk, (person, part))[1] != part:
                raise BadPoll(f"{person.name}写在了两类测评人里，只能算一类")
    if not kind.minimum <= len(found) <= LONGEST:
        raise BadPoll(f"名册上有 {len(found)} 人，应在 {kind.minimum} 到 {LONGEST} 人之间：太少了结果不能公布")
    return sorted(found.values(), key=lambda row: row[0].staff_no)


def members(body: Body, on: dt.date, *, full: bool) -> list[Person]:
    """Members of the body and of what stands under it; `full`: those with a vote."""
    under = history.party_tree(body.plant).at(on).subtree(body.pk)
    rows = Membership.objects.on(on).filter(body__in=[int(key) for key in under])
    rows = rows.filter(status="full") if full else rows
    return list(Person.objects.filter(pk__in=rows.values("person_id")))


def rated(about: Iterable[About | PollSubject], on: dt.date) -> set[int]:
    """The persons themselves, and who sits on the committee of a body that is rated."""
    listed = list(about)
    bodies = [one.body_id for one in listed if one.body_id is not None]
    seats = Post.objects.on(on).filter(body__in=bodies, role__in=SEATS).values_list("person_id", flat=True)
    return {one.person_id for one in listed if one.person_id is not None} | set(seats if bodies else ())


def _without_stake(subjects: Iterable[PollSubject], by: Account, on: dt.date) -> None:
    if by.person_id in rated(subjects, on):
        raise BadPoll("评的或选的有您本人，或您是这个党组织的委员，请由上级或另一人组织")


def _once(kind: PollKind, body: Body, about: Sequence[About]) -> None:
    """Two polls at once about the same one could be subtracted from each other."""
    running = PollSubject.objects.filter(
        Q(person__in=[one.person for one in about if one.person]) | Q(body__in=[one.body for one in about if one.body]),
        poll__kind=kind.code,
        poll__state__in=(PollState.DRAFT, PollState.OPEN),
    )
    if same := running.select_related("poll").first():
        raise BadPoll(f"{same.name}的{kind.zh}还有一次没有结束：“{same.poll.title}”")


def _turnout(poll: Poll) -> dict[str, list[int]]:
    """Group → [entitled, cast]; paper ballots count where they were handed in."""
    rows = poll.roll.order_by().values("part").annotate(all=Count("pk"), voted=Count("pk", Q(state="voted")))
    found = {row["part"]: [row["all"], row["voted"]] for row in rows}
    paper = PollPaper.objects.filter(poll=poll, state="confirmed").first()
    if paper is not None:
        found[""][1] += paper.ballots
    return found


def _may_close(poll: Poll, turnout: Mapping[str, Sequence[int]], on: dt.date) -> None:
    paper = PollPaper.objects.filter(poll=poll).first()
    handed = poll.roll.filter(state="paper").count()
    if handed and (paper is None or paper.state != "confirmed"):
        raise BadPoll(f"发出纸质票 {handed} 张，先录入合计并由另一人核对")
    if on <= poll.due_on and any(cast < entitled for entitled, cast in turnout.values()):
        raise BadPoll(f"还有人没有投，过了 {poll.due_on} 才能结束")


def _withheld(poll: Poll, kind: PollKind, turnout: Mapping[str, Sequence[int]], told: tuple[Any, ...]) -> Withheld:
    entitled, cast = (sum(row[place] for row in turnout.values()) for place in (0, 1))
    if not told:
        return Withheld.FEW
    if kind.quorum is not None and not tally.exceeds(cast, entitled, kind.quorum):
        return Withheld.QUORUM
    paper = PollPaper.objects.filter(poll=poll, state="confirmed").first()
    # who counted the paper can subtract it: what came in otherwise must be nobody's or enough people's
    if paper is not None and paper.ballots and 0 < cast - paper.ballots < kind.minimum:
        return Withheld.PAPER
    return Withheld.NO


def _step(
    poll: Poll,
    before: tuple[PollState, ...],
    verb: str,
    *,
    by: Account,
    at: dt.datetime,
    told: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Poll:
    without_stake(poll, by, at)
    if not Poll.objects.filter(pk=poll.pk, state__in=before).update(**changes):
        poll.refresh_from_db()
        raise BadPoll(f"“{poll.title}”{poll.get_state_display()}，不能再办这一步")
    poll.refresh_from_db()
    note(verb, poll, by=by, at=at, **(told or {}))
    return poll


def note(verb: str, poll: Poll, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    """Only what the organisers do; of a voter nothing is ever written here."""
    audits.record(verb=f"polls.{verb}", by=by, at=at, subject=poll.title, plant=poll.plant, detail=detail)
