"""Bulletins of hazards that somebody else proposed, for those who publish them."""

from collections.abc import Iterator

from django.db.models import Count, Min

from ronglu.work.queries import bulletins
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_bulletins(scope: Scope) -> Iterator[Todo]:
    if not scope.has(bulletins.PUBLISH):
        return
    told = bulletins.waiting(scope).aggregate(n=Count("pk"), since=Min("proposed_at"))
    if told["n"]:
        yield Todo("bulletin", told["n"], since=told["since"].date())
