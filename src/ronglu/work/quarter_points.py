"""五抓五促: five pairs a quarter, each with a sentence or “nothing this quarter”; the discipline office looks. No points hang on it."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.gathering.integrity import IntegrityTrouble
from ronglu.kernel.labour import written
from ronglu.kernel.org.kinds import BRANCHES, GENERAL
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Body, BodyState, QuarterPoint
from ronglu.work import audits, hands, wording

LONGEST = 200
KINDS = (*BRANCHES, GENERAL)
"""Who fills it: a group's deeds are its branch's."""


class BadPoint(IntegrityTrouble):
    """五抓五促不能这样填。"""


@transaction.atomic
def fill(
    *, body: Body, quarter: Period, point: str, done: bool, words: str, by: Account, at: dt.datetime
) -> QuarterPoint:
    """Once a quarter for each pair; as long as nobody looked at it, it may be written anew."""
    wording.known("points", point, what="编码")
    if quarter.grain is not Grain.QUARTER or at.date() < quarter.first:
        raise BadPoint(f"{quarter} 还没有到，不能先填")
    if not BodyState.objects.on(min(quarter.last, at.date())).filter(body=body, kind__in=KINDS).exists():
        raise BadPoint("五抓五促由当季的支部、党总支填")
    said = written(words, what="办了什么" if done else "为什么没有可办的", longest=LONGEST)
    row = QuarterPoint.objects.select_for_update().filter(body=body, quarter=str(quarter), point=point).first()
    if row is not None and row.looked_by_id is not None and not row.remark:
        raise BadPoint("纪检已经看过，不再改动；有变化的写在下一季")
    values = {
        "state": "done" if done else "none", "words": said, "by": by, "at": at, "looked_by": None, "looked_at": None,
        "remark": "",
    }  # fmt: skip
    row, _new = QuarterPoint.objects.update_or_create(
        body=body, quarter=str(quarter), point=point, defaults=values
    )  # fmt: skip
    _note("fill", row, by=by, at=at)
    return row


@transaction.atomic
def look(*, row: QuarterPoint, holds: bool, remark: str, by: Account, at: dt.datetime) -> QuarterPoint:
    """By somebody else; with a remark it goes back to be written anew."""
    held = QuarterPoint.objects.select_for_update().select_related("body__plant").get(pk=row.pk)
    hands.apart(by, held.by, on=at.date(), trouble=BadPoint, own="填的人不能自己看，须由另一人")
    held.remark = "" if holds else written(remark, what="哪里不实", longest=LONGEST)
    held.looked_by, held.looked_at = by, at
    held.save(update_fields=["remark", "looked_by", "looked_at"])
    _note("look", held, by=by, at=at)
    return held


def _note(verb: str, row: QuarterPoint, *, by: Account, at: dt.datetime) -> None:
    detail = {"quarter": row.quarter, "point": row.point, "state": row.state, "said": row.remark or row.words}
    audits.record(
        verb=f"quarter_points.{verb}", by=by, at=at, subject=row.body.code, plant=row.body.plant, detail=detail
    )
