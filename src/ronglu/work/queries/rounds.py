"""Rounds as lists: what is mine and due, what the reader's zones owe, and one round with its lines."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ronglu.store.models import Checklist, Plant, Round, RoundAnswer, WorkClass
from ronglu.work.queries.zones import owned_by, within
from ronglu.work.scope import Scope

DO = "rounds.do"


@dataclass(frozen=True, slots=True)
class Line:
    no: int
    text: str
    answer: RoundAnswer | None


def mine(*, scope: Scope, until: dt.date) -> QuerySet[Round]:
    """Due rounds of the zones I own that day, the oldest first: what an inbox shows."""
    rows = Round.objects.filter(zone__in=owned_by(scope).values("zone"), state="due", due_on__lte=until)
    return rows.select_related("zone__plant", "zone__unit", "checklist").order_by("due_on", "zone__code", "work_class")


def listed(*, scope: Scope, plant: Plant, state: str, first: dt.date, last: dt.date) -> QuerySet[Round]:
    """Of all zones the reader sees; `findings` counts what each brought up."""
    rows = Round.objects.filter(zone__in=within(scope), zone__plant=plant, due_on__range=(first, last))
    if state in ("due", "done", "cancelled"):
        rows = rows.filter(state=state)
    findings = Count("answers", filter=Q(answers__answer="finding"))
    rows = rows.select_related("zone", "checklist", "who").annotate(findings=findings)
    return rows.order_by("due_on", "zone__code", "work_class")


def one(*, pk: int) -> Round | None:
    return Round.objects.select_related("zone__plant", "zone__unit", "checklist", "who").filter(pk=pk).first()


def lines(walk: Round) -> list[Line]:
    answers = {row.line: row for row in walk.answers.all()}
    return [Line(no, text, answers.get(no)) for no, text in enumerate(walk.checklist.lines, 1)]


def checklists(*, plant: Plant) -> dict[str, list[Checklist]]:
    """All versions by class, the newest first; a class without one has an empty list."""
    found: dict[str, list[Checklist]] = {one: [] for one in WorkClass.values}
    for row in Checklist.objects.filter(plant=plant).order_by("-version"):
        found[row.work_class].append(row)
    return found
