"""Readings as the audit page lists them, and every version of one slot: inside a scope, a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.store.models import SCORING, Channel, Partition, Plant, Reading, ReadingState
from ronglu.store.values import calendar_of
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.kernel.measure.series import Series

SHOWN_MONTHS = 24
PEOPLE = ("channel__unit", "entered_by__person", "audited_by__person", "batch")


@dataclass(frozen=True, slots=True)
class Asked:
    """Narrowing of the list; empty means all."""

    unit: int | None = None
    month: int | None = None
    state: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A reading with what stands behind it: `before` is the value that scores until this one is audited."""

    reading: Reading
    slot: str
    unit_name: str
    name: str
    unit_of_measure: str
    shown: str
    before: str
    doubt: str


def matching(*, scope: Scope, plant: Plant, verb: str, asked: Asked) -> "QuerySet[Reading]":
    """Of the units that the verb reaches; superseded versions are seen in the history alone."""
    units = scope.units(verb).filter(plant=plant).values("pk")
    channels = Channel.objects.filter(unit__in=units)
    if asked.unit:
        channels = channels.filter(unit=asked.unit)
    if asked.series:
        channels = channels.filter(series=asked.series)
    found = Reading.objects.filter(channel__in=list(channels.values_list("pk", flat=True)))
    if asked.month:
        found = found.filter(month=asked.month)
    return found.filter(state=asked.state) if asked.state else found.exclude(state=ReadingState.SUPERSEDED)


def ordered(readings: "QuerySet[Reading]") -> "QuerySet[Reading]":
    return readings.select_related(*PEOPLE).order_by("-starts_at", "channel", "-version")


def rows_of(
    readings: Sequence[Reading], *, plant: Plant, series: Mapping[str, "Series"], units: Mapping[int, str]
) -> list[Row]:
    """Two queries more than the readings themselves, however many they are."""
    if not readings:
        return []  # a plant that has no clock yet has no readings either
    before, calendar = _before(readings), calendar_of(plant)
    return [
        _row(
            one, calendar, units.get(one.channel.unit_id, one.channel.unit.code), series.get(one.channel.series),
            before.get((one.channel_id, one.starts_at), ""),
        )
        for one in readings
    ]  # fmt: skip


def slot_name(calendar: Calendar, one: Reading) -> str:
    """How the shift, the hour or the day of a reading is called."""
    if one.channel.grain in ("hour", "instant"):
        return f"{one.starts_at:%H:%M} {one.letter}".strip()
    if not one.shift_no:
        return str(one.channel.get_grain_display())
    return f"{calendar.slot(one.day, one.shift_no).name} {one.letter}".strip()


def month_over(*, plant: Plant, month: int, at: dt.datetime) -> bool:
    return calendar_of(plant).span(Period.from_yyyymm(month))[1] <= at


def versions(*, reading: Reading) -> "QuerySet[Reading]":
    """All versions of the slot, newest first."""
    found = Reading.objects.filter(channel=reading.channel_id, starts_at=reading.starts_at)
    return found.select_related(*PEOPLE).order_by("-version")


def find(*, scope: Scope, verb: str, pk: int) -> Reading | None:
    found = Reading.objects.filter(pk=pk, channel__unit__in=scope.units(verb)).select_related("channel__unit__plant")
    return found.first()


def reported(*, scope: Scope, plant: Plant, verb: str) -> list[tuple[int, str]]:
    """Unit and series of every channel in reach: what the page offers to narrow by."""
    units = scope.units(verb).filter(plant=plant)
    rows = Channel.objects.filter(unit__in=units).order_by("unit__position", "unit__code", "series")
    return list(dict.fromkeys(rows.values_list("unit_id", "series")))


def months(plant: Plant) -> list[int]:
    """Statistical months with readings, newest first."""
    found = Partition.objects.filter(plant=plant, fact="readings").order_by("-month")
    return list(found.values_list("month", flat=True)[:SHOWN_MONTHS])


def waiting(readings: "QuerySet[Reading]") -> dict[int, int]:
    """Forecasts by statistical month."""
    rows = readings.filter(state=ReadingState.FORECAST).values("month").annotate(n=Count("pk")).order_by("month")
    return {row["month"]: row["n"] for row in rows}


def _before(readings: Iterable[Reading]) -> dict[tuple[int, object], str]:
    later = [one for one in readings if one.version > 1 and one.state == ReadingState.FORECAST]
    found = Reading.objects.filter(
        channel__in={one.channel_id for one in later}, starts_at__in={one.starts_at for one in later}, state__in=SCORING
    )
    return {(channel, at): text for channel, at, text in found.values_list("channel_id", "starts_at", "text")}


def _row(one: Reading, calendar: Calendar, unit_name: str, series: "Series | None", before: str) -> Row:
    value = None if one.value is None or series is None else from_scaled(one.value, series.decimals)
    doubt = series.doubt(value) if series is not None and value is not None else None
    name, unit = (series.name, series.unit) if series else (one.channel.series, "")
    return Row(
        one,
        slot_name(calendar, one),
        unit_name,
        name,
        unit,
        one.text if value is None else f"{value:f}",
        before,
        doubt or "",
    )
