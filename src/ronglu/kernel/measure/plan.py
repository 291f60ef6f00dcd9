"""How a year's plan becomes months and days, and what pace is still needed (日保周、周保月、月保年).

Months may be uneven and days may be stopped; every split adds up to the figure it came from, to the last digit.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import TypeVar

from ronglu.kernel.measure.compare import share
from ronglu.kernel.measure.rounding import from_scaled, round_fraction, round_to, to_scaled

Month = TypeVar("Month", bound=Hashable)
ZERO = Decimal(0)


class PlanError(ValueError):
    """A plan that cannot be split as asked."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned stop, half-open: work starts again on `until_on`."""

    from_on: date
    until_on: date

    def holds(self, day: date) -> bool:
        return self.from_on <= day < self.until_on


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a plan stands at the end of a day.

    `required` is per working day left (None when none is left); `time` counts days, `curve` counts planned quantity:
    in a year with an overhaul only the second is a fair time base. Percentages have two decimals.
    """

    plan: Decimal
    done: Decimal
    left: Decimal
    days_left: int
    required: Decimal | None
    task: Decimal | None
    time: Decimal | None
    curve: Decimal | None
    ahead: Decimal


def allot(total: int, weights: Sequence[Decimal | int]) -> tuple[int, ...]:
    """Whole units by largest remainder; on equal remainders the earlier place gets the unit."""
    shares = [weight.as_integer_ratio() for weight in weights]
    common = lcm(*(below for _, below in shares))
    parts = [above * (common // below) for above, below in shares]
    if any(part < 0 for part in parts):
        raise PlanError("分解权重不能是负数")
    whole = sum(parts)
    if whole == 0:
        if total:
            raise PlanError(f"没有可分摊的月份或日子，计划 {total} 无处安放")
        return (0,) * len(parts)
    exact = [divmod(abs(total) * part, whole) for part in parts]
    floors = [floor for floor, _ in exact]
    order = sorted(range(len(parts)), key=lambda place: -exact[place][1])
    for place in order[: abs(total) - sum(floors)]:
        floors[place] += 1
    return tuple(floors) if total >= 0 else tuple(-floor for floor in floors)


def to_months(
    year: Decimal,
    *,
    weights: Mapping[Month, Decimal | int],
    decimals: int,
    fixed: Mapping[Month, Decimal] | None = None,
) -> dict[Month, Decimal]:
    """The year over its months by weight; months in `fixed` (an overhaul, a signed month plan) keep their figure."""
    held = {month: figure for month, figure in (fixed or {}).items() if month in weights}
    free = [month for month in weights if month not in held]
    rest = year - sum(held.values(), ZERO)
    parts = allot(to_scaled(rest, decimals), [weights[month] for month in free])
    split = {month: from_scaled(part, decimals) for month, part in zip(free, parts, strict=True)}
    return {month: held[month] if month in held else split[month] for month in weights}


def working(days: Iterable[date], stops: Iterable[Stop] = ()) -> tuple[date, ...]:
    """The days that are not in a planned stop."""
    pauses = tuple(stops)
    return tuple(day for day in days if not any(stop.holds(day) for stop in pauses))


def to_days(month: Decimal, *, days: Sequence[date], decimals: int, stops: Iterable[Stop] = ()) -> dict[date, Decimal]:
    """The month evenly over its production days; days in a stop get 0 and the others carry the whole."""
    open_days = set(working(days, stops))
    if month and not open_days:
        span = f"{days[0]} 至 {days[-1]}" if days else "这个月"
        raise PlanError(f"{span}没有生产日，却有计划 {month}：请改计划或停产日期")
    parts = allot(to_scaled(month, decimals), [int(day in open_days) for day in days])
    return {day: from_scaled(part, decimals) for day, part in zip(days, parts, strict=True)}


def level(target: Decimal, *, days: Sequence[date], stops: Iterable[Stop] = ()) -> dict[date, Decimal]:
    """A target that is a level, not a quantity (回收率, 单耗): the same each working day, none in a stop."""
    return dict.fromkeys(working(days, stops), target)


def curve(daily: Mapping[date, Decimal]) -> tuple[tuple[date, Decimal], ...]:
    """The plan added up day by day."""
    days = sorted(daily)
    return tuple(zip(days, accumulate(daily[day] for day in days), strict=True))


def planned(daily: Mapping[date, Decimal], *, through: date) -> Decimal:
    """What should be done by the end of a day."""
    return sum((figure for day, figure in daily.items() if day <= through), ZERO)


def within(daily: Mapping[date, Decimal], *, first: date, last: date) -> dict[date, Decimal]:
    """A slice of the plan, both ends included: a week's days inside the month, for 周保月."""
    return {day: figure for day, figure in daily.items() if first <= day <= last}


def required(left: Decimal, days_left: int, *, decimals: int) -> Decimal | None:
    """Quantity per day still needed; 0 once the plan is met, None when no day is left for the rest."""
    if left <= 0:
        return round_to(ZERO, decimals)
    return round_fraction(Fraction(left) / days_left, decimals) if days_left > 0 else None


def pace(
    daily: Mapping[date, Decimal],
    *,
    done: Decimal,
    on: date,
    decimals: int,
    stops: Iterable[Stop] = (),
) -> Pace:
    """`daily` is the plan by day over the span to be paced; `on` is the last finished day."""
    plan = sum(daily.values(), ZERO)
    should = planned(daily, through=on)
    days_left = len(working((day for day in daily if day > on), stops))
    elapsed = sum(1 for day in daily if day <= on)
    return Pace(
        plan=plan,
        done=done,
        left=plan - done,
        days_left=days_left,
        required=required(plan - done, days_left, decimals=decimals),
        task=share(done, plan),
        time=share(Decimal(elapsed), Decimal(len(daily))),
        curve=share(should, plan),
        ahead=done - should,
    )
