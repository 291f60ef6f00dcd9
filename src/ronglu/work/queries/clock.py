"""What the pages of the plant's clock show: its dated rules, a statistical month, a year's holidays, who stands when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.time.calendar import Calendar, CalendarRule
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.roster import REST, RosterBook
from ronglu.store.history import unit_tree
from ronglu.store.models import CrewSwap, Holiday, Plant, RosterRow, Substitution, Unit
from ronglu.store.values import calendar_of, workdays_of
from ronglu.work.shifts import ONE, book_of, reporting

PREVIEW = 14
AHEAD = 10
"""From this month on next year's holidays should be known: the notice comes in November."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`rule` is the one that holds; None where the plant has no calendar yet."""

    rule: CalendarRule | None
    rules: list[tuple[CalendarRule, bool]]
    day: tuple[dt.datetime, dt.datetime] | None = None
    month: Period | None = None
    month_days: tuple[dt.date, dt.date] | None = None
    workdays: int = 0

    @property
    def length(self) -> int:
        return (self.month_days[1] - self.month_days[0]).days + 1 if self.month_days else 0


def clock_of(*, plant: Plant, on: dt.date) -> Clock:
    calendar = calendar_if_any(plant)
    if calendar is None:
        return Clock(None, [])
    rule, month = calendar.rule_on(on), calendar.month_of(on)
    first, last = calendar.days_of(month)
    return Clock(
        rule=rule,
        rules=[(one, one == rule) for one in sorted(calendar.rules, key=lambda one: one.from_on, reverse=True)],
        day=calendar.bounds(on),
        month=month,
        month_days=(first, last),
        workdays=sum(1 for _ in workdays_of(plant).workdays(first, last)),
    )


@dataclass(frozen=True, slots=True)
class Festival:
    """Days of one name that follow each other, or one make-up working day."""

    name: str
    works: bool
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def festivals(*, plant: Plant, year: int) -> list[Festival]:
    found: list[Festival] = []
    for row in Holiday.objects.filter(plant=plant, day__gte=dt.date(year, 1, 1), day__lte=dt.date(year, 12, 31)):
        before = found[-1] if found else None
        if before and (before.name, before.works, before.last + ONE) == (row.name, row.working, row.day):
            found[-1] = Festival(before.name, before.works, before.first, row.day)
        else:
            found.append(Festival(row.name, row.working, row.day, row.day))
    return found


def unknown_years(*, plant: Plant, on: dt.date) -> list[int]:
    """Years that are reckoned with now and have no holiday entered: their festivals count as plain working days."""
    known = workdays_of(plant)
    wanted = [on.year, *([on.year + 1] if on.month >= AHEAD else [])]
    return [year for year in wanted if not known.knows(year)]


@dataclass(frozen=True, slots=True)
class Line:
    """A unit that has shifts, and the roster it works; `holder` (code, name) is the unit above that the roster belongs to."""

    unit: Unit
    name: str
    roster: RosterRow | None
    words: str = ""
    holder: tuple[str, str] | None = None


def lines(*, plant: Plant, on: dt.date) -> list[Line]:
    view, calendar = unit_tree(plant).at(on), calendar_if_any(plant)
    rows = RosterRow.objects.on(on).filter(unit__plant=plant).select_related("unit")
    rosters: dict[Any, RosterRow] = {row.unit_id: row for row in rows}
    found = []
    for unit in Unit.objects.filter(pk__in=reporting(plant)).order_by("position", "code"):
        if unit.pk not in view.nodes:
            continue
        path = list(reversed(view.path(unit.pk)))
        state = next((state for state in path if state.id in rosters), None)
        row = rosters[state.id] if state else None
        words = cycle_words(row, calendar.rule_on(on)) if row and calendar else ""
        above = (row.unit.code, state.name) if row and state and state.id != unit.pk else None
        found.append(Line(unit, path[0].name, row, words, above))
    return found


def cycle_words(row: RosterRow, rule: CalendarRule) -> str:
    """白白中中夜夜休休."""
    names = {shift.no: shift.name for shift in rule.shifts}
    return "".join(REST if no is None else names.get(no, str(no)) for no in row.cycle)


@dataclass(frozen=True, slots=True)
class Stand:
    """What a crew does on a day: the shift's name, or rest; `swapped` where the roster says otherwise."""

    word: str
    no: int = 0
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """Days across, crews down; `gaps` counts shifts that no crew stands."""

    days: list[tuple[dt.date, bool]]
    crews: list[tuple[str, list[Stand]]]
    gaps: int


def preview(*, unit: Unit, first: dt.date, days: int = PREVIEW) -> Preview:
    """Two weeks of a line; the second of a day says whether it is a working day."""
    calendar, workdays = calendar_if_any(unit.plant), workdays_of(unit.plant)
    span = [first + dt.timedelta(days=n) for n in range(days)]
    if calendar is None:
        return Preview([], [], 0)
    book, line = book_of(unit.plant, also=[unit.pk]), str(unit.pk)
    rosters = [found for day in span if (found := book.roster_on(line, day))]
    crews = list(dict.fromkeys(crew for roster in rosters for crew in roster.crews))
    rows = [(crew, [_stand(book, calendar, line, day, crew) for day in span]) for crew in crews]
    gaps = (
        sum(book.crew_of(line, day, s.no) is None for day in span for s in calendar.slots(day))
        if len(crews) != 1
        else 0
    )
    return Preview([(day, workdays.is_workday(day)) for day in span], rows, gaps)


def _stand(book: RosterBook, calendar: Calendar, line: str, day: dt.date, crew: str) -> Stand:
    roster = book.roster_on(line, day)
    for shift in calendar.slots(day):
        if book.crew_of(line, day, shift.no) == crew:
            swapped = roster is not None and roster.crew_on(day, shift.no) != crew
            return Stand(shift.name, shift.no, swapped)
    was = roster is not None and any(roster.crew_on(day, shift.no) == crew for shift in calendar.slots(day))
    return Stand(REST, 0, was)


def unit_of(*, plant: Plant, code: str) -> Unit | None:
    return Unit.objects.select_related("plant").filter(plant=plant, code=code).first()


def reports(unit: Unit) -> bool:
    """Whether the unit has shifts of its own."""
    return unit.pk in reporting(unit.plant)


def swap_of(*, plant: Plant, pk: int) -> CrewSwap | None:
    return CrewSwap.objects.select_related("unit__plant").filter(unit__plant=plant, pk=pk).first()


def stand_in_of(*, plant: Plant, pk: int) -> Substitution | None:
    found = Substitution.objects.select_related("unit__plant", "absent")
    return found.filter(unit__plant=plant, pk=pk).first()


def swaps(*, unit: Unit, since: dt.date) -> list[tuple[CrewSwap, str]]:
    """With the name of the shift, as the clock of its day has it."""
    return _named(unit.plant, CrewSwap.objects.filter(unit=unit, day__gte=since).order_by("day", "shift_no"))


def stand_ins(*, unit: Unit, since: dt.date) -> list[tuple[Substitution, str]]:
    found = Substitution.objects.filter(unit=unit, day__gte=since).select_related("absent", "standin")
    return _named(unit.plant, found.order_by("day", "shift_no"))


def _named(plant: Plant, rows: Iterable[Any]) -> list[tuple[Any, str]]:
    calendar = calendar_if_any(plant)
    names = {(row.day, shift.no): shift.name for row in rows for shift in (calendar.slots(row.day) if calendar else ())}
    return [(row, names.get((row.day, row.shift_no), str(row.shift_no))) for row in rows]


def rosters(*, unit: Unit) -> list[RosterRow]:
    return list(RosterRow.objects.filter(unit=unit).order_by("-from_on"))


def shift_words(plant: Plant, on: dt.date) -> list[tuple[int, str]]:
    """Number and name of the shifts of that day's clock."""
    calendar = calendar_if_any(plant)
    return [(shift.no, shift.name) for shift in calendar.rule_on(on).shifts] if calendar else []


def calendar_if_any(plant: Plant) -> Calendar | None:
    return calendar_of(plant) if plant.calendar_rows.exists() else None
