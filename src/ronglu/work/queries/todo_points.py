"""Member points that a branch committee has to verify: how many, never whose."""

from collections.abc import Iterator

from django.db.models import Count, Min

from ronglu.store.models import Account
from ronglu.work.queries import points
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_points(scope: Scope) -> Iterator[Todo]:
    """One row for each branch he may verify for; his own entries and those he made are for another."""
    if not scope.has("points.verify"):
        return
    by = Account.objects.select_related("person").get(pk=scope.account_id)
    rows = points.waiting_anywhere(by=by, on=scope.on).values("body__code", "body__plant__code")
    for row in rows.annotate(n=Count("pk"), since=Min("entered_at")).order_by("body__position", "body__code"):
        yield Todo("points", row["n"], key=row["body__code"], plant=row["body__plant__code"], since=row["since"].date())
