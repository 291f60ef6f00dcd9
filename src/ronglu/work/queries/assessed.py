"""Scores of crews by line and of one person, from the newest run of a month: against plan and one's own past, nobody ranked."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import AssessedResult, AssessedRun, AssessedTotal, Person, Plant, Unit
from ronglu.store.values import workdays_of
from ronglu.work.assessed import CREW, DUTY, newest
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

SEE_DUTY, SEE_CREWS = "duty_scores.see", "boards.see"
TIE_H = 100
"""⚙ `crew_tie_h` of a plant's settings: within so many hundredths of a point of the line's mean a crew is level with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One item as it was judged, with the steps of the calculation and the records it counted; of a person's records `late` says
    by how many working days each was done after its due day.
    """

    item: Item
    state: str
    points: int
    won: int | None
    steps: tuple[Step, ...] = ()
    records: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Crew:
    """One crew in one month, all in hundredths. `level`: above, level, below the mean of its line; empty where nobody knows."""

    unit: int
    code: str
    name: str
    items: tuple[Told, ...]
    score: int | None
    before: int | None
    level: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    mean: int | None
    crews: tuple[Crew, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """One person's month."""

    run: AssessedRun
    items: tuple[Told, ...]
    score: int | None
    before: int | None
    past: tuple[tuple[Period, int | None], ...]


def months(*, plant: Plant, code: str) -> list[Period]:
    """Those that were computed, the newest first."""
    found = AssessedRun.objects.filter(plant=plant, code=code).order_by("-month").values_list("month", flat=True)
    return [Period.from_yyyymm(month) for month in dict.fromkeys(found)]


def crews(*, scope: Scope, places: Places, run: AssessedRun) -> list[Line]:
    """By line, crews in the order of their letters; only lines the reader may look at. The same queries for any number."""
    sheet, month = build(run.declaration), Period.from_yyyymm(run.month)
    results: dict[int, list[AssessedResult]] = {}
    for row in run.results.order_by("pk"):
        results.setdefault(row.unit_id or 0, []).append(row)
    totals = dict(run.totals.values_list("unit", "converted"))
    before = _converted(run.plant, CREW, month - 1, "unit")
    seen = set(scope.units(SEE_CREWS).filter(pk__in=totals).values_list("pk", flat=True))
    lines: dict[int, list[Unit]] = {}
    view = places.production.at(places.on)
    for unit in Unit.objects.filter(pk__in=seen).order_by("position", "code"):
        parent = view.path(unit.pk)[-2].id if unit.pk in view and len(view.path(unit.pk)) > 1 else 0
        lines.setdefault(int(parent), []).append(unit)
    tie = int(run.plant.settings.get("crew_tie_h", TIE_H))
    return [_line(places, line, units, sheet, results, totals, before, tie) for line, units in lines.items()]


def _line(
    places: Places, line: int, units: list[Unit], sheet: Sheet, results: Mapping[int, list[AssessedResult]],
    totals: Mapping[int, int | None], before: Mapping[int, int | None], tie: int,
) -> Line:  # fmt: skip
    known = [score for unit in units if (score := totals.get(unit.pk)) is not None]
    # to whole hundredths, half up: the mean is only looked at, nothing is computed from it
    mean = (2 * sum(known) + len(known)) // (2 * len(known)) if known else None
    found = tuple(
        Crew(
            unit.pk, unit.code, places.unit_name(unit.pk), tuple(_told(sheet, row) for row in results.get(unit.pk, ())),
            totals.get(unit.pk), before.get(unit.pk), level(totals.get(unit.pk), mean, tie),
        )
        for unit in units
    )  # fmt: skip
    return Line(places.unit_name(line), mean, found)


def level(score: int | None, mean: int | None, tie: int) -> str:
    """Ties stand inside the noise: what is within it is level."""
    if score is None or mean is None:
        return ""
    return "level" if abs(score - mean) <= tie else "above" if score > mean else "below"


def own(*, plant: Plant, person: Person, month: Period) -> Own | None:
    """None where the person was not assessed that month."""
    run = newest(plant=plant, code=DUTY, month=month)
    total = AssessedTotal.objects.filter(run=run, person=person).first() if run else None
    if run is None or total is None:
        return None
    sheet = build(run.declaration)
    days = workdays_of(plant)
    items = tuple(_dated(_told(sheet, row), days) for row in run.results.filter(person=person).order_by("pk"))
    past = tuple(
        (month - n, _converted(plant, DUTY, month - n, "person", person.pk).get(person.pk)) for n in range(5, -1, -1)
    )
    return Own(run, items, total.converted, past[-2][1], past)


def assessed_people(*, scope: Scope, run: AssessedRun) -> list[Person]:
    """Whose figures this reader may open, in the order of staff numbers; names only, no figure beside another."""
    people = scope.people(SEE_DUTY).filter(assessed_totals__run=run)
    return list(people.distinct().order_by("staff_no"))


def person_seen(*, scope: Scope, plant: Plant, staff_no: str) -> Person | None:
    return scope.people(SEE_DUTY).filter(plant=plant, staff_no=staff_no).first()


def _converted(plant: Plant, code: str, month: Period, kind: str, *only: int) -> dict[int, int | None]:
    run = newest(plant=plant, code=code, month=month)
    rows = AssessedTotal.objects.filter(run=run) if run else AssessedTotal.objects.none()
    rows = rows.filter(**{f"{kind}__in": only}) if only else rows
    return dict(rows.values_list(kind, "converted"))


def _told(sheet: Sheet, row: AssessedResult) -> Told:
    item = sheet.item(row.item)
    steps = item.shape.explain(Basis.from_data(row.basis)) if row.state == State.SCORED.value else ()
    return Told(item, row.state, row.points, row.won, tuple(steps), tuple(row.basis.get("records", ())))


def _dated(told: Told, days: WorkCalendar) -> Told:
    return replace(told, records=tuple({**one, "late": late(one, days)} for one in told.records))


def late(record: Mapping[str, object], days: WorkCalendar) -> int:
    """Working days from the day after the due one to the day it was done; 0 where it was in time or is not done yet."""
    due, done = (dt.date.fromisoformat(str(record[name])) if record.get(name) else None for name in ("due", "done"))
    return 0 if due is None or done is None else sum(1 for _ in days.workdays(due + dt.timedelta(days=1), done))
