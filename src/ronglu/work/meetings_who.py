"""Those who are due at a meeting, crew by crew with the shifts they stand and one by one who has days of his own, and where a body may meet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ronglu.kernel.gathering.due import Attendees, OnDuty
from ronglu.kernel.org.kinds import CREW
from ronglu.kernel.org.tree import View
from ronglu.store.history import unit_tree
from ronglu.store.models import Engagement, Plant, ShiftRow, Venue
from ronglu.store.models import Mapping as MappingRow
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
        stays = _stays(plant, first, last)
        self._crew = {person: row.unit_id for person, rows in stays.items() for row in rows if row.holds(last)}
        stood = _stood(plant, first - ROUND, last + ROUND)
        self._spells = {crew: tuple(spell for _, spell in found) for crew, found in stood.items()}
        self._moved = {
            person: _pieces(rows, stood) for person, rows in stays.items() if len({row.unit_id for row in rows}) > 1
        }
        self._by_day = _working_days(plant, first, last)
        self._own = OwnDays(plant, first - ROUND, last + ROUND)

    def parts(self, people: Iterable[int]) -> tuple[Attendees, ...]:
        """Crew by crew; who stands no shift works by day. A part by himself is who is away or stands in some day, and who goes
        from one crew to another in these days.
        """
        by_crew: dict[int, set[int]] = defaultdict(set)
        alone: list[Attendees] = []
        for person in people:
            crew = self._crew.get(person, 0)
            crew = crew if self._spells.get(crew) else 0
            if self._own.has(person) or person in self._moved:
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
        spells = self._own.spells(
            person, part.spells if part.by_day else self._moved.get(person, part.spells), part.by_day
        )
        return replace(part, code=f"one-{person}", spells=spells, away=self._own.away(person), alone=True)


class Rooms:
    """Which venues a body may meet in: those of the whole plant, and those of its own units."""

    def __init__(self, plant: Plant, party: View, production: View, on: dt.date) -> None:
        self.rows = list(Venue.objects.filter(plant=plant, state="open").order_by("seats", "code"))
        self._party, self._production = party, production
        self._stands = defaultdict(list)
        for body, unit in MappingRow.objects.on(on).filter(body__plant=plant).values_list("body_id", "unit_id"):
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


Stood = Mapping[int, Sequence[tuple[dt.date, OnDuty]]]
"""Crew → its shifts in time order, each with the production day to which it belongs: the night belongs to the day before."""


def _stood(plant: Plant, first: dt.date, last: dt.date) -> Stood:
    found: dict[int, list[tuple[dt.date, OnDuty]]] = defaultdict(list)
    rows = ShiftRow.objects.filter(unit__plant=plant, day__range=(first, last), crew__isnull=False)
    # a crew that stands on two lines at once works one shift
    for crew, starts_at, ends_at, day in sorted(set(rows.values_list("crew_id", "starts_at", "ends_at", "day"))):
        if not found[crew] or found[crew][-1][1].ends_at <= starts_at:
            found[crew].append((day, OnDuty(starts_at, ends_at)))
    return found


def _stays(plant: Plant, first: dt.date, last: dt.date) -> dict[int, list[Engagement]]:
    """Person → the crews he belongs to in these days, in time order."""
    found: dict[int, list[Engagement]] = defaultdict(list)
    rows = Engagement.objects.within(first, last).filter(unit__plant=plant, unit__kind=CREW)
    for row in rows.order_by("from_on"):
        found[row.person_id].append(row)
    return found


def _pieces(stays: Iterable[Engagement], stood: Stood) -> tuple[OnDuty, ...]:
    """Of each crew the shifts while he belongs to it."""
    mine = {spell for row in stays for day, spell in stood.get(row.unit_id, ()) if row.holds(day)}
    return tuple(sorted(mine, key=lambda one: one.starts_at))


def _working_days(plant: Plant, first: dt.date, last: dt.date) -> tuple[OnDuty, ...]:
    days: Sequence[dt.date] = list(workdays_of(plant).workdays(first, last))
    return tuple(OnDuty(dt.datetime.combine(d, DAY_STARTS), dt.datetime.combine(d, DAY_ENDS)) for d in days)
