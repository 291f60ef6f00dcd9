"""Calendars, rosters and holidays as a pack declares them (plain rows), read into values with every problem at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.kernel.time.errors import DeclarationError, TimeTrouble
from ronglu.kernel.time.roster import Roster, named_cycle
from ronglu.kernel.time.workday import Holiday

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CalendarSeed:
    """A ready-made calendar a plant may start from."""

    code: str
    label: str
    status: str
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class RosterSeed:
    """A ready-made roster without dates, and the calendar seed it is made for."""

    code: str
    label: str
    status: str
    calendar: str
    crews: tuple[str, ...]
    cycle: tuple[int | None, ...]
    step: int

    def dated(self, *, anchor: date, from_on: date, until_on: date | None = None) -> Roster:
        return Roster(self.label, self.crews, self.cycle, self.step, anchor, from_on, until_on)


@dataclass(frozen=True, slots=True)
class TimeSeeds:
    calendars: Mapping[str, CalendarSeed]
    rosters: Mapping[str, RosterSeed]
    holidays: tuple[Holiday, ...]


def read(data: Row) -> TimeSeeds:
    """Read a pack's `time.yaml`; raises one DeclarationError that lists every problem of the file."""
    problems: list[str] = []
    calendars = _each(data.get("calendars", ()), calendar_seed, problems)
    found = {seed.code: seed for seed in calendars}
    rosters = _each(data.get("rosters", ()), lambda row: roster_seed(row, found), problems)
    holidays = _each(data.get("holidays", ()), holidays_of, problems)
    if problems:
        raise DeclarationError("\n".join(problems))
    return TimeSeeds(found, {seed.code: seed for seed in rosters}, tuple(day for days in holidays for day in days))


def calendar_seed(row: Row) -> CalendarSeed:
    calendar = Calendar(tuple(rule_of(rule) for rule in _need(row, "rules")))
    problems = calendar.problems()
    if problems:
        raise DeclarationError("；".join(problems))
    return CalendarSeed(_need(row, "code"), _need(row, "label"), _need(row, "status"), calendar)


def rule_of(row: Row) -> CalendarRule:
    """A calendar rule from a row of plain values: dates, `"08:00"` texts, numbers."""
    shifts = tuple(
        ShiftTime(
            int(shift.get("no", no)),
            str(_need(shift, "name")),
            clock(_need(shift, "starts")),
            _hours(_need(shift, "hours")),
        )
        for no, shift in enumerate(_need(row, "shifts"), start=1)
    )
    return CalendarRule(_on(row, "from_on"), clock(_need(row, "day_starts")), shifts, int(row.get("month_first", 1)))


def roster_seed(row: Row, calendars: Mapping[str, CalendarSeed]) -> RosterSeed:
    """A roster whose cycle is written in the shift names of its calendar, checked against that calendar."""
    code, fits = _need(row, "code"), _need(row, "calendar")
    if fits not in calendars:
        raise DeclarationError(f"没有名为 {fits} 的日历")
    calendar = calendars[fits].calendar
    rule = calendar.rules[0]
    seed = RosterSeed(
        code, _need(row, "label"), _need(row, "status"), fits, tuple(_need(row, "crews")),
        named_cycle(_need(row, "cycle"), rule.shifts), int(_need(row, "step")),
    )  # fmt: skip
    problems = seed.dated(anchor=rule.from_on, from_on=rule.from_on).problems(calendar)
    if problems:
        raise DeclarationError("；".join(problems))
    return seed


def holidays_of(row: Row) -> tuple[Holiday, ...]:
    """One festival of one year: the range of days off and the 调休 working days, as one row a day."""
    name, status = _need(row, "name"), _need(row, "status")
    first, last = _on(row, "from"), _on(row, "to" if "to" in row else "from")
    if last < first:
        raise DeclarationError(f"放假从 {first} 到 {last}，止日早于起日")
    off = [Holiday(first + timedelta(days=i), False, name, status) for i in range((last - first).days + 1)]
    return (*off, *(Holiday(day, True, f"{name}调休上班", status) for day in row.get("works", ())))


def clock(text: object) -> time:
    """`"08:00"`; a bare 16:00 in YAML is the number 960, refuse it and say so."""
    if isinstance(text, time):
        return text
    try:
        if isinstance(text, str):
            return time.fromisoformat(text)
    except ValueError:
        pass
    raise DeclarationError(f'“{text}”不是钟点，应写成带引号的 "08:00"')


def _each(rows: Iterable[Row], reader: Callable[[Row], T], problems: list[str]) -> list[T]:
    found = []
    for row in rows:
        try:
            found.append(reader(row))
        except TimeTrouble as trouble:
            problems.append(f"{row.get('code') or row.get('name') or row}：{trouble}")
    return found


def _need(row: Row, key: str) -> Any:
    if key not in row:
        raise DeclarationError(f"缺少“{key}”")
    return row[key]


def _on(row: Row, key: str) -> date:
    on = _need(row, key)
    if type(on) is not date:
        raise DeclarationError(f"“{key}”应是日期（2026-01-01），不是“{on}”")
    return on


def _hours(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise DeclarationError(f"“{value}”不是小时数") from None
