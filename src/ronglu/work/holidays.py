"""Public holidays and 调休 of a plant, one row a day; everything that counts working days rests on these."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from ronglu.kernel.time import workday as kernel
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Account, Holiday, Plant
from ronglu.work import audits
from ronglu.work.shifts import again


class BadHoliday(TimeTrouble):
    """节假日不能这样设。"""


@transaction.atomic
def declare(*, plant: Plant, day: dt.date, works: bool, name: str, by: Account | None, at: dt.datetime) -> Holiday:
    """A day off (`works` False) or a make-up working day; a second row of the same day replaces the first."""
    if not name.strip():
        raise BadHoliday(f"{day} 请写明是什么节日，或为哪个节日调休")
    row, _ = Holiday.objects.update_or_create(plant=plant, day=day, defaults={"working": works, "name": name.strip()})
    again(plant=plant, first=day)
    detail = {"day": str(day), "works": works, "name": name.strip()}
    audits.record(verb="holidays.declare", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return row


@transaction.atomic
def withdraw(*, plant: Plant, first: dt.date, last: dt.date, by: Account | None, at: dt.datetime) -> None:
    """All days of a festival count by the plain week again."""
    gone, _ = Holiday.objects.filter(plant=plant, day__gte=first, day__lte=last).delete()
    if not gone:
        span = f"{first}" if first == last else f"{first} 至 {last}"
        raise BadHoliday(f"{span}没有登记节假日或调休")
    again(plant=plant, first=first)
    detail = {"first": str(first), "last": str(last), "days": gone}
    audits.record(verb="holidays.withdraw", by=by, at=at, subject=plant.code, plant=plant, detail=detail)


@transaction.atomic
def seed(*, plant: Plant, rows: Iterable[kernel.Holiday], by: Account | None, at: dt.datetime) -> int:
    """Adds the days that are not there yet and says how many; what the plant set itself stays."""
    rows = list(rows)
    if problems := kernel.WorkCalendar(rows).problems():
        raise BadHoliday("；".join(problems))
    there = set(Holiday.objects.filter(plant=plant).values_list("day", flat=True))
    new = [Holiday(plant=plant, day=row.on, working=row.works, name=row.name) for row in rows if row.on not in there]
    Holiday.objects.bulk_create(new)
    if new:
        again(plant=plant, first=min(row.day for row in new))
        detail = {"days": len(new)}
        audits.record(verb="holidays.seed", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return len(new)
