"""五抓五促 and 专项自查 as read: which points of a quarter are filled and looked at, and how far what was found is put right."""

import datetime as dt
from dataclasses import dataclass

from ronglu.kernel.loops.loop import OVER
from ronglu.kernel.named_codes import NamedCode
from ronglu.kernel.org.tree import View
from ronglu.kernel.time.period import Period
from ronglu.store.models import Body, Case, InspectionFinding, QuarterPoint, SelfInspection
from ronglu.work import wording
from ronglu.work.quarter_points import KINDS
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

SEE, FILL, LOOK, ACT = "integrity.see", "integrity.fill", "integrity.look", "inspections.act"


@dataclass(frozen=True, slots=True)
class Quarter:
    """One body's five in a quarter, in the order of the list."""

    body: Body
    name: str
    points: tuple[tuple[NamedCode, QuarterPoint | None], ...]

    @property
    def filled(self) -> int:
        return sum(row is not None for _point, row in self.points)


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection with the cases that it led to: `late` are those past their day, done or not."""

    row: SelfInspection
    name: str
    cases: tuple[Case, ...]
    late: int

    @property
    def closed(self) -> int:
        return sum(case.phase in OVER for case in self.cases)

    def overdue(self, on: dt.date) -> bool:
        return self.row.state == "planned" and self.row.due_on < on


def quarters(*, scope: Scope, places: Places, quarter: Period) -> list[Quarter]:
    """Every branch and general branch of the quarter within reach, filled or not: three queries."""
    view = places.party.at(min(quarter.last, places.on))
    bodies = [
        one
        for one in scope.bodies(SEE).filter(plant=places.plant).order_by("position", "code")
        if _listed(view, one.pk)
    ]
    rows = QuarterPoint.objects.filter(body__in=bodies, quarter=str(quarter)).select_related(
        "body", "by__person", "looked_by__person"
    )
    found = {(one.body_id, one.point): one for one in rows}
    points = wording.listed(places.plant, "points")
    return [
        Quarter(body, places.body_name(body.pk), tuple((one, found.get((body.pk, one.code))) for one in points))
        for body in bodies
    ]


def point(*, pk: int) -> QuarterPoint | None:
    return QuarterPoint.objects.filter(pk=pk).select_related("body__plant", "by").first()


def inspections(*, scope: Scope, places: Places, year: int) -> list[Inspected]:
    """Those planned for the year, the latest first, with what they found: three queries."""
    days = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = SelfInspection.objects.filter(body__in=scope.bodies(SEE), body__plant=places.plant, due_on__range=days)
    listed = list(rows.select_related("body__plant", "planned_by__person", "held_by__person"))
    cases = _cases([one.pk for one in listed])
    return [_inspected(one, cases.get(one.pk, []), places) for one in listed]


def inspection(*, scope: Scope, pk: int) -> SelfInspection | None:
    found = SelfInspection.objects.filter(pk=pk, body__in=scope.bodies(SEE))
    return found.select_related("body__plant", "planned_by__person", "held_by__person").first()


def inspected(row: SelfInspection, places: Places) -> Inspected:
    return _inspected(row, _cases([row.pk]).get(row.pk, []), places)


def _inspected(row: SelfInspection, cases: list[Case], places: Places) -> Inspected:
    late = sum(_late(case, places.on) for case in cases)
    return Inspected(row, places.body_name(row.body_id), tuple(cases), late)


def _late(case: Case, on: dt.date) -> bool:
    """Still open after its day. What was closed late is told by the score of its month."""
    return case.phase not in OVER and case.due_at is not None and case.due_at.date() <= on


def _cases(inspected: list[int]) -> dict[int, list[Case]]:
    rows = InspectionFinding.objects.filter(inspection__in=inspected).select_related("case").order_by("pk")
    found: dict[int, list[Case]] = {}
    for row in rows:
        found.setdefault(row.inspection_id, []).append(row.case)
    return found


def _listed(view: View, body: int) -> bool:
    found = view.nearest(body, *KINDS) if body in view else None
    return found is not None and found.id == body
