"""Programmes as lists and pages read them: stages, tasks by branch, evidence to choose from, what waits for one reader."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ronglu.store.models import Gathering, Plant, Programme, ProgrammeStage, ProgrammeState, ProgrammeTask
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE, DO, CHECK, RUN = "goals.see", "programmes.do", "programmes.check", "themes.set"
OFFERED = 20


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    programme: Programme
    tasks: int
    done: int
    missed: int


@dataclass(frozen=True, slots=True)
class ProgrammeTaskRow:
    task: ProgrammeTask
    late: bool
    may_do: bool
    may_check: bool
    may_drop: bool


def listed(*, plant: Plant, year: int, on: dt.date, theme: int | None = None, grip: str = "") -> list[ProgrammeRow]:
    """Those that run on any day of the year; one query."""
    runs = Q(last_on=None) | Q(last_on__gte=dt.date(year, 1, 1))
    rows = Programme.objects.filter(runs, plant=plant, first_on__lte=dt.date(year, 12, 31)).select_related("theme")
    if theme:
        rows = rows.filter(theme=theme)
    if grip:
        rows = rows.filter(grip=grip)
    counted = rows.annotate(
        n=Count("stages__tasks", filter=~Q(stages__tasks__state="dropped")),
        done=Count("stages__tasks", filter=Q(stages__tasks__state__in=("done", "checked"))),
        missed=Count("stages__tasks", filter=Q(stages__tasks__state="open", stages__tasks__due_on__lt=on)),
    )
    return [ProgrammeRow(one, one.n, one.done, one.missed) for one in counted]


def programme_of(*, scope: Scope, pk: int) -> Programme | None:
    rows = Programme.objects.select_related("plant", "body", "theme", "opened_by__person", "closed_by__person")
    return rows.filter(pk=pk, plant__in=scope.plants(SEE)).first()


def stage_of(*, scope: Scope, pk: int) -> ProgrammeStage | None:
    rows = ProgrammeStage.objects.select_related("programme__plant", "programme__body")
    return rows.filter(pk=pk, programme__plant__in=scope.plants(SEE)).first()


def task_of(*, scope: Scope, pk: int) -> ProgrammeTask | None:
    rows = ProgrammeTask.objects.select_related("stage__programme__plant", "stage__programme__body", "body", "done_by")
    return rows.filter(pk=pk, stage__programme__plant__in=scope.plants(SEE)).first()


def stages(*, programme: Programme, scope: Scope, on: dt.date) -> list[tuple[ProgrammeStage, list[ProgrammeTaskRow]]]:
    """Two queries: the stages, and all their tasks with what the reader may do about each."""
    reach = {verb: scope.reach(verb) for verb in (DO, CHECK, RUN)}
    running = programme.state == ProgrammeState.OPEN

    def may(verb: str, one: ProgrammeTask) -> bool:
        return running and covers(reach[verb], body=one.body_id, plant=programme.plant_id)

    def row(one: ProgrammeTask) -> ProgrammeTaskRow:
        return ProgrammeTaskRow(
            task=one,
            late=one.state == "open" and one.due_on < on,
            may_do=one.state == "open" and may(DO, one),
            may_check=one.state == "done" and scope.another(one.done_by) and may(CHECK, one),
            may_drop=one.state == "open" and one.due_on >= on and may(RUN, one),
        )

    tasks = ProgrammeTask.objects.filter(stage__programme=programme).select_related("gathering", "case", "done_by")
    found: dict[int, list[ProgrammeTaskRow]] = {}
    for one in tasks:
        found.setdefault(one.stage_id, []).append(row(one))
    return [(stage, found.get(stage.pk, [])) for stage in programme.stages.all()]


def evidence(*, task: ProgrammeTask) -> list[Gathering]:
    """Meetings of the body that were held and closed since the stage began."""
    rows = Gathering.objects.filter(body=task.body_id, state="closed", starts_at__date__gte=task.stage.first_on)
    return list(rows.order_by("-starts_at", "-pk")[:OFFERED])


def to_do(*, scope: Scope, until: dt.date) -> QuerySet[ProgrammeTask]:
    return _open(scope, DO).filter(state="open", due_on__lte=until)


def to_check(*, scope: Scope) -> QuerySet[ProgrammeTask]:
    return _open(scope, CHECK).filter(state="done").exclude(done_by=scope.account_id)


def _open(scope: Scope, verb: str) -> QuerySet[ProgrammeTask]:
    return ProgrammeTask.objects.filter(stage__programme__state=ProgrammeState.OPEN, body__in=scope.bodies(verb))


def of_body(*, bodies: Sequence[int], year: int) -> list[ProgrammeTask]:
    rows = ProgrammeTask.objects.filter(body__in=bodies, due_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    return list(rows.exclude(state="dropped").select_related("stage__programme"))
