"""(m): the meetings of forty groups on 四班三运转 for a whole year, planned from nothing, in CPU seconds."""

import time

from bench import meetings_made
from bench.line import Line
from ronglu.kernel.gathering.plan import faults
from ronglu.planner.solve import solve

LIMIT = 20.0


def measure() -> list[Line]:
    needs = meetings_made.year()
    started = time.process_time()
    plan = solve(needs, meetings_made.ROOMS)
    seconds = time.process_time() - started
    if wrong := faults(plan, needs, meetings_made.ROOMS):
        raise AssertionError(wrong[:5])
    if plan.unplanned:
        raise AssertionError(plan.unplanned)
    groups = meetings_made.LINES * meetings_made.CREWS
    return [
        Line(f"(m) a year of {groups} groups: {len(plan.sessions):,} sessions planned", seconds, None, LIMIT, "s CPU")
    ]
