"""义务劳动: written down once with time, number of people and output; of no person, and no input of any score (07 AF-7)."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, number, written
from ronglu.store.models import Account, Activity, Body
from ronglu.work import audits

LONGEST = 24 * 60


class BadActivity(LabourTrouble):
    """义务劳动不能这样登记。"""


@transaction.atomic
def record(
    *,
    body: Body,
    day: dt.date,
    title: str,
    minutes: int,
    people: int,
    output: str,
    by: Account,
    at: dt.datetime,
    amount: str = "",
    measure: str = "",
) -> Activity:
    """`minutes` is how long it lasted, not the sum over people."""
    if day > at.date():
        raise BadActivity(f"{day} 还没有到，干完再登记")
    if not 0 < minutes <= LONGEST:
        raise BadActivity(f"时长 {minutes} 分钟不合理，应在 1 到 {LONGEST} 分钟之间")
    if people < 1:
        raise BadActivity("人数至少 1 人")
    if number(amount, what="数量") is not None and not measure.strip():
        raise BadActivity("写了数量，请同时写明计量单位，如 块、米、吨")
    title = written(title, what="事项", longest=120)
    if Activity.objects.filter(body=body, day=day, title=title).exists():
        raise BadActivity(f"{day} 的“{title}”已经登记过")
    row = Activity.objects.create(
        plant=body.plant,
        body=body,
        day=day,
        title=title,
        minutes=minutes,
        people=people,
        output=written(output, what="干了什么", longest=200),
        amount=amount.strip(),
        unit=measure.strip(),
        recorded_by=by,
    )
    _note("record", row, by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, activity: Activity, by: Account, at: dt.datetime) -> None:
    """Written down by mistake; the trail keeps the line."""
    _note("withdraw", activity, by=by, at=at)
    activity.delete()


def _note(verb: str, row: Activity, *, by: Account, at: dt.datetime) -> None:
    detail = {"day": str(row.day), "body": row.body.code, "minutes": row.minutes, "people": row.people}
    audits.record(verb=f"activities.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail=detail)
