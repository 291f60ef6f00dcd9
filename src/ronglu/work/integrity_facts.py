"""Which months a step of a case changes where a self-inspection found it: those of every deadline it ever had."""

import datetime as dt
from collections.abc import Iterable

from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Case, CaseStep, InspectionFinding, Plant
from ronglu.work import partitions

FACT, LOOP = "integrity", "action"


def touch_case(loop: Loop, case: Case) -> None:
    """In the transaction of the step; of any other case nothing happens."""
    if loop.code == LOOP and InspectionFinding.objects.filter(case=case).exists():
        ends = CaseStep.objects.filter(case=case, due_at__isnull=False).values_list("due_at", flat=True)
        # a deadline is the midnight after its day
        touch(case.plant, [(at - dt.timedelta(microseconds=1)).date() for at in [*ends, *filter(None, [case.due_at])]])


def touch(plant: Plant, days: Iterable[dt.date]) -> None:
    partitions.touch(plant=plant, fact=FACT, months={day.year * 100 + day.month for day in days})
