"""What a unit was to reach in a period, from the plans of its lines: quantities add up, levels are weighed by days."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from ronglu.facts.basis import owned_days
from ronglu.facts.figures import Figure
from ronglu.facts.plans import ADDITIVE, MonthPlans, joined, month_plans
from ronglu.facts.spans import Stretch
from ronglu.facts.spine import days
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import ShiftRow

Share = Callable[[int, dt.date], Fraction]
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
    known_days: dict[tuple[int, int, Period], list[dt.date]] = field(default_factory=dict)

    def of(self, figure: Figure, indicator: Indicator, period: Period) -> Decimal | None:
        """The whole period's plan, planned stops left out; a crew's part is that of the shifts it stands."""
        spans = [(u, self._days(figure.owner, u, period)) for u in figure.units]
        if indicator.rollup not in ADDITIVE:
            return self._level(indicator, spans)
        share = self._share(figure.owner, period)
        parts = [self._quantity(u, on, indicator, share) for u, on in spans]
        known = [p for p in parts if p is not None]
        return round_fraction(sum(known, Fraction(0)), indicator.decimals) if known else None

    def _days(self, owner: int, unit: int, period: Period) -> list[dt.date]:
        key = (owner, unit, period)
        if key not in self.known_days:
            owned = self.owned.get((owner, unit), frozenset())
            first, last = self.stretch.calendar.days_of(period)
            self.known_days[key] = [d for d in days(first, last) if d in owned]
        return self.known_days[key]

    def _level(self, indicator: Indicator, spans: list[tuple[int, list[dt.date]]]) -> Decimal | None:
        found = [level for u, on in spans for level in self.plans.levels(u, indicator.code, on)]
        if not found or found.count(found[0]) == len(found):
            return found[0] if found else None
        return round_fraction(Fraction(sum(found, Decimal(0))) / len(found), indicator.decimals)

    def _quantity(self, unit: int, on: list[dt.date], indicator: Indicator, share: Share | None) -> Fraction | None:
        plan = self.plans.daily.get((unit, indicator.code))
        if plan is None:
            return None
        if share is None:
            return Fraction(sum((plan[d] for d in on if d in plan), Decimal(0)))
        return sum((Fraction(plan[d]) * share(unit, d) for d in on if d in plan), Fraction(0))

    def _share(self, owner: int, period: Period) -> Share | None:
        """Which part of a line's day is meant: one of its shifts, or those that a crew stood."""
        letter = self.letters.get(owner, "")
        if period.grain is not Grain.SHIFT and not letter:
            return None

        def part(unit: int, day: dt.date) -> Fraction:
            mine = self.stood.get((unit, letter), {}).get(day, 0) if letter else 1
            return Fraction(mine, self.stood.get((unit, ""), {}).get(day, 1))

        return part


def targets(s: Stretch, indicators: Mapping[str, Indicator]) -> Targets:
    """Plans of every month of the years the stretch lies in."""
    f = s.frame
    year_days = {y: {m: span for m, span in s.spans.items() if m // 100 == y} for y in {m // 100 for m in s.spans}}
    parts = (
        month_plans(
            units=f.spine.lines, indicators=indicators, month=m, first=first, last=last, year_days=year_days[m // 100]
        )
        for m, (first, last) in s.spans.items()
    )
    rows = f.spine.owners.to_pylist()
    return Targets(
        plans=joined(parts),
        owned=owned_days(f),
        letters={r["owner"]: r["letter"] for r in rows if r["letter"]},
        stood=_stood(s),
        stretch=s,
    )


def _stood(s: Stretch) -> Stood:
    spine = s.frame.spine
    found: dict[tuple[int, str], Counter[dt.date]] = defaultdict(Counter)
    shifts = ShiftRow.objects.filter(unit_id__in=list(spine.lines), day__gte=spine.first, day__lte=spine.last)
    for unit, day, letter in shifts.values_list("unit_id", "day", "letter"):
        found[unit, ""][day] += 1
        if letter:
            found[unit, letter][day] += 1
    return found
