"""A clock and a roster for tests: day from 08:00, 白 中 夜, four crews in 白白中中夜夜休休, 甲 at position 0 on 1 March 2026."""

import datetime as dt

from ronglu.kernel.time.roster import Roster, day_crew, four_three
from ronglu.store.models import CalendarRow, Plant, RosterRow, Unit
from ronglu.store.values import calendar_of

SINCE = dt.date(2025, 1, 1)
THE_1ST = dt.date(2026, 3, 1)
SHIFTS = [
    {"no": 1, "name": "白", "starts": "08:00", "hours": "8"},
    {"no": 2, "name": "中", "starts": "16:00", "hours": "8"},
    {"no": 3, "name": "夜", "starts": "00:00", "hours": "8"},
]


def set_clock(plant: Plant, *, month_first: int = 1) -> CalendarRow:
    return CalendarRow.objects.create(
        plant=plant, from_on=SINCE, day_starts=dt.time(8), month_first=month_first, shifts=SHIFTS
    )


def four(plant: Plant, *, anchor: dt.date = THE_1ST, from_on: dt.date = SINCE) -> Roster:
    return four_three(shifts=calendar_of(plant).rules[0].shifts, anchor=anchor, from_on=from_on)


def days_only(plant: Plant) -> Roster:
    return day_crew(shifts=calendar_of(plant).rules[0].shifts, anchor=THE_1ST, from_on=SINCE)


def set_roster(unit: Unit, roster: Roster) -> RosterRow:
    return RosterRow.objects.create(
        unit=unit, code=roster.code, crews=list(roster.crews), cycle=list(roster.cycle), step=roster.step,
        anchor=roster.anchor, from_on=roster.from_on, until_on=roster.until_on,
    )  # fmt: skip
