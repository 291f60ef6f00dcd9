"""The spine: who owns which line on which day, which slots were due, so that nothing without facts vanishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as PlainMapping
from dataclasses import dataclass, field
from functools import cache

import pyarrow as pa
from django.db.models import CharField
from django.db.models.functions import Cast

from ronglu.kernel.org.tree import chain
from ronglu.store.models import (
    BodyState,
    Channel,
    Mapping,
    PlanStop,
    Plant,
    ShiftRow,
    Unit,
    UnitState,
)
from ronglu.store.models.dated import Dated

ONE = dt.timedelta(days=1)
OWNERS = pa.schema([("owner", pa.int64()), ("unit", pa.int64()), ("day", pa.date32()), ("letter", pa.string())])
DUE = pa.schema(
    [
        ("unit", pa.int64()),
        # what is owed: `expectation`
        ("grain", pa.string()),
        ("day", pa.date32()),
        ("shift_no", pa.int64()),
        ("letter", pa.string()),
        ("due", pa.int64()),
    ]
)
BRANCHES = ("branch", "joint")
BY_SHIFT = ("shift", "hour", "instant")
SETTLED = "settlement"
MINUTES = 24 * 60
Owned = tuple[int, int, dt.date, str]
"""Owner, unit, day, letter."""
Stood = tuple[int, dt.date, int, str, int]
"""Unit, day, shift, letter of the crew, hours."""


def unit_owner(pk: int) -> int:
    """Units and party bodies own lines alike; one integer names either."""
    return pk * 2


def body_owner(pk: int) -> int:
    return pk * 2 + 1


@dataclass(frozen=True)
class Spine:
    """The month's frame as plain values: days, owners of each line and day, slots due, branches."""

    first: dt.date
    last: dt.date
    owners: pa.Table
    due: pa.Table
    branches: tuple[int, ...]
    channels: tuple[Channel, ...] = field(repr=False)
    lines: dict[int, str] = field(repr=False)
    owned: list[Owned] = field(repr=False)
    """The rows of `owners` as plain values."""
    shifts: list[Stood] = field(repr=False)
    """Of every line the shifts of these days, planned stops and days to come included."""


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += ONE


def spine(
    *, plant: Plant, first: dt.date, last: dt.date, until: dt.date, closes: frozenset[dt.date] = frozenset()
) -> Spine:
    """The frame of production days `first`..`last`; slots after `until` are not due yet.

    `closes` are the last days of the statistical months in it, on which monthly series are due; `last` if it is one month.
    """
    units = {u.pk: u for u in Unit.objects.filter(plant=plant)}
    channels = tuple(Channel.objects.filter(unit__plant=plant).within(first, last).order_by("pk"))  # type: ignore[attr-defined]
    reporting = sorted({c.unit_id for c in channels})
    owned = _owners(plant=plant, units=units, reporting=reporting, first=first, last=last)
    shifts = _shifts(reporting, first, last)
    return Spine(
        first=first,
        last=last,
        owners=_arrow(owned, OWNERS),
        due=_due(channels, shifts, first=first, last=min(last, until), whole=last, closes=closes or {last}),
        branches=branches(plant=plant, first=first, last=last),
        channels=channels,
        lines={pk: units[pk].module for pk in reporting},
        owned=owned,
        shifts=shifts,
    )


def branches(*, plant: Plant, first: dt.date, last: dt.date) -> tuple[int, ...]:
    """Branches that existed on at least one day, in the order of the organisation."""
    states = BodyState.objects.filter(body__plant=plant, kind__in=BRANCHES).within(first, last)  # type: ignore[attr-defined]
    seen = states.order_by("body__position", "body__code").values_list("body_id", flat=True)
    return tuple(dict.fromkeys(seen))


def _owners(
    *, plant: Plant, units: dict[int, Unit], reporting: list[int], first: dt.date, last: dt.date
) -> list[Owned]:
    states = list(UnitState.objects.filter(unit__plant=plant).within(first, last))  # type: ignore[attr-defined]
    mappings = list(Mapping.objects.filter(unit__plant=plant).within(first, last))  # type: ignore[attr-defined]
    crews = [u for u in units.values() if u.kind == "crew" and u.letter]
    rows: list[Owned] = []
    for begin, end in _unchanged([*states, *mappings], first, last):
        parent = {s.unit_id: s.parent_id for s in states if s.holds(begin)}
        bodies: dict[int, list[int]] = {}
        for m in mappings:
            if m.holds(begin):
                bodies.setdefault(m.unit_id, []).append(m.body_id)
        span = list(days(begin, end))
        rows += [(o, u, day, letter) for o, u, letter in _owning(parent, bodies, reporting, crews) for day in span]
    return sorted(rows)


def _unchanged(rows: Iterable[Dated], first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Stretches of days, first and last included, in which the same rows hold."""
    edges = {edge for row in rows for edge in (row.from_on, row.until_on) if edge and first < edge <= last}
    begins = [first, *sorted(edges)]
    yield from zip(begins, [*(edge - ONE for edge in begins[1:]), last], strict=True)


def _owning(
    parent: PlainMapping[int, int | None], bodies: PlainMapping[int, list[int]], reporting: list[int], crews: list[Unit]
) -> set[tuple[int, int, str]]:
    """Owner, line and letter on a day with these parents and these bodies."""
    rows: set[tuple[int, int, str]] = set()
    for unit in reporting:
        upwards = chain(unit, parent)
        rows.update((unit_owner(u), unit, "") for u in upwards)
        rows.update((body_owner(b), unit, "") for u in upwards for b in bodies.get(u, ()))
    for crew in crews:
        line = parent.get(crew.pk)
        if line not in reporting or line is None:
            continue
        rows.add((unit_owner(crew.pk), line, crew.letter))
        # who has the whole line has this crew's shifts already
        mine = (body_owner(b) for b in bodies.get(crew.pk, ()))
        rows.update((b, line, crew.letter) for b in mine if (b, line, "") not in rows)
    return rows


def expectation(channel: Channel, first: dt.date, last: dt.date) -> str:
    """Which slots of the span a channel owes: channels of one unit that owe the same share one entry of the spine."""
    since = f" {channel.from_on}起" if channel.from_on > first else ""
    until = f" {channel.until_on}止" if channel.until_on and channel.until_on <= last else ""
    often = f" {channel.per_day}" if channel.grain == "instant" else ""
    return f"{channel.grain}{often}{since}{until}"


def _due(
    channels: Iterable[Channel], shifts: Iterable[Stood], *, first: dt.date, last: dt.date, whole: dt.date,
    closes: Collection[dt.date],
) -> pa.Table:  # fmt: skip
    """How many slots each expectation of a unit comes to: a shift one, an hour one, a month one on its last day."""
    owing = {(c.unit_id, expectation(c, first, whole)): c for c in channels if c.grain != SETTLED}
    units = {u for u, _ in owing}
    stops = list(PlanStop.objects.approved().filter(unit_id__in=units).within(first, last))
    stopped = {(s.unit_id, d) for s in stops for d in days(max(first, s.from_on), last) if s.holds(d)}
    standing: dict[int, list[Stood]] = {u: [] for u in units}
    for stood in shifts:
        unit, day, *_ = stood
        if day <= last and unit in units and (unit, day) not in stopped:
            standing[unit].append(stood)
    rows: list[tuple[object, ...]] = []
    for (unit, name), channel in owing.items():
        if channel.grain in BY_SHIFT:
            rows += [
                (unit, name, day, no, letter, _slots(channel, hours))
                for _, day, no, letter, hours in standing[unit]
                if channel.holds(day)
            ]
        elif channel.grain == "day":
            open_days = (d for d in days(first, last) if (unit, d) not in stopped and channel.holds(d))
            rows += [(unit, name, d, 0, "", 1) for d in open_days]
        else:
            rows += [(unit, name, d, 0, "", 1) for d in sorted(closes) if d <= last and channel.holds(d)]
    return _arrow(rows, DUE)


def _shifts(units: Collection[int], first: dt.date, last: dt.date) -> list[Stood]:
    rows = ShiftRow.objects.filter(unit_id__in=units, day__gte=first, day__lte=last)
    # as texts: to make moments of a year of shifts takes longer than to read them
    starts, ends = (Cast(name, CharField()) for name in ("starts_at", "ends_at"))
    found = rows.values_list("unit_id", "day", "shift_no", "letter", starts, ends)
    return [(unit, day, no, letter, _hours(s[11:16], e[11:16])) for unit, day, no, letter, s, e in found]


@cache
def _hours(starts: str, ends: str) -> int:
    """Whole hours from 16:00 to the next 00:00; a shift to the same time of the next day has 24."""
    minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (starts, ends)]
    return ((minutes[1] - minutes[0]) % MINUTES or MINUTES) // 60


def _slots(channel: Channel, hours: int) -> int:
    return {"shift": 1, "hour": hours, "instant": channel.per_day * hours // 24}[channel.grain]


def _arrow(rows: list[tuple[object, ...]] | list[Owned], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [[] for _ in schema]
    return pa.table([pa.array(list(c), f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
