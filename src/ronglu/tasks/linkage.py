"""What a closed month came to for post-holders, in the worker: after the close, and after an adjustment that was approved."""

from typing import Any

from ronglu.config.clock import now
from ronglu.kernel.time.period import Period
from ronglu.store.models import Job
from ronglu.tasks.run import Progress
from ronglu.work import link_results


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: month."""
    assert job.plant is not None
    month = Period.parse(job.args["month"])
    progress(0, 1, "联动")
    made = link_results.compute(plant=job.plant, month=month, by=job.created_by, at=now())
    return {"month": str(month), "new": len(made)}
