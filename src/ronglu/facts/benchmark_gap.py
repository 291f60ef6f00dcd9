"""How far a branch's lines closed the gap to their benchmarks in a month (D5): this month's figures beside those of the month
before, both against the benchmark in force at this month's end, so that a benchmark moved is no gap closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ronglu.facts.figures import Figure
from ronglu.facts.plans import ADDITIVE
from ronglu.facts.spine import body_owner
from ronglu.kernel.measure.benchmark import aim, gap
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.measure.rounding import to_scaled
from ronglu.kernel.rules.shapes.band import MET
from ronglu.store.models import Benchmark, Plant

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

Row = dict[str, Any]
FACT, ITEM = "benchmark_gap", "D5"
Figures = Mapping[tuple[int, str], Figure]


@dataclass(frozen=True, slots=True)
class Marks:
    """Indicator → tier → the newest value said by then. Quantities have none: a benchmark is of a level, not of a size."""

    of: Mapping[str, Mapping[str, Decimal]]

    @staticmethod
    def on(plant: Plant, day: dt.date, indicators: Mapping[str, Indicator]) -> Marks:
        found: dict[str, dict[str, Decimal]] = {}
        rows = Benchmark.objects.filter(plant=plant, dated_on__lte=day).order_by("dated_on")
        for code, tier, value in rows.values_list("indicator", "tier", "value"):
            one = indicators.get(code)
            if one and one.rollup not in ADDITIVE and one.direction in (Direction.UP, Direction.DOWN):
                found.setdefault(code, {})[tier] = Decimal(value)
        return Marks(found)

    def narrowed(self, pack: Pack) -> Pack:
        """The pack with these indicators and what they are derived from: the month before needs no others."""
        return replace(pack, indicators={code: pack.indicators[code] for code in _with_parts(self.of, pack)})


def _with_parts(codes: Mapping[str, Any], pack: Pack) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found[code] = None
            waiting += pack.indicators[code].of
    return found


def rows(
    *, branches: tuple[int, ...], marks: Marks, now: Figures, before: Figures, indicators: Mapping[str, Indicator]
) -> Iterator[Row]:  # fmt: skip
    """A row for each branch and benchmarked indicator that its lines have."""
    for branch in branches:
        for code, tiers in sorted(marks.of.items()):
            spot = body_owner(branch), code
            if spot in now:
                yield _row(branch, indicators[code], tiers, now[spot], before.get(spot))


def _row(branch: int, one: Indicator, tiers: Mapping[str, Decimal], now: Figure, before: Figure | None) -> Row:
    """num: by how much the gap narrowed, den: the gap of the month before, both in the indicator's last digit.

    Without a figure of either month nothing can be said; a gap that opened anew has no gap before it (den 0: the last step).
    """
    value, was = now.rolled.shown, before.rolled.shown if before else None
    tier = aim(value, tiers, one.direction)
    met = value is not None and not tier
    left, old = gap(value, tiers.get(tier), one.direction), gap(was, tiers.get(tier), one.direction)
    digits = max([one.decimals, *(_decimals(mark) for mark in tiers.values())])
    known = met or (left is not None and old is not None)
    narrowed = Decimal(0) if left is None or old is None else old - left
    return {
        "branch": branch, "item": ITEM, "key": MET if met else one.code, "record": one.code,
        "num": to_scaled(narrowed, digits) if known else None, "den": max(to_scaled(old or Decimal(0), digits), 0),
        "label": one.name, "unit": one.unit, "decimals": digits,
        "covered": min(now.coverage.covered, now.coverage.expected), "expected": now.coverage.expected,
    }  # fmt: skip


def _decimals(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)
