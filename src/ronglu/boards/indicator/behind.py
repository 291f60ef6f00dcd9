"""The readings behind an indicator: slot by slot, newest version first, with file, sheet and cell."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.boards.indicator.rows import Around
from ronglu.kernel.measure.indicator import series_of
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import STANDING, Reading, ReadingState

Key = tuple[int, dt.datetime, str]
"""A month's settlement begins with its first shift: the grain tells them apart."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What one unit reported for one slot: of each series the standing text, its state, and the text it replaced."""

    unit: int
    day: dt.date
    shift_no: int
    letter: str
    starts_at: dt.datetime
    grain: str
    cells: dict[str, tuple[str, str, str]]
    """Series → text as given, state, text of the version before."""
    file: str
    places: tuple[str, ...]
    version: int
    digest: str
    """Of the file it came from; empty for what was keyed."""
    key: int
    """The newest of its readings."""


def series_behind(at: Around, code: str) -> tuple[str, ...]:
    """Of a derived indicator those of its parts."""
    one = at.indicators[code]
    parts = [s for other in one.of if other in at.indicators for s in series_behind(at, other)]
    return tuple(dict.fromkeys([*series_of(one), *parts]))


def slots(
    *, at: Around, units: Iterable[int], series: Sequence[str], period: Period, letter: str = ""
) -> QuerySet[Reading]:
    """One row a slot as (unit, start, grain), newest first: what a pager counts. A crew has the shifts of its letter."""
    first, last = at.calendar.days_of(period)
    found = Reading.objects.filter(
        channel__unit__in=list(units), channel__series__in=series, day__range=(first, last), state__in=STANDING
    )
    if period.grain is Grain.SHIFT:
        found = found.filter(shift_no=period.no)
    if letter:
        found = found.filter(letter=letter)
    return (
        found.order_by("-starts_at", "channel__unit")
        .values_list("channel__unit", "starts_at", "channel__grain")
        .distinct()
    )  # type: ignore[return-value]


def read(*, series: Sequence[str], page: Iterable[Key]) -> list[Slot]:
    """One query, whatever the page holds."""
    keys = list(page)
    if not keys:
        return []
    found: dict[Key, list[Reading]] = defaultdict(list)
    units, starts = {unit for unit, _, _ in keys}, {start for _, start, _ in keys}
    which = Q(channel__unit__in=units, starts_at__in=starts, channel__series__in=series)
    rows = Reading.objects.filter(which).exclude(state=ReadingState.REJECTED).select_related("channel", "batch")
    for row in rows.order_by("version"):
        found[row.channel.unit_id, row.starts_at, row.channel.grain].append(row)
    return [_slot(key[0], found[key]) for key in keys]


def _slot(unit: int, rows: list[Reading]) -> Slot:
    standing = {r.channel.series: r for r in rows if r.state in STANDING}
    before = {r.channel.series: r.text for r in rows if r.pk != standing.get(r.channel.series, r).pk}
    last = max(standing.values(), key=lambda r: (r.version, r.known_at))
    return Slot(
        unit=unit,
        day=last.day,
        shift_no=last.shift_no,
        letter=last.letter,
        starts_at=last.starts_at,
        grain=last.channel.grain,
        cells={s: ("" if r.value is None else r.text, r.state, before.get(s, "")) for s, r in standing.items()},
        file=last.batch.file_name if last.batch else "",
        places=tuple(dict.fromkeys(r.place for r in standing.values() if r.place)),
        version=last.version,
        digest=last.batch.digest if last.batch else "",
        key=last.pk,
    )
