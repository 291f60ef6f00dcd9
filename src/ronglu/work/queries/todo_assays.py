"""Assay sheets that somebody else entered, of lines the reader confirms for."""

from collections.abc import Iterator

from django.db.models import Count, Min

from ronglu.store.models import AssaySheet, AssayState
from ronglu.work.assays import CONFIRM
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_assays(scope: Scope) -> Iterator[Todo]:
    """One query, none for who confirms nothing."""
    if not scope.has(CONFIRM):
        return
    rows = AssaySheet.objects.filter(state=AssayState.ENTERED, unit__in=scope.units(CONFIRM))
    told = rows.exclude(entered_by=scope.account_id).aggregate(n=Count("pk"), since=Min("entered_at"))
    if told["n"]:
        yield Todo("assay", told["n"], since=told["since"].date())
