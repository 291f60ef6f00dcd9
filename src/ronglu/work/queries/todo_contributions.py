"""What waits in the ledger of contributions: the line's word, and the office's shares."""

from collections.abc import Iterator

from django.db.models import QuerySet

from ronglu.kernel.standing.contribution import ContributionState
from ronglu.store.models import Contribution
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_contributions(scope: Scope) -> Iterator[Todo]:
    """One query for each of the two roles, none for the others."""
    if scope.has("contributions.confirm"):
        rows = Contribution.objects.filter(state=ContributionState.CLAIMED.value)
        rows = rows.filter(unit__in=scope.units("contributions.confirm")).exclude(claimed_by=scope.account_id)
        yield from _first("contribution", rows)
    if scope.has("contributions.review"):
        rows = Contribution.objects.filter(state=ContributionState.CONFIRMED.value)
        yield from _first("contribution_review", rows.filter(plant__in=scope.plants("contributions.review")))


def _first(kind: str, rows: QuerySet[Contribution]) -> Iterator[Todo]:
    found = list(rows.order_by("pk").values_list("pk", "claimed_at"))
    if found:
        yield Todo(kind, len(found), key=str(found[0][0]), since=min(at for _, at in found).date())
