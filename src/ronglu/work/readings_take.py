"""Readings of a file into the table: what is new is added, what changed becomes a new version, the old one stays."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ronglu.store import bulk
from ronglu.store.bulk import iso
from ronglu.store.models import Account, Channel, Import, Plant, Reading, ReadingState, ShiftRow
from ronglu.work import audits, boards, partitions, shifts
from ronglu.work.readings_compare import Columns, Difference, compare
from ronglu.work.readings_rules import BadSlot, Locked, NoChannel, hold, month_text

FIELDS = (
    "channel", "starts_at", "ends_at", "day", "shift_no", "month", "letter", "version", "text", "value", "state",
    "known_at", "entered_by", "audited_by", "audited_at", "batch", "place", "reason",
)  # fmt: skip
Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows by what became of them; `months` are those whose facts have to be built anew."""

    added: int
    changed: int
    unchanged: int
    opened: int = 0
    months: tuple[int, ...] = field(default=())


@transaction.atomic
def take(
    *,
    plant: Plant,
    values: Columns,
    grain: str,
    by: Account,
    at: dt.datetime,
    batch: Import | None = None,
    opens: bool = False,
    reason: str = "",
    subject: str = "",
    progress: Told | None = None,
) -> Taken:
    """All or nothing. Everything comes in as a forecast; a blank keeps what there is, the explicit mark takes it away.

    `opens` makes channels that do not exist yet. A locked month takes a change only with a `reason`.
    `subject` names in the trail what is no file.
    """
    hold(plant)
    say = progress or (lambda done, total, message: None)
    say(0, len(values.text), "与已有读数核对")
    found = compare(plant=plant, values=values, grain=grain, at=at, opens=opens, batch=batch)
    _require_clean(values, found, reason)
    _open(found)
    months = _write(plant, values, found, by=by, at=at, batch=batch, reason=reason, say=say)
    if months:
        partitions.touch(plant=plant, fact="readings", months=months)
        boards.follow(plant=plant, by=by, at=at)
        detail = found.counts | {"months": [month_text(m) for m in months], "reason": reason}
        named = batch.file_name if batch else subject or grain
        audits.record(verb="readings.import", by=by, at=at, subject=named, detail=detail, plant=plant)
    return Taken(len(found.new), len(found.changed), found.unchanged, len(found.opened), months)


def _require_clean(values: Columns, found: Difference, reason: str) -> None:
    """The dry run tells all of this cell by cell; here it is the last guard."""
    for line, index in found.no_unit.items():
        raise NoChannel(f"{values.place(index)}：本厂没有编码为“{line}”的单位", row=index)
    for (line, series), index in found.no_channel.items():
        raise NoChannel(f"{values.place(index)}：{line} 不上报 {series}，没有这个测点", row=index)
    for index in found.too_long:
        raise BadSlot(f"{values.place(index)}：“{values.text[index][:20]}…”太长，不是一个读数", row=index)
    for index in found.ahead:
        day = values.stamps[values.at[index]].day
        raise BadSlot(f"{values.place(index)}：{day} 还没有到，请核对日期", row=index)
    for index, starts, ends in found.overlaps:
        span = f"{starts:%Y-%m-%d %H:%M} 至 {ends:%Y-%m-%d %H:%M}"
        raise BadSlot(f"{values.place(index)}：与已有的 {span} 时段重叠", row=index)
    if found.frozen and not reason.strip():
        stamp = values.stamps[values.at[found.frozen[0]]]
        raise Locked(f"{month_text(stamp.month.yyyymm)} 已锁定，更正须写明原因", row=found.frozen[0])


def _open(found: Difference) -> None:
    for channel in found.opened.values():
        channel.save(force_insert=True)


def _write(
    plant: Plant, values: Columns, found: Difference, *, by: Account, at: dt.datetime, batch: Import | None, reason: str,
    say: Told,
) -> tuple[int, ...]:  # fmt: skip
    rows = [*found.new, *found.changed]
    if not rows:
        return ()
    for first in range(0, len(found.replaced), 500):
        Reading.objects.filter(pk__in=found.replaced[first : first + 500]).update(state=ReadingState.SUPERSEDED)
    stamps = [values.stamps[n] for n in {values.at[index] for index, _, _ in rows}]
    shifts.ensure(plant=plant, first=min(s.day for s in stamps), last=max(s.day for s in stamps))
    known = dict(_channels(values, rows, found))
    made = _rows(values, rows, known, _letters(plant, stamps), by=by, at=at, batch=batch, reason=reason)
    bulk.insert(Reading, FIELDS, made, told=lambda done: say(done, len(rows), "写入读数"))
    return tuple(sorted({stamp.month.yyyymm for stamp in stamps}))


def _channels(
    values: Columns, rows: list[tuple[int, int, int]], found: Difference
) -> Iterator[tuple[Any, tuple[int, int]]]:
    """Key and unit of every channel that is written to; those just opened are known by their names."""
    for (line, series), channel in found.opened.items():
        yield (line, series), (channel.pk, channel.unit_id)
    for pk, unit in Channel.objects.filter(pk__in={pk for _, pk, _ in rows if pk}).values_list("pk", "unit_id"):
        yield pk, (pk, unit)


def _letters(plant: Plant, stamps: list[Any]) -> dict[tuple[int, dt.date, int], str]:
    """Who stood each shift of each line."""
    first, last = min(s.day for s in stamps), max(s.day for s in stamps)
    found = ShiftRow.objects.filter(unit__plant=plant, day__gte=first, day__lte=last)
    return {(u, day, no): letter for u, day, no, letter in found.values_list("unit_id", "day", "shift_no", "letter")}


def _rows(
    values: Columns, rows: list[tuple[int, int, int]], known: dict[Any, tuple[int, int]],
    letters: dict[tuple[int, dt.date, int], str], *, by: Account, at: dt.datetime, batch: Import | None, reason: str,
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """Plain rows in the order of FIELDS; what depends on the slot or the channel alone is worked out once."""
    spots = [(iso(s.starts_at), iso(s.ends_at), iso(s.day), s.shift_no, s.month.yyyymm) for s in values.stamps]
    days = [(s.day, s.shift_no) for s in values.stamps]
    forecast, entered, batch_pk, known_at = ReadingState.FORECAST.value, by.pk, batch.pk if batch else None, iso(at)
    slot, text, scaled, place = values.at, values.text, values.scaled, values.place
    for index, channel, version in rows:
        pk, unit = known[channel or (values.line[index], values.series[index])]
        n = slot[index]
        yield (
            pk, *spots[n], letters.get((unit, *days[n]), ""), version, text[index], scaled[index], forecast,
            known_at, entered, None, None, batch_pk, place(index), reason,
        )  # fmt: skip
