"""Plans of one month as days: what each unit was to do on each day, from year, month or day rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from ronglu.facts.spine import days
from ronglu.kernel.measure.indicator import Indicator, RollUp
from ronglu.kernel.measure.plan import Stop, allot, to_days, working
from ronglu.kernel.measure.rounding import from_scaled, to_scaled
from ronglu.kernel.time.period import Period
from ronglu.store.models import Plan, PlanStop

ADDITIVE = (RollUp.SUM, RollUp.COUNT)
Daily = dict[dt.date, Decimal]


@dataclass(frozen=True)
class MonthPlans:
    """(unit, indicator) → the plan of each day: a quantity for additive indicators, a level for others."""

    daily: Mapping[tuple[int, str], Daily]

    def quantity(self, unit: int, indicator: str, on: Iterable[dt.date]) -> Decimal | None:
        """The plan of these days together; None where the unit has no plan."""
        plan = self.daily.get((unit, indicator))
        return None if plan is None else sum((plan.get(d, Decimal(0)) for d in on), Decimal(0))

    def levels(self, unit: int, indicator: str, on: Iterable[dt.date]) -> list[Decimal]:
        """The level of each of these days that has one."""
        plan = self.daily.get((unit, indicator), {})
        return [plan[d] for d in on if d in plan]


def joined(parts: Iterable[MonthPlans]) -> MonthPlans:
    """Plans of several months as one."""
    daily: dict[tuple[int, str], Daily] = defaultdict(dict)
    for part in parts:
        for key, found in part.daily.items():
            daily[key] |= found
    return MonthPlans(daily)


def month_plans(
    *,
    units: Iterable[int],
    indicators: Mapping[str, Indicator],
    month: int,
    first: dt.date,
    last: dt.date,
    year_days: Mapping[int, tuple[dt.date, dt.date]],
) -> MonthPlans:
    """`year_days` maps each statistical month of the year (yyyymm) to its first and last day, for splitting year plans."""
    units = list(units)
    rows, stops = _rows(units, month // 100, first, last), _stops(units, *_ends(year_days))
    return _of_month(rows, stops, indicators, month, first, last, year_days)


def year_plans(
    *, units: Iterable[int], indicators: Mapping[str, Indicator], year_days: Mapping[int, tuple[dt.date, dt.date]]
) -> MonthPlans:
    """Of all the months of a year, read at once."""
    units, (first, last) = list(units), _ends(year_days)
    rows = _rows(units, next(iter(year_days)) // 100, first, last)
    stops = _stops(units, first, last)
    return joined(_of_month(rows, stops, indicators, month, *span, year_days) for month, span in year_days.items())


def _ends(year_days: Mapping[int, tuple[dt.date, dt.date]]) -> tuple[dt.date, dt.date]:
    return min(first for first, _ in year_days.values()), max(last for _, last in year_days.values())


def _of_month(
    rows: Mapping[tuple[int, str], Mapping[str, Decimal]], stops: Mapping[int, list[Stop]],
    indicators: Mapping[str, Indicator], month: int, first: dt.date, last: dt.date,
    year_days: Mapping[int, tuple[dt.date, dt.date]],
) -> MonthPlans:  # fmt: skip
    found: dict[tuple[int, str], Daily] = {}
    for (unit, code), by_period in rows.items():
        if code not in indicators:
            continue
        indicator = indicators[code]
        span = list(days(first, last))
        if indicator.rollup in ADDITIVE:
            found[unit, code] = _quantities(indicator, by_period, month, span, stops.get(unit, []), year_days)
        else:
            found[unit, code] = _levels(by_period, month, span, stops.get(unit, []))
    return MonthPlans({key: daily for key, daily in found.items() if daily})


def _rows(units: list[int], of: int, first: dt.date, last: dt.date) -> dict[tuple[int, str], dict[str, Decimal]]:
    """Plan rows of the year, its months and the days `first`..`last`, by (unit, indicator).

    The days of a statistical month may lie in the natural month, even the year, before.
    """
    year, span = str(of), {d.isoformat() for d in days(first, last)}
    named = Q(period__startswith=year) | Q(period__range=(first.isoformat(), last.isoformat()))
    wanted = Plan.objects.filter(named, unit_id__in=units)
    found: dict[tuple[int, str], dict[str, Decimal]] = defaultdict(dict)
    for unit, code, period, value in wanted.values_list("unit_id", "indicator", "period", "value"):
        if len(period) < len("2026-03-05") or period in span:
            found[unit, code][period] = Decimal(value)
    return found


def _stops(units: list[int], first: dt.date, last: dt.date) -> dict[int, list[Stop]]:
    found: dict[int, list[Stop]] = defaultdict(list)
    for row in PlanStop.objects.approved().filter(unit_id__in=units).within(first, last):
        found[row.unit_id].append(Stop(row.from_on, row.until_on or last + dt.timedelta(days=1)))
    return found


def _quantities(
    indicator: Indicator,
    by_period: Mapping[str, Decimal],
    month: int,
    span: list[dt.date],
    stops: list[Stop],
    year_days: Mapping[int, tuple[dt.date, dt.date]],
) -> Daily:
    total = _month_total(indicator, by_period, month, stops, year_days)
    fixed = {d: by_period[d.isoformat()] for d in span if d.isoformat() in by_period}
    if total is None:
        return dict(fixed)
    rest = [d for d in span if d not in fixed]
    left = total - sum(fixed.values(), Decimal(0))
    spread = to_days(left, days=rest, decimals=indicator.decimals, stops=stops) if working(rest, stops) else {}
    return {**spread, **fixed}


def _month_total(
    indicator: Indicator,
    by_period: Mapping[str, Decimal],
    month: int,
    stops: list[Stop],
    year_days: Mapping[int, tuple[dt.date, dt.date]],
) -> Decimal | None:
    """The month's own plan, else its part of what the year leaves after the months that have one; None where it leaves none."""
    own = by_period.get(_name(month))
    year = by_period.get(str(month // 100))
    if own is not None or year is None:
        return own
    open_months = [m for m in sorted(year_days) if _name(m) not in by_period]
    left = year - sum((by_period[_name(m)] for m in year_days if _name(m) in by_period), Decimal(0))
    weights = [len(working(list(days(*year_days[m])), stops)) for m in open_months]
    if left < 0 or (left and not any(weights)):
        return None  # the months exceed the year, or no day is left to carry the rest: a score needs no perfect plan
    parts = allot(to_scaled(left, indicator.decimals), weights)
    return from_scaled(parts[open_months.index(month)], indicator.decimals)


def _levels(by_period: Mapping[str, Decimal], month: int, span: list[dt.date], stops: list[Stop]) -> Daily:
    base = by_period.get(_name(month), by_period.get(str(month // 100)))
    open_days = working(span, stops) or tuple(span)
    found = {d: by_period.get(d.isoformat(), base) for d in open_days}
    return {d: level for d, level in found.items() if level is not None}


def _name(month: int) -> str:
    return str(Period.from_yyyymm(month))
