"""Writes the indicator rows of a plant's months from its facts; the only writer, and everything it writes can be made again.

A row's value is rounded once, from the exact quotient; numerator and denominator beside it are exact. Shifts are kept
for the two newest months and for months built one or two at a time: a year of them would be three quarters of all rows.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from ronglu.boards.indicator.targets import Targets, targets
from ronglu.facts.engine import alone, uncollected
from ronglu.facts.figures import Figure, Lines
from ronglu.facts.spans import Stretch, by_grain, stretch
from ronglu.kernel.measure.indicator import Indicator, series_of
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store import bulk
from ronglu.store.models import IndicatorRow, Plant

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

AT_ONCE = 12
NEWEST = 2
FINEST = {"month": 3, "settlement": 3, "week": 2, "day": 1}
RANK = {Grain.SHIFT: 0, Grain.DAY: 1, Grain.WEEK: 2}
Say = Callable[[int, int, str], None]


def build(
    *, plant: Plant, months: Iterable[Period], pack: Pack, calendar: Calendar, until: dt.date, home: Path,
    newest: Period, say: Say = lambda done, total, message: None, finest: bool = True,
) -> int:  # fmt: skip
    """Rows written. `until` is the last production day that may be expected, `newest` the newest month with readings; without
    `finest` no shifts, which are two thirds of a month's rows."""
    wanted = sorted(set(months))
    written = 0
    for part in runs(wanted):
        say(wanted.index(part[0]), len(wanted), f"{part[0]} 至 {part[-1]}")
        shifts = [m for m in part if finest and (len(wanted) <= NEWEST or m > newest - NEWEST)]
        with uncollected():
            s = stretch(plant=plant, months=part, calendar=calendar, until=until, pack=pack, home=home)
            maker = Maker(s, targets(s, pack.indicators), pack.indicators, _letters(s))
            few = len(part) <= NEWEST
            # a year is written grain by grain, so that nobody waits for the lock; a month or two at once
            with transaction.atomic() if few else nullcontext(), alone(s.frame.con) if few else nullcontext():
                for grain, found in by_grain(s, shifts=shifts):
                    written += _replace(s, grain, maker.rows(grain, found))
    return written


def runs(months: Sequence[Period]) -> Iterator[list[Period]]:
    """Months that follow each other, at most a year of them at once: what one pass of the engine takes."""
    for _, group in groupby(enumerate(months), key=lambda pair: pair[1].index - pair[0]):
        run = [month for _, month in group]
        yield from (run[i : i + AT_ONCE] for i in range(0, len(run), AT_ONCE))


class Row(NamedTuple):
    """A row of the table, in the order of its columns; a model instance would cost more than the figure."""

    plant_id: int
    unit_id: int
    indicator: str
    grain: str
    period: str
    month: int
    numerator: str
    denominator: str
    value: str
    plan: str
    covered: int
    expected: int
    letter: str
    pending: int
    # what the reports alone come to, where the month was settled
    note: str


@dataclass(frozen=True)
class Maker:
    """Turns figures into rows."""

    stretch: Stretch
    targets: Targets
    indicators: Mapping[str, Indicator]
    letters: Mapping[tuple[int, dt.date, int], str]
    names: dict[Period, tuple[str, int]] = field(default_factory=dict)
    firsts: dict[tuple[int, str, Period], Row] = field(default_factory=dict)

    @cached_property
    def twinned(self) -> frozenset[int]:
        return frozenset(self.targets.same.values())

    def rows(self, grain: Grain, found: Iterable[tuple[Period, Figure]]) -> Iterator[Row]:
        rank: dict[tuple[str, tuple[int, ...]], int] = {}
        for period, figure in found:
            read = figure.rolled.value is not None or figure.coverage.expected or figure.aggs
            spot = figure.indicator, figure.units
            if spot not in rank:
                rank[spot] = finest(figure.indicator, figure.units, self.indicators, self.stretch.frame.lines)
            if read and rank[spot] <= RANK.get(grain, 3):
                yield self._again(period, figure) or self._row(grain, period, figure)

    def _again(self, period: Period, figure: Figure) -> Row | None:
        """A workshop with the same lines as its plant has the same row under another name; the first of them comes first."""
        first = self.targets.same.get(figure.owner)
        row = self.firsts.get((first, figure.indicator, period)) if first is not None else None
        return row._replace(unit_id=figure.owner // 2) if row else None

    def _row(self, grain: Grain, period: Period, figure: Figure) -> Row:
        plan = self.targets.of(figure, self.indicators[figure.indicator], period)
        if period not in self.names:
            self.names[period] = str(period), month_of(self.stretch.calendar, period)
        name, month = self.names[period]
        f, coverage = figure, figure.coverage
        row = Row(
            self.stretch.frame.plant.pk, f.owner // 2, f.indicator, grain.value, name, month, _short(f.rolled.num),
            _short(f.rolled.den), _text(f.rolled.shown), _text(plan), min(coverage.covered, coverage.expected),
            coverage.expected, self._letter(period, f) if grain is Grain.SHIFT else "", f.pending, _text(f.reported),
        )  # fmt: skip
        if f.owner in self.twinned:
            self.firsts[f.owner, f.indicator, period] = row
        return row

    def _letter(self, period: Period, figure: Figure) -> str:
        """Who stood the shift; a workshop whose lines had different crews says nothing."""
        day, no = period.first, period.no
        stood = {self.letters.get((u, day, no), "") for u in figure.units}
        return stood.pop() if len(stood) == 1 else ""


def finest(code: str, units: tuple[int, ...], indicators: Mapping[str, Indicator], lines: Lines) -> int:
    """The finest grain at which an indicator says something: none finer than its declaration or its coarsest series."""
    one = indicators[code]
    mine = [FINEST.get(lines.grains[u, s], 0) for u in units for s in series_of(one) if (u, s) in lines.grains]
    parts = [finest(other, units, indicators, lines) for other in one.of if other in indicators]
    return max([FINEST.get(one.finest, 0), *mine, *parts])


def month_of(calendar: Calendar, period: Period) -> int:
    """The statistical month a period ends in: under it the row is kept and replaced."""
    return calendar.month_of(calendar.days_of(period)[1]).yyyymm


def _replace(s: Stretch, grain: Grain, rows: Iterable[Row]) -> int:
    """One transaction for each month of the plant: the old rows of the periods touched go, the new ones come."""
    fresh: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        fresh[row.month].append(row)
    touched = _touched(s, grain)
    for month in sorted({*fresh, *touched}):
        old = IndicatorRow.objects.filter(plant=s.frame.plant, month=month, grain=grain.value)
        if grain not in (Grain.SHIFT, Grain.DAY, Grain.MONTH):
            old = old.filter(period__in=touched[month])
        with transaction.atomic():
            old.delete()
            bulk.insert(IndicatorRow, Row._fields, fresh[month])
    return sum(len(found) for found in fresh.values())


def _touched(s: Stretch, grain: Grain) -> dict[int, list[str]]:
    """Periods that the stretch makes anew, by the month they are kept under."""
    if grain in (Grain.SHIFT, Grain.DAY, Grain.MONTH):
        return {m.yyyymm: [] for m in s.months}
    found: dict[int, list[str]] = defaultdict(list)
    for period in s.weeks if grain is Grain.WEEK else s.wide(grain):
        found[month_of(s.calendar, period)].append(str(period))
    return found


def _letters(s: Stretch) -> dict[tuple[int, dt.date, int], str]:
    first, last = s.days
    return {(u, d, n): letter for u, d, n, letter, _ in s.frame.spine.shifts if first <= d <= last}


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _short(value: Decimal | None) -> str:
    """A product of three readings ends in a row of zeros that say nothing."""
    text = _text(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
