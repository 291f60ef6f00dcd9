"""One shift of one line as its crew hands it over: won or lost, the pace up to the year, what stood still, what the next needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from ronglu.boards.indicator import chain, rows
from ronglu.boards.indicator.chain import Step
from ronglu.boards.indicator.rows import Around
from ronglu.kernel.measure.halts import Spell
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.clock import Slot
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Cascade, Halt, HaltState, Handover, Plant, ShiftRow, Won

ZERO = Decimal(0)
GRACE = dt.timedelta(hours=2)
# columns of a stored day
PLAN, DONE, BY_MONTH = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Stood:
    """A halt inside the shift: its minutes there; one that still runs is counted up to the moment looked at."""

    halt: Halt
    minutes: int

    @property
    def running(self) -> bool:
        return self.halt.ends_at is None


@dataclass(frozen=True, slots=True)
class Stand:
    """`lead` is the first planned quantity of the line, None where the year has no plan; the shift is the first step."""

    unit: int
    slot: Slot
    day: dt.date
    letter: str
    lead: Indicator | None
    shift: Step | None
    steps: tuple[Step, ...]
    won: str
    needed: Decimal | None
    """What the next shift has to bring so that the day's part of the re-planned month is met."""
    stood: tuple[Stood, ...]
    given: Handover | None
    before: Handover | None
    """The shift before, where it still waits to be taken over."""

    @property
    def short(self) -> Decimal | None:
        """How much the shift stayed below its plan; None where it did not, or nobody can say."""
        step = self.shift
        if step is None or step.value is None or step.due is None or step.value >= step.due:
            return None
        return step.due - step.value

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.stood)


def stand(*, around: Around, unit: int, day: dt.date, no: int, at: dt.datetime) -> Stand:
    """Nine queries, whatever there is."""
    slot = around.calendar.slot(day, no)
    year = around.calendar.period_of(day, Grain.YEAR).first.year
    plans = {row.indicator: row for row in Cascade.objects.filter(unit_id=unit, year=year)}
    lead = next((one for code, one in around.indicators.items() if code in plans), None)
    cascade = plans[lead.code] if lead else None
    shift = _shift(around, unit, lead, cascade, day, no) if lead else None
    steps = chain.chain(around=around, unit=unit, lead=lead, on=min(day, around.until)) if lead else ()
    handed = {(one.day, one.shift_no): one for one in _handed(around, unit, day, no)}
    given = handed.pop((day, no), None)
    return Stand(
        unit=unit,
        slot=slot,
        day=day,
        letter=_letter(unit, day, no),
        lead=lead,
        shift=shift,
        steps=steps,
        won=won(shift),
        needed=_needed(around, cascade, shift, day, no) if cascade and shift else None,
        stood=stood([unit], first=slot.starts_at, last=min(slot.ends_at, max(at, slot.starts_at))).get(unit, ()),
        given=given,
        before=next((one for one in handed.values() if one.taken_at is None), None),
    )


def won(shift: Step | None) -> str:
    """A shift that reached its plan has won it; what was not read, or not whole, is not judged."""
    if shift is None or shift.due is None:
        return Won.UNPLANNED
    if shift.value is None:
        return Won.MISSING
    return Won.WON if shift.value >= shift.due else Won.LOST


def stood(units: Sequence[int], *, first: dt.datetime, last: dt.datetime) -> Mapping[int, tuple[Stood, ...]]:
    """One query: halts of several units that reach into [first, last), by unit, the earliest first."""
    halts = Halt.objects.filter(unit_id__in=units, starts_at__lt=last).exclude(state=HaltState.WITHDRAWN)
    found: dict[int, list[Stood]] = {}
    for row in halts.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=first)).order_by("starts_at"):
        minutes = Spell(row.starts_at, row.ends_at).minutes(first, last)
        found.setdefault(row.unit_id, []).append(Stood(row, minutes))
    return {unit: tuple(stands) for unit, stands in found.items()}


def _shift(around: Around, unit: int, lead: Indicator, cascade: Cascade | None, day: dt.date, no: int) -> Step:
    """Each shift of a day has the same part of its plan."""
    whole = _of_day(cascade, day, PLAN)
    slots = len(around.calendar.slots(day))
    plan = None if whole is None else round_fraction(Fraction(whole) / slots, lead.decimals)
    return chain.shift(around=around, unit=unit, lead=lead, day=day, no=no, plan=plan)


def _needed(around: Around, cascade: Cascade, shift: Step, day: dt.date, no: int) -> Decimal | None:
    """Of the day that the next shift belongs to: what the month needs of it, less what it has, over its shifts left.

    While this shift was not read nobody knows what it leaves: then each shift of the day has its even part.
    """
    slots = len(around.calendar.slots(day))
    on, gone = (day, no) if no < slots else (day + dt.timedelta(days=1), 0)
    asked = _of_day(cascade, on, BY_MONTH)
    whole = _of_day(cascade, on, PLAN) if asked is None else asked
    if whole is None:
        return None
    if shift.value is None:
        return round_fraction(Fraction(whole) / len(around.calendar.slots(on)), shift.indicator.decimals)
    came = (_of_day(cascade, on, DONE) or ZERO) if gone else ZERO
    left = len(around.calendar.slots(on)) - gone
    return round_fraction(max(Fraction(0), Fraction(whole - came) / left), shift.indicator.decimals)


def _of_day(cascade: Cascade | None, day: dt.date, column: int) -> Decimal | None:
    listed = cascade.days if cascade else []
    text = next((row[column] for row in listed if row[0] == day.isoformat()), "")
    return Decimal(text) if text else None


def _handed(around: Around, unit: int, day: dt.date, no: int) -> list[Handover]:
    """Of this shift and the one before."""
    back = around.calendar.step(Period.shift(day, no), -1)
    return list(
        Handover.objects.filter(unit_id=unit)
        .filter(Q(day=day, shift_no=no) | Q(day=back.first, shift_no=back.no))
        .select_related("given_by__person", "taken_by__person", "case")
    )


def _letter(unit: int, day: dt.date, no: int) -> str:
    row = ShiftRow.objects.filter(unit_id=unit, day=day, shift_no=no).first()
    return row.letter if row else ""


def around_of(*, plant: Plant, calendar: Calendar, indicators: Mapping[str, Indicator], day: dt.date) -> Around:
    """A plant whose boards were never built has no last day with data: then it is the day looked at."""
    return rows.around(plant=plant, indicators=indicators) or Around(plant, calendar, day, indicators)


def due(calendar: Calendar, *, unit: int, at: dt.datetime) -> tuple[dt.date, int]:
    """The shift to hand over: the one that runs, or, in the first hours of it, the one before while nobody gave it."""
    day, no = calendar.shift_of(at)
    if at - calendar.slot(day, no).starts_at >= GRACE:
        return day, no
    back = calendar.step(Period.shift(day, no), -1)
    given = Handover.objects.filter(unit_id=unit, day=back.first, shift_no=back.no).exists()
    return (day, no) if given else (back.first, back.no)
