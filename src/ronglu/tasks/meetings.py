"""Plans the meetings of a body's month in the worker: what is owed from the rules, times and rooms from the solver."""

import datetime as dt
from typing import Any

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.planner.solve import solve
from ronglu.store.models import Job, MeetingSchedule
from ronglu.store.rulebook import regulations
from ronglu.tasks.run import Progress
from ronglu.work import meeting_plans, meetings_needs

ONE = dt.timedelta(days=1)


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: schedule. Nobody is called for today: the first day that is planned is the one after it was asked."""
    schedule = MeetingSchedule.objects.select_related("plant", "body").get(pk=job.args["schedule"])
    plant, month = schedule.plant, Period.from_yyyymm(schedule.month)
    progress(0, 2, "看规定、惯例和轮班")
    needs = meetings_needs.gather(
        plant=plant, root=schedule.body, month=month, after=schedule.at.date() + ONE,
        book=regulations(plant), terms=dict(pack_of(plant.code).base.terms),
    )  # fmt: skip
    progress(1, 2, f"排 {len(needs.meetings)} 个会")
    plan = solve(needs.meetings, needs.seats, needs.taken)
    planned = meeting_plans.propose(schedule=schedule, needs=needs, plan=plan)
    progress(2, 2, "")
    return {"planned": planned, "unplanned": len(needs.of) - planned}
