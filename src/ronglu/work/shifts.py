"""The plant's clock and rosters written out as rows: which days and shifts there are, and which crew stands them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from ronglu.kernel.org.tree import chain
from ronglu.kernel.time.expand import ShiftLine, expand
from ronglu.kernel.time.roster import CrewSwap, Roster, RosterBook
from ronglu.kernel.time.roster import Substitution as StandIn
from ronglu.store.models import (
    CalendarRow,
    Channel,
    DayRow,
    Plant,
    Reading,
    ReadingState,
    RosterRow,
    ShiftRow,
    Substitution,
    Unit,
    UnitState,
)
from ronglu.store.models import CrewSwap as SwapRow
from ronglu.store.values import calendar_of, roster_of, workdays_of
from ronglu.work import partitions

ONE = dt.timedelta(days=1)
Key = tuple[int, dt.date, int]


@dataclass(frozen=True, slots=True)
class Written:
    """Rows of the range, and how many of them were added, changed or taken away."""

    days: int
    shifts: int
    changed: int


@transaction.atomic
def materialise(*, plant: Plant, first: dt.date, last: dt.date) -> Written:
    """Writes DayRow and ShiftRow for the production days `first`..`last`; a second time it changes nothing.

    Where a crew is another than before, readings that are not locked are stamped anew and their months are dirty.
    """
    if not CalendarRow.objects.filter(plant=plant).exists() or last < first:
        return Written(0, 0, 0)
    days = _days(plant, first, last)
    shifts = dict(_shifts(plant, first, last))
    changed = _write_days(plant, first, last, days)
    moved, gone = _write_shifts(plant, first, last, shifts)
    _restamp(plant, moved)
    return Written(len(days), len(shifts), changed + len(moved) + gone)


def ensure(*, plant: Plant, first: dt.date, last: dt.date) -> Written:
    """Materialises only what is not there yet: cheap enough to be asked before every reckoning."""
    there = DayRow.objects.filter(plant=plant, day__gte=first, day__lte=last).count()
    if there == (last - first).days + 1:
        return Written(there, 0, 0)
    return materialise(plant=plant, first=first, last=last)


def again(*, plant: Plant, first: dt.date) -> Written:
    """Writes anew what was already written from a day on, after a row of the clock or a roster changed."""
    there = DayRow.objects.filter(plant=plant).aggregate(first=models.Min("day"), last=models.Max("day"))
    if there["last"] is None:
        return Written(0, 0, 0)
    return materialise(plant=plant, first=max(first, there["first"]), last=there["last"])


def book_of(plant: Plant, *, also: Iterable[int] = ()) -> RosterBook:
    """Rosters, swaps and stand-ins of the plant's lines (and of the units in `also`) by the unit's key as text.

    A line without a roster of its own works the one of its workshop, else of the plant.
    """
    own: dict[int, list[Roster]] = defaultdict(list)
    for row in RosterRow.objects.filter(unit__plant=plant).order_by("from_on"):
        own[row.unit_id].append(roster_of(row))
    parents = dict(UnitState.objects.filter(unit__plant=plant).order_by("from_on").values_list("unit_id", "parent_id"))
    book = {str(unit): found for unit in {*reporting(plant), *also} if (found := _nearest(unit, own, parents))}
    swaps = SwapRow.objects.filter(unit__plant=plant).order_by("day", "shift_no")
    stood = Substitution.objects.filter(unit__plant=plant).select_related("absent", "standin").order_by("day", "pk")
    return RosterBook(
        book,
        [CrewSwap(str(s.unit_id), s.day, s.shift_no, s.letter) for s in swaps],
        [StandIn(str(s.unit_id), s.day, s.shift_no, s.absent.staff_no, s.standin.staff_no) for s in stood],
        calendar_of(plant),
    )


def reporting(plant: Plant) -> list[int]:
    """Lines, and every other unit that reports something: these have shifts."""
    lines = Unit.objects.filter(plant=plant, kind="line").values_list("pk", flat=True)
    others = Channel.objects.filter(unit__plant=plant).values_list("unit_id", flat=True)
    return sorted({*lines, *others})


def crew_on(*, unit: Unit, at: dt.datetime) -> str | None:
    """The letter of the crew that stood on a line at an instant, swaps included; None where no roster holds."""
    return book_of(unit.plant).crew_on(str(unit.pk), at)


def _nearest(unit: int, own: Mapping[int, list[Roster]], parents: Mapping[int, int | None]) -> list[Roster]:
    return next((own[at] for at in chain(unit, parents) if at in own), [])


def _days(plant: Plant, first: dt.date, last: dt.date) -> dict[dt.date, tuple[int, bool]]:
    calendar, workdays = calendar_of(plant), workdays_of(plant)
    return {day: (calendar.month_of(day).yyyymm, workdays.is_workday(day)) for day in _range(first, last)}


def _shifts(plant: Plant, first: dt.date, last: dt.date) -> Iterator[tuple[Key, dict[str, Any]]]:
    calendar, book, workdays = calendar_of(plant), book_of(plant), workdays_of(plant)
    spans, crews = _spans(plant), _crews(plant)
    for unit in reporting(plant):
        for line in expand(calendar, book, str(unit), first, last):
            if not any(span.holds(line.day) for span in spans[unit]):
                continue
            roster = book.roster_on(str(unit), line.day)
            for shift in line.shifts:
                # 长白班 stands one shift of the working days; the shifts that nobody owes are no rows
                if roster and len(roster.crews) == 1 and not (shift.crew and workdays.is_workday(line.day)):
                    continue
                yield (unit, shift.day, shift.shift_no), _fields(shift, _crew(crews, unit, shift))


def _fields(shift: ShiftLine, crew: int | None) -> dict[str, Any]:
    return {
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "month": shift.month.yyyymm,
        "letter": shift.crew or "",
        "crew_id": crew,
    }


def _spans(plant: Plant) -> dict[int, list[UnitState]]:
    found: dict[int, list[UnitState]] = defaultdict(list)
    for state in UnitState.objects.filter(unit__plant=plant):
        found[state.unit_id].append(state)
    return found


def _crews(plant: Plant) -> dict[tuple[int, str], list[UnitState]]:
    """States of crews by their line and letter."""
    found: dict[tuple[int, str], list[UnitState]] = defaultdict(list)
    states = UnitState.objects.filter(unit__plant=plant, unit__kind="crew", parent__isnull=False)
    for state in states.select_related("unit"):
        found[int(state.parent_id or 0), state.unit.letter].append(state)
    return found


def _crew(crews: Mapping[tuple[int, str], list[UnitState]], unit: int, shift: ShiftLine) -> int | None:
    states = crews.get((unit, shift.crew or ""), ())
    return next((state.unit_id for state in states if state.holds(shift.day)), None)


def _write_days(plant: Plant, first: dt.date, last: dt.date, days: Mapping[dt.date, tuple[int, bool]]) -> int:
    rows = DayRow.objects.filter(plant=plant, day__gte=first, day__lte=last)
    there = {day: (month, workday) for day, month, workday in rows.values_list("day", "month", "workday")}
    new = [
        DayRow(plant=plant, day=day, month=month, workday=workday)
        for day, (month, workday) in days.items()
        if there.get(day) != (month, workday)
    ]
    _upsert(DayRow, new, ["plant", "day"], ["month", "workday"])
    return len(new)


def _write_shifts(
    plant: Plant, first: dt.date, last: dt.date, shifts: Mapping[Key, Mapping[str, Any]]
) -> tuple[list[ShiftRow], int]:
    """The rows whose contents are new, and how many were taken away."""
    names = ["starts_at", "ends_at", "month", "letter", "crew_id"]
    rows = ShiftRow.objects.filter(unit__plant=plant, day__gte=first, day__lte=last)
    there = {
        (unit, day, no): (pk, dict(zip(names, rest, strict=True)))
        for pk, unit, day, no, *rest in rows.values_list("pk", "unit_id", "day", "shift_no", *names)
    }
    new = [
        ShiftRow(unit_id=unit, day=day, shift_no=no, **fields)
        for (unit, day, no), fields in shifts.items()
        if there.get((unit, day, no), (0, None))[1] != fields
    ]
    gone = [pk for key, (pk, _) in there.items() if key not in shifts]
    ShiftRow.objects.filter(pk__in=gone).delete()
    _upsert(ShiftRow, new, ["unit", "day", "shift_no"], ["starts_at", "ends_at", "month", "letter", "crew"])
    return new, len(gone)


def _upsert(model: Any, rows: list[Any], unique: list[str], update: list[str]) -> None:
    model.objects.bulk_create(rows, batch_size=2000, update_conflicts=True, unique_fields=unique, update_fields=update)


def _restamp(plant: Plant, moved: Sequence[ShiftRow]) -> None:
    """Readings carry the letter of their shift: those of changed shifts get the new one."""
    if not moved:
        return
    first, last = min(row.day for row in moved), max(row.day for row in moved)
    found = Reading.objects.filter(day__gte=first, day__lte=last, month__in={row.month for row in moved})
    found = found.filter(shift_no__gt=0).exclude(state=ReadingState.LOCKED)
    mine = found.filter(channel__unit__in={row.unit_id for row in moved})
    stale = mine.annotate(stands=_letter("channel__unit")).exclude(letter=models.F("stands"))
    by_unit: dict[int, set[int]] = defaultdict(set)
    for unit, month in stale.values_list("channel__unit", "month").distinct():
        by_unit[unit].add(month)
    for unit, months in by_unit.items():  # an update cannot look through a join: one line at a time
        channels = list(Channel.objects.filter(unit=unit).values_list("pk", flat=True))
        found.filter(channel__in=channels, month__in=months).update(letter=_letter(Value(unit)))
        partitions.touch(plant=plant, fact="readings", months=months)


def _letter(unit: str | Value) -> Coalesce:
    """Who stands the shift of a reading by the table of shifts; '' where nobody does."""
    of = OuterRef(unit) if isinstance(unit, str) else unit
    stands = ShiftRow.objects.filter(unit=of, day=OuterRef("day"), shift_no=OuterRef("shift_no"))
    return Coalesce(Subquery(stands.values("letter")[:1]), Value(""))


def _range(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += ONE
