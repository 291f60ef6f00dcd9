"""Planned stops of units: proposed by one person, approved by another; only then their days carry no plan and owe nothing."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, PlanStop, Unit
from ronglu.work import audits, boards, gathering_facts, hands, plans
from ronglu.work.names import name_of

ONE = dt.timedelta(days=1)
LONGEST = 366
"""A stop of more than a year is no planned stop: the unit should be closed."""


class BadStop(TimeTrouble):
    """停产不能这样安排。"""


@transaction.atomic
def propose(*, unit: Unit, first: dt.date, last: dt.date, reason: str, by: Account, at: dt.datetime) -> PlanStop:
    """From `first` to `last`, both stopped. Counts for nothing until somebody else approves it."""
    check(unit=unit, first=first, last=last, reason=reason)
    row = PlanStop.objects.create(
        unit=unit, from_on=first, until_on=last + ONE, reason=reason.strip(), set_by=by, set_at=at
    )
    _note("propose", row, by=by, at=at)
    return row


@transaction.atomic
def approve(*, stop: PlanStop, by: Account, at: dt.datetime) -> PlanStop:
    """A second person's yes; the months of the stop are reckoned anew."""
    row = PlanStop.objects.select_for_update().get(pk=stop.pk)
    if row.approved_by_id is not None:
        raise BadStop(f"{_said(row)}已经批准，不必再批")
    hands.apart(by, row.set_by, on=at.date(), trouble=BadStop, own=f"{_said(row)}由您提出，须由另一人批准")
    row.approved_by = by
    row.save(update_fields=["approved_by"])
    _touch(row)
    boards.follow(plant=row.unit.plant, by=by, at=at)
    _note("approve", row, by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, stop: PlanStop, by: Account, at: dt.datetime) -> None:
    """Not stopped after all; the line in the trail stays."""
    row = PlanStop.objects.select_for_update().get(pk=stop.pk)
    if row.approved_by_id is not None:
        _touch(row)
        boards.follow(plant=row.unit.plant, by=by, at=at)
    _note("withdraw", row, by=by, at=at)
    row.delete()


def check(*, unit: Unit, first: dt.date, last: dt.date, reason: str) -> None:
    """Raises BadStop for what may not be proposed."""
    if last < first:
        raise BadStop(f"停产末日 {last} 早于首日 {first}")
    if (last - first).days >= LONGEST:
        raise BadStop(f"停产从 {first} 到 {last} 超过一年，应撤销该单位，不作计划停产")
    if not reason.strip():
        raise BadStop("请写明停产原因")
    if other := PlanStop.objects.filter(unit=unit).within(first, last).first():  # type: ignore[attr-defined]
        raise BadStop(f"与已有的停产（{_span(other)}，{other.reason}）重叠")


def _touch(row: PlanStop) -> None:
    last = (row.until_on or row.from_on + ONE) - ONE
    days = (row.from_on + dt.timedelta(days=n) for n in range((last - row.from_on).days + 1))
    # a stop moves what the year's plan leaves to its other months, too
    years = {row.from_on.year, last.year}
    plans.touch(plant=row.unit.plant, periods=[*map(Period.day, days), *map(Period.year, years)])
    gathering_facts.touch_days(plant=row.unit.plant, first=row.from_on, last=last)


def _span(row: PlanStop) -> str:
    return f"{row.from_on} 至 {row.until_on - ONE}" if row.until_on else f"{row.from_on} 起"


def _said(row: PlanStop) -> str:
    return f"{name_of(row.unit, row.from_on)} {_span(row)} 的停产"


def _note(verb: str, row: PlanStop, *, by: Account, at: dt.datetime) -> None:
    detail = {"span": _span(row), "reason": row.reason}
    audits.record(verb=f"stops.{verb}", by=by, at=at, subject=row.unit.code, plant=row.unit.plant, detail=detail)
