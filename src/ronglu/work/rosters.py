"""Who stands which shift: rosters of lines from a day on, crews that change shifts, persons who stand in."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.kernel.time.book_checks import book_problems
from ronglu.kernel.time.clock import hours_of, plain
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.rest import LEAST_REST
from ronglu.kernel.time.roster import Roster
from ronglu.store.models import (
    Account,
    CrewSwap,
    Engagement,
    Person,
    Reading,
    ReadingState,
    RosterRow,
    Substitution,
    Unit,
    UnitState,
)
from ronglu.store.values import calendar_of
from ronglu.work import audits, dated
from ronglu.work.names import name_of
from ronglu.work.shifts import ONE, again, book_of, crew_on, materialise

__all__ = ["BadRoster", "close", "crew_on", "declare", "exchange", "stand_in", "swap", "unswap", "withdraw_stand_in"]

Slot = tuple[dt.date, int]


class BadRoster(TimeTrouble):
    """轮班不能这样排。"""


@transaction.atomic
def declare(*, unit: Unit, roster: Roster, by: Account | None, at: dt.datetime) -> RosterRow:
    """The line works this cycle from `roster.from_on` on; the one that ran until then ends.

    Refused by name where a crew would rest less than twelve hours or a shift has not exactly one crew.
    """
    if problems := roster.problems(calendar_of(unit.plant)):
        raise BadRoster("；".join(problems))
    _require_unlocked(unit, roster.from_on)
    rows = RosterRow.objects.filter(unit=unit)
    rows.filter(from_on=roster.from_on).delete()
    until = dated.until_next(rows, on=roster.from_on)
    if running := rows.on(roster.from_on).first():
        dated.end(running, on=roster.from_on)
    row = RosterRow.objects.create(
        unit=unit, code=roster.code, crews=list(roster.crews), cycle=list(roster.cycle), step=roster.step,
        anchor=roster.anchor, from_on=roster.from_on, until_on=_earlier(roster.until_on, until),
    )  # fmt: skip
    again(plant=unit.plant, first=roster.from_on)
    _note("declare", unit, by=by, at=at, code=roster.code, from_on=str(roster.from_on), anchor=str(roster.anchor))
    return row


@transaction.atomic
def close(*, unit: Unit, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """The last day of the running roster is the day before `on`: before the clock of the plant changes, say."""
    _require_unlocked(unit, on)
    row = dated.current(RosterRow.objects.filter(unit=unit), on=on, what=f"{name_of(unit, on)}的轮班")
    dated.end(row, on=on)
    again(plant=unit.plant, first=on)
    _note("close", unit, by=by, at=at, on=str(on))


@transaction.atomic
def swap(
    *, unit: Unit, day: dt.date, shift_no: int, letter: str, reason: str, by: Account | None, at: dt.datetime
) -> CrewSwap:
    """One shift was stood by another crew than the roster says."""
    (row,) = _swaps(unit, [((day, shift_no), letter)], reason)
    _note("swap", unit, by=by, at=at, day=str(day), shift=shift_no, letter=letter)
    return row


@transaction.atomic
def exchange(
    *, unit: Unit, one: Slot, other: Slot, reason: str, by: Account | None, at: dt.datetime
) -> tuple[CrewSwap, CrewSwap]:
    """Two crews change shifts; checked together, since either half alone would stand two shifts in a row."""
    book = book_of(unit.plant)
    first, second = (book.crew_of(str(unit.pk), *slot) for slot in (one, other))
    if first is None or second is None or first == second:
        raise BadRoster(f"{_said(unit, one)}和{_said(unit, other)}没有两个不同的班组，无从换班")
    rows = _swaps(unit, [(one, second), (other, first)], reason)
    _note("exchange", unit, by=by, at=at, one=_said(unit, one), other=_said(unit, other), letters=[second, first])
    return rows[0], rows[1]


@transaction.atomic
def unswap(*, swap: CrewSwap, by: Account | None, at: dt.datetime) -> None:
    """The crew of the roster stood the shift after all."""
    unit, day, no = swap.unit, swap.day, swap.shift_no
    _require_unlocked(unit, day, until=day + ONE)
    swap.delete()
    materialise(plant=unit.plant, first=day, last=day)
    _note("unswap", unit, by=by, at=at, day=str(day), shift=no)


@transaction.atomic
def stand_in(
    *, unit: Unit, day: dt.date, shift_no: int, absent: Person, standin: Person, by: Account | None, at: dt.datetime
) -> Substitution:
    """One person stands one shift for another of the crew on duty; the crew of the shift stays."""
    letter = book_of(unit.plant).crew_of(str(unit.pk), day, shift_no)
    if letter is None:
        raise BadRoster(f"{name_of(unit, day)} {_said(unit, (day, shift_no))}没有当班班组")
    if absent.pk == standin.pk:
        raise BadRoster(f"{absent.name}不能替自己")
    if _crew_of(absent, day) != (unit.pk, letter):
        raise BadRoster(f"{absent.name}不在{_said(unit, (day, shift_no))}当班的{letter}班")
    if Substitution.objects.filter(unit=unit, day=day, shift_no=shift_no, absent=absent).exists():
        raise BadRoster(f"{absent.name}{_said(unit, (day, shift_no))}已经有人顶班")
    if tired := _too_close(standin, unit, (day, shift_no)):
        raise BadRoster(tired)
    row = Substitution.objects.create(unit=unit, day=day, shift_no=shift_no, absent=absent, standin=standin)
    _note("stand_in", unit, by=by, at=at, day=str(day), shift=shift_no, of=absent.staff_no, is_=standin.staff_no)
    return row


@transaction.atomic
def withdraw_stand_in(*, substitution: Substitution, by: Account | None, at: dt.datetime) -> None:
    """It did not come to it: the absent one stood the shift himself."""
    unit, day, no = substitution.unit, substitution.day, substitution.shift_no
    absent = substitution.absent.staff_no
    substitution.delete()
    _note("withdraw_stand_in", unit, by=by, at=at, day=str(day), shift=no, of=absent)


def _swaps(unit: Unit, wanted: Sequence[tuple[Slot, str]], reason: str) -> list[CrewSwap]:
    """Writes the rows, then looks whether they may stand: what was wrong before does not forbid them."""
    if not reason.strip():
        raise BadRoster("请填写换班原因")
    plant, calendar = unit.plant, calendar_of(unit.plant)
    before = set(book_problems(book_of(plant), calendar))
    rows = []
    for (day, no), letter in wanted:
        _require_unlocked(unit, day, until=day + ONE)
        row, _ = CrewSwap.objects.update_or_create(
            unit=unit, day=day, shift_no=no, defaults={"letter": letter, "reason": reason.strip()[:80]}
        )
        rows.append(row)
    new = [text for text in book_problems(book_of(plant), calendar) if text not in before]
    if new:
        name = name_of(unit, wanted[0][0][0])
        raise BadRoster("；".join(text.replace(f"产线“{unit.pk}”", f"{name} ") for text in new))
    for (day, _no), _letter in wanted:
        materialise(plant=plant, first=day, last=day)
    return rows


def _too_close(person: Person, unit: Unit, slot: Slot) -> str:
    """Whether his own crew's shifts and other stand-ins leave him twelve hours before and after."""
    calendar, book = calendar_of(unit.plant), book_of(unit.plant)
    own = calendar.slot(*slot)
    home = _crew_of(person, slot[0])
    for day in (slot[0] - ONE, slot[0], slot[0] + ONE):
        for other in calendar.slots(day):
            lines = {str(home[0]), str(unit.pk)} if home else {str(unit.pk)}
            stands = any(
                book.stood(
                    person.staff_no,
                    home=home[1] if home and line == str(home[0]) else "",
                    line=line,
                    day=day,
                    shift_no=other.no,
                )
                for line in lines
            )
            gap = max(own.starts_at - other.ends_at, other.starts_at - own.ends_at)
            if stands and gap < LEAST_REST:
                rest = plain(max(hours_of(gap), hours_of(dt.timedelta(0))))
                return f"{person.name}{day} {other.name}班在岗，与{_said(unit, slot)}之间只隔 {rest} 小时，少于 12 小时"
    return ""


def _crew_of(person: Person, day: dt.date) -> tuple[int, str] | None:
    """The line and letter of the crew a person works in."""
    row = Engagement.objects.on(day).filter(person=person, unit__kind="crew").select_related("unit").first()
    state = UnitState.objects.on(day).filter(unit=row.unit).first() if row else None
    return (int(state.parent_id), row.unit.letter) if row and state and state.parent_id else None


def _require_unlocked(unit: Unit, on: dt.date, *, until: dt.date | None = None) -> None:
    """Locked readings keep the crew they were locked with."""
    rows = Reading.objects.filter(
        channel__unit__plant=unit.plant, state=ReadingState.LOCKED, day__gte=on, shift_no__gt=0
    )
    if unit.kind not in ("plant", "workshop"):
        rows = rows.filter(channel__unit=unit)
    if until is not None:
        rows = rows.filter(day__lt=until)
    newest = rows.order_by("-day").first()
    if newest is not None:
        raise BadRoster(f"{newest.day} 的读数已锁定，班别不能再改；确需更正，请先反审核")


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _said(unit: Unit, slot: Slot) -> str:
    return f"{slot[0]} {calendar_of(unit.plant).shift_name(*slot)}班"


def _note(verb: str, unit: Unit, *, by: Account | None, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"rosters.{verb}", by=by, at=at, subject=unit.code, plant=unit.plant, detail=detail)
