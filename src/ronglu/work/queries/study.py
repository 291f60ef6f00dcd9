"""Study plans as pages read them: each topic with the meeting that took it up and what came of it; education by audience."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.kernel.gathering.musts import WORDS
from ronglu.store.models import Plant, StudyPlan, StudyPlanState, StudyTopic
from ronglu.store.studied import Studied, studied
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE, PLAN = "study.see", "study.plan"
DONE, HELD, AHEAD, LATE, LAID, DROPPED = "done", "held", "ahead", "late", "laid", "dropped"


@dataclass(frozen=True, slots=True)
class Topic:
    """`end` of a topic whose meeting is closed. Studied without a decision or a case is held, not done."""

    topic: StudyTopic
    end: Studied | None
    on: dt.date

    @property
    def state(self) -> str:
        if self.topic.state == "dropped":
            return DROPPED
        if self.end is not None and self.end.musts.decided:
            return DONE
        if self.topic.due_on < self.on:
            return LATE
        if self.end is not None:
            return HELD
        return LAID if self.topic.row_id else AHEAD


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan and its topics counted by state."""

    plan: StudyPlan
    count: Mapping[str, int]

    @property
    def topics(self) -> int:
        return sum(n for state, n in self.count.items() if state != DROPPED)

    @property
    def done(self) -> int:
        return self.count.get(DONE, 0)


def visible(scope: Scope) -> QuerySet[StudyPlan]:
    """Drafts are for those who write and issue plans."""
    see, make = scope.reach(SEE), scope.reach(PLAN)
    issued = Q(state=StudyPlanState.ISSUED) & (Q(body__in=see.bodies) | Q(plant__in=see.plants))
    mine = Q(body__in=make.bodies) | Q(plant__in=make.plants)
    rows = StudyPlan.objects.all() if see.everywhere else StudyPlan.objects.filter(issued | mine)
    return rows.select_related("plant", "body", "by__person", "issued_by__person")


def plan_of(*, scope: Scope, pk: int) -> StudyPlan | None:
    return visible(scope).filter(pk=pk).first()


def topic_of(*, scope: Scope, pk: int) -> StudyTopic | None:
    rows = StudyTopic.objects.select_related("plan__plant", "plan__body", "row__gathering", "document")
    return rows.filter(pk=pk, plan__in=visible(scope)).first()


def topics(*, plant: Plant, rows: Iterable[StudyTopic], on: dt.date) -> list[Topic]:
    """Three queries, however many topics."""
    found = list(rows)
    wanted = {one.row_id for one in found if one.row_id}
    ends = {one.row: one for one in studied(plant=plant, rows=wanted)} if wanted else {}
    return [Topic(one, ends.get(one.row_id or 0), on) for one in found]


def of_plans(*, plans: Sequence[StudyPlan], on: dt.date) -> list[Topic]:
    """Topics of plans of one plant, by their day."""
    if not plans:
        return []
    rows = (
        StudyTopic.objects.filter(plan__in=plans)
        .select_related("document", "speaker", "row__gathering")
        .prefetch_related("others")
    )
    return topics(plant=plans[0].plant, rows=rows.order_by("plan", "due_on", "pk"), on=on)


def missing(one: Topic) -> list[str]:
    """Which of the three musts its meeting left open, in words."""
    return [WORDS[must] for must in one.end.musts.missing] if one.end else []


def progress(*, plans: Sequence[StudyPlan], on: dt.date) -> list[Progress]:
    if not plans:
        return []
    counts: dict[int, Counter[str]] = {one.pk: Counter() for one in plans}
    for one in topics(plant=plans[0].plant, rows=StudyTopic.objects.filter(plan__in=plans), on=on):
        counts[one.topic.plan_id][one.state] += 1
    return [Progress(one, counts[one.pk]) for one in plans]


def may(scope: Scope, verb: str, plan: StudyPlan) -> bool:
    return covers(scope.reach(verb), body=plan.body_id, plant=plan.plant_id)


def waiting(scope: Scope) -> tuple[int, int]:
    """Topics that fall due within a week and that no meeting took up, and plans that wait to be issued by this reader."""
    plan = scope.reach(PLAN)
    due = StudyTopic.objects.filter(
        plan__body__in=plan.bodies, plan__state=StudyPlanState.ISSUED, state="planned", row=None,
        due_on__range=(scope.on, scope.on + dt.timedelta(days=7)),
    )  # fmt: skip
    drafts = StudyPlan.objects.filter(state=StudyPlanState.DRAFT, topics__state="planned").exclude(by=scope.account_id)
    drafts = drafts.filter(Q(body__in=plan.bodies) | Q(plant__in=plan.plants)).distinct()
    return (due.count(), drafts.count()) if scope.has(PLAN) else (0, 0)
