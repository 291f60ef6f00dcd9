"""谈心谈话 and 面对面: a day, between which kinds of people or under which headings, to how many; never who, never what."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.kernel.gathering.integrity import TALK, IntegrityTrouble
from ronglu.kernel.regulation.facts import TALKS
from ronglu.store.models import Account, Body, TalkRecord
from ronglu.work import audits, seat_duties, wording

HEART, FACE = "heart", "face"


class BadTalk(IntegrityTrouble):
    """谈话不能这样登记。"""


@transaction.atomic
def heart(*, body: Body, pair: str, on: dt.date, by: Account, at: dt.datetime) -> TalkRecord:
    """A 谈心谈话 took place between two people of these kinds (R-LIFE-10); that is all that is kept."""
    if pair not in TALKS:
        raise BadTalk(f"请选哪些人之间：{'、'.join(TALKS.values())}")
    return _made(body, on, by=by, at=at, kind=HEART, pair=pair)


@transaction.atomic
def face(*, body: Body, headings: Sequence[str], people: int, on: dt.date, by: Account, at: dt.datetime) -> TalkRecord:
    """A cadre before his people: which of the four headings he spoke to, and how many were there."""
    chosen = [code for code in wording.declared().codes("headings") if code in headings]
    if not chosen:
        raise BadTalk("四项里至少选一项讲了的")
    if people < 1:
        raise BadTalk("人数应是 1 以上的整数")
    return _made(body, on, by=by, at=at, kind=FACE, headings=chosen, people=people)


@transaction.atomic
def withdraw(*, talk: TalkRecord, by: Account, at: dt.datetime) -> None:
    """Entered by mistake: taken out on the same day by who entered it."""
    if talk.by_id != by.pk or talk.at.date() != at.date():
        raise BadTalk("记错的，由本人当天撤回")
    if talk.kind == HEART:
        seat_duties.proved(plant=talk.body.plant, proof=TALK, day=talk.held_on)
    _note("withdraw", talk, by=by, at=at)
    talk.delete()


def _made(body: Body, on: dt.date, *, by: Account, at: dt.datetime, kind: str, **what: object) -> TalkRecord:
    if on > at.date():
        raise BadTalk(f"{on} 还没有到，谈过以后再记")
    row = TalkRecord.objects.create(body=body, kind=kind, held_on=on, by=by, at=at, **what)
    if kind == HEART:
        seat_duties.proved(plant=body.plant, proof=TALK, day=on)
    _note(kind, row, by=by, at=at)
    return row


def _note(verb: str, row: TalkRecord, *, by: Account, at: dt.datetime) -> None:
    audits.record(
        verb=f"talks.{verb}", by=by, at=at, subject=row.body.code, plant=row.body.plant, detail={"on": str(row.held_on)}
    )
