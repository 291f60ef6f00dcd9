"""安全员、监督员、质检员: named and relieved, from a day on; one person may have all three."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.labour import DutyRole, LabourTrouble
from ronglu.store.models import Account, Body, Duty, Person
from ronglu.work import audits, dated


class BadDuty(LabourTrouble):
    """职责不能这样安排。"""


@transaction.atomic
def name(
    *, person: Person, role: DutyRole, body: Body, on: dt.date, by: Account, at: dt.datetime, area: str = ""
) -> Duty:
    """In the name of the body that looks after it; nobody has the same duty twice at a time."""
    if person.plant_id != body.plant_id:
        raise BadDuty(f"{person.name}不在本厂，不能由这个党组织安排职责")
    if Duty.objects.filter(person=person, role=role.code).exclude(until_on__lte=on).exists():
        raise BadDuty(f"{person.name}已经是{role.zh}，不必再安排")
    row = Duty.objects.create(person=person, role=role.code, body=body, area=area.strip()[:120], from_on=on)
    _note("name", row, by=by, at=at, on=on)
    return row


@transaction.atomic
def relieve(*, duty: Duty, on: dt.date, by: Account, at: dt.datetime) -> None:
    if duty.until_on is not None and duty.until_on <= on:
        raise BadDuty(f"{duty.person.name}的这项职责已于 {duty.until_on} 结束")
    dated.end(duty, on=on)
    _note("relieve", duty, by=by, at=at, on=on)


def _note(verb: str, row: Duty, *, by: Account, at: dt.datetime, on: dt.date) -> None:
    detail = {"role": row.role, "on": str(on)}
    audits.record(
        verb=f"duties.{verb}", by=by, at=at, subject=row.person.staff_no, plant=row.person.plant, detail=detail
    )
