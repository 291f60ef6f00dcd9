"""Plans of indicators at units: set for a year, month or day, and split finer so that the parts add up to the whole."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from ronglu.kernel.measure.indicator import Indicator, RollUp
from ronglu.kernel.measure.plan import PlanError, Stop, to_days, to_months, working
from ronglu.kernel.table import Taken
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Import, Partition, Plan, PlanStop, Plant, Unit
from ronglu.store.values import calendar_of
from ronglu.work import audits, boards, partitions

GRAINS = (Grain.YEAR, Grain.MONTH, Grain.DAY)
ADDED_UP = (RollUp.SUM, RollUp.COUNT)


class BadPlan(TimeTrouble):
    """计划不能这样下达。"""


@dataclass(frozen=True, slots=True)
class Figure:
    """The plan of an indicator at a unit (its key) for a period; None takes it back."""

    unit: int
    indicator: str
    period: Period
    value: Decimal | None


@transaction.atomic
def put(
    *, plant: Plant, figures: Iterable[Figure], by: Account | None, at: dt.datetime, batch: Import | None = None
) -> Taken:
    """Writes what differs from what is there; a figure said twice changes nothing. Months it touches are dirty."""
    figures = list(figures)
    if wrong := next((one for one in figures if one.period.grain not in GRAINS), None):
        raise BadPlan(f"计划按年、月、日下达，不能按{wrong.period.grain.label}（{wrong.period}）")
    there = _there(plant, figures)
    new: list[Plan] = []
    changed: list[Plan] = []
    gone: list[Plan] = []
    moved: list[Period] = []
    for one in figures:
        row = there.get(_key(one))
        if one.value is None and row is not None:
            gone.append(row)
        elif one.value is not None and row is None:
            new.append(Plan(unit_id=one.unit, indicator=one.indicator, period=str(one.period)))
            _fill(new[-1], one.value, by, at, batch)
        elif one.value is not None and row is not None and Decimal(row.value) != one.value:
            changed.append(row)
            _fill(row, one.value, by, at, batch)
        else:
            continue
        moved.append(one.period)
    Plan.objects.bulk_create(new, batch_size=500)
    Plan.objects.bulk_update(changed, ["value", "batch", "set_by", "set_at"], batch_size=500)
    Plan.objects.filter(pk__in=[row.pk for row in gone]).delete()
    if moved:
        touch(plant=plant, periods=moved)
        boards.follow(plant=plant, by=by, at=at)
        detail = {"new": len(new), "changed": len(changed), "deleted": len(gone), "batch": batch and batch.pk}
        audits.record(verb="plans.put", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return Taken(new=len(new), changed=len(changed), deleted=len(gone), unchanged=len(figures) - len(moved))


@transaction.atomic
def split_year(*, unit: Unit, indicator: Indicator, year: int, by: Account | None, at: dt.datetime) -> Taken:
    """The year's plan as twelve month plans, by the days of each month that are not stopped.

    Month plans that are there already (an overhaul, a signed month) stay as they are; the others share the rest.
    """
    whole = _plan(unit, indicator, Period.year(year))
    calendar, stops = calendar_of(unit.plant), _stops(unit)
    months = [Period.month(year, number) for number in range(1, 13)]
    shares = {month: len(working(production_days(calendar, month), stops)) for month in months}
    fixed = _fixed(unit, indicator, months)
    if sum(fixed.values()) > whole:
        raise BadPlan(
            f"已有各月之和 {_said(sum(fixed.values()))} 超过全年 {_said(whole)}，无可分摊；请先改月计划或年计划"
        )
    try:
        parts = to_months(whole, weights=shares, decimals=indicator.decimals, fixed=fixed)
    except PlanError as impossible:
        raise BadPlan(str(impossible)) from impossible
    figures = [Figure(unit.pk, indicator.code, month, value) for month, value in parts.items()]
    return put(plant=unit.plant, figures=figures, by=by, at=at)


@transaction.atomic
def split_month(*, unit: Unit, indicator: Indicator, month: Period, by: Account | None, at: dt.datetime) -> Taken:
    """The month's plan over its production days: the same each day that is not stopped, to the last unit.

    Day plans that are there already stay; the other days share the rest.
    """
    whole = _plan(unit, indicator, month)
    days = [Period.day(day) for day in production_days(calendar_of(unit.plant), month)]
    fixed = _fixed(unit, indicator, days)
    left, free = whole - sum(fixed.values()), [day.first for day in days if day not in fixed]
    if left < 0 or (left and not free):
        raise BadPlan(
            f"已有各日之和 {_said(sum(fixed.values()))}，与本月 {_said(whole)} 合不上，无可分摊；请先改日计划或月计划"
        )
    try:
        parts = to_days(left, days=free, decimals=indicator.decimals, stops=_stops(unit))
    except PlanError as impossible:
        raise BadPlan(str(impossible)) from impossible
    figures = [Figure(unit.pk, indicator.code, Period.day(day), value) for day, value in parts.items()]
    return put(plant=unit.plant, figures=figures, by=by, at=at)


def touch(*, plant: Plant, periods: Iterable[Period]) -> None:
    """Marks the months of these years, months and days; a month that nobody built yet needs no mark."""
    periods = set(periods)
    days = [period for period in periods if period.grain is Grain.DAY]
    months = {month.yyyymm for period in periods.difference(days) for month in period.down(Grain.MONTH)}
    if days:
        calendar = calendar_of(plant)
        months |= {calendar.month_of(period.first).yyyymm for period in days}
    built = Partition.objects.filter(plant=plant, fact="readings", month__in=months)
    partitions.touch(plant=plant, fact="readings", months=list(built.values_list("month", flat=True)))


def _said(value: Decimal | int) -> str:
    """310 rather than 310.00."""
    return f"{Decimal(value).normalize():f}"


def _there(plant: Plant, figures: list[Figure]) -> dict[tuple[int, str, str], Plan]:
    periods = {str(one.period) for one in figures}
    rows = Plan.objects.filter(unit__plant=plant, unit__in={one.unit for one in figures}, period__in=periods)
    return {(row.unit_id, row.indicator, row.period): row for row in rows}


def _key(one: Figure) -> tuple[int, str, str]:
    return one.unit, one.indicator, str(one.period)


def _fill(row: Plan, value: Decimal, by: Account | None, at: dt.datetime, batch: Import | None) -> None:
    row.value, row.set_by, row.set_at, row.batch = f"{value:f}", by, at, batch


def _plan(unit: Unit, indicator: Indicator, period: Period) -> Decimal:
    if indicator.rollup not in ADDED_UP:
        raise BadPlan(f"“{indicator.name}”是比率，各期同为一个水平，不分解；请直接下达各期的值")
    row = Plan.objects.filter(unit=unit, indicator=indicator.code, period=str(period)).first()
    if row is None:
        raise BadPlan(f"{unit.code} 没有 {period} 的“{indicator.name}”计划，无从分解")
    return Decimal(row.value)


def _fixed(unit: Unit, indicator: Indicator, periods: list[Period]) -> dict[Period, Decimal]:
    rows: Any = Plan.objects.filter(unit=unit, indicator=indicator.code, period__in=[str(one) for one in periods])
    return {Period.parse(period): Decimal(value) for period, value in rows.values_list("period", "value")}


def production_days(calendar: Calendar, month: Period) -> list[dt.date]:
    first, last = calendar.days_of(month)
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _stops(unit: Unit) -> list[Stop]:
    rows = PlanStop.objects.approved().filter(unit=unit)
    return [Stop(row.from_on, row.until_on or dt.date.max) for row in rows]
