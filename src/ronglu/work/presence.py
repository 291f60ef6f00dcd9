"""When people are at work: a crew by its roster with stand-ins, day staff on working days; for quiet hours between."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from django.db.models import Q

from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import Engagement, Person, Plant, ShiftRow, Substitution
from ronglu.store.values import workdays_of

DAY_STARTS, DAY_ENDS = dt.time(8), dt.time(18)
"""Of day staff; 系统默认."""
AHEAD = dt.timedelta(days=10)
"""No cycle rests longer; who stands no shift until then is taken for day staff."""
ONE = dt.timedelta(days=1)
Key = tuple[int, dt.date, int]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One stretch of work; half-open."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def reaches(self, at: dt.datetime) -> dt.datetime:
        """The first moment of it that is not before `at`."""
        return max(self.starts_at, at)


def at_work(people: Iterable[int], *, at: dt.datetime) -> dict[int, Span]:
    """The stretch of work that each is in, or the next; five queries for any number of people."""
    wanted = set(people)
    stood = _shifts(wanted, at)
    rest = wanted - stood.keys()
    plants = dict(Person.objects.filter(pk__in=rest).values_list("pk", "plant_id"))
    calendars = {plant.pk: workdays_of(plant) for plant in Plant.objects.filter(pk__in=set(plants.values()))}
    days = {plant: day_of(calendar, at) for plant, calendar in calendars.items()}
    return stood | {person: days[plant] for person, plant in plants.items()}


def day_of(workdays: WorkCalendar, at: dt.datetime) -> Span:
    """The working day that `at` is in, or the next one."""
    days = (at.date() + n * ONE for n in count())
    spans = (
        Span(dt.datetime.combine(d, DAY_STARTS), dt.datetime.combine(d, DAY_ENDS))
        for d in days
        if workdays.is_workday(d)
    )
    return next(span for span in spans if span.ends_at > at)


def _shifts(people: set[int], at: dt.datetime) -> dict[int, Span]:
    first, last = at.date() - ONE, (at + AHEAD).date()
    engaged = Engagement.objects.on(at.date()).filter(person__in=people, unit__kind="crew")  # type: ignore[attr-defined]
    crews = dict(engaged.values_list("person_id", "unit_id"))
    swaps = Substitution.objects.filter(Q(absent__in=people) | Q(standin__in=people), day__range=(first, last))
    swapped = [((s.unit_id, s.day, s.shift_no), s.absent_id, s.standin_id) for s in swaps]
    if not crews and not swapped:
        return {}
    of_crew, spans = _rows(set(crews.values()), {key[0] for key, _absent, _standin in swapped}, at, first, last)
    keys = {person: set(of_crew.get(crew, ())) for person, crew in crews.items()}
    for key, absent, standin in swapped:
        keys.get(absent, set()).discard(key)
        if standin in people and key in spans:
            keys.setdefault(standin, set()).add(key)
    return {person: min(spans[key] for key in mine) for person, mine in keys.items() if mine}


def _rows(
    crews: set[int], units: set[int], at: dt.datetime, first: dt.date, last: dt.date
) -> tuple[dict[int, list[Key]], dict[Key, Span]]:
    """Shifts not yet over of these crews, and of every crew on these lines."""
    rows = ShiftRow.objects.filter(Q(crew__in=crews) | Q(unit__in=units), day__range=(first, last), ends_at__gt=at)
    of_crew: dict[int, list[Key]] = {}
    spans: dict[Key, Span] = {}
    for row in rows:
        key = (row.unit_id, row.day, row.shift_no)
        spans[key] = Span(row.starts_at, row.ends_at)
        of_crew.setdefault(row.crew_id or 0, []).append(key)
    return of_crew, spans
