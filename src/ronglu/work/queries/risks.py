"""The 风险清单 as read: the list with its controls, how many are graded, and what a hazard may name as the control that failed."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ronglu.store.models import Case, Plant, Risk, RiskControl, RiskGrade
from ronglu.work.scope import Scope

SEE, EDIT = "risks.see", "risks.edit"
GRADES = RiskGrade.choices
OFFERED = 400
NAMED = re.compile(r"(?P<risk>\S+)#(?P<no>\d+)\b")
"""How a hazard names a control: FX-0003#2 and its words. What was written without one stays valid as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    risk: Risk
    controls: tuple[RiskControl, ...]
    failed: int
    """Hazards that name one of them."""


def visible(*, scope: Scope, plant: Plant, on: dt.date) -> QuerySet[Risk]:
    """The employees are told of every risk at their workplace: the whole list of the plant."""
    known = scope.plants(SEE).filter(pk=plant.pk)
    return Risk.objects.on(on).filter(plant__in=known).select_related("unit", "zone").order_by("code")  # type: ignore[no-any-return]


def one(*, scope: Scope, pk: int) -> Risk | None:
    rows = Risk.objects.filter(pk=pk, plant__in=scope.plants(SEE))
    return rows.select_related("plant", "unit", "zone").first()


def may_edit(*, scope: Scope, risk: Risk) -> bool:
    return scope.reach(EDIT).holds(plant=risk.plant_id, unit=risk.unit_id, body=None)


def lines(risks: list[Risk], *, plant: Plant) -> list[Line]:
    """Two queries more, whatever their number."""
    controls: dict[int, list[RiskControl]] = {one.pk: [] for one in risks}
    for row in RiskControl.objects.filter(risk__in=controls, dropped_on=None).order_by("risk", "no"):
        controls[row.risk_id].append(row)
    failed = dict.fromkeys((one.code for one in risks), 0)
    named = Case.objects.filter(plant=plant, loop="hazard", secrecy="open", data__control__icontains="#")
    for text in named.values_list("data__control", flat=True):
        found = NAMED.match(str(text))
        if found and found["risk"] in failed:
            failed[found["risk"]] += 1
    return [Line(one, tuple(controls[one.pk]), failed[one.code]) for one in risks]


def hazards_of(risk: Risk, *, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those among the cases a reader may see that name one of its controls, the newest first."""
    rows = cases.filter(plant=risk.plant_id, loop="hazard", data__control__startswith=f"{risk.code}#")
    return rows.order_by("-raised_at")


def offered(*, plant: Plant, on: dt.date) -> list[str]:
    """What may be picked as the control that failed."""
    running = Risk.objects.on(on).filter(plant=plant)
    rows = RiskControl.objects.filter(risk__in=running, dropped_on=None).order_by("risk__code", "no")
    return [called(code, no, text) for code, no, text in rows.values_list("risk__code", "no", "text")[:OFFERED]]


def called(code: str, no: int, text: str) -> str:
    return f"{code}#{no} {text}"


def counts(*, plant: Plant, on: dt.date) -> dict[int, tuple[int, int]]:
    """By unit: risks on the list that day, and those that nobody has graded."""
    rows = Risk.objects.on(on).filter(plant=plant).order_by().values("unit")
    return {
        row["unit"]: (row["n"], row["bare"])
        for row in rows.annotate(n=Count("pk"), bare=Count("pk", filter=Q(grade="")))
    }
