"""What waits for the secretary of a branch about dues: that there is somebody to talk to, and not who."""

from collections.abc import Iterator

from ronglu.work import dues
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_dues(scope: Scope) -> Iterator[Todo]:
    """By his own post of the day: who stands in for him is told nothing."""
    branch = dues.branch_of(person=scope.person_id, on=scope.on) if scope.has("dues.keep") else None
    if branch is not None and dues.alerts(branch=branch, on=scope.on):
        yield Todo("dues")
