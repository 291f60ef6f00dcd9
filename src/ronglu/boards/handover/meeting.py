"""The morning on one screen: every line's last shifts won or lost and why, the month's pace, what stands still now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.cascade import read as cascades
from ronglu.boards.cascade.read import End, Level
from ronglu.boards.handover.read import Stood, stood
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.calendar import Calendar, Slot
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Handover, IndicatorRow, ShiftRow, Won

LAST = 3
Key = tuple[dt.date, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """`plan` and `actual` are None where nothing was stored for it; then nobody says won or lost."""

    day: dt.date
    slot: Slot
    letter: str
    plan: Decimal | None
    actual: Decimal | None
    won: str
    handed: Handover | None


@dataclass(frozen=True, slots=True)
class Line:
    unit: int
    lead: Indicator | None
    shifts: tuple[Shift, ...]
    day: Level | None
    month: Level | None
    end: End | None
    stood: tuple[Stood, ...]

    @property
    def running(self) -> tuple[Stood, ...]:
        return tuple(one for one in self.stood if one.running)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.stood)


def meeting(
    *, units: Sequence[int], calendar: Calendar, indicators: Mapping[str, Indicator], at: dt.datetime
) -> tuple[Line, ...]:
    """The last shifts that are over, the newest last; five queries, however many lines."""
    slots = _last(calendar, at)
    since = slots[0][1].starts_at
    plans = cascades.rows_of(units, calendar.period_of(slots[-1][0], Grain.YEAR).first.year)
    leads = {u: next((one for c, one in indicators.items() if c in plans.get(u, {})), None) for u in units}
    read = _read(units, [one.code for one in leads.values() if one], slots)
    letters = _letters(units, slots)
    handed = _handed(units, slots)
    halts = stood(units, first=since, last=at)
    return tuple(
        _line(u, leads[u], plans.get(u, {}), calendar, slots, read, letters, handed, halts.get(u, ()))
        for u in units
    )  # fmt: skip


def _last(calendar: Calendar, at: dt.datetime) -> list[tuple[dt.date, Slot]]:
    now = Period.shift(*calendar.shift_of(at))
    found = [calendar.step(now, n - LAST) for n in range(LAST)]
    return [(one.first, calendar.slot(one.first, one.no)) for one in found]


def _line(
    unit: int, lead: Indicator | None, plans: Mapping[str, cascades.Cascade], calendar: Calendar,
    slots: Sequence[tuple[dt.date, Slot]], read: Mapping[tuple[int, str, str], IndicatorRow],
    letters: Mapping[tuple[int, dt.date, int], str], handed: Mapping[tuple[int, dt.date, int], Handover],
    halts: tuple[Stood, ...],
) -> Line:  # fmt: skip
    row = plans[lead.code] if lead else None
    shifts = []
    for day, slot in slots:
        found = read.get((unit, lead.code if lead else "", str(Period.shift(day, slot.no))))
        plan, actual = _figures(found)
        key = unit, day, slot.no
        shifts.append(Shift(day, slot, letters.get(key, ""), plan, actual, _won(row, plan, actual), handed.get(key)))
    if row is None or lead is None:
        return Line(unit, lead, tuple(shifts), None, None, None, halts)
    listed, month = cascades.days_of(row), calendar.period_of(row.until, Grain.MONTH)
    levels = (
        cascades.level(listed, period, calendar.days_of(period), row.until, lead.decimals)
        for period in (Period.day(row.until), month)
    )
    return Line(unit, lead, tuple(shifts), *levels, cascades.end_of(row, month), halts)


def _figures(row: IndicatorRow | None) -> tuple[Decimal | None, Decimal | None]:
    if row is None:
        return None, None
    whole = row.value and row.covered >= row.expected
    return Decimal(row.plan) if row.plan else None, Decimal(row.value) if whole else None


def _won(row: cascades.Cascade | None, plan: Decimal | None, actual: Decimal | None) -> str:
    if row is None:
        return Won.UNPLANNED
    if actual is None or plan is None:
        return Won.MISSING
    return Won.WON if actual >= plan else Won.LOST


def _read(
    units: Sequence[int], codes: Sequence[str], slots: Sequence[tuple[dt.date, Slot]]
) -> dict[tuple[int, str, str], IndicatorRow]:
    periods = [str(Period.shift(day, slot.no)) for day, slot in slots]
    rows = IndicatorRow.objects.filter(
        unit_id__in=units, grain=Grain.SHIFT.value, indicator__in=set(codes), period__in=periods
    )
    return {(row.unit_id, row.indicator, row.period): row for row in rows}


def _letters(units: Sequence[int], slots: Sequence[tuple[dt.date, Slot]]) -> dict[tuple[int, dt.date, int], str]:
    rows = ShiftRow.objects.filter(unit_id__in=units, day__in={day for day, _ in slots})
    return {
        (unit, day, no): letter for unit, day, no, letter in rows.values_list("unit_id", "day", "shift_no", "letter")
    }


def _handed(units: Sequence[int], slots: Sequence[tuple[dt.date, Slot]]) -> dict[tuple[int, dt.date, int], Handover]:
    rows = Handover.objects.filter(unit_id__in=units, day__in={day for day, _ in slots}).select_related("case")
    return {(row.unit_id, row.day, row.shift_no): row for row in rows}
