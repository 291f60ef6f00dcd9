"""旗帜党员: the shortlist from credited points, the secret vote about it, and its count, as lines of a case of the loop.

Which members are on the shortlist is for the plant's committee; how many points anybody has is not told even to it.
"""

import datetime as dt

from django.db import transaction

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.standing.ballot import PollKind
from ronglu.kernel.standing.points import PointRules, PointState
from ronglu.store.models import Account, Case, CaseRow, Membership, Person, PointEntry, Poll, PollState
from ronglu.work import cases, polls
from ronglu.work.polls import About
from ronglu.work.queries import points
from ronglu.work.queries import polls as results
from ronglu.work.scope import Scope

CODE, CANDIDATE, CHOSEN = "flag_member", "candidate", "chosen"
PER_SEAT = 2
"""So many are shortlisted for a place; a tie at the line takes all of it in. 系统默认，可修改."""
ON_THE_LINE = "正式党员，当年没有扣分，已入账积分在入围线以上"
ELECTED = "无记名投票得票过半数，按票数在名额以内"


@transaction.atomic
def shortlist(*, case: Case, rules: PointRules, by: Account, at: dt.datetime) -> list[CaseRow]:
    """Made anew each time it is asked for; in the order of names, without the figures that made it."""
    row = _in(case, "eligibility")
    year, seats = _number(row, "year"), _number(row, "seats")
    people = [one for one in _eligible(row, year, at.date()) if one.plant_id == row.plant_id]
    sums = points.totals(people, rules=rules, year=year)
    best = sorted((total for total in sums.values() if total > 0), reverse=True)
    if len(best) <= seats:
        raise LoopTrouble(f"有积分又没有扣分的正式党员 {len(best)} 人，名额 {seats}：实行差额，人数应比名额多")
    line = best[min(seats * PER_SEAT, len(best)) - 1]
    found = [one for one in people if sums[one.pk] >= line]
    if by.person_id in {one.pk for one in found}:
        raise LoopTrouble("入围的有您本人，请由另一人办")
    CaseRow.objects.filter(case=row, kind=CANDIDATE).delete()
    return _lines(row, CANDIDATE, found, ON_THE_LINE, at)


@transaction.atomic
def open_vote(
    *, case: Case, loop: Loop, kind: PollKind, due_on: dt.date, by: Account, scope: Scope, at: dt.datetime
) -> Poll:
    """Declares and opens the secret vote about those on the shortlist, and notes it in the case."""
    row = _in(case, "voting")
    if row.data.get("poll"):
        raise LoopTrouble(f"这次评选已有投票（第 {row.data['poll']} 次）")
    people = [line.person for line in row.rows.filter(kind=CANDIDATE).select_related("person") if line.person]
    if row.body is None:
        raise LoopTrouble("这次评选没有写由哪个党组织办")
    poll = polls.declare(
        kind=kind, body=row.body, title=f"{_number(row, 'year')} 年旗帜党员推选", due_on=due_on, seats=_number(row, "seats"),
        year=_number(row, "year"), about=[About(name=one.name, person=one) for one in people], by=by, at=at,
    )  # fmt: skip
    polls.start(poll=poll, by=by, at=at)
    cases.move(
        loop=loop, case=row, code="ballot", seen=row.seen, given={"poll": str(poll.pk)}, at=at, by=by, scope=scope
    )
    return poll


@transaction.atomic
def count(*, case: Case, loop: Loop, by: Account, scope: Scope, at: dt.datetime) -> list[CaseRow]:
    """From the published result alone: those elected become lines, and only they are publicised."""
    row = _in(case, "voting")
    poll = Poll.objects.filter(pk=_number(row, "poll"), plant=row.plant_id).first()
    if poll is None or poll.state != PollState.PUBLISHED:
        raise LoopTrouble("投票还没有结束并公布，不能记票")
    listed = set(row.rows.filter(kind=CANDIDATE).values_list("person_id", flat=True))
    subjects = {one.no: one for one in poll.subjects.select_related("person")}
    if listed != {one.person_id for one in subjects.values()}:
        raise LoopTrouble("投票的候选人与入围名单不一致")
    found = results.result(poll)
    chosen = [subjects[one.subject].person for one in found.votes if one.standing == "chosen"]
    if not chosen:
        raise LoopTrouble("没有人过半数：请办“没有人过半数”，或重新投票")
    lines = _lines(row, CHOSEN, [one for one in chosen if one is not None], ELECTED, at)
    cases.move(loop=loop, case=row, code="count", seen=row.seen, given={}, at=at, by=by, scope=scope)
    return lines


def _eligible(case: Case, year: int, on: dt.date) -> list[Person]:
    """Full members whose year has no booked deduction that stands (04 §4.5: no veto)."""
    full = Membership.objects.on(on).filter(body__plant=case.plant_id, status="full").values("person_id")
    months = (year * 100 + 1, year * 100 + 12)
    barred = PointEntry.objects.filter(
        state=PointState.ENTERED, points_h__lt=0, reversal_of=None, month__range=months
    ).values("person_id")
    found = Person.objects.filter(pk__in=full).exclude(pk__in=barred)
    return list(found.order_by("pinyin", "staff_no"))


def _lines(case: Case, kind: str, people: list[Person], why: str, at: dt.datetime) -> list[CaseRow]:
    """The system's own: nobody wrote them, so nobody has a stake in them but whom they name."""
    ordered = sorted(people, key=lambda one: (one.pinyin, one.staff_no))
    return CaseRow.objects.bulk_create(
        CaseRow(
            case=case, kind=kind, no=no, state="noted", data={"why": why}, person=one, added_at=at
        )
        for no, one in enumerate(ordered, 1)
    )  # fmt: skip


def _in(case: Case, state: str) -> Case:
    """The case with its row held, in the state that this may be done in."""
    row = Case.objects.select_for_update().get(pk=case.pk)
    if (row.loop, row.state) != (CODE, state):
        raise LoopTrouble("这次评选已不在这一步，请刷新")
    return row


def _number(case: Case, field: str) -> int:
    return int(case.data.get(field) or 0)
