"""Rows of the clock and the roster as the kernel's values."""

import datetime as dt
from decimal import Decimal

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.kernel.time.roster import Roster
from ronglu.kernel.time.workday import Holiday, WorkCalendar
from ronglu.store.models import CalendarRow, Plant, RosterRow
from ronglu.store.models import Holiday as HolidayRow


def rule_of(row: CalendarRow) -> CalendarRule:
    return CalendarRule(
        from_on=row.from_on,
        day_starts=row.day_starts,
        shifts=tuple(
            ShiftTime(s["no"], s["name"], dt.time.fromisoformat(s["starts"]), Decimal(s["hours"])) for s in row.shifts
        ),
        month_first=row.month_first,
    )


def calendar_of(plant: Plant) -> Calendar:
    """The plant's clock, all its dated rules."""
    return Calendar(tuple(rule_of(row) for row in CalendarRow.objects.filter(plant=plant)))


def roster_of(row: RosterRow) -> Roster:
    return Roster(
        code=row.code,
        crews=tuple(row.crews),
        cycle=tuple(row.cycle),
        step=row.step,
        anchor=row.anchor,
        from_on=row.from_on,
        until_on=row.until_on,
    )


LIFE_FROM = "life_from"


def life_from(plant: Plant) -> dt.date | None:
    """The day from which all bodies of a plant keep their meetings here, where the plant has set one."""
    said = plant.settings.get(LIFE_FROM)
    return dt.date.fromisoformat(said) if said else None


def workdays_of(plant: Plant) -> WorkCalendar:
    rows = HolidayRow.objects.filter(plant=plant).values_list("day", "working", "name")
    return WorkCalendar(Holiday(on=day, works=working, name=name) for day, working, name in rows)
