"""What a second person decides about a month: its close, an adjustment after it, a ruling on an appeal."""

from collections.abc import Iterator

from django.db.models import Count

from ronglu.kernel.time.period import Period
from ronglu.store.models import Adjustment, Closing, Ruling
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

LISTED = 5


def waiting_closings(scope: Scope) -> Iterator[Todo]:
    """A close, an adjustment or a ruling that somebody else asked for and a second person decides."""
    if not scope.has("month.close"):
        return
    plants, me = scope.plants("month.close"), scope.account_id
    for month in Closing.objects.filter(plant__in=plants, state="proposed").exclude(proposed_by=me)[:LISTED]:
        yield Todo("close", key=str(Period.from_yyyymm(month.month)), since=month.proposed_at.date())
    waiting = Adjustment.objects.filter(closing__plant__in=plants, state="proposed").select_related("closing")
    for one in waiting.exclude(proposed_by=me)[:LISTED]:
        yield Todo("adjustment", key=str(Period.from_yyyymm(one.closing.month)), since=one.proposed_at.date())
    rulings = Ruling.objects.filter(body__plant__in=plants, state="entered").exclude(entered_by=me)
    for row in rulings.values("month").annotate(n=Count("pk")).order_by("month")[:LISTED]:
        yield Todo("ruling", row["n"], key=str(Period.from_yyyymm(row["month"])))
