"""The Foundation's facts of one plant month, by branch: indicators against plan, exceedances, coverage, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ronglu.facts.figures import Figure
from ronglu.facts.month import Frame
from ronglu.facts.plans import ADDITIVE, MonthPlans
from ronglu.facts.spine import body_owner
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rollup import breakdown
from ronglu.kernel.measure.rounding import to_scaled
from ronglu.kernel.org.coverage import covered
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.org.span import Span
from ronglu.store import history
from ronglu.store.models import Finding

if TYPE_CHECKING:
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
        """Quantities add up over the owner's days of each unit; levels are weighted by what each unit carried."""
        if indicator.rollup in ADDITIVE:
            parts = [
                self.plans.quantity(u, indicator.code, self.owned.get((figure.owner, u), ())) for u in figure.units
            ]
            known = [p for p in parts if p is not None]
            return sum(known, Decimal(0)) if known else None
        levels = {self.plans.level(u, indicator.code) for u in figure.units} - {None}
        return levels.pop() if len(levels) == 1 else self._weighted(figure, indicator)

    def _weighted(self, figure: Figure, indicator: Indicator) -> Decimal | None:
        """Units with different levels: weighted by the days the owner had each of them."""
        days = [(self.plans.level(u, indicator.code), len(self.owned.get((figure.owner, u), ()))) for u in figure.units]
        known = [(level, n) for level, n in days if level is not None and n]
        whole = sum(n for _, n in known)
        return sum((level * n for level, n in known), Decimal(0)) / whole if whole else None


def owned_days(f: Frame) -> dict[tuple[int, int], frozenset[dt.date]]:
    found: dict[tuple[int, int], set[dt.date]] = {}
    for row in f.spine.owners.to_pylist():
        found.setdefault((row["owner"], row["unit"]), set()).add(row["day"])
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
                rows.append(_indicator_row(branch, item, wire, indicator, figure, targets.of(figure, indicator)))
    return rows


def _indicator_row(
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


def coverage_rows(*, f: Frame, first: dt.date, last: dt.date) -> list[Row]:
    """B5 by days of the civil month: lines and crews mapped over all there were."""
    found = covered(
        party=history.party_tree(f.plant), production=history.unit_tree(f.plant), links=history.links(f.plant),
        within=Span(first, last + ONE),
    )  # fmt: skip
    return [
        {"branch": branch, "item": "B5", "key": "all", "num": one.mapped_days, "den": one.days, "label": "产线与横大班"}
        for branch, one in found.items()
        if branch is not None and one.days
    ]


def finding_rows(*, f: Frame, on: dt.date) -> list[Row]:
    """Findings that stood on the last day of the month, charged to the branch they lie in."""
    view = history.party_tree(f.plant).at(on)
    standing = Finding.objects.filter(plant=f.plant, opened_on__lte=on, reason="").exclude(severity="NOTE")
    rows = []
    for one in standing.exclude(cleared_on__lte=on).exclude(body=None).order_by("rule", "subject", "opened_on"):
        branch = view.nearest(one.body_id, *BRANCHES) if one.body_id in view else None
        if branch is not None:
            rows.append(
                {
                    "branch": branch,
                    "item": "B7",
                    "key": "open",
                    "num": 1,
                    "den": 1,
                    "open_days": (on - one.opened_on).days,
                    "record": f"{one.rule} {one.subject}",
                    "label": one.detail,
                }
            )
    return rows


def told(figures: Iterable[Figure], pack: Pack, targets: Targets) -> dict[tuple[int, str], dict[str, Any]]:
    """What the explanation shows of each figure: value, plan, and every sum above and below the fraction bar."""
    found = {}
    for one in figures:
        indicator = pack.indicators[one.indicator]
        plan = targets.of(one, indicator)
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
    return found


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
