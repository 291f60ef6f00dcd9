"""What machines may read, inside a scope: pages of readings, indicator values, the newest run of a month, the two trees."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from ronglu.store.models import (
    STANDING,
    AdjustmentLine,
    AdjustmentTotal,
    Body,
    BodyState,
    Engagement,
    IndicatorRow,
    Person,
    Plant,
    Reading,
    Result,
    Run,
    Total,
    Unit,
    UnitState,
)
from ronglu.store.models import Mapping as MappingRow
from ronglu.work.queries import agreed
from ronglu.work.scope import Scope


@dataclass(frozen=True, slots=True)
class Place:
    """A unit or body on a day, with its superior's code."""

    code: str
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Organisation:
    units: tuple[Place, ...]
    bodies: tuple[Place, ...]
    links: tuple[tuple[str, str], ...]


def plant(*, scope: Scope, code: str, verb: str) -> Plant | None:
    """The plant asked for, or the only one there is, if the verb reaches into it."""
    found = scope.plants(verb)
    if code:
        return found.filter(code=code).first()
    plants = list(found[:2])
    return plants[0] if len(plants) == 1 else None


def unit(*, scope: Scope, plant: Plant, code: str, verb: str) -> Unit | None:
    return scope.units(verb).filter(plant=plant, code=code).first()


def body(*, scope: Scope, plant: Plant, code: str) -> Body | None:
    return scope.bodies().filter(plant=plant, code=code).first()


def readings(
    *, unit: Unit, series: str, first: dt.date, last: dt.date, after: int, limit: int, versions: bool
) -> Sequence[Reading]:
    """Of the production days `first`..`last`, in order of their keys: the page after a key stays the same under new rows."""
    found = Reading.objects.filter(channel__unit=unit, day__gte=first, day__lte=last, pk__gt=after)
    if series:
        found = found.filter(channel__series=series)
    if not versions:
        found = found.filter(state__in=STANDING)
    return list(found.select_related("channel").order_by("pk")[:limit])


def values(*, unit: Unit, indicator: str, grain: str, first: str, last: str) -> QuerySet[IndicatorRow]:
    """Rows of one indicator at one unit; periods of one grain sort as text."""
    found = IndicatorRow.objects.filter(unit=unit, indicator=indicator, grain=grain)
    if first:
        found = found.filter(period__gte=first)
    if last:
        found = found.filter(period__lte=last)
    return found.order_by("period")


def runs(*, plant: Plant, month: int | None) -> QuerySet[Run]:
    found = Run.objects.filter(plant=plant).select_related("sheet")
    return (found.filter(month=month) if month else found).order_by("-month", "-number")


def results(*, scope: Scope, run: Run) -> tuple[list[Result], list[Total]]:
    """As they stand: where the month is closed, with what was agreed after the close."""
    bodies = scope.bodies()
    rows = Result.objects.filter(run=run, body__in=bodies).select_related("body").order_by("body__code", "item")
    totals = Total.objects.filter(run=run, body__in=bodies).select_related("body").order_by("body__code", "scale")
    lines, sums = agreed.of_run(run.pk), agreed.totals_of_run(run.pk)
    return [_stands(one, lines) for one in rows], [_total(one, sums) for one in totals]


def result(*, run: Run, body: Body, item: str) -> Result | None:
    found = Result.objects.filter(run=run, body=body, item=item).select_related("body").first()
    return _stands(found, agreed.of_run(run.pk)) if found else None


def _stands(row: Result, lines: Mapping[agreed.Spot, AdjustmentLine]) -> Result:
    """The row with what was agreed of it; only to be read."""
    if one := lines.get((row.body_id, row.item)):
        row.state, row.won, row.share, row.basis = one.state, one.won, one.share, one.basis
    return row


def _total(row: Total, sums: Mapping[agreed.Spot, AdjustmentTotal]) -> Total:
    if one := sums.get((row.body_id, row.scale)):
        row.applicable, row.available, row.won = one.applicable, one.available, one.won
        row.converted, row.grade, row.vetoed = one.converted, one.grade, one.vetoed
    return row


def organisation(*, plant: Plant, on: dt.date) -> Organisation:
    """Both trees and the map: structure only, no person."""
    units = UnitState.objects.on(on).filter(unit__plant=plant).order_by("unit__position", "unit__code")
    bodies = BodyState.objects.on(on).filter(body__plant=plant).order_by("body__position", "body__code")
    links = MappingRow.objects.on(on).filter(body__plant=plant).order_by("body__code", "unit__code")
    return Organisation(
        tuple(Place(*row) for row in units.values_list("unit__code", "name", "unit__kind", "parent__code")),
        tuple(Place(*row) for row in bodies.values_list("body__code", "name", "kind", "parent__code")),
        tuple(links.values_list("body__code", "unit__code")),
    )


def people(*, scope: Scope, plant: Plant, after: str, limit: int) -> list[tuple[Person, str]]:
    """Persons of the scope with the unit each works at that day; two queries."""
    found = list(scope.people().filter(plant=plant, staff_no__gt=after).order_by("staff_no")[:limit])
    works = dict(
        Engagement.objects.on(scope.on).filter(person__in=found).order_by("pk").values_list("person_id", "unit__code")
    )
    return [(person, works.get(person.pk, "")) for person in found]
