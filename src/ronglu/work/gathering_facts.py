"""Which months' facts a closed meeting changes: those in which a rule counts it, and those in which its resolutions fall due."""

import datetime as dt

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Case, CaseStep, Finding, Gathering, Partition, Plant, Resolution
from ronglu.work import partitions

FACT, RESOLUTIONS, LOOP = "gatherings", "resolutions", "action"
GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR)


def touch(gathering: Gathering) -> None:
    """Called inside the transaction that closes a meeting, or that changes one that is closed."""
    days = [gathering.starts_at.date()]
    if gathering.makeup_of is not None:
        days.append(gathering.makeup_of.starts_at.date())
    months = {_month(period.last) for day in days for period in (Period.day(day).up(grain) for grain in GRAINS)}
    partitions.touch(plant=gathering.plant, fact=FACT, months=months)
    # a closed meeting shows a duty of a seat done
    partitions.touch(plant=gathering.plant, fact="seat_duties", months=months)
    due = gathering.resolutions.exclude(due_on=None).values_list("due_on", flat=True)
    partitions.touch(plant=gathering.plant, fact=RESOLUTIONS, months={_month(day) for day in due})


def touch_case(loop: Loop, case: Case) -> None:
    """A step of an action that came out of a meeting: every day it had to be done by, and has now."""
    if loop.code != LOOP:
        return
    mine = Resolution.objects.filter(case=case)
    days = list(mine.exclude(due_on=None).values_list("due_on", flat=True))
    if days:
        steps = CaseStep.objects.filter(case=case).exclude(due_at=None).values_list("due_at", flat=True)
        months = {_month(day) for day in days} | {_month((at - dt.timedelta(microseconds=1)).date()) for at in steps}
        partitions.touch(plant=case.plant, fact=RESOLUTIONS, months=months)


def touch_finding(finding: Finding) -> None:
    """A reason was accepted: the month in which the window ends that was missed."""
    month = window_ends(finding)
    if month is not None:
        partitions.touch(plant=finding.plant, fact=FACT, months={month.yyyymm})


def touch_days(*, plant: Plant, first: dt.date, last: dt.date) -> None:
    """Days on which somebody cannot meet, or can again: every month already built in which a window of one of them may end."""
    built = Partition.objects.filter(plant=plant, fact=FACT, month__gte=_month(first), month__lte=last.year * 100 + 12)
    partitions.touch(plant=plant, fact=FACT, months=list(built.values_list("month", flat=True)))


def window_ends(finding: Finding) -> Period | None:
    """The month whose score a finding of the rules on meetings bears on; None for any other finding."""
    if not finding.rule.startswith("R-LIFE"):
        return None
    for word in reversed(finding.subject.split(":")):
        try:
            return Period.day(Period.parse(word).last).up(Grain.MONTH)
        except ValueError:
            continue
    return None


def _month(day: dt.date) -> int:
    return day.year * 100 + day.month
