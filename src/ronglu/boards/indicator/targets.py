"""What a unit was to reach in a period, from the plans of its lines: quantities add up, levels are weighed by days."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm

from ronglu.facts.basis import owned_days
from ronglu.facts.figures import Figure
from ronglu.facts.plans import ADDITIVE, MonthPlans, joined, year_plans
from ronglu.facts.spans import Stretch
from ronglu.facts.spine import days
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction, round_ratio
from ronglu.kernel.time.period import Grain, Period

Share = Callable[[int, dt.date], tuple[int, int]]
"""Of a unit's day: how many of how many shifts."""
Meant = tuple[Period | dt.date, tuple[tuple[int, int], ...]]
"""A period, or a day and which part of each line's day: shifts that are the same part of it have the same plan."""
WHOLE = (1, 1)
Stood = Mapping[tuple[int, str], Mapping[dt.date, int]]


@dataclass(frozen=True)
class Targets:
    plans: MonthPlans
    owned: Mapping[tuple[int, int], frozenset[dt.date]]
    letters: Mapping[int, str]
    """Owner → letter of a crew; lines and what stands above them have none."""
    stood: Stood
    """(line, letter) → shifts stood each day; under the empty letter all of them."""
    stretch: Stretch
    same: Mapping[int, int]
    """Owner → the one that owns the same lines on the same days."""
    known_days: dict[tuple[int, int, Period], list[dt.date]] = field(default_factory=dict)
    known: dict[tuple[int, str, Meant], Decimal | None] = field(default_factory=dict)

    def of(self, figure: Figure, indicator: Indicator, period: Period) -> Decimal | None:
        """The whole period's plan, planned stops left out; a crew's part is that of the shifts it stands."""
        planned = [u for u in figure.units if (u, indicator.code) in self.plans.daily]
        if not planned:
            return None
        share = self._share(figure.owner, period) if indicator.rollup in ADDITIVE else None
        spot = self.same.get(figure.owner, figure.owner), indicator.code, _meant(period, planned, share)
        if spot not in self.known:
            spans = [(u, self._days(figure.owner, u, period)) for u in planned]
            added = indicator.rollup in ADDITIVE
            self.known[spot] = self._quantity(spans, indicator, share) if added else self._level(indicator, spans)
        return self.known[spot]

    def _days(self, owner: int, unit: int, period: Period) -> list[dt.date]:
        owned = self.owned.get((owner, unit), frozenset())
        if period.grain in (Grain.SHIFT, Grain.DAY):
            return [period.first] if period.first in owned else []
        key = (owner, unit, period)
        if key not in self.known_days:
            first, last = self.stretch.calendar.days_of(period)
            self.known_days[key] = [d for d in days(first, last) if d in owned]
        return self.known_days[key]

    def _level(self, indicator: Indicator, spans: list[tuple[int, list[dt.date]]]) -> Decimal | None:
        found = [level for u, on in spans for level in self.plans.levels(u, indicator.code, on)]
        if not found or found.count(found[0]) == len(found):
            return found[0] if found else None
        return round_fraction(Fraction(sum(found, Decimal(0))) / len(found), indicator.decimals)

    def _quantity(self, spans: list[tuple[int, list[dt.date]]], indicator: Indicator, share: Share | None) -> Decimal:
        """Days of which the same part is meant are added up first, then brought to one denominator and rounded once."""
        parts: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for unit, on in spans:
            plan = self.plans.daily[unit, indicator.code]
            for day in on:
                if day in plan:
                    parts[share(unit, day) if share else WHOLE] += plan[day]
        common = lcm(*(below for _, below in parts))
        above, under = 0, common
        for (part, below), total in parts.items():
            over, tenths = total.as_integer_ratio()
            above, under = above * tenths + over * part * (under // below), under * tenths
        return round_ratio(above, under, indicator.decimals)

    def _share(self, owner: int, period: Period) -> Share | None:
        """Which part of a line's day is meant: one of its shifts, or those that a crew stood."""
        letter = self.letters.get(owner, "")
        if period.grain is not Grain.SHIFT and not letter:
            return None

        def part(unit: int, day: dt.date) -> tuple[int, int]:
            mine = self.stood.get((unit, letter), {}).get(day, 0) if letter else 1
            return mine, self.stood.get((unit, ""), {}).get(day, 1)

        return part


def _meant(period: Period, units: list[int], share: Share | None) -> Meant:
    if period.grain is not Grain.SHIFT or share is None:
        return period, ()
    return period.first, tuple(share(unit, period.first) for unit in units)


def targets(s: Stretch, indicators: Mapping[str, Indicator]) -> Targets:
    """Plans of every month of the years the stretch lies in."""
    f = s.frame
    year_days = {y: {m: span for m, span in s.spans.items() if m // 100 == y} for y in {m // 100 for m in s.spans}}
    parts = (year_plans(units=f.spine.lines, indicators=indicators, year_days=spans) for spans in year_days.values())
    return Targets(
        plans=joined(parts),
        owned=owned_days(f),
        letters={owner: letter for owner, _, _, letter in f.spine.owned if letter},
        stood=_stood(s),
        stretch=s,
        same={twin: first for first, twins in s.twins.items() for twin in twins},
    )


def _stood(s: Stretch) -> Stood:
    found: dict[tuple[int, str], Counter[dt.date]] = defaultdict(Counter)
    for unit, day, _, letter, _ in s.frame.spine.shifts:
        found[unit, ""][day] += 1
        if letter:
            found[unit, letter][day] += 1
    return found
