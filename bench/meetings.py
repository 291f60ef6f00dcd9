"""(m): the meetings of forty groups on 四班三运转 for a whole year, planned from nothing, in CPU seconds."""

import time

from bench import meetings_made
from bench.line import Line
from ronglu.kernel.gathering.due import DueMeeting
from ronglu.kernel.gathering.plan import faults
from ronglu.planner.solve import TAKEN, solve

LIMIT = 20.0


def measure() -> list[Line]:
    groups = meetings_made.LINES * meetings_made.CREWS
    lived = f"{groups} groups, {meetings_made.TEAMS} weekly teams, {meetings_made.AWAY} people away a month"
    return [_year(meetings_made.year(), f"{groups} groups", set()), _year(meetings_made.lived(), lived, {TAKEN})]


def _year(needs: list[DueMeeting], what: str, spared: set[str]) -> Line:
    """`spared`: why what must not be held may be left out."""
    started = time.process_time()
    plan = solve(needs, meetings_made.ROOMS)
    seconds = time.process_time() - started
    if wrong := faults(plan, needs, meetings_made.ROOMS):
        raise AssertionError(wrong[:5])
    must = {need.code for need in needs if need.must}
    if lost := {code: why for code, why in plan.unplanned.items() if code in must or why not in spared}:
        raise AssertionError(lost)
    return Line(f"(m) a year of {what}: {len(plan.sessions):,} sessions planned", seconds, None, LIMIT, "s CPU")
