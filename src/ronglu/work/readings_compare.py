"""What an import would change: each value of a file against the versions that its slot already has. Writes nothing."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ronglu.store.models import STANDING, Channel, Import, ImportState, Plant, Reading, ReadingState, Unit
from ronglu.work.readings_rules import AHEAD, locked

LONGEST = 60  # letters of a value's text
MOST = 2**63 - 1
MONTH = dt.timedelta(days=32)  # the longest slot there is
Name = tuple[str, str]  # unit code, series code


class Columns(Protocol):
    """Values side by side as the door reads them: `at` points into `stamps`; `scaled` is None for an explicit mark."""

    stamps: Sequence[Any]
    line: Sequence[str]
    series: Sequence[str]
    at: Sequence[int]
    text: Sequence[str]
    scaled: Sequence[int | None]

    def place(self, index: int) -> str: ...


class Kept(NamedTuple):
    """One slot as it is stored: the newest version's number, the standing one, the value of a newest one sent back."""

    version: int
    ends_at: dt.datetime
    standing: bool
    value: int | None
    forecast: int | None  # key of a standing version that waits for its audit
    sent_back: tuple[int | None] | None
    told: tuple[int | None, ...]  # what this very file said of it when it came before


@dataclass(slots=True)
class Difference:
    """Indices into the values. What stands in a list but the first two must be settled before anything is written."""

    new: list[tuple[int, int, int]] = field(default_factory=list)  # index, channel, version
    changed: list[tuple[int, int, int]] = field(default_factory=list)
    unchanged: int = 0
    replaced: list[int] = field(default_factory=list)  # keys of forecasts that a newer version takes the place of
    no_unit: dict[str, int] = field(default_factory=dict)
    no_channel: dict[Name, int] = field(default_factory=dict)
    other_grains: dict[Name, list[str]] = field(default_factory=dict)
    frozen: list[int] = field(default_factory=list)
    overlaps: list[tuple[int, dt.datetime, dt.datetime]] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)
    ahead: list[int] = field(default_factory=list)  # slots that have not begun
    opened: dict[Name, Channel] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {"new": len(self.new), "changed": len(self.changed), "unchanged": self.unchanged}


def compare(
    *, plant: Plant, values: Columns, grain: str, at: dt.datetime, opens: bool = False, batch: Import | None = None
) -> Difference:
    """With `opens`, channels that do not exist yet are made (unsaved) in `opened`, keyed by unit and series.

    A file that was written before (the same bytes as `batch`) changes nothing, whatever was corrected since.
    """
    found, before = Difference(), _before(plant, batch)
    if ahead := {n for n, stamp in enumerate(values.stamps) if stamp.starts_at > at + AHEAD}:
        found.ahead = [index for index, n in enumerate(values.at) if n in ahead]
    units = dict(Unit.objects.filter(plant=plant).values_list("code", "pk"))
    channels = {(c.unit_id, c.series, c.grain): c for c in Channel.objects.filter(unit__plant=plant)}
    closed = locked(plant, {stamp.month.yyyymm for stamp in values.stamps})
    for (line, series), indices in _groups(values).items():
        unit = units.get(line)
        if unit is None:
            found.no_unit.setdefault(line, indices[0])
            continue
        channel = channels.get((unit, series, grain))
        if channel is None and opens:
            first = min(values.stamps[values.at[i]].day for i in indices)
            found.opened[line, series] = Channel(unit_id=unit, series=series, grain=grain, from_on=first)
        elif channel is None:
            found.no_channel[line, series] = indices[0]
            found.other_grains[line, series] = [g for u, s, g in channels if (u, s) == (unit, series)]
            continue
        kept = _stored(channel.pk, values, indices, before) if channel else {}
        _channel(found, values, indices, channel.pk if channel else 0, kept, {m for u, m in closed if u == unit})
    return found


def _groups(values: Columns) -> Mapping[Name, list[int]]:
    groups: dict[Name, list[int]] = {}
    for index, name in enumerate(zip(values.line, values.series, strict=True)):
        groups.setdefault(name, []).append(index)
    return groups


def _channel(
    found: Difference, values: Columns, indices: list[int], channel: int, kept: Mapping[dt.datetime, Kept],
    closed: set[int],
) -> None:  # fmt: skip
    """`channel` 0 is one that is still to be opened: nothing is stored for it. `closed` are months that are locked."""
    stamps, at, scaled, text = values.stamps, values.at, values.scaled, values.text
    starts = sorted(kept)
    for index in indices:
        stamp, value = stamps[at[index]], scaled[index]
        if len(text[index]) > LONGEST or (value is not None and abs(value) > MOST):
            found.too_long.append(index)
            continue
        slot = kept.get(stamp.starts_at)
        if slot is None:
            if value is None:
                found.unchanged += 1
                continue
            if starts and (other := _across(starts, kept, stamp)):
                found.overlaps.append((index, *other))
                continue
            found.new.append((index, channel, 1))
        elif _same(slot, value):
            found.unchanged += 1
            continue
        else:
            found.changed.append((index, channel, slot.version + 1))
            if slot.forecast is not None:
                found.replaced.append(slot.forecast)
        if closed and stamp.month.yyyymm in closed:
            found.frozen.append(index)


def _same(slot: Kept, value: int | None) -> bool:
    """Equal at the series' decimals; a value that was sent back does not come in again by the same file."""
    if value in slot.told or (slot.sent_back is not None and slot.sent_back[0] == value):
        return True
    return slot.value == value if slot.standing else value is None


def _before(plant: Plant, batch: Import | None) -> frozenset[int]:
    """Earlier imports of the same bytes that were written."""
    if batch is None:
        return frozenset()
    done = Import.objects.filter(plant=plant, digest=batch.digest, state=ImportState.DONE).exclude(pk=batch.pk)
    return frozenset(done.values_list("pk", flat=True))


def _stored(channel: int, values: Columns, indices: Sequence[int], before: frozenset[int]) -> dict[dt.datetime, Kept]:
    stamps = [values.stamps[n] for n in {values.at[i] for i in indices}]
    first, last = min(s.starts_at for s in stamps) - MONTH, max(s.ends_at for s in stamps)
    rows = Reading.objects.filter(channel=channel, starts_at__gte=first, starts_at__lte=last)
    kept: dict[dt.datetime, Kept] = {}
    for starts, ends, version, value, state, pk, batch in _versions(rows):
        old = kept.get(starts) or Kept(0, ends, False, None, None, None, ())
        told = (*old.told, value) if batch in before else old.told
        if state in STANDING:
            waits = pk if state == ReadingState.FORECAST else None
            kept[starts] = Kept(version, ends, True, value, waits, None, told)
        else:
            sent_back = (value,) if state == ReadingState.REJECTED else None
            kept[starts] = old._replace(version=version, sent_back=sent_back, told=told)
    return kept


def _versions(rows: Any) -> Iterator[tuple[Any, ...]]:
    names = ("starts_at", "ends_at", "version", "value", "state", "pk", "batch_id")
    found: Iterator[tuple[Any, ...]] = rows.order_by("starts_at", "version").values_list(*names).iterator(20_000)
    return found


def _across(
    starts: list[dt.datetime], kept: Mapping[dt.datetime, Kept], stamp: Any
) -> tuple[dt.datetime, dt.datetime] | None:
    """A stored slot of the same channel that shares time with a new one and begins elsewhere."""
    at = bisect_left(starts, stamp.starts_at)
    for near in starts[max(at - 1, 0) : at + 1]:
        slot = kept[near]
        if slot.standing and near < stamp.ends_at and stamp.starts_at < slot.ends_at:
            return near, slot.ends_at
    return None
