"""双向帮扶: two people help each other in work or life, both willing; what they write is for the two alone.

The trail says that a pair was made or ended, never what was written; who looks after them sees pairs, not notes.
"""

import datetime as dt

from django.db import transaction

from ronglu.kernel.gathering.integrity import IntegrityTrouble
from ronglu.kernel.labour import written
from ronglu.store.models import Account, AidNote, AidPair, AidState, Person
from ronglu.work import audits
from ronglu.work.scope import Scope

PAIR = "aid.pair"
LIFE = "life"
AXES = ("work", LIFE)


class BadAid(IntegrityTrouble):
    """双向帮扶不能这样办。"""


@transaction.atomic
def propose(*, one: Person, other: Person, axis: str, by: Account, scope: Scope, at: dt.datetime) -> AidPair:
    """By one of the two, whose yes it is as well, or, for work, by somebody who looks after one of them."""
    if axis not in AXES:
        raise BadAid("请选工作或生活")
    if one.pk == other.pk:
        raise BadAid("帮扶的是两个人，请填另一个人的工号")
    if one.plant_id != other.plant_id:
        raise BadAid("两人不在同一个厂")
    mine = by.person_id
    if mine not in (one.pk, other.pk):
        if not scope.people(PAIR).filter(pk__in=[one.pk, other.pk]).exists():
            raise BadAid("由两人中的一人，或其所在支部提出")
        # a third person would learn from the answer whether the two help each other already
        if axis == LIFE:
            raise BadAid("生活上的帮扶由两人自己提出")
    one, other = sorted((one, other), key=lambda person: person.pk)
    list(Person.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk"))
    once = f"{one.pk}-{other.pk}-{axis}"
    if AidPair.objects.filter(once=once).exists():
        raise BadAid(f"{one.name}和{other.name}在这一方面已经结成一对，不用再提")
    row = AidPair.objects.create(
        plant=one.plant, one=one, other=other, axis=axis, proposed_by=by, proposed_at=at, once=once,
        one_agreed_at=at if mine == one.pk else None, other_agreed_at=at if mine == other.pk else None,
    )  # fmt: skip
    _note("propose", row, by=by, at=at)
    return row


@transaction.atomic
def agree(*, pair: AidPair, by: Account, at: dt.datetime) -> AidPair:
    """The second yes begins it."""
    row = _held(pair, AidState.PROPOSED)
    side = "one" if _mine(row, by) == row.one_id else "other"
    if getattr(row, f"{side}_agreed_at"):
        raise BadAid("您已经同意，等另一人同意")
    setattr(row, f"{side}_agreed_at", at)
    if row.one_agreed_at and row.other_agreed_at:
        row.state, row.from_on = AidState.STANDING, at.date()
    row.save(update_fields=["one_agreed_at", "other_agreed_at", "state", "from_on"])
    _note("agree", row, by=by, at=at)
    return row


@transaction.atomic
def decline(*, pair: AidPair, by: Account, at: dt.datetime) -> AidPair:
    """Nobody says why he would rather not."""
    row = _held(pair, AidState.PROPOSED)
    _mine(row, by)
    return _over(row, AidState.DECLINED, "decline", by=by, at=at)


@transaction.atomic
def end(*, pair: AidPair, by: Account, at: dt.datetime) -> AidPair:
    """By either of the two, without a reason: what is between them stays there."""
    row = _held(pair, AidState.STANDING)
    _mine(row, by)
    row.until_on = max(at.date(), (row.from_on or at.date()) + dt.timedelta(days=1))
    return _over(row, AidState.ENDED, "end", by=by, at=at)


@transaction.atomic
def note(*, pair: AidPair, gave: bool, words: str, on: dt.date, by: Account, at: dt.datetime) -> AidNote:
    """One sentence: what I did for the other (`gave`), or what the other did for me."""
    row = _held(pair, AidState.STANDING)
    mine = _mine(row, by)
    if on > at.date() or (row.from_on and on < row.from_on):
        raise BadAid(f"日期应在 {row.from_on} 到今天之间")
    other = row.other_id if mine == row.one_id else row.one_id
    words = written(words, what="帮了什么", longest=200)
    return AidNote.objects.create(pair=row, giver_id=mine if gave else other, day=on, words=words, by=by, at=at)


def _held(pair: AidPair, state: AidState) -> AidPair:
    row = AidPair.objects.select_for_update().select_related("plant", "one", "other").get(pk=pair.pk)
    if row.state != state:
        raise BadAid(f"这一对{row.get_state_display()}，不能再办这一步")
    return row


def _mine(row: AidPair, by: Account) -> int:
    if by.person_id is None or by.person_id not in (row.one_id, row.other_id):
        raise BadAid("这是他们两人之间的事，由两人自己办")
    return by.person_id


def _over(row: AidPair, state: AidState, verb: str, *, by: Account, at: dt.datetime) -> AidPair:
    row.state, row.once = state, None
    row.save(update_fields=["state", "once", "until_on"])
    _note(verb, row, by=by, at=at)
    return row


def _note(verb: str, row: AidPair, *, by: Account, at: dt.datetime) -> None:
    """By its number, and not in what they help: a pair that helps in life is nobody else's business."""
    audits.record(verb=f"aid.{verb}", by=by, at=at, subject=str(row.pk), plant=row.plant)
