"""Plant time: periods as values, the dated calendar of a plant, its rosters, stamps and working days."""

from ronglu.kernel.time.book_checks import book_problems, uncovered
from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime, Slot, WeekPart
from ronglu.kernel.time.errors import (
    CalendarError,
    DeclarationError,
    PeriodError,
    RosterError,
    StampError,
    TimeTrouble,
)
from ronglu.kernel.time.expand import DayLine, ShiftLine, expand
from ronglu.kernel.time.period import Grain, Period
from ronglu.kernel.time.roster import CrewSwap, Roster, RosterBook, Substitution
from ronglu.kernel.time.stamp import Stamp, Stamper, StampMode, place
from ronglu.kernel.time.workday import Holiday, WorkCalendar

__all__ = [
    "Calendar",
    "CalendarError",
    "CalendarRule",
    "CrewSwap",
    "DayLine",
    "DeclarationError",
    "Grain",
    "Holiday",
    "Period",
    "PeriodError",
    "Roster",
    "RosterBook",
    "RosterError",
    "ShiftLine",
    "ShiftTime",
    "Slot",
    "Stamp",
    "StampError",
    "StampMode",
    "Stamper",
    "Substitution",
    "TimeTrouble",
    "WeekPart",
    "WorkCalendar",
    "book_problems",
    "expand",
    "place",
    "uncovered",
]
