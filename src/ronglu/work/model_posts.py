"""示范岗: set up at a weak point, looked at again on its day by somebody who does not stand there, kept or ended."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.store.models import Account, Body, ModelPost, Person, Unit
from ronglu.work import audits, hands


class BadModelPost(LabourTrouble):
    """示范岗不能这样设。"""


@transaction.atomic
def set_up(
    *,
    body: Body,
    unit: Unit,
    name: str,
    people: Sequence[Person],
    weakness: str,
    criteria: str,
    review_on: dt.date,
    on: dt.date,
    by: Account,
    at: dt.datetime,
    indicator: str = "",
) -> ModelPost:
    """A post without a weak point or without what it has to show would be a sign on a wall."""
    if unit.plant_id != body.plant_id:
        raise BadModelPost("所选的岗位不在本厂，请重新选择")
    if not people:
        raise BadModelPost("请写明谁在这个岗，至少一人")
    if away := next((one for one in people if one.plant_id != body.plant_id), None):
        raise BadModelPost(f"{away.name}不在本厂，不能设为示范岗人员")
    _after(review_on, on)
    row = ModelPost.objects.create(
        plant=body.plant,
        body=body,
        unit=unit,
        name=written(name, what="名称", longest=80),
        weakness=written(weakness, what="薄弱环节"),
        indicator=indicator,
        criteria=written(criteria, what="达到什么样"),
        review_on=review_on,
        from_on=on,
        set_by=by,
    )
    row.people.set(people)
    _note("set_up", row, by=by, at=at, weakness=row.weakness[:200], review_on=str(review_on))
    return row


@transaction.atomic
def keep(*, post: ModelPost, review: str, review_on: dt.date, by: Account, at: dt.datetime) -> ModelPost:
    """The weak point still needs it: the next look is named at once."""
    _after(review_on, at.date())
    return _reviewed(post, "keep", by=by, at=at, review=review, state="kept", review_on=review_on)


@transaction.atomic
def end(*, post: ModelPost, review: str, by: Account, at: dt.datetime) -> ModelPost:
    """It has done its work, or it has not: either way it does not stand for ever."""
    last = max(at.date(), post.from_on + dt.timedelta(days=1))
    return _reviewed(post, "end", by=by, at=at, review=review, state="ended", until_on=last)


def _reviewed(post: ModelPost, verb: str, *, by: Account, at: dt.datetime, review: str, **changes: Any) -> ModelPost:
    own = "您就在这个岗，须由另一人复核"
    hands.apart(by, *post.people.all(), on=at.date(), trouble=BadModelPost, own=own)
    changes |= {"review": written(review, what="复核意见"), "reviewed_by": by, "reviewed_at": at}
    if not ModelPost.objects.filter(pk=post.pk).exclude(state="ended").update(**changes):
        raise BadModelPost(f"{post.name}已经撤岗")
    post.refresh_from_db()
    _note(verb, post, by=by, at=at, review=post.review[:500], review_on=str(post.review_on))
    return post


def _after(review_on: dt.date, on: dt.date) -> None:
    if review_on <= on:
        raise BadModelPost(f"复核日 {review_on} 应晚于 {on}")


def _note(verb: str, row: ModelPost, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"model_posts.{verb}", by=by, at=at, subject=row.name, plant=row.plant, detail=detail)
