"""What a shift terminal shows of its line: the shift that runs, the zones, the open cases to hand over; of persons nothing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from ronglu.kernel.loops.due import last_day
from ronglu.kernel.loops.loop import RUNNING, Loop, State
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.homes import Homes
from ronglu.store.models import Account, Body, Case, Plant, Unit, UnitState, Zone
from ronglu.store.values import calendar_of
from ronglu.work.holdings import holdings_of
from ronglu.work.queries.inbox import count
from ronglu.work.queries.places import Places
from ronglu.work.queries.waiting import Waiting
from ronglu.work.scope import Scope
from ronglu.work.shifts import crew_on

ROLE = "kiosk"


@dataclass(frozen=True, slots=True)
class Shift:
    name: str
    crew: str
    ends_at: dt.datetime
    starts_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Left:
    """One case to hand over, or of one's own inbox."""

    case: Case
    loop: Loop
    state: State
    due_on: dt.date | None
    late: bool


def unit_of(account: Account, on: dt.date) -> Unit | None:
    """Where the terminal stands."""
    found = next((one.unit_id for one in holdings_of(account, on=on) if one.what == ROLE), None)
    return Unit.objects.select_related("plant").filter(pk=found).first() if found else None


def lines(plants: QuerySet[Plant], on: dt.date) -> list[tuple[int, str]]:
    """Where a terminal may stand: number, and names of plant and line."""
    rows = UnitState.objects.on(on).filter(unit__plant__in=plants, unit__kind="line").select_related("unit__plant")
    return [
        (row.unit_id, f"{row.unit.plant.name} · {row.name}") for row in rows.order_by("unit__plant", "unit__position")
    ]


def shift_of(unit: Unit, at: dt.datetime) -> Shift | None:
    """The shift that runs, and the letter of its crew; nothing where the plant has no clock yet."""
    try:
        calendar = calendar_of(unit.plant)
        slot = calendar.slot(*calendar.shift_of(at))
    except TimeTrouble:
        return None
    return Shift(slot.name, crew_on(unit=unit, at=at) or "", slot.ends_at, slot.starts_at)


def units_of(unit: Unit, places: Places) -> frozenset[int]:
    """The line and its crews."""
    return frozenset(int(one) for one in places.production.at(places.on).subtree(unit.pk)) | {unit.pk}


def zones_of(unit: Unit, places: Places) -> list[Zone]:
    return list(Zone.objects.filter(unit__in=units_of(unit, places), state="active").order_by("code"))


def zone_of(unit: Unit, places: Places, pk: str) -> Zone | None:
    """A zone of the line by its number, as the form sent it."""
    return next((one for one in zones_of(unit, places) if str(one.pk) == pk), None)


def body_of(unit: Unit, on: dt.date) -> Body | None:
    """The branch that answers for the line: what stands at a body is raised there."""
    found = Homes.of(unit.plant).branch(unit.pk, on)
    return Body.objects.filter(pk=found).first() if found else None


def to_hand_over(
    unit: Unit, *, places: Places, loops: Mapping[str, Loop], at: dt.datetime, most: int
) -> tuple[list[Left], int]:
    """What is not done on the line, the most urgent first, and how many there are in all; nothing confidential."""
    return left_at([unit.pk], places=places, loops=loops, at=at, most=most)


def left_at(
    units: Sequence[int], *, places: Places, loops: Mapping[str, Loop], at: dt.datetime, most: int
) -> tuple[list[Left], int]:
    """The same of several lines, with their crews; two queries however many."""
    view = places.production.at(places.on)
    inside = {int(one) for unit in units for one in view.subtree(unit)} | set(units)
    rows = Case.objects.filter(unit__in=inside, phase__in=RUNNING, secrecy="open", loop__in=loops)
    found = rows.order_by(F("due_at").asc(nulls_last=True), "pk")
    return [_left(one, loops, at) for one in found[:most]], rows.count()


def own_todo(*, scope: Scope, loops: Mapping[str, Loop], at: dt.datetime, most: int) -> tuple[list[Left], int]:
    """What waits for the one who said who he is, the most urgent first; what is confidential is counted, not shown."""
    pks = [pk for pk, _due in Waiting(scope, loops).first(most)]
    found = Case.objects.filter(secrecy="open").in_bulk(pks)
    return [_left(found[pk], loops, at) for pk in pks if pk in found], count(scope, loops)


def _left(case: Case, loops: Mapping[str, Loop], at: dt.datetime) -> Left:
    loop = loops[case.loop]
    due = last_day(case.due_at) if case.due_at else None
    return Left(case, loop, loop.state(case.state), due, bool(case.due_at and case.due_at <= at))
