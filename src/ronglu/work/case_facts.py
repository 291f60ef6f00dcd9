"""Which months' facts a step of a case changes: those of the deadlines it had and has, and of the days of its lines."""

import datetime as dt
from collections.abc import Iterable

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.kernel.loops.promise import days_touched
from ronglu.store.models import Case, CaseRow, CaseStep
from ronglu.work import gathering_facts, integrity_facts, partitions

FACT, MONEY = "cases", "benefits"


def touch(
    loop: Loop, case: Case, *, deadlines: Iterable[dt.datetime | None] = (), days: Iterable[dt.date | None] = ()
) -> None:
    """Marks the months in the transaction of the write; a case that is dropped takes everything of it out of the count, and a
    verdict decides an earlier promise.
    """
    if loop.state(case.state).phase is Phase.DROPPED or any(clock.passed for clock in loop.clocks):
        deadlines = [*deadlines, *CaseStep.objects.filter(case=case).values_list("due_at", flat=True)]
        days = [*days, *CaseRow.objects.filter(case=case).values_list("due_on", flat=True)]
    if loop.counts:
        came = CaseStep.objects.filter(case=case, after__in={count.state for count in loop.counts})
        days = [*days, *(at.date() for at in came.values_list("at", flat=True))]
    touched = days_touched(loop, deadlines, days)
    if touched:
        partitions.touch(plant=case.plant, fact=FACT, months={day.year * 100 + day.month for day in touched})
    gathering_facts.touch_case(loop, case)
    integrity_facts.touch_case(loop, case)


def touch_benefit(loop: Loop, case: Case, move: str) -> None:
    """Money confirmed, or confirmed anew: the months of every confirmation there was."""
    if loop.benefit is None or loop.benefit.move != move:
        return
    days = CaseStep.objects.filter(case=case, move=move).values_list("at", flat=True)
    partitions.touch(plant=case.plant, fact=MONEY, months={at.year * 100 + at.month for at in days})
