"""Those who are due at a meeting, crew by crew with the shifts they stand and one by one who has days of his own, and where a body may meet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ronglu.kernel.gathering.due import Attendees, OnDuty
from ronglu.kernel.org.kinds import CREW
from ronglu.kernel.org.tree import View
from ronglu.store.history import unit_tree
from ronglu.store.models import Engagement, Mapping, Plant, ShiftRow, Venue
from ronglu.store.values import workdays_of
from ronglu.work import shifts
from ronglu.work.meetings_days import OwnDays
from ronglu.work.presence import DAY_ENDS, DAY_STARTS

ROUND = dt.timedelta(days=3)
"""So far before and after a stretch of days a shift may tell whether people are rested."""
BY_DAY = "day"
ROOMS = 4
"""Of the venues that hold everybody the smallest so many: a crew of nine does not take the great hall."""


class Rota:
    """Who stands which shift in some days: one reading of the rosters for all bodies of a plant."""

    def __init__(self, plant: Plant, first: dt.date, last: dt.date) -> None:
        shifts.ensure(plant=plant, first=first - ROUND, last=last + ROUND)
        self.production = unit_tree(plant).at(last)
        works = Engagement.objects.on(last).filter(unit__plant=plant, unit__kind=CREW).order_by("from_on")
        self._crew = dict(works.values_list("person_id", "unit_id"))
        self._spells = _spells(plant, first - ROUND, last + ROUND)
        self._by_day = _working_days(plant, first, last)
        self._own = OwnDays(plant, first - ROUND, last + ROUND)

    def parts(self, people: Iterable[int]) -> tuple[Attendees, ...]:
        """Crew by crew; who stands no shift works by day. Who is away or stands in some day is a part by himself."""
        by_crew: dict[int, set[int]] = defaultdict(set)
        alone: list[Attendees] = []
        for person in people:
            crew = self._crew.get(person, 0)
            crew = crew if self._spells.get(crew) else 0
            if self._own.has(person):
                alone.append(self._alone(person, crew))
            else:
                by_crew[crew].add(person)
        crews = [self._part(crew, found) for crew, found in sorted(by_crew.items()) if crew]
        rest = [self._part(0, by_crew[0])] if by_crew.get(0) else []
        return (*crews, *rest, *sorted(alone, key=lambda one: one.code))

    def _part(self, crew: int, people: set[int]) -> Attendees:
        if not crew:
            return Attendees(BY_DAY, "长白班", frozenset(people), self._by_day, True)
        return Attendees(f"crew-{crew}", self.production.nodes[crew].name, frozenset(people), self._spells[crew])

    def _alone(self, person: int, crew: int) -> Attendees:
        """Named as his crew: a plan never says who."""
        part = self._part(crew, {person})
        spells = self._own.spells(person, part.spells, part.by_day)
        return replace(part, code=f"one-{person}", spells=spells, away=self._own.away(person), alone=True)


class Rooms:
    """Which venues a body may meet in: those of the whole plant, and those of its own units."""

    def __init__(self, plant: Plant, party: View, production: View, on: dt.date) -> None:
        self.rows = list(Venue.objects.filter(plant=plant, state="open").order_by("seats", "code"))
        self._party, self._production = party, production
        self._stands = defaultdict(list)
        for body, unit in Mapping.objects.on(on).filter(body__plant=plant).values_list("body_id", "unit_id"):
            self._stands[body].append(unit)

    def for_body(self, body: int, people: int) -> list[Venue]:
        """The smallest that hold everybody; where none does, the two largest: the rest comes to the make-up."""
        mine = {
            int(state.id)
            for one in self._party.path(body)
            for unit in self._stands[int(one.id)]
            for state in self._production.path(unit)
        }
        usable = [one for one in self.rows if one.unit_id is None or one.unit_id in mine]
        enough = [one for one in usable if one.seats >= people]
        return enough[:ROOMS] or usable[-2:]


def _spells(plant: Plant, first: dt.date, last: dt.date) -> dict[int, tuple[OnDuty, ...]]:
    found: dict[int, list[OnDuty]] = defaultdict(list)
    rows = ShiftRow.objects.filter(unit__plant=plant, day__range=(first, last), crew__isnull=False)
    # a crew that stands on two lines at once works one shift
    for crew, starts_at, ends_at in sorted(set(rows.values_list("crew_id", "starts_at", "ends_at"))):
        if not found[crew] or found[crew][-1].ends_at <= starts_at:
            found[crew].append(OnDuty(starts_at, ends_at))
    return {crew: tuple(spells) for crew, spells in found.items()}


def _working_days(plant: Plant, first: dt.date, last: dt.date) -> tuple[OnDuty, ...]:
    days: Sequence[dt.date] = list(workdays_of(plant).workdays(first, last))
    return tuple(OnDuty(dt.datetime.combine(d, DAY_STARTS), dt.datetime.combine(d, DAY_ENDS)) for d in days)
