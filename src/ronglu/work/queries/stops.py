"""What the page of planned stops shows: those that wait first, then those to come and of the last year."""

import datetime as dt
from dataclasses import dataclass

from ronglu.store.history import unit_tree
from ronglu.store.models import Account, PlanStop, Plant, Unit
from ronglu.work.scope import Scope

VERB = "plans.set"
YEAR = dt.timedelta(days=366)
STOPPABLE = ("plant", "workshop", "line", "step")


@dataclass(frozen=True, slots=True)
class Stop:
    """`approvable`: somebody else proposed it, so this reader may be the second person."""

    row: PlanStop
    name: str
    last_on: dt.date
    days: int
    mine: bool
    approvable: bool


def listed(*, plant: Plant, scope: Scope, by: Account, on: dt.date) -> list[Stop]:
    names = {state.id: state.name for state in unit_tree(plant).at(on).nodes.values()}
    rows = PlanStop.objects.filter(unit__in=scope.units(VERB), unit__plant=plant, until_on__gt=on - YEAR)
    rows = rows.select_related("unit", "set_by__person", "approved_by__person").order_by("-from_on", "unit__position")
    found = [_stop(row, names.get(row.unit_id, row.unit.code), by) for row in rows]
    return sorted(found, key=lambda one: one.row.approved_by_id is not None)


def one(*, plant: Plant, pk: int) -> PlanStop | None:
    return PlanStop.objects.select_related("unit__plant").filter(unit__plant=plant, pk=pk).first()


def units(*, plant: Plant, scope: Scope, on: dt.date) -> list[tuple[str, str]]:
    """Code and name of the units for which the reader may propose a stop."""
    names = {state.id: state.name for state in unit_tree(plant).at(on).nodes.values() if state.kind in STOPPABLE}
    rows: list[Unit] = list(scope.units(VERB).filter(plant=plant, pk__in=names).order_by("position", "code"))
    return [(unit.code, names[unit.pk]) for unit in rows]


def _stop(row: PlanStop, name: str, by: Account) -> Stop:
    last = (row.until_on or row.from_on + dt.timedelta(days=1)) - dt.timedelta(days=1)
    mine = row.set_by_id == by.pk
    return Stop(row, name, last, (last - row.from_on).days + 1, mine, row.approved_by_id is None and not mine)
