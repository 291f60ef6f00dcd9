"""What waits around contests and campaigns: a draft for a second person, appeals that hold a result, tasks that fall due."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, QuerySet

from ronglu.store.models import CampaignState, CampaignTask, Contest, ContestState
from ronglu.work.queries import contests
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

LISTED = 5
SOON = dt.timedelta(days=7)
DECLARE, DO, CHECK = "contests.declare", "campaigns.do", "campaigns.check"


def waiting_contests(scope: Scope) -> Iterator[Todo]:
    """The same number of queries whatever waits; none for whoever may do nothing of it."""
    if scope.has(DECLARE):
        yield from _drafts(scope)
        yield from _appeals(scope)
    if scope.has(DO):
        soon = _tasks(scope, DO).filter(state="open", due_on__lte=scope.on + SOON)
        yield from _each("campaign_task", soon)
    if scope.has(CHECK):
        reported = _tasks(scope, CHECK).filter(state="done")
        yield from _each("campaign_check", reported.exclude(done_by=scope.account_id))


def _drafts(scope: Scope) -> Iterator[Todo]:
    """Of another's hand; what was not declared before its first day cannot be declared any more."""
    rows = Contest.objects.filter(state=ContestState.DRAFT, first_on__gt=scope.on, unit__in=scope.units(DECLARE))
    rows = rows.exclude(drafted_by=scope.account_id).order_by("first_on", "pk")
    for pk, title, first in rows.values_list("pk", "title", "first_on")[:LISTED]:
        yield Todo("contest_declare", place=title, key=str(pk), due=first - dt.timedelta(days=1))


def _appeals(scope: Scope) -> Iterator[Todo]:
    """How many, never whose or what: an appeal's contents are its own business."""
    rows = Contest.objects.filter(state=ContestState.PROVISIONAL, unit__in=scope.units(DECLARE))
    public = {contests.which(one): one for one in rows.only("pk", "title", "plant_id").order_by("appeal_until", "pk")}
    named = contests.open_against([one.plant_id for one in public.values()])
    for which, n in Counter(name for name in named if name in public).items():
        yield Todo("contest_appeal", n, public[which].title, str(public[which].pk))


def _tasks(scope: Scope, verb: str) -> QuerySet[CampaignTask]:
    return CampaignTask.objects.filter(campaign__state=CampaignState.OPEN, body__in=scope.bodies(verb))


def _each(kind: str, tasks: QuerySet[CampaignTask]) -> Iterator[Todo]:
    """One row a campaign."""
    rows: Any = tasks.values("campaign", "campaign__title").annotate(n=Count("pk"), due=Min("due_on"))
    for row in rows.order_by("due", "campaign")[:LISTED]:
        yield Todo(kind, row["n"], row["campaign__title"], str(row["campaign"]), due=row["due"])
