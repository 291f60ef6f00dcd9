"""Finds the records of a plant and the lives of what wears, from its indicator rows; the only writer, rebuildable.

A period counts that is over, was read to 95 % and holds nothing unaudited. Crews have no records of their own: their
letter stands beside the line's shift.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from ronglu.kernel.measure.counter import lives
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, counter, counters
from ronglu.kernel.measure.records import COMPLETE, RecordRules, history
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import IndicatorRow, Lifetime, Plant, Record

PERCENT = int(COMPLETE * 100)
KINDS = ("plant", "workshop", "line")
JUDGED = (Direction.UP, Direction.DOWN)
Key = tuple[int, str, str]


class Read(NamedTuple):
    period: str
    value: Decimal
    letter: str


def build(
    *, plant: Plant, indicators: Mapping[str, Indicator], calendar: Calendar, until: dt.date, rules: RecordRules
) -> int:
    """Rows written."""
    finder = Finder(plant, indicators, calendar, until, rules)
    records = [row for key, rows in _read(plant, indicators, rules) for row in finder.records(key, rows)]
    found = list(_lifetimes(plant, indicators))
    with transaction.atomic():
        Record.objects.filter(plant=plant).delete()
        Record.objects.bulk_create(records, batch_size=500)
        Lifetime.objects.filter(plant=plant).delete()
        Lifetime.objects.bulk_create(found, batch_size=500)
    return len(records) + len(found)


def _read(
    plant: Plant, indicators: Mapping[str, Indicator], rules: RecordRules
) -> Iterator[tuple[Key, Iterator[Read]]]:
    """Unit, indicator, grain → what was read of them, oldest first: periods of one grain sort as text."""
    codes = [code for code, one in indicators.items() if recordable(one)]
    rows = (
        IndicatorRow.objects.filter(
            plant=plant, unit__kind__in=KINDS, indicator__in=codes, pending=0, expected__gt=0,
            grain__in=[grain.value for grain in rules.least],
        )
        .exclude(value="")
        .order_by("unit_id", "indicator", "grain", "period")
        .values_list("unit_id", "indicator", "grain", "period", "value", "letter", "covered", "expected")
    )  # fmt: skip
    for key, group in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[:3]):
        yield key, _well_read(group)


def recordable(one: Indicator) -> bool:
    """Not what wears, which has lives, nor what is counted in pieces: none of them is no feat."""
    return one.direction in JUDGED and one.rollup is not RollUp.COUNT and not counters(one)


def _well_read(rows: Iterable[Any]) -> Iterator[Read]:
    for _, _, _, period, value, letter, covered, expected in rows:
        if covered * 100 >= expected * PERCENT:
            yield Read(period, Decimal(value), letter)


@dataclass(frozen=True, slots=True)
class Finder:
    """What a search for records needs to know of the plant."""

    plant: Plant
    indicators: Mapping[str, Indicator]
    calendar: Calendar
    until: dt.date
    rules: RecordRules

    def records(self, key: Key, rows: Iterable[Read]) -> list[Record]:
        """Only periods that ended by `until`: a week that just began may shine for a day."""
        grain, found = Grain(key[2]), list(rows)
        while found and self._last(found[-1]) > self.until:
            found.pop()
        made = self._steps(key, "ever", found, self.rules.least[grain])
        if least := self.rules.least_of_year.get(grain):
            for _year, inside in groupby(found, key=lambda one: self._year(one)):
                made += self._steps(key, "year", list(inside), least)
        return made

    def _steps(self, key: Key, span: str, found: Sequence[Read], least: int) -> list[Record]:
        unit, code, grain = key
        up = self.indicators[code].direction is Direction.UP
        steps = list(history((one.value for one in found), up=up, least=least))
        return [
            Record(
                plant=self.plant, unit_id=unit, indicator=code, grain=grain, span=span, period=found[step.place].period,
                day=self._last(found[step.place]), value=_text(step.value), previous=_text(step.previous),
                margin=_text(step.margin), letter=found[step.place].letter, standing=step is steps[-1], since=found[0].period,
            )
            for step in steps
        ]  # fmt: skip

    def _year(self, one: Read) -> int:
        """A week belongs to the statistical year of its last day."""
        return self.calendar.month_of(self._last(one)).first.year

    def _last(self, one: Read) -> dt.date:
        return self.calendar.days_of(Period.parse(one.period))[1]


def _lifetimes(plant: Plant, indicators: Mapping[str, Indicator]) -> Iterator[Lifetime]:
    """The counter's own row tells where it stands; the row of its height, where one is declared, what it had reached."""
    for code, one in indicators.items():
        if one.rollup is not RollUp.SINCE:
            continue
        peak = next((c for c, other in indicators.items() if _height_of(other, one)), code)
        standing, height = _days(plant, code), _days(plant, peak)
        for unit, rows in standing.items():
            tops = height.get(unit, rows)
            days = ((day, tops.get(day, value), value) for day, value in sorted(rows.items()))
            for number, life in enumerate(lives(days), 1):
                yield Lifetime(
                    plant=plant, unit_id=unit, indicator=code, number=number, from_on=life.from_on, until_on=life.until_on,
                    height=_text(life.height),
                )  # fmt: skip


def _height_of(other: Indicator, one: Indicator) -> bool:
    return other.rollup is RollUp.MAX and bool(other.numerator) and other.numerator[0].series == counter(one)


def _days(plant: Plant, code: str) -> dict[int, dict[dt.date, Decimal]]:
    """Of lines, by unit and day."""
    rows = IndicatorRow.objects.filter(plant=plant, grain=Grain.DAY.value, indicator=code, unit__kind="line", pending=0)
    found: dict[int, dict[dt.date, Decimal]] = {}
    for unit, day, value in rows.exclude(value="").values_list("unit_id", "period", "value"):
        found.setdefault(unit, {})[dt.date.fromisoformat(day)] = Decimal(value)
    return found


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
