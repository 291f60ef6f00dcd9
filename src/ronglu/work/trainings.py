"""集中培训 as recorded: who took part and how many half days, for the check of hours alone; nothing here is a score."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.kernel.labour import written
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Person, Plant, Training
from ronglu.work import audits


class BadTraining(OrgTrouble):
    """集中培训不能这样登记。"""


@transaction.atomic
def record(
    *, plant: Plant, title: str, first_on: dt.date, last_on: dt.date, half_days: int, people: Sequence[Person], by: Account,
    at: dt.datetime, organ: str = "", rotation: bool = False,
) -> Training:  # fmt: skip
    """After it took place. One that reaches over New Year is two: hours count in their own year only (R-EDU-05)."""
    if last_on < first_on or last_on > at.date():
        raise BadTraining(f"末日应在首日以后，且不晚于今天（{at.date()}）：培训结束后再登记")
    if first_on.year != last_on.year:
        raise BadTraining("跨年的培训请按年分成两条登记，学时只计入当年")
    most = 2 * ((last_on - first_on).days + 1)
    if not 1 <= half_days <= most:
        raise BadTraining(f"{first_on} 至 {last_on} 最多 {most} 个半天，现写 {half_days} 个")
    chosen = {one.pk: one for one in people}
    if not chosen:
        raise BadTraining("请写参加人的工号")
    if any(one.plant_id != plant.pk for one in chosen.values()):
        raise BadTraining("参加人不都是本厂的")
    title = written(title, what="培训名称", longest=120)
    again = Training.objects.filter(plant=plant, title=title, first_on=first_on, state="valid", people__in=chosen)
    if again.exists():
        raise BadTraining(f"“{title}”（{first_on}）的参加人里有人已经登记过，同一次培训一人只登记一次")
    row = Training.objects.create(
        plant=plant, title=title, organ=organ.strip()[:80], first_on=first_on,
        last_on=last_on, half_days=half_days, rotation=rotation, by=by, at=at,
    )  # fmt: skip
    row.people.set(chosen.values())
    _note("record", row, by=by, at=at, people=len(chosen))
    return row


@transaction.atomic
def strike(*, training: Training, reason: str, by: Account, at: dt.datetime) -> Training:
    """Recorded wrongly: it stays with its reason in the trail, and counts for nobody."""
    why = written(reason, what="撤销的原因", longest=200)
    if not Training.objects.filter(pk=training.pk, state="valid").update(state="struck"):
        raise BadTraining("这条登记已经撤销")
    training.refresh_from_db()
    _note("strike", training, by=by, at=at, reason=why)
    return training


def _note(verb: str, row: Training, *, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"trainings.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail=detail)
