"""Safety events: told by one person, decided by another; a decision is only ever taken back in the open, by someone else again."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, EventKind, EventState, Plant, SafetyEvent, Unit, Zone
from ronglu.work import audits, hands, partitions


class BadEvent(OrgTrouble):
    """安全事件不能这样办。"""


@transaction.atomic
def report(
    *, plant: Plant, unit: Unit, day: dt.date, kind: str, words: str, by: Account, at: dt.datetime,
    zone: Zone | None = None,
) -> SafetyEvent:  # fmt: skip
    """Counts for nothing until somebody else confirms it; who tells of a near miss is never charged for it (09-16)."""
    if kind not in EventKind.values or not words.strip():
        raise BadEvent("请选事件类别，并写明经过")
    if day > at.date():
        raise BadEvent(f"发生日 {day} 还没到")
    if unit.plant_id != plant.pk or (zone is not None and zone.plant_id != plant.pk):
        raise BadEvent("单位和责任区应在本厂")
    row = SafetyEvent.objects.create(
        plant=plant, unit=unit, zone=zone, day=day, kind=kind, words=words.strip(), reported_by=by, reported_at=at
    )
    _note("report", row, by=by, at=at)
    return row


@transaction.atomic
def confirm(*, event: SafetyEvent, by: Account, at: dt.datetime, kind: str = "", reason: str = "") -> SafetyEvent:
    """A second person's yes; `kind` is what he grades it as, where that differs from the report, with a reason then."""
    if kind and kind not in EventKind.values:
        raise BadEvent("没有这类事件")
    if kind and kind != event.kind and not reason.strip():
        raise BadEvent("改动类别请写明理由")
    return _decide(event, EventState.CONFIRMED, kind=kind or event.kind, reason=reason, by=by, at=at)


@transaction.atomic
def reject(*, event: SafetyEvent, reason: str, by: Account, at: dt.datetime) -> SafetyEvent:
    if not reason.strip():
        raise BadEvent("请写明不成立的理由")
    return _decide(event, EventState.REJECTED, kind=event.kind, reason=reason, by=by, at=at)


@transaction.atomic
def reopen(*, event: SafetyEvent, reason: str, by: Account, at: dt.datetime) -> SafetyEvent:
    """Back to be decided anew, by someone other than who decided it."""
    row = SafetyEvent.objects.select_for_update().get(pk=event.pk)
    if row.state == EventState.REPORTED:
        raise BadEvent("这件事还没有结论")
    if not reason.strip():
        raise BadEvent("请写明重新核定的理由")
    hands.apart(by, row.decided_by, on=at.date(), trouble=BadEvent, own="结论由您作出，重新核定须由另一人提出")
    row.state, row.decided_by, row.decided_at, row.reason = EventState.REPORTED, None, None, reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    _touch(row)
    _note("reopen", row, by=by, at=at)
    return row


def _decide(
    event: SafetyEvent, state: EventState, *, kind: str, reason: str, by: Account, at: dt.datetime
) -> SafetyEvent:
    row = SafetyEvent.objects.select_for_update().get(pk=event.pk)
    if row.state != EventState.REPORTED:
        raise BadEvent(f"这件事{row.get_state_display()}，不必再办")
    hands.apart(by, row.reported_by, on=at.date(), trouble=BadEvent, own="这件事由您报告，须由另一人确认")
    row.state, row.kind, row.decided_by, row.decided_at = state, kind, by, at
    row.reason = reason.strip()
    row.save(update_fields=["state", "kind", "decided_by", "decided_at", "reason"])
    _touch(row)
    _note("confirm" if state == EventState.CONFIRMED else "reject", row, by=by, at=at)
    return row


def _touch(row: SafetyEvent) -> None:
    """What was decided counts in the month of the day it happened."""
    partitions.touch(plant=row.plant, fact="events", months=[row.day.year * 100 + row.day.month])


def _note(verb: str, row: SafetyEvent, *, by: Account, at: dt.datetime) -> None:
    detail = {"event": row.pk, "day": str(row.day), "kind": row.kind, "reason": row.reason}
    audits.record(verb=f"events.{verb}", by=by, at=at, subject=row.unit.code, plant=row.plant, detail=detail)
