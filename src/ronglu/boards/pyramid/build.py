"""Writes the pyramids of a plant from its indicator rows by the day; the only writer, and everything it writes can be made again.

Only buckets that days of the months lie in are read and written: what lies below them comes from the rows stored before.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from ronglu.boards.indicator.build import runs
from ronglu.facts.engine import uncollected
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.pyramid import LEVELS, Bucket, Buckets, below, climb, drawn, figure, leaf, touched
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store import bulk
from ronglu.store.models import IndicatorRow, Plant, PyramidRow

Key = tuple[int, str]
"""Unit and indicator."""
Stored = Mapping[int, Mapping[Key, Buckets]]
"""By level; level 0 are days."""


class Row(NamedTuple):
    """A row of the table, in the order of its columns."""

    plant_id: int
    unit_id: int
    indicator: str
    level: int
    place: int
    low: str
    high: str
    last: str
    numerator: str
    denominator: str
    value: str
    days: int


def build(*, plant: Plant, months: Iterable[Period], indicators: Mapping[str, Indicator], calendar: Calendar) -> int:
    """Rows written; the indicator rows of the months stand already."""
    written = 0
    for run in runs(sorted(set(months))):
        first, last = calendar.days_of(run[0])[0].toordinal(), calendar.days_of(run[-1])[1].toordinal()
        with uncollected():
            stored = _stored(plant, (run[0] - 1, *run, run[-1] + 1), first, last)
            rows = _rows(plant, stored, indicators, first, last)
            written += _replace(plant, rows, first, last)
    return written


def _stored(plant: Plant, months: Iterable[Period], first: int, last: int) -> Stored:
    """Two queries: the days of the buckets touched, and of each level what lies beside in the buckets above."""
    days = below(touched(first, last, 1))
    names = ("unit_id", "indicator", "place", "value", "numerator", "denominator")
    found: dict[int, dict[Key, dict[int, Bucket]]] = {level: defaultdict(dict) for level in range(LEVELS)}
    # the month leads the table's index; a bucket reaches three days into the month beside
    rows = IndicatorRow.objects.filter(
        plant=plant,
        month__in=[month.yyyymm for month in months],
        grain=Grain.DAY.value,
        period__range=(_day(days.start), _day(days.stop - 1)),
    )
    for unit, code, day, *said in rows.values_list("unit_id", "indicator", "period", *names[3:]):
        found[0][unit, code][dt.date.fromisoformat(day).toordinal()] = leaf(*map(_number, said))
    beside = Q()
    for level in range(1, LEVELS):
        places = below(touched(first, last, level + 1))
        beside |= Q(level=level, place__range=(places.start, places.stop - 1))
    rows_above = PyramidRow.objects.filter(beside, plant=plant)
    names = ("unit_id", "indicator", "level", "place", "low", "high", "last", "numerator", "denominator", "days")
    for unit, code, level, place, *said, n in rows_above.values_list(*names):
        found[level][unit, code][place] = Bucket(*map(_number, said), days=n)
    return found


def _rows(plant: Plant, stored: Stored, indicators: Mapping[str, Indicator], first: int, last: int) -> Iterable[Row]:
    units: dict[int, dict[str, dict[int, dict[int, Bucket]]]] = defaultdict(dict)
    for unit, code in sorted({key for level in stored.values() for key in level}):
        if code in indicators:
            units[unit][code] = climb(first, last, of=partial(_of, stored, (unit, code)))
    for unit, made in units.items():
        known: dict[tuple[str, int, int], Decimal | None] = {}
        for code in _in_order(made, indicators):
            one = indicators[code]
            for level, buckets in made[code].items():
                for place, bucket in buckets.items():
                    others = {other: known.get((other, level, place)) for other in one.of}
                    together = known[code, level, place] = figure(one, bucket, others)
                    yield _row(plant, unit, code, level, place, bucket, drawn(one, bucket, together))


def _of(stored: Stored, key: Key, level: int, places: range) -> Buckets:
    return {place: one for place, one in stored[level].get(key, {}).items() if place in places}


def _in_order(codes: Iterable[str], indicators: Mapping[str, Indicator]) -> list[str]:
    """Derived ones after those they are made of."""

    def depth(code: str) -> int:
        return 1 + max((depth(other) for other in indicators[code].of if other in indicators), default=0)

    return sorted(codes, key=depth)


def _row(
    plant: Plant, unit: int, code: str, level: int, place: int, bucket: Bucket, value: Decimal | None
) -> Row:  # fmt: skip
    said = (bucket.low, bucket.high, bucket.last, bucket.num, bucket.den, value)
    return Row(plant.pk, unit, code, level, place, *map(_text, said), bucket.days)


def _replace(plant: Plant, rows: Iterable[Row], first: int, last: int) -> int:
    """In one transaction: what lay in the buckets touched goes, what was made comes."""
    gone = Q()
    for level in range(1, LEVELS + 1):
        places = touched(first, last, level)
        gone |= Q(level=level, place__range=(places.start, places.stop - 1))
    with transaction.atomic():
        PyramidRow.objects.filter(gone, plant=plant).delete()
        return bulk.insert(PyramidRow, Row._fields, rows)


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
