"""What the clock does for members: figures of double lift, points found in verified records, telling them and booking them."""

import datetime as dt

from ronglu.config.plant import pack_of
from ronglu.facts.attained import attained
from ronglu.facts.persons import records
from ronglu.kernel.standing.record import Attained, PersonRecord
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import CalendarRow, Engagement, Plant
from ronglu.work import lift_months, points

BACK = 2
"""Months looked at again: what fell due then may have been verified since."""


def tend(*, plant: Plant, at: dt.datetime) -> None:
    """Once a day. A second time at the same moment changes nothing."""
    if not CalendarRow.objects.filter(plant=plant).exists():
        return  # nothing of a plant without shifts can have fallen due
    this = Period.of(at.date(), Grain.MONTH)
    pack = pack_of(plant.code)
    for month in (this - n for n in range(BACK, -1, -1)):
        month_of(plant=plant, month=month, at=at)
    points.tell(plant=plant, rules=pack.standing.points, at=at)
    points.book(plant=plant, rules=pack.standing.points, at=at)


def month_of(*, plant: Plant, month: Period, at: dt.datetime) -> None:
    """One month of a plant: first the figures, then the points; both read the same records."""
    pack = pack_of(plant.code)
    found = records(plant=plant, month=month, loops=pack.loops)
    reached = attained(plant=plant, month=month, indicators=pack.indicators)
    lift_months.compute(plant=plant, rules=pack.standing.lift, month=month, records=found, attained=reached, at=at)
    if at.date() > month.last:
        found += _posts(plant, month, reached)
    points.propose(plant=plant, rules=pack.standing.points, records=found, at=at)


def _posts(plant: Plant, month: Period, reached: dict[int, Attained]) -> list[PersonRecord]:
    """Of a month that is over: everybody whose own crew or line reached the plan of all its indicators."""
    whole = {unit for unit, one in reached.items() if one.reached == one.judged}
    engaged = Engagement.objects.on(month.last).filter(unit__in=whole, unit__plant=plant).order_by("person", "pk")
    return [
        PersonRecord(
            fact="indicator_month", person=person, record=f"unit:{unit}:{month.yyyymm}", label=f"{month} 本岗指标全部达到计划",
            on=month.last, kept=True, verified=True,
        )
        for person, unit in engaged.values_list("person_id", "unit_id")
    ]  # fmt: skip
