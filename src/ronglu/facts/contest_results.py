"""Places of settled contests as fact rows (D8): one row a team, for the branch that answers for its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import Contest, ContestState, Plant
from ronglu.store.values import calendar_of

Row = dict[str, Any]
FACT, ITEM = "contest_result", "D8"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Of contests whose last day lies in the statistical month of that name (09-5) and whose result is final; a team without
    a place has no row: taking part is worth nothing, and neither does it cost anything."""
    days = calendar_of(plant).days_of(month)
    final = Contest.objects.filter(plant=plant, state=ContestState.FINAL, last_on__range=days)
    homes = Homes.of(plant)
    return [row for one in final.order_by("pk") for row in _rows(one, homes)]


def _rows(contest: Contest, homes: Homes) -> Iterator[Row]:
    """A contest whose teams all answer to one branch says nothing of that branch: it holds every place, and comes to the same
    mean whoever is ahead. That would be a score for taking part (domain/09-16)."""
    result = contest.results.order_by("-version").first()
    placed = [team for team in (result.outcome["teams"] if result else ()) if team["place"] is not None]
    branches = {team["team"]: homes.branch(team["team"], contest.last_on) for team in placed}
    if len(set(branches.values())) < 2:
        return
    for team in placed:
        yield {
            "fact": FACT, "branch": branches[team["team"]], "item": ITEM, "type": "contest",
            "state": contest.state, "part": "", "key": f"{contest.pk}:{team['team']}", "record": str(contest.pk), "no": 0,
            "label": f"{contest.title} {team['name']}", "num": team["place"], "den": team["tied"], "day": contest.last_on,
            "done": contest.last_on, "raised_on": contest.first_on, "shift_no": None,
        }  # fmt: skip
