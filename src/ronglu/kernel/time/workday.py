"""Working days: Monday to Friday, corrected by rows for public holidays and 调休."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day that differs from the plain week, or that is a named holiday: `works` True is a 调休 working day."""

    on: date
    works: bool
    name: str
    status: str = ""


class WorkCalendar:
    def __init__(self, rows: Iterable[Holiday] = ()) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.on))
        self._by_day = {row.on: row for row in self.rows}
        self._years = {row.on.year for row in self.rows}

    def is_workday(self, day: date) -> bool:
        row = self._by_day.get(day)
        return row.works if row else day.weekday() < 5

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th working day after a day (before it, if negative); 0 is the day itself, working or not."""
        step = _ONE if n > 0 else -_ONE
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays(self, first: date, last: date) -> Iterator[date]:
        """The working days of a range, both ends included."""
        day = first
        while day <= last:
            if self.is_workday(day):
                yield day
            day += _ONE

    def knows(self, year: int) -> bool:
        """Whether any row of a year was entered; without, public holidays count as plain weekdays: say so."""
        return year in self._years

    def problems(self) -> list[str]:
        found = []
        for one, two in zip(self.rows, self.rows[1:], strict=False):
            if one.on == two.on:
                found.append(f"{one.on} 有两行：{one.name}与{two.name}，一天只能有一行")
        return found
