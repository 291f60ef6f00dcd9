"""The boards crews show of themselves in a month: against plan and own past, and in words whether two of a line really differ.

Nothing here is an order: crews stand as they are given, and a difference has no better side. Quantities are not put side by side,
since crews do not stand the same number of shifts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from ronglu.boards.benchmark.read import COMPLETE, measured
from ronglu.boards.indicator.read import Line, lines_of
from ronglu.boards.indicator.rows import Around, number, rows_of
from ronglu.kernel.measure.apart import apart
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.period import Grain, Period

PAST = 12
"""Months before the one shown that tell how two crews differ by chance."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one crew chose to show: `line` is its production line, `indicators` codes in its own order."""

    unit: int
    line: int
    name: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`lines` follow the crew's order; an indicator without figures in the month is among `missing`."""

    unit: int
    lines: tuple[Line, ...]
    missing: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """One indicator that two or more crews of a line show: their values, and which pairs are beyond chance.

    `unknown` are pairs whose common past is too short; a pair that is in neither is a tie.
    """

    line: int
    indicator: Indicator
    values: tuple[tuple[str, Decimal | None], ...]
    apart: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def tied(self) -> bool:
        return not self.apart and not self.unknown

    @property
    def rest(self) -> bool:
        """Whether any pair is a tie."""
        return comb(len(self.values), 2) > len(self.apart) + len(self.unknown)


def boards(*, around: Around, shown: Sequence[Shown], period: Period) -> list[Board]:
    """As given; three queries, however many crews show theirs."""
    codes = {code for one in shown for code in one.indicators}
    lines = lines_of(around=around, units=[one.unit for one in shown], period=period, only=codes)
    found = []
    for one in shown:
        mine = {line.indicator.code: line for line in lines.get(one.unit, ())}
        known = [code for code in one.indicators if code in around.indicators]
        found.append(
            Board(
                one.unit,
                tuple(mine[code] for code in known if code in mine),
                tuple(around.indicators[code] for code in known if code not in mine),
            )
        )
    return found


def beside(*, around: Around, shown: Sequence[Shown], period: Period) -> list[Beside]:
    """One query. A month of which too little was read stands beside nothing."""
    groups = _groups(around, shown)
    units = {one.unit for _line, _code, crews in groups for one in crews}
    codes = sorted({code for _line, code, _crews in groups})
    periods = [str(period - n) for n in range(PAST + 1)]
    rows = rows_of(around, sorted(units), codes, grain=[Grain.MONTH.value], period=periods)

    def value(unit: int, code: str, when: str) -> Decimal | None:
        row = rows.get((unit, code), {}).get(when)
        return number(row.value) if row and row.covered * 100 >= row.expected * COMPLETE else None

    found = []
    for line, code, crews in groups:
        names = tuple((one.name, value(one.unit, code, periods[0])) for one in crews)
        told: Mapping[bool | None, list[tuple[str, str]]] = {True: [], False: [], None: []}
        for a, b in combinations(crews, 2):
            # oldest first: the moving range walks through time
            past = [(value(a.unit, code, when), value(b.unit, code, when)) for when in reversed(periods[1:])]
            now = value(a.unit, code, periods[0]), value(b.unit, code, periods[0])
            told[apart(now, past)].append((a.name, b.name))
        found.append(Beside(line, around.indicators[code], names, tuple(told[True]), tuple(told[None])))
    return found


def _groups(around: Around, shown: Sequence[Shown]) -> list[tuple[int, str, list[Shown]]]:
    """Line, level indicator, and the crews of the line that both show it."""
    found: dict[tuple[int, str], list[Shown]] = {}
    for one in shown:
        for code in one.indicators:
            if code in around.indicators and measured(around.indicators[code]):
                found.setdefault((one.line, code), []).append(one)
    return [(line, code, crews) for (line, code), crews in found.items() if len(crews) > 1]
