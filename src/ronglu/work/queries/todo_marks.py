"""What waits for a reviewer's mark."""

from collections.abc import Iterator

from ronglu.store.models import Reviewer
from ronglu.work.queries import marks
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_marks(scope: Scope) -> Iterator[Todo]:
    """One query for who was never named."""
    if not scope.has("marks.give") or not Reviewer.objects.on(scope.on).filter(account=scope.account_id).exists():
        return
    if n := sum(one.open for one in marks.waiting(scope=scope, on=scope.on)):
        yield Todo("mark", n)
