"""Sums become indicator values: the engine adds up, the kernel divides, once, last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from ronglu.facts.rollup import Grains
from ronglu.kernel.measure.agg import Agg, pool_all
from ronglu.kernel.measure.coverage import Coverage, covered
from ronglu.kernel.measure.indicator import Indicator, RollUp, series_of
from ronglu.kernel.measure.keys import HOURS, parse
from ronglu.kernel.measure.rollup import Rolled, value
from ronglu.kernel.measure.rounding import EXACT
from ronglu.kernel.measure.series import Series

SECONDS, ZERO = Decimal(3600), Decimal(0)
# these never look at extremes or end states, which cost as much to carry along as everything else
SUMMED = frozenset({RollUp.SUM, RollUp.COUNT, RollUp.RATIO, RollUp.WMEAN})
Row = Mapping[str, Any]
When = tuple[Any, ...]
Owing = tuple[tuple[str, frozenset[tuple[int, str]]], ...]


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
    # slots behind it whose newest version still waits for its audit
    pending: int = 0
    # what the reports alone come to, where a settlement took their place
    reported: Decimal | None = None

    def under(self, owner: int) -> Figure:
        """The same of another owner: boards do this for every figure of a workshop with one line."""
        return Figure(
            owner,
            self.indicator,
            self.when,
            self.rolled,
            self.coverage,
            self.aggs,
            self.units,
            self.pending,
            self.reported,
        )


@dataclass(frozen=True)
class Lines:
    """What each unit is measured by: its indicators, at which grain each of its series comes, which slots it owes."""

    indicators: Mapping[int, Mapping[str, Indicator]]
    grains: Grains
    series: Mapping[str, Series]
    owed: Grains

    @cached_property
    def _scales(self) -> dict[str, tuple[int, bool]]:
        return {}

    def scale(self, key: str) -> tuple[int, bool]:
        """Decimals of the integers summed under a key, and whether seconds were multiplied in."""
        found = self._scales.get(key)
        if found is None:
            factors = parse(key).factors
            found = sum(self.series[f].decimals for f in factors if f != HOURS), HOURS in factors
            self._scales[key] = found
        return found

    def wanted(self, units: tuple[int, ...]) -> tuple[dict[str, Indicator], dict[str, Indicator]]:
        """The indicators of these units together, and those of them that are not made of others."""
        found = self._wanted.get(units)
        if found is None:
            whole = {code: one for unit in units for code, one in self.indicators[unit].items()}
            found = whole, {c: i for c, i in whole.items() if i.rollup is not RollUp.DERIVED}
            self._wanted[units] = found
        return found

    @cached_property
    def _wanted(self) -> dict[tuple[int, ...], tuple[dict[str, Indicator], dict[str, Indicator]]]:
        return {}

    @cached_property
    def _owing(self) -> dict[tuple[str, tuple[int, ...]], Owing]:
        return {}

    def owing(self, indicator: Indicator, units: tuple[int, ...]) -> Owing:
        """By series of the indicator: which expectations of these units it answers to."""
        spot = indicator.code, units
        if spot not in self._owing:
            self._owing[spot] = tuple(
                (code, frozenset((u, self.owed[u, code]) for u in units if (u, code) in self.owed))
                for code in series_of(indicator)
            )
        return self._owing[spot]

    def agg(self, row: Row) -> Agg:
        decimals, timed = self.scale(row["key"])
        total = _exact(row["total"], decimals, timed) or Decimal(0)
        one = self.indicators.get(row["unit"], {}).get(row["indicator"])
        hours = Decimal(row["secs"]) / SECONDS if one is None or one.timed else ZERO
        if one is not None and one.rollup in SUMMED:
            return Agg(total=total, n=row["n"], hours=hours, last_at=row["last_at"])
        low, high, last = (_exact(row[end], decimals, timed) for end in ("low", "high", "last"))
        return Agg(total=total, n=row["n"], low=low, high=high, last=last, hours=hours, last_at=row["last_at"])


def _exact(n: int | None, decimals: int, timed: bool) -> Decimal | None:
    if n is None:
        return None
    value = Decimal(n).scaleb(-decimals, EXACT)
    return value / SECONDS if timed else value


def figures(lines: Lines, *, sums: Iterable[Row], dues: Iterable[Row], period: tuple[str, ...]) -> list[Figure]:
    """Every indicator of every owner and period that any of the owner's units is measured by.

    An indicator nothing was read for is there too, with no value and its coverage: missing is not absent.
    """
    rows = list(sums)
    read, waiting = _sums_by(lines, rows, period), _waits_by(rows, period)
    due = _dues_by(dues, period)
    found: list[Figure] = []
    for spot in sorted(read.keys() | due.keys()):
        found += _of_owner(lines, spot, read.get(spot, {}), due.get(spot, {}), waiting.get(spot, {}))
    return found


Spot = tuple[int, When]
ByUnit = dict[int, dict[str, dict[str, Agg]]]


def _sums_by(lines: Lines, rows: Iterable[Row], period: tuple[str, ...]) -> dict[Spot, ByUnit]:
    found: dict[Spot, ByUnit] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for row in rows:
        when = tuple(row[p] for p in period)
        found[row["owner"], when][row["unit"]][row["indicator"]][row["key"]] = lines.agg(row)
    return found


def _waits_by(rows: Iterable[Row], period: tuple[str, ...]) -> dict[Spot, dict[str, int]]:
    """Slots of each indicator that wait for an audit: those of its key that waits most."""
    by_key: dict[Spot, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row["waits"]:
            by_key[row["owner"], tuple(row[p] for p in period)][row["indicator"], row["key"]] += row["waits"]
    found: dict[Spot, dict[str, int]] = defaultdict(dict)
    for spot, counts in by_key.items():
        for (indicator, _key), n in counts.items():
            found[spot][indicator] = max(n, found[spot].get(indicator, 0))
    return found


def _dues_by(rows: Iterable[Row], period: tuple[str, ...]) -> dict[Spot, dict[tuple[int, str], int]]:
    found: dict[Spot, dict[tuple[int, str], int]] = defaultdict(dict)
    for row in rows:
        found[row["owner"], tuple(row[p] for p in period)][row["unit"], row["grain"]] = row["due"]
    return found


def _of_owner(
    lines: Lines, spot: Spot, read: ByUnit, due: Mapping[tuple[int, str], int], waits: Mapping[str, int]
) -> list[Figure]:
    owner, when = spot
    units = tuple(sorted({*read, *(u for u, _ in due)} & lines.indicators.keys()))
    wanted, plain = lines.wanted(units)
    if len(units) == 1:
        alone = read.get(units[0], {})
        aggs = {c: alone.get(c, {}) for c in plain}
    else:
        aggs = {c: pool_all(read.get(u, {}).get(c, {}) for u in units) for c in plain}
    rolled = {c: value(i, aggs[c]) for c, i in plain.items()}
    coverage = {c: _coverage(lines, i, units, aggs[c], due) for c, i in plain.items()}
    if len(plain) < len(wanted):
        rolled |= _derived(wanted, rolled)
    return [
        Figure(
            owner, code, when, rolled[code], _worst(code, wanted, coverage), aggs.get(code, {}), units,
            _pending(code, wanted, waits) if waits else 0,
        )
        for code in wanted
    ]  # fmt: skip


def _derived(wanted: Mapping[str, Indicator], rolled: Mapping[str, Rolled]) -> dict[str, Rolled]:
    done = dict(rolled)
    waiting = [i for i in wanted.values() if i.rollup is RollUp.DERIVED]
    for _ in range(len(waiting)):
        for i in waiting:
            if i.code not in done and all(c in done for c in i.of):
                done[i.code] = value(i, {}, {c: done[c].value for c in i.of})
    return done | {i.code: Rolled() for i in waiting if i.code not in done}


def _coverage(
    lines: Lines,
    indicator: Indicator,
    units: tuple[int, ...],
    aggs: Mapping[str, Agg],
    due: Mapping[tuple[int, str], int],
) -> Coverage:
    owing = lines.owing(indicator, units)
    expected = {code: sum([due.get(o, 0) for o in owed]) for code, owed in owing if not owed.isdisjoint(due)}
    return covered(indicator, aggs, expected)


def _pending(code: str, wanted: Mapping[str, Indicator], waits: Mapping[str, int]) -> int:
    return max([waits.get(code, 0), *(_pending(c, wanted, waits) for c in wanted[code].of if c in wanted)])


def _worst(code: str, wanted: Mapping[str, Indicator], known: Mapping[str, Coverage]) -> Coverage:
    if code in known:
        return known[code]
    parts = [_worst(c, wanted, known) for c in wanted[code].of if c in wanted]
    return min(parts, key=lambda c: c.share if c.share is not None else 0, default=Coverage(0, 0))
