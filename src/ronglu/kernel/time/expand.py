"""Calendar and roster book written out as rows, one per production day and shift, for tables that are joined to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.roster import RosterBook


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """`crew` is None where no roster holds: a gap to be reported, never to be guessed."""

    line: str
    day: date
    shift_no: int
    name: str
    starts_at: datetime
    ends_at: datetime
    month: Period
    crew: str | None


@dataclass(frozen=True, slots=True)
class DayLine:
    line: str
    day: date
    starts_at: datetime
    ends_at: datetime
    week: Period
    month: Period
    shifts: tuple[ShiftLine, ...]


def expand(calendar: Calendar, book: RosterBook, line: str, first: date, last: date) -> Iterator[DayLine]:
    """The production days from `first` to `last`, both included, each with its shifts and their crews."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        month, (starts_at, ends_at) = calendar.month_of(day), calendar.bounds(day)
        shifts = tuple(
            ShiftLine(line, day, s.no, s.name, s.starts_at, s.ends_at, month, book.crew_of(line, day, s.no))
            for s in calendar.slots(day)
        )
        yield DayLine(line, day, starts_at, ends_at, Period.week(day), month, shifts)
