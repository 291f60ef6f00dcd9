"""Writes the cascade of a plant's year: of every unit and planned quantity the plan, what was done and what is needed a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from ronglu.boards.cascade.book import Book, Foresee, Read
from ronglu.boards.cascade.lost import Lost, lost_of
from ronglu.facts.plans import ADDITIVE, joined, month_plans
from ronglu.facts.spine import days
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.org.tree import View
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import unit_tree
from ronglu.store.models import Cascade, Channel, IndicatorRow, Plant

Daily = dict[dt.date, Decimal]
PAST = 400
ZERO = Decimal(0)


@dataclass(frozen=True)
class Ground:
    plant: Plant
    calendar: Calendar
    until: dt.date
    indicators: Mapping[str, Indicator]
    year: Period
    view: View
    lines: Mapping[tuple[int, str], Daily]
    done: Mapping[tuple[int, str], dict[dt.date, Read]]
    lost: Mapping[int, Lost]


def build(
    *, plant: Plant, indicators: Mapping[str, Indicator], calendar: Calendar, until: dt.date, at: dt.datetime, foresee: Foresee
) -> int:  # fmt: skip
    """Rows written, of the year that holds `until`, the last day with figures."""
    ground = _ground(plant, indicators, calendar, until, at)
    rows = [_row(ground, unit, code, plan, at, foresee) for (unit, code), plan in _plans(ground).items()]
    with transaction.atomic():
        Cascade.objects.filter(plant=plant, year=ground.year.first.year).delete()
        Cascade.objects.bulk_create(rows, batch_size=50)
    return len(rows)


def _ground(
    plant: Plant, indicators: Mapping[str, Indicator], calendar: Calendar, until: dt.date, at: dt.datetime
) -> Ground:
    year = calendar.period_of(until, Grain.YEAR)
    months = {m.yyyymm: calendar.days_of(m) for m in year.down(Grain.MONTH)}
    added = {code: one for code, one in indicators.items() if one.rollup in ADDITIVE}
    units = sorted(set(Channel.objects.filter(unit__plant=plant).values_list("unit_id", flat=True)))
    plans = joined(
        month_plans(units=units, indicators=added, month=m, first=first, last=last, year_days=months)
        for m, (first, last) in months.items()
    )
    _, end = calendar.days_of(year)
    return Ground(
        plant=plant,
        calendar=calendar,
        until=until,
        indicators=added,
        year=year,
        view=unit_tree(plant).at(until),
        lines={key: dict(daily) for key, daily in plans.daily.items() if any(daily.values())},
        done=_done(plant, list(added), until),
        lost=lost_of(units, calendar=calendar, after=until, last=end, at=at),
    )


def _done(plant: Plant, codes: list[str], until: dt.date) -> dict[tuple[int, str], dict[dt.date, Read]]:
    since = until - dt.timedelta(days=PAST)
    rows = IndicatorRow.objects.filter(
        plant=plant, grain=Grain.DAY.value, indicator__in=codes, period__range=(since.isoformat(), until.isoformat())
    ).exclude(value="")
    found: dict[tuple[int, str], dict[dt.date, Read]] = defaultdict(dict)
    for unit, code, day, *said in rows.values_list(
        "unit_id", "indicator", "period", "value", "plan", "covered", "expected"
    ):
        found[unit, code][dt.date.fromisoformat(day)] = Read.of(*said)
    return found


def _plans(ground: Ground) -> dict[tuple[int, str], Daily]:
    """Of lines their own, of what stands above them the sum of theirs."""
    found: dict[tuple[int, str], Daily] = defaultdict(dict)
    for (line, code), daily in ground.lines.items():
        for unit in (int(one.id) for one in ground.view.path(line)):
            into = found[unit, code]
            for day, value in daily.items():
                into[day] = into.get(day, ZERO) + value
    return found


def _row(ground: Ground, unit: int, code: str, plan: Daily, at: dt.datetime, foresee: Foresee) -> Cascade:
    calendar, decimals = ground.calendar, ground.indicators[code].decimals
    month = calendar.period_of(ground.until, Grain.MONTH)
    book = Book(plan, ground.done.get((unit, code), {}), _lost(ground, unit, code), ground.until, decimals)
    by_month, by_year = (book.needed(*calendar.days_of(period)) for period in (month, ground.year))
    ends = {str(p): end for p in (month, ground.year) if (end := book.end(*calendar.days_of(p), foresee=foresee))}
    return Cascade(
        plant=ground.plant,
        unit_id=unit,
        indicator=code,
        year=ground.year.first.year,
        until=ground.until,
        days=[book.line(day, by_month, by_year) for day in days(*calendar.days_of(ground.year))],
        ends=ends,
        lost=[word for line in _below(ground, unit, code) for word in ground.lost[line].words],
        built_at=at,
    )


def _lost(ground: Ground, unit: int, code: str) -> dict[dt.date, Fraction]:
    """The part of each day that stops take; of several lines weighed by their plans."""
    lines = _below(ground, unit, code)
    if len(lines) == 1:
        return dict(ground.lost[lines[0]].share)
    if not any(ground.lost[line].share for line in lines):
        return {}
    whole: dict[dt.date, Fraction] = defaultdict(Fraction)
    gone: dict[dt.date, Fraction] = defaultdict(Fraction)
    for line in lines:
        share = ground.lost[line].share
        for day, value in ground.lines[line, code].items():
            whole[day] += Fraction(value)
            gone[day] += Fraction(value) * share.get(day, Fraction(0))
    return {day: gone[day] / whole[day] for day in gone if whole[day] and gone[day]}


def _below(ground: Ground, unit: int, code: str) -> list[int]:
    inside = {int(one) for one in ground.view.subtree(unit)}
    return [line for line, its in ground.lines if its == code and line in inside]
