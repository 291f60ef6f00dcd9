"""交接班: given by one person at the end of a shift, with its reason and what now; taken over by another."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from ronglu.kernel.loops.loop import ANYONE, Loop
from ronglu.kernel.measure.halts import StopBook
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Account, Case, Handover, HandoverState, Unit, UnitState, Won
from ronglu.store.values import calendar_of
from ronglu.work import audits, cases, cases_view, hands
from ronglu.work.names import name_of
from ronglu.work.scope import Scope

EARLY = dt.timedelta(hours=1)
"""The crew writes while its last hour runs."""


class BadHandover(TimeTrouble):
    """交接班不能这样办。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The shift as the board knew it at that moment: what was shown to the crew is what it signs."""

    day: dt.date
    shift_no: int
    letter: str
    won: str
    indicator: str = ""
    plan: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What now: a case of a loop, raised at the line or at his crew of it in the same breath."""

    loop: Loop
    given: Mapping[str, Any] = field(default_factory=dict)


def too_early(*, ends_at: dt.datetime, at: dt.datetime) -> str:
    """Why a shift cannot be handed over yet, before anybody writes anything; "" from its last hour on."""
    return f"这一班到 {ends_at:%H:%M} 才下班，下班前一小时起可以交班" if at < ends_at - EARLY else ""


@transaction.atomic
def give(
    *, unit: Unit, figures: Figures, ends_at: dt.datetime, book: StopBook, by: Account, scope: Scope, at: dt.datetime,
    reason: str = "", words: str = "", action: Action | None = None, origin: str = "web", key: str = "",
) -> Handover:  # fmt: skip
    """A lost shift says why. LoopTrouble says what is wrong with the action.

    `key` is that of a terminal's draft: sent a second time after a network cut, it is the same hand-over.
    """
    # of two who hand over one line at once, one waits here
    Unit.objects.select_for_update().get(pk=unit.pk)
    if key and (before := Handover.objects.filter(sent_key=key).first()):
        return before
    if early := too_early(ends_at=ends_at, at=at):
        raise BadHandover(early)
    if Handover.objects.filter(unit=unit, day=figures.day, shift_no=figures.shift_no).exists():
        raise BadHandover(f"{_said(unit, figures.day, figures.shift_no)}已经交过班")
    if figures.won == Won.LOST and not reason:
        raise BadHandover("本班没有完成计划，请选一个原因")
    chosen = book.reason(reason) if reason else None
    if reason and chosen is None:
        raise BadHandover("请从停机原因表里选一个原因")
    if chosen and chosen.say and not words.strip():
        raise BadHandover(f"选了“{chosen.zh}”，请写一句说明")
    row = Handover.objects.create(
        unit=unit, day=figures.day, shift_no=figures.shift_no, letter=figures.letter, indicator=figures.indicator,
        plan=_text(figures.plan), actual=_text(figures.actual), won=figures.won, reason=reason, words=words.strip(),
        case=_raised(unit, action, by=by, scope=scope, at=at, origin=origin), given_by=by, given_at=at,
        sent_key=key or None,
    )  # fmt: skip
    _note("give", row, by=by, at=at)
    return row


@transaction.atomic
def take(*, handover: Handover, by: Account, at: dt.datetime) -> Handover:
    """The incoming crew's yes: it has read what was left to it."""
    row = Handover.objects.select_for_update().select_related("unit__plant", "given_by").get(pk=handover.pk)
    if row.state == HandoverState.TAKEN:
        raise BadHandover(f"{_said(row.unit, row.day, row.shift_no)}已经有人接班")
    if hands.same(row.given_by, by):
        raise BadHandover("这一班由您交出，须由接班的人来接")
    waits = Handover.objects.filter(pk=row.pk, state=HandoverState.GIVEN)
    if waits.update(state=HandoverState.TAKEN, taken_by=by, taken_at=at) != 1:
        raise BadHandover(f"{_said(row.unit, row.day, row.shift_no)}刚被别人接班")
    row.refresh_from_db()
    _note("take", row, by=by, at=at)
    return row


def _raised(
    unit: Unit, action: Action | None, *, by: Account, scope: Scope, at: dt.datetime, origin: str
) -> Case | None:
    if action is None:
        return None
    loop = action.loop
    place = _place(unit, loop, scope, on=at.date())
    found = cases.raise_case(
        loop=loop, plant=unit.plant, unit=place, given=action.given, at=at, by=by, scope=scope, origin=origin
    )
    return found.joined or found.case


def _place(unit: Unit, loop: Loop, scope: Scope, *, on: dt.date) -> Unit:
    """The line, where he may ask something of it; else his own crew of it."""
    inside = [unit, *Unit.objects.filter(pk__in=UnitState.objects.on(on).filter(parent=unit).values("unit"))]

    def may(one: Unit) -> bool:
        held = cases_view.roles_at(scope, plant=one.plant_id, unit=one.pk, body=None)
        return ANYONE in loop.raising.by or bool(held & set(loop.raising.by))

    return next((one for one in inside if may(one)), unit)


def _said(unit: Unit, day: dt.date, no: int) -> str:
    return f"{name_of(unit, day)} {day:%m-%d} {calendar_of(unit.plant).shift_name(day, no)}班"


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _note(verb: str, row: Handover, *, by: Account, at: dt.datetime) -> None:
    detail = {"day": str(row.day), "shift": row.shift_no, "won": row.won, "reason": row.reason}
    audits.record(verb=f"handovers.{verb}", by=by, at=at, subject=row.unit.code, plant=row.unit.plant, detail=detail)
