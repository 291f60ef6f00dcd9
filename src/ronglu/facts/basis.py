"""The Foundation's facts of one plant month, by branch: indicators against plan, exceedances, coverage, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ronglu.facts.figures import Figure
from ronglu.facts.month import Frame
from ronglu.facts.plans import ADDITIVE, MonthPlans
from ronglu.facts.spine import body_owner
from ronglu.kernel.measure.indicator import Indicator, series_of
from ronglu.kernel.measure.rollup import breakdown
from ronglu.kernel.measure.rounding import round_fraction, to_scaled
from ronglu.kernel.org.coverage import covered
from ronglu.kernel.org.span import Span
from ronglu.store import history
from ronglu.store.charges import ITEM, charged
from ronglu.store.models import SCORING, Finding, Plant, Reading

if TYPE_CHECKING:
    from ronglu.kernel.regulation.book import RuleBook
    from ronglu.packs.pack import Pack, Wire

METHOD = {"target": "attainment", "target_pp": "points", "count": "count"}
ONE = dt.timedelta(days=1)
ROOM = 4 * 10**12  # the columns multiply by 2·10⁶ inside 63 bits
Row = dict[str, Any]


@dataclass(frozen=True)
class Targets:
    """What each owner's indicators were meant to be in the month."""

    plans: MonthPlans
    owned: Mapping[tuple[int, int], frozenset[dt.date]]

    def of(self, figure: Figure, indicator: Indicator) -> Decimal | None:
        """Quantities add up over the owner's days of each unit; levels are weighted by these days."""
        if indicator.rollup in ADDITIVE:
            parts = [
                self.plans.quantity(u, indicator.code, self.owned.get((figure.owner, u), ())) for u in figure.units
            ]
            known = [p for p in parts if p is not None]
            return sum(known, Decimal(0)) if known else None
        levels = [
            level
            for u in figure.units
            for level in self.plans.levels(u, indicator.code, self.owned.get((figure.owner, u), ()))
        ]
        if len(set(levels)) < 2:
            return levels[0] if levels else None
        # units, or days, that were given different levels: each weighs by its days
        return round_fraction(Fraction(sum(levels, Decimal(0))) / len(levels), indicator.decimals)


def owned_days(f: Frame) -> dict[tuple[int, int], frozenset[dt.date]]:
    found: dict[tuple[int, int], set[dt.date]] = {}
    for owner, unit, day, _ in f.spine.owned:
        found.setdefault((owner, unit), set()).add(day)
    return {key: frozenset(days) for key, days in found.items()}


def indicator_rows(
    *, f: Frame, pack: Pack, item: str, figures: Mapping[tuple[int, str], Figure], targets: Targets
) -> list[Row]:
    """The wired indicators of an item for every branch that has a line they are measured on."""
    rows = []
    for branch in f.spine.branches:
        for wire in pack.wired(item):
            figure = figures.get((body_owner(branch), wire.indicator))
            if figure is not None:
                indicator = pack.indicators[wire.indicator]
                rows.append(indicator_row(branch, item, wire, indicator, figure, targets.of(figure, indicator)))
    return rows


def indicator_row(
    branch: int, item: str, wire: Wire, indicator: Indicator, figure: Figure, plan: Decimal | None
) -> Row:
    d = indicator.decimals
    value, scaled_plan = figure.rolled.value, None if plan is None else to_scaled(plan, d)
    guard = _guard(value, d, scaled_plan)
    low, high = indicator.band or (None, None)
    return {
        "branch": branch,
        "item": item,
        "key": indicator.code,
        "record": indicator.code,
        "num": None if value is None else to_scaled(value, d + guard),
        "den": 10**guard,
        "plan": scaled_plan,
        "weight": int(wire.weight * 100),
        "method": METHOD[wire.method],
        "direction": indicator.direction.value if indicator.direction.value != "info" else "up",
        "tol": to_scaled(wire.tol if wire.tol is not None else indicator.tolerance or Decimal(0), d),
        "low": None if low is None else to_scaled(low, d),
        "high": None if high is None else to_scaled(high, d),
        "label": indicator.name,
        "unit": indicator.unit,
        "decimals": d,
        "covered": min(figure.coverage.covered, figure.coverage.expected),
        "expected": figure.coverage.expected,
    }


def _guard(value: Decimal | None, decimals: int, plan: int | None) -> int:
    """Digits kept beyond the declared ones: four, fewer for figures so large that the columns would overflow."""
    size = max(abs(to_scaled(value or Decimal(0), decimals)), abs(plan or 0), 1)
    return next((g for g in (4, 3, 2, 1) if size * 10**g <= ROOM), 0)


def exceedance_rows(*, f: Frame, pack: Pack, figures: Mapping[tuple[int, str], Figure]) -> list[Row]:
    """Each exceedance counter of a branch's lines: how many in the month, over how many readings."""
    rows = []
    for branch in f.spine.branches:
        for wire in pack.wired("E3"):
            figure = figures.get((body_owner(branch), wire.indicator))
            if figure is None:
                continue
            indicator = pack.indicators[wire.indicator]
            rows.append(
                {
                    "branch": branch,
                    "item": "E3",
                    "key": "exceeded",
                    "record": wire.indicator,
                    "num": int(figure.rolled.value or 0),
                    "den": figure.coverage.covered,
                    "label": indicator.name,
                    "unit": indicator.unit,
                    "decimals": 0,
                    "covered": min(figure.coverage.covered, figure.coverage.expected),
                    "expected": figure.coverage.expected,
                }
            )
    return rows


def coverage_rows(*, plant: Plant, first: dt.date, last: dt.date) -> list[Row]:
    """B5 by days of the civil month: lines and crews mapped over all there were. No day gone by, no row."""
    if last < first:
        return []
    found = covered(
        party=history.party_tree(plant), production=history.unit_tree(plant), links=history.links(plant),
        within=Span(first, last + ONE),
    )  # fmt: skip
    return [
        {"branch": branch, "item": "B5", "key": "all", "num": one.mapped_days, "den": one.days, "label": "产线与横大班"}
        for branch, one in found.items()
        if branch is not None and one.days
    ]


def finding_rows(*, plant: Plant, book: RuleBook, on: dt.date) -> list[Row]:
    """Findings that stood on the last day of the month, charged to the branch they lie in: those of rules that cost B7.

    What a meeting that was missed costs is B1's and B2's; hours of study, and what is found on a person or a hazard, cost no branch.
    """
    view = history.party_tree(plant).at(on)
    standing = Finding.objects.filter(plant=plant, opened_on__lte=on, reason="").exclude(severity="NOTE")
    standing = standing.exclude(cleared_on__lte=on).exclude(body=None)
    rows = []
    for one in standing.order_by("rule", "subject", "opened_on"):
        if (branch := charged(one, view, book)) is not None:
            rows.append(
                {
                    "branch": branch.id,
                    "item": ITEM,
                    "key": "open",
                    "num": 1,
                    "den": 1,
                    "open_days": (on - one.opened_on).days,
                    "record": f"{one.rule} {one.subject}",
                    "label": one.detail,
                }
            )
    return rows


@dataclass(frozen=True)
class Restated:
    """Slots of the month whose scoring version is not the first: [unit, series, start, version], deletions included."""

    rows: tuple[tuple[int, str, dt.datetime, dt.date, int], ...]

    @classmethod
    def of(cls, f: Frame) -> Restated:
        found = Reading.objects.filter(
            channel__unit__plant=f.plant, month=f.month, version__gt=1,
            state__in=SCORING,
        ).order_by("channel__unit", "channel__series", "starts_at")  # fmt: skip
        return cls(tuple(found.values_list("channel__unit", "channel__series", "starts_at", "day", "version")))

    def under(self, series: Iterable[str], days: Mapping[int, frozenset[dt.date]]) -> list[tuple[int, str, str, int]]:
        """Those of the series, on the days the owner had the unit."""
        wanted = set(series)
        return [
            (unit, code, starts.isoformat(), version)
            for unit, code, starts, day, version in self.rows
            if code in wanted and day in days.get(unit, ())
        ]


def told(
    figures: Iterable[Figure], pack: Pack, targets: Targets, restated: Restated
) -> dict[tuple[int, str], dict[str, Any]]:
    """What the explanation shows of each figure: value, plan, every sum above and below the fraction bar, and the
    readings that scored in a later version than their first.
    """
    found = {}
    for one in figures:
        indicator = pack.indicators[one.indicator]
        plan = targets.of(one, indicator)
        days = {unit: targets.owned.get((one.owner, unit), frozenset()) for unit in one.units}
        found[one.owner, one.indicator] = {
            "value": _text(one.rolled.value),
            "shown": _text(one.rolled.shown),
            "plan": _text(plan),
            "units": list(one.units),
            "covered": one.coverage.covered,
            "expected": one.coverage.expected,
            "parts": [
                {"key": p.key, "factor": str(p.factor), "total": _text(p.total), "n": p.n, "below": p.below}
                for p in breakdown(indicator, one.aggs)
            ],
        }
        if later := restated.under(behind(indicator, pack), days):
            found[one.owner, one.indicator]["restated"] = later
    return found


def behind(indicator: Indicator, pack: Pack) -> tuple[str, ...]:
    """Series of an indicator, through those it is derived from."""
    own = series_of(indicator)
    return own + tuple(code for other in indicator.of for code in behind(pack.indicators[other], pack))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
