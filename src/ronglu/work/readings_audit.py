"""From forecast to audited to locked, and back: each step by another person than the step before it (09-8)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ronglu.kernel.time.period import Period
from ronglu.store.models import SCORING, Account, Plant, Reading, ReadingState, Unit
from ronglu.store.values import calendar_of
from ronglu.work import audits, boards, hands, partitions
from ronglu.work.readings_rules import (
    Locked,
    NoReason,
    SecondPerson,
    WrongState,
    hold,
    locked,
    month_text,
)

BATCH = 500


@dataclass(frozen=True, slots=True)
class LockedMonth:
    """`waiting` are forecasts that were left behind: they do not score."""

    locked: int
    waiting: int


@transaction.atomic
def audit(*, plant: Plant, readings: "QuerySet[Reading]", by: Account, at: dt.datetime) -> int:
    """All the forecasts among them, or none: nobody audits what he entered or imported himself, nor what the one whom he
    stands in for did: else who keys would name the colleague who audits him.

    Audited ones score from now on, and the audited version before them no longer does; in a locked month they are locked.
    """
    hold(plant)
    chosen = readings.filter(channel__unit__plant=plant, state=ReadingState.FORECAST)
    if own := chosen.filter(entered_by=by).count():
        raise SecondPerson(f"其中 {own} 个读数是您自己录入或导入的，须由另一人审核")
    if lent := chosen.filter(entered_by__person__in=hands.absent(by, on=at.date())).count():
        raise SecondPerson(f"其中 {lent} 个读数是您所代理的人录入或导入的，须由另一人审核")
    parts = sorted(set(chosen.order_by().values_list("channel__unit", "month").distinct()))
    months = {month for _, month in parts}
    closed = locked(plant, months)
    done = 0
    for unit, month in parts:
        part = Reading.objects.filter(pk__in=chosen.filter(month=month, channel__unit=unit).values("pk"))
        _each(_replaced(part, unit, month), ReadingState.SUPERSEDED)
        state = ReadingState.LOCKED if (unit, month) in closed else ReadingState.AUDITED
        done += _set(part, state, audited_by=by, audited_at=at)
    _note("readings.audit", plant, months, by, at, {"count": done})
    return done


@transaction.atomic
def unaudit(*, plant: Plant, readings: Sequence[Reading], reason: str, by: Account, at: dt.datetime) -> int:
    """反审核: audited ones wait for an audit again; the version that was audited before them scores in the meantime."""
    _require(reason, "请写明为什么反审核")
    hold(plant)
    for reading in _fresh(plant, readings):
        if reading.state == ReadingState.LOCKED:
            raise Locked(f"{month_text(reading.month)} 已锁定，不能反审核；有错请更正，写明原因，由另一人审核")
        if reading.state != ReadingState.AUDITED:
            raise WrongState(f"{_named(reading)}没有审核过，不能反审核")
        own = f"{_named(reading)}是您自己审核的，须由另一人反审核"
        hands.apart(by, reading.audited_by, on=at.date(), trouble=SecondPerson, own=own)
        slot = Reading.objects.filter(channel=reading.channel_id, starts_at=reading.starts_at)
        if slot.filter(version__gt=reading.version, state=ReadingState.FORECAST).exists():
            # two forecasts of one slot would be audited together, and both would be summed
            raise WrongState(f"{_named(reading)}已有更正在等审核，请先审核或退回那一版")
        older = slot.filter(version__lt=reading.version, state=ReadingState.SUPERSEDED, audited_by__isnull=False)
        before = older.order_by("-version").first()
        _set(Reading.objects.filter(pk=reading.pk), ReadingState.FORECAST, audited_by=None, audited_at=None)
        if before is not None:
            _set(Reading.objects.filter(pk=before.pk), ReadingState.AUDITED)
    detail = {"reason": reason.strip(), "readings": [r.pk for r in readings]}
    _note("readings.unaudit", plant, {r.month for r in readings}, by, at, detail)
    return len(readings)


@transaction.atomic
def reject(*, plant: Plant, readings: "QuerySet[Reading]", reason: str, by: Account, at: dt.datetime) -> int:
    """退回: the forecast is not believed; the version before it stands again, if there is one."""
    _require(reason, "请写明为什么退回，录入的人要照此更正")
    hold(plant)
    chosen = readings.filter(channel__unit__plant=plant, state=ReadingState.FORECAST)
    months = sorted(set(chosen.values_list("month", flat=True).distinct()))
    keys = list(chosen.values_list("pk", flat=True))
    done = _each(keys, ReadingState.REJECTED, reason=reason.strip()[:200])
    _note("readings.reject", plant, months, by, at, {"count": done, "reason": reason.strip()})
    return done


@transaction.atomic
def lock(
    *, plant: Plant, month: Period, by: Account, at: dt.datetime, units: "QuerySet[Unit] | None" = None
) -> LockedMonth:
    """锁定: after this the audited readings of the month change only by a correction with a reason and a second person.

    `units` are those that the person looks after; without them the whole plant.
    """
    hold(plant)
    _, ends_at = calendar_of(plant).span(month)
    if at < ends_at:
        raise WrongState(f"{month} 到 {ends_at:%Y-%m-%d %H:%M} 才结束，还不能锁定")
    found = Reading.objects.filter(channel__unit__plant=plant, month=month.yyyymm)
    if units is not None:
        found = found.filter(channel__unit__in=units)
    keys = Reading.objects.filter(pk__in=found.filter(state=ReadingState.AUDITED).values("pk"))
    waiting = found.filter(state=ReadingState.FORECAST).count()
    done = _set(keys, ReadingState.LOCKED)
    if not done and not found.filter(state=ReadingState.LOCKED).exists():
        raise WrongState(f"{month} 还没有审核过的读数，没有可锁定的")
    _note("readings.lock", plant, [], by, at, {"month": str(month), "count": done, "waiting": waiting})
    return LockedMonth(done, waiting)


def _replaced(part: "QuerySet[Reading]", unit: int, month: int) -> list[int]:
    """Versions that score and have a newer one in `part`. Looked for here: as one statement a database that has not yet counted
    freshly imported rows took minutes over it."""
    rows = Reading.objects.filter(month=month, channel__unit=unit, state__in=SCORING)
    scoring = list(rows.values_list("channel_id", "starts_at", "version", "pk"))
    if not scoring:
        return []
    newest: dict[tuple[int, dt.datetime], int] = {}
    for channel, starts, version in part.order_by("version").values_list("channel_id", "starts_at", "version"):
        newest[channel, starts] = version
    return [pk for channel, starts, version, pk in scoring if newest.get((channel, starts), 0) > version]


def _each(keys: Sequence[int], state: ReadingState, **more: Any) -> int:
    parts = (keys[first : first + BATCH] for first in range(0, len(keys), BATCH))
    return sum(_set(Reading.objects.filter(pk__in=part), state, **more) for part in parts)


def _set(readings: "QuerySet[Reading]", state: ReadingState, **more: Any) -> int:
    return readings.update(state=state, **more)


def _fresh(plant: Plant, readings: Sequence[Reading]) -> list[Reading]:
    keys = [reading.pk for reading in readings]
    return list(Reading.objects.filter(pk__in=keys, channel__unit__plant=plant).select_related("channel"))


def _named(reading: Reading) -> str:
    return f"{reading.channel.series} {reading.starts_at:%Y-%m-%d %H:%M} 的读数"


def _require(reason: str, ask: str) -> None:
    if not reason.strip():
        raise NoReason(ask)


def _note(verb: str, plant: Plant, months: Iterable[int], by: Account, at: dt.datetime, detail: dict[str, Any]) -> None:
    months = sorted(months)
    partitions.touch(plant=plant, fact="readings", months=months)
    if months:
        boards.follow(plant=plant, by=by, at=at)
    audits.record(
        verb=verb, by=by, at=at, subject="、".join(map(month_text, months)) or str(detail.get("month", "")),
        detail=detail, plant=plant,
    )  # fmt: skip
