"""The log of stops: begun and ended where they happen, corrected in the open; no two of one unit overlap."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from ronglu.kernel.measure.halts import Spell, StopBook
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Account, Halt, HaltState, Unit
from ronglu.work import audits, cascades
from ronglu.work.names import name_of

LATE = dt.timedelta(minutes=5)
"""A terminal's clock may run ahead by this much."""


class BadHalt(TimeTrouble):
    """停机不能这样记。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person fills in; without `ends_at` the unit still stands."""

    starts_at: dt.datetime
    reason: str
    ends_at: dt.datetime | None = None
    words: str = ""


@transaction.atomic
def log(*, unit: Unit, said: Said, book: StopBook, by: Account, at: dt.datetime, key: str = "") -> Halt:
    """A stop that began, or one that is over already. `key`: sent a second time after a network cut, it is the same one."""
    _alone(unit)
    if key and (before := Halt.objects.filter(sent_key=key).first()):
        return before
    row = Halt(unit=unit, logged_by=by, logged_at=at, sent_key=key or None)
    _fill(row, said, book, by=by, at=at)
    row.save()
    _after("log", row, by=by, at=at)
    return row


@transaction.atomic
def end(*, halt: Halt, ends_at: dt.datetime, by: Account, at: dt.datetime) -> Halt:
    """The unit runs again."""
    row = _locked(halt)
    if row.state != HaltState.RUNNING:
        raise BadHalt(f"{_told(row)}，{row.get_state_display()}，不必再填恢复时间")
    _times(Said(starts_at=row.starts_at, ends_at=ends_at, reason=row.reason), at=at)
    ended = Halt.objects.filter(pk=row.pk, state=HaltState.RUNNING)
    if ended.update(ends_at=ends_at, state=HaltState.OVER, ended_by=by) != 1:
        raise BadHalt("这次停机刚被别人改过，请刷新再看")
    row.refresh_from_db()
    _after("end", row, by=by, at=at)
    return row


@transaction.atomic
def correct(*, halt: Halt, said: Said, why: str, book: StopBook, by: Account, at: dt.datetime) -> Halt:
    """Times, reason or words were wrong; what stood before stays in the trail."""
    row = _locked(halt)
    if row.state == HaltState.WITHDRAWN:
        raise BadHalt("这条记录已经撤回，不能再改；请另记一条")
    if not why.strip():
        raise BadHalt("请写明为什么改")
    before = _told(row)
    _fill(row, said, book, by=by, at=at)
    row.save()
    _after("correct", row, by=by, at=at, before=before, why=why.strip())
    return row


@transaction.atomic
def withdraw(*, halt: Halt, why: str, by: Account, at: dt.datetime) -> Halt:
    """It did not happen; the row stays and counts for nothing."""
    row = _locked(halt)
    if row.state == HaltState.WITHDRAWN:
        raise BadHalt("这条记录已经撤回")
    if not why.strip():
        raise BadHalt("请写明为什么撤回")
    row.state = HaltState.WITHDRAWN
    row.save(update_fields=["state"])
    _after("withdraw", row, by=by, at=at, why=why.strip())
    return row


def _fill(row: Halt, said: Said, book: StopBook, *, by: Account, at: dt.datetime) -> None:
    reason, group = book.reason(said.reason), book.group(said.reason)
    if reason is None or group is None:
        raise BadHalt("请从停机原因表里选一个原因")
    if reason.say and not said.words.strip():
        raise BadHalt(f"选了“{reason.zh}”，请写一句说明")
    _times(said, at=at)
    _free(row, said, book)
    row.starts_at, row.ends_at = said.starts_at, said.ends_at
    row.reason, row.kind, row.words = reason.code, group.kind, said.words.strip()
    row.state = HaltState.OVER if said.ends_at else HaltState.RUNNING
    row.ended_by = (row.ended_by or by) if said.ends_at else None


def _times(said: Said, *, at: dt.datetime) -> None:
    if said.starts_at > at + LATE:
        raise BadHalt(f"停机时间 {_clock(said.starts_at)} 还没到；打算中的停机请到“计划停产”申请")
    if said.ends_at is None:
        return
    if said.ends_at <= said.starts_at:
        raise BadHalt(f"恢复时间 {_clock(said.ends_at)} 应晚于停机时间 {_clock(said.starts_at)}")
    if said.ends_at > at + LATE:
        raise BadHalt(f"恢复时间 {_clock(said.ends_at)} 还没到；还停着就先空着，恢复了再填")


def _free(row: Halt, said: Said, book: StopBook) -> None:
    """Refused with the one it would overlap, so that he sees which of the two is wrong."""
    wanted = Spell(said.starts_at, said.ends_at)
    rows = Halt.objects.filter(unit=row.unit).exclude(state=HaltState.WITHDRAWN).exclude(pk=row.pk)
    rows = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=said.starts_at))
    other = next((one for one in rows.order_by("starts_at") if wanted.meets(Spell(one.starts_at, one.ends_at))), None)
    if other is not None:
        reason = book.reason(other.reason)
        hint = "请先给它填恢复时间" if other.ends_at is None else "请改时间，或更正那一条"
        raise BadHalt(f"与已记的停机（{_span(other)}，{reason.zh if reason else other.reason}）重叠：{hint}")


def _alone(unit: Unit) -> None:
    """Of two who log a stop of one unit at once, one waits here."""
    Unit.objects.select_for_update().get(pk=unit.pk)


def _locked(halt: Halt) -> Halt:
    _alone(halt.unit)
    return Halt.objects.select_for_update().select_related("unit__plant").get(pk=halt.pk)


def _clock(at: dt.datetime) -> str:
    return f"{at:%m-%d %H:%M}"


def _span(row: Halt) -> str:
    return f"{_clock(row.starts_at)} 至 {_clock(row.ends_at)}" if row.ends_at else f"{_clock(row.starts_at)} 起，还停着"


def _told(row: Halt) -> str:
    return f"{name_of(row.unit, row.starts_at.date())} {_span(row)} {row.reason}"


def _after(verb: str, row: Halt, *, by: Account, at: dt.datetime, **more: str) -> None:
    """What is left of the month is spread anew over the days that can still carry it."""
    plant = row.unit.plant
    detail = {"span": _span(row), "reason": row.reason, "words": row.words, **more}
    audits.record(verb=f"halts.{verb}", by=by, at=at, subject=row.unit.code, plant=plant, detail=detail)
    cascades.follow(plant=plant, by=by, at=at)
