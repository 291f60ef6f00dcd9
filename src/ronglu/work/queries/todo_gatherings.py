"""What waits in 会议: a meeting whose time is over and that nobody wrote down, and a weekly one that was left out last week."""

from collections.abc import Iterator

from ronglu.store.models import Plant
from ronglu.work.queries import gatherings
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope


def waiting_gatherings(scope: Scope) -> Iterator[Todo]:
    """For whoever runs meetings; four queries at most."""
    if not scope.has(gatherings.RUN):
        return
    late = gatherings.late(scope)
    if late:
        yield Todo("gathering_late", len(late), since=late[0])
    plants = list(Plant.objects.filter(pk__in=scope.plant_ids))
    if len(plants) == 1:
        for team, streak in gatherings.weekly(scope, plants[0], scope.on):
            if streak.omitted:
                yield Todo("gathering_omitted", place=team.name, since=streak.missed[0].first)
