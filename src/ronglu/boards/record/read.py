"""The records of a unit as they are stored, and the lives of what wears beside their benchmark: the same queries for any unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.indicator.rows import Around
from ronglu.kernel.measure.benchmark import reached
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.period import Grain
from ronglu.store.models import Lifetime, Record

GRAINS = (Grain.SHIFT, Grain.DAY, Grain.WEEK, Grain.MONTH)


@dataclass(frozen=True, slots=True)
class Held:
    """One indicator of a unit: the standing record of each grain, the best of the year looked at, and the whole history of
    both, newest first."""

    indicator: Indicator
    standing: Mapping[str, Record]
    year: Mapping[str, Record]
    history: tuple[Record, ...]
    of_year: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Wear:
    """`best` is the greatest height ever, ended or running; `tier` the furthest outside benchmark it has reached."""

    unit: int
    indicator: Indicator
    running: Lifetime | None
    ended: tuple[Lifetime, ...]
    best: Lifetime
    tier: str

    @property
    def breaking(self) -> bool:
        """The running life is the best one, with others before it."""
        return self.best is self.running and bool(self.ended)


def held(*, around: Around, unit: int) -> list[Held]:
    """In the order of declaration; one query. The year is that of the last day with data."""
    year = around.calendar.days_of(around.calendar.month_of(around.until).up(Grain.YEAR))
    found: dict[str, list[Record]] = {}
    for row in Record.objects.filter(unit_id=unit).order_by("-day", "-pk"):
        found.setdefault(row.indicator, []).append(row)
    return [_held(one, found[code], *year) for code, one in around.indicators.items() if code in found]


def _held(one: Indicator, rows: Sequence[Record], first: dt.date, last: dt.date) -> Held:
    ever = tuple(row for row in rows if row.span == "ever")
    of_year = tuple(row for row in rows if row.span == "year" and first <= row.day <= last)
    return Held(
        one,
        {row.grain: row for row in ever if row.standing},
        {row.grain: row for row in of_year if row.standing},
        ever,
        of_year,
    )


def wears(
    *, around: Around, units: Sequence[int], marks: Mapping[str, Mapping[str, Decimal]]
) -> list[Wear]:  # fmt: skip
    """Of lines; one query."""
    found: dict[tuple[int, str], list[Lifetime]] = {}
    for row in Lifetime.objects.filter(unit_id__in=units).order_by("unit__position", "indicator", "-number"):
        found.setdefault((row.unit_id, row.indicator), []).append(row)
    return [
        _wear(unit, around.indicators[code], rows, marks.get(code, {}))
        for (unit, code), rows in found.items()
        if code in around.indicators
    ]


def _wear(unit: int, one: Indicator, rows: Sequence[Lifetime], marks: Mapping[str, Decimal]) -> Wear:
    running = next((row for row in rows if row.until_on is None), None)
    best = max(rows, key=lambda row: Decimal(row.height))
    tier = reached(Decimal(best.height), marks, one.direction)
    return Wear(unit, one, running, tuple(row for row in rows if row.until_on), best, tier)


def news(*, units: Sequence[int], since: dt.date) -> list[Record]:
    """Standing records that beat an earlier one since a day, newest first; where looking began nothing was beaten."""
    rows = Record.objects.filter(unit_id__in=units, span="ever", standing=True, day__gte=since).exclude(previous="")
    return list(rows.exclude(grain=Grain.SHIFT.value).order_by("-day", "unit__position", "indicator", "grain"))
