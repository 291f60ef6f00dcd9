"""责任书·承诺书: who has to sign what this year, signed by himself, looked at by another; what nobody asked for makes up for nothing."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from ronglu.kernel.gathering.integrity import IntegrityTrouble
from ronglu.kernel.org.facts import COMMITTEE
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.regulation.completeness import Completeness, against
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import party_tree
from ronglu.store.models import Account, Body, Commitment, CommitmentState, Membership, Person, Plant, Post
from ronglu.work import audits, closings, hands, integrity_facts, wording
from ronglu.work.standards import quarter_ends

ASKED, SIGNED, CONFIRMED, DROPPED = (
    CommitmentState.ASKED,
    CommitmentState.SIGNED,
    CommitmentState.CONFIRMED,
    CommitmentState.DROPPED,
)
THERE = (SIGNED, CONFIRMED)
WHOM = {"committee": "支委会成员", "members": "全体党员"}


class BadCommitment(IntegrityTrouble):
    """责任书、承诺书不能这样登记。"""


@transaction.atomic
def ask(
    *, body: Body, people: Sequence[Person], kind: str, year: int, due_on: dt.date, by: Account, at: dt.datetime
) -> list[Commitment]:
    """Puts these on the required list; who stands there already stays as he is, who was taken off comes back, and what
    somebody has still to sign for a body that he left comes along with him."""
    wording.known("commitments", kind, what="类型")
    if due_on.year != year:
        raise BadCommitment(f"期限 {due_on} 不在 {year} 年；请选当年的一天")
    if strangers := [one.name for one in people if one.plant_id != body.plant_id]:
        raise BadCommitment(f"{'、'.join(strangers)}不在本厂")
    if not people:
        raise BadCommitment("这一天没有要列入的人，请换一个范围或日期")
    if due_on < at.date():
        raise BadCommitment(f"期限 {due_on} 已经过去，请选今天或以后的一天")
    before = {one.person_id: one for one in Commitment.objects.filter(person__in=people, kind=kind, year=year)}
    said = {"body": body, "due_on": due_on, "asked_by": by, "asked_at": at}
    new = [
        Commitment(person=one, kind=kind, year=year, **said) for one in dict.fromkeys(people) if one.pk not in before
    ]
    again = [one for one in before.values() if one.state == DROPPED]
    for row in again:
        row.state, row.reason, row.body, row.due_on, row.dropped_on = ASKED, "", body, due_on, None
    left = _left([one for one in before.values() if one.state == ASKED and one.body_id != body.pk], on=at.date())
    for row in left:
        row.body = body
    Commitment.objects.bulk_update([*again, *left], ["state", "reason", "body", "due_on", "dropped_on"])
    made = [*Commitment.objects.bulk_create(new), *again, *left]
    _touch(body.plant, due_on)
    detail = {"kind": kind, "year": year, "listed": len(made), "due_on": str(due_on)}
    audits.record(verb="commitments.ask", by=by, at=at, subject=body.code, plant=body.plant, detail=detail)
    return made


@transaction.atomic
def ask_all(*, body: Body, whom: str, kind: str, due_on: dt.date, by: Account, at: dt.datetime) -> list[Commitment]:
    """Of everybody at once. A member stands on the list of his own branch, which answers for what is missing (A7)."""
    people, view = people_of(body=body, whom=whom, on=at.date()), party_tree(body.plant).at(at.date())
    listed: dict[int, list[Person]] = {} if people else {body.pk: []}
    homes = dict(Membership.objects.on(at.date()).filter(person__in=people).values_list("person_id", "body_id"))
    for one in people:
        home = view.nearest(homes[one.pk], *BRANCHES) if whom == "members" else None
        listed.setdefault(int(home.id) if home else body.pk, []).append(one)
    bodies = Body.objects.select_related("plant").in_bulk(listed)
    said = {"kind": kind, "year": due_on.year, "due_on": due_on, "by": by, "at": at}
    return [row for key, mine in listed.items() for row in ask(body=bodies[key], people=mine, **said)]


def people_of(*, body: Body, whom: str, on: dt.date) -> list[Person]:
    """Those of a body that a paper is asked of: the seats of its committee, or every member of it and of all below it."""
    if whom == "committee":
        listed = Post.objects.on(on).filter(body=body, role__in=COMMITTEE)
    else:
        listed = Membership.objects.on(on).filter(body__in=party_tree(body.plant).at(on).subtree(body.pk))
    return list(Person.objects.filter(pk__in=listed.values("person")).order_by("staff_no"))


@transaction.atomic
def sign(*, commitment: Commitment, on: dt.date, kept: str, by: Account, at: dt.datetime) -> Commitment:
    """By the signer, or entered for him by a discipline role; it counts once another has looked at the paper."""
    if on > at.date():
        raise BadCommitment(f"签订日期 {on} 还没有到")
    if on.year != commitment.year:
        raise BadCommitment(f"这一份是 {commitment.year} 年度的，签订日期 {on} 不在当年")
    row = _step(
        commitment, (ASKED, SIGNED), state=SIGNED, signed_on=on, kept=kept.strip()[:80], entered_by=by, reason=""
    )
    _note("sign", row, by=by, at=at)
    return row


@transaction.atomic
def confirm(*, commitment: Commitment, holds: bool, reason: str, by: Account, at: dt.datetime) -> Commitment:
    """Neither by who entered it nor by who signed it; what is not there goes back to him with a reason."""
    own = "本人签的、自己登记的，须由另一人核对"
    hands.apart(by, commitment.entered_by, commitment.person, on=at.date(), trouble=BadCommitment, own=own)
    if not holds and not reason.strip():
        raise BadCommitment("退回请写明缺什么")
    if holds:
        since = _since(commitment, commitment.signed_on or at.date(), at.date())
        row = _step(
            commitment, (SIGNED,), state=CONFIRMED, confirmed_by=by, confirmed_at=at, counts_on=since, reason=""
        )
    else:
        row = _step(commitment, (SIGNED,), state=ASKED, signed_on=None, entered_by=None, reason=reason.strip()[:120])
    _note("confirm" if holds else "return", row, by=by, at=at)
    return row


@transaction.atomic
def drop(*, commitment: Commitment, reason: str, by: Account, at: dt.datetime) -> Commitment:
    """Taken off the required list, for who moved away or was listed by mistake; nobody takes himself off."""
    if not reason.strip():
        raise BadCommitment("请写明为什么不再要求，如调离、列错")
    hands.apart(by, commitment.person, on=at.date(), trouble=BadCommitment, own="自己的一份，须由另一人取消")
    since = _since(commitment, commitment.due_on, at.date())
    row = _step(commitment, (ASKED,), state=DROPPED, dropped_on=since, reason=reason.strip()[:120])
    _note("drop", row, by=by, at=at)
    return row


def _left(rows: Sequence[Commitment], *, on: dt.date) -> list[Commitment]:
    """Those of people who neither belong to the body they were asked by, or anything below it, nor sit on its committee."""
    bodies = Body.objects.select_related("plant").in_bulk({row.body_id for row in rows})
    there = {
        key: {one.pk for whom in WHOM for one in people_of(body=body, whom=whom, on=on)} for key, body in bodies.items()
    }
    return [row for row in rows if row.person_id not in there[row.body_id]]


def completeness(rows: Iterable[Commitment]) -> Completeness:
    """Of these rows (AV-13): what was signed against what is asked for, and the keys of what is missing."""
    standing = [one for one in rows if one.state != DROPPED]
    return against([one.pk for one in standing], [one.pk for one in standing if one.state in THERE])


def _since(row: Commitment, day: dt.date, today: dt.date) -> dt.date:
    """The day itself; today where a quarter since then is closed, which is not changed from behind."""
    months = quarter_ends(day, today)
    return today if any(closings.is_closed(plant=row.body.plant, month=month) for month in months) else day


def _touch(plant: Plant, first: dt.date) -> None:
    """What is missing is missing in every quarter of its year."""
    quarters = Period.day(first).up(Grain.YEAR).down(Grain.QUARTER)
    integrity_facts.touch(plant, [one.last for one in quarters])


def _step(row: Commitment, states: tuple[str, ...], **changes: object) -> Commitment:
    if Commitment.objects.filter(pk=row.pk, state__in=states).update(**changes) != 1:
        row.refresh_from_db()
        raise BadCommitment(f"这一份现在是“{row.get_state_display()}”，不能再办这一步；请刷新后再看")
    row.refresh_from_db()
    _touch(row.body.plant, row.due_on)
    return row


def _note(verb: str, row: Commitment, *, by: Account, at: dt.datetime) -> None:
    """The trail names the paper by its number: who has not signed is for the discipline roles alone."""
    detail = {"kind": row.kind, "year": row.year, "state": row.state}
    audits.record(
        verb=f"commitments.{verb}",
        by=by,
        at=at,
        subject=f"{row.body.code} {row.pk}",
        plant=row.body.plant,
        detail=detail,
    )
