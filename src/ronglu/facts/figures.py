"""Sums become indicator values: the engine adds up, the kernel divides, once, last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronglu.facts.rollup import Grains
from ronglu.kernel.measure.agg import Agg, pool_all
from ronglu.kernel.measure.coverage import Coverage, covered_all
from ronglu.kernel.measure.indicator import Indicator, RollUp, series_of
from ronglu.kernel.measure.keys import HOURS, parse
from ronglu.kernel.measure.rollup import Rolled, evaluate
from ronglu.kernel.measure.series import Series

SECONDS = Decimal(3600)
Row = Mapping[str, Any]
When = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one owner in one period, with the sums it came from and how much was read."""

    owner: int
    indicator: str
    when: When
    rolled: Rolled
    coverage: Coverage
    aggs: Mapping[str, Agg]
    units: tuple[int, ...]


@dataclass(frozen=True)
class Lines:
    """What each unit is measured by: its indicators, at which grain each of its series comes, which slots it owes."""

    indicators: Mapping[int, Mapping[str, Indicator]]
    grains: Grains
    series: Mapping[str, Series]
    owed: Grains

    def scale(self, key: str) -> tuple[int, bool]:
        """Decimals of the integers summed under a key, and whether seconds were multiplied in."""
        parsed = parse(key)
        factors = [f for f in parsed.factors if f != HOURS]
        return sum(self.series[f].decimals for f in factors), HOURS in parsed.factors

    def agg(self, row: Row) -> Agg:
        decimals, timed = self.scale(row["key"])
        unit = Decimal(1).scaleb(-decimals)

        def exact(n: int | None) -> Decimal | None:
            if n is None:
                return None
            return Decimal(n) * unit / SECONDS if timed else Decimal(n) * unit

        return Agg(
            total=exact(row["total"]) or Decimal(0),
            n=row["n"],
            low=exact(row["low"]),
            high=exact(row["high"]),
            last=exact(row["last"]),
            hours=Decimal(row["secs"]) / SECONDS,
            last_at=row["last_at"],
        )


def figures(lines: Lines, *, sums: Iterable[Row], dues: Iterable[Row], period: tuple[str, ...]) -> list[Figure]:
    """Every indicator of every owner and period that any of the owner's units is measured by.

    An indicator nothing was read for is there too, with no value and its coverage: missing is not absent.
    """
    read = _sums_by(lines, sums, period)
    due = _dues_by(dues, period)
    found: list[Figure] = []
    for owner, when in sorted(read.keys() | due.keys(), key=repr):
        found += _of_owner(lines, owner, when, read.get((owner, when), {}), due.get((owner, when), {}))
    return found


Spot = tuple[int, When]
ByUnit = dict[int, dict[str, dict[str, Agg]]]


def _sums_by(lines: Lines, rows: Iterable[Row], period: tuple[str, ...]) -> dict[Spot, ByUnit]:
    found: dict[Spot, ByUnit] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for row in rows:
        when = tuple(row[p] for p in period)
        found[row["owner"], when][row["unit"]][row["indicator"]][row["key"]] = lines.agg(row)
    return found


def _dues_by(rows: Iterable[Row], period: tuple[str, ...]) -> dict[Spot, dict[tuple[int, str], int]]:
    found: dict[Spot, dict[tuple[int, str], int]] = defaultdict(dict)
    for row in rows:
        found[row["owner"], tuple(row[p] for p in period)][row["unit"], row["grain"]] = row["due"]
    return found


def _of_owner(lines: Lines, owner: int, when: When, read: ByUnit, due: Mapping[tuple[int, str], int]) -> list[Figure]:
    units = sorted({*read, *(u for u, _ in due)} & lines.indicators.keys())
    wanted: dict[str, Indicator] = {}
    for unit in units:
        wanted |= lines.indicators[unit]
    plain = {c: i for c, i in wanted.items() if i.rollup is not RollUp.DERIVED}
    aggs = {c: pool_all(read.get(u, {}).get(c, {}) for u in units) for c in plain}
    rolled = {c: evaluate({c: i}, aggs[c])[c] for c, i in plain.items()}
    coverage = {c: _coverage(lines, i, units, aggs[c], due) for c, i in plain.items()}
    rolled |= _derived(wanted, rolled)
    return [
        Figure(owner, code, when, rolled[code], _worst(code, wanted, coverage), aggs.get(code, {}), tuple(units))
        for code in wanted
    ]


def _derived(wanted: Mapping[str, Indicator], rolled: Mapping[str, Rolled]) -> dict[str, Rolled]:
    from ronglu.kernel.measure.rollup import value

    done = dict(rolled)
    waiting = [i for i in wanted.values() if i.rollup is RollUp.DERIVED]
    for _ in range(len(waiting)):
        for i in waiting:
            if i.code not in done and all(c in done for c in i.of):
                done[i.code] = value(i, {}, {c: done[c].value for c in i.of})
    return done | {i.code: Rolled() for i in waiting if i.code not in done}


def _coverage(
    lines: Lines, indicator: Indicator, units: list[int], aggs: Mapping[str, Agg], due: Mapping[tuple[int, str], int]
) -> Coverage:
    expected: dict[str, int] = {}
    for code in series_of(indicator):
        owed = {(u, lines.owed[u, code]) for u in units if (u, code) in lines.owed}
        if owed & due.keys():
            expected[code] = sum(due.get(o, 0) for o in owed)
    return covered_all(indicator.code, {indicator.code: indicator}, aggs, expected)


def _worst(code: str, wanted: Mapping[str, Indicator], known: Mapping[str, Coverage]) -> Coverage:
    if code in known:
        return known[code]
    parts = [_worst(c, wanted, known) for c in wanted[code].of if c in wanted]
    return min(parts, key=lambda c: c.share if c.share is not None else 0, default=Coverage(0, 0))
