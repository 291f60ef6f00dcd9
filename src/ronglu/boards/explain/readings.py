"""The very readings behind a figure: slot by slot the version that scored, what it was, where it came from."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from ronglu.boards.explain.figures import FigureView
from ronglu.boards.explain.owned import Owned
from ronglu.boards.explain.slots import SlotValue, ranks, slot_value
from ronglu.boards.names import name_for
from ronglu.kernel.measure.rounding import from_scaled, scaled_or_none
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.calendar import Calendar
from ronglu.store.models import SCORING, Reading, ReadingState, UnitState

SIZE = 31
RANKED = 1500
"""As many slots are put in order of what they cost; a month of quarter hours stays in order of time."""
SLOT = ("channel__unit", "starts_at", "ends_at")
Slot = tuple[int, dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One version of one value with its whole origin."""

    pk: int
    text: str
    value: Decimal | None
    version: int
    state: str
    scored: bool
    old: str
    newer: str
    file: str
    batch: int | None
    digest: str
    place: str
    reason: str
    known_at: dt.datetime
    entered_by: str
    audited_by: str
    audited_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """`values` in the order of the figure's series, None where nothing was read; `gaps`: where something should be."""

    unit: str
    day: dt.date
    shift: str
    letter: str
    values: tuple[Given | None, ...]
    gaps: tuple[bool, ...]
    whole: SlotValue


@dataclass(frozen=True, slots=True)
class Readings:
    series: tuple[Series, ...]
    page: "Page[Slot]"
    rows: tuple[SlotRow, ...]
    ranked: bool
    """In order of what they cost, the worst first; else by time."""
    waiting: int
    """Readings of these series that wait for their audit and so do not score."""


def of_figure(
    *,
    figure: FigureView,
    owned: Owned,
    month: int,
    calendar: Calendar,
    may_see: Iterable[int],
    names: bool,
    page: int,
    ranked: bool = False,
    size: int = SIZE,
) -> Readings:
    """`may_see`: units whose readings the reader may look at. The same queries whatever the page."""
    units = set(figure.units) & set(may_see)
    found = Reading.objects.filter(owned.where(units), month=month, channel__series__in=[s.code for s in figure.series])
    by_time = found.order_by("starts_at", "channel__unit", "ends_at")
    every: Sequence[Slot] | QuerySet[Reading, Slot] = by_time.values_list(*SLOT).distinct()
    ranked = ranked and ranks(figure) and every.count() <= RANKED
    shown = Paginator(_worst_first(found, figure) if ranked else every, size).get_page(page)
    return Readings(
        series=figure.series,
        page=shown,
        rows=tuple(_rows(list(shown), found, figure, calendar, names)),
        ranked=ranked,
        waiting=found.filter(state=ReadingState.FORECAST).count(),
    )


def _worst_first(found: "QuerySet[Reading]", figure: FigureView) -> list[Slot]:
    """Slots by what they cost; one that has no value of its own comes last."""
    decimals = {series.code: series.decimals for series in figure.series}
    slots: dict[Slot, dict[str, Decimal | None]] = {}
    for *slot, series, version, value in found.values_list(*SLOT, "channel__series", "version", "value"):
        unit, starts, ends = slot
        if version == figure.restated.get((unit, series, starts.isoformat()), 1) and value is not None:
            slots.setdefault((unit, starts, ends), {})[series] = from_scaled(value, decimals[series])
        else:
            slots.setdefault((unit, starts, ends), {})
    cost = {slot: slot_value(figure, values, slot[1], slot[2]).loss for slot, values in slots.items()}
    return sorted(slots, key=lambda slot: (cost[slot] is None, -(cost[slot] or Decimal(0)), slot[1], slot[0]))


def _rows(
    slots: list[Slot], found: "QuerySet[Reading]", figure: FigureView, calendar: Calendar, names: bool
) -> Iterator[SlotRow]:
    versions = _versions(slots, found)
    units = _unit_names({unit for unit, _, _ in slots})
    for unit, starts, ends in slots:
        every = {s.code: versions.get((unit, starts, ends, s.code), []) for s in figure.series}
        first = next(row for rows in every.values() for row in rows)
        told = {
            s.code: given(
                every[s.code],
                figure.restated.get((unit, s.code, starts.isoformat()), 1),
                decimals=s.decimals,
                names=names,
            )
            for s in figure.series
        }
        values = {code: one.value if one and one.scored else None for code, one in told.items()}
        yield SlotRow(
            unit=units.get(unit, ""),
            day=first.day,
            shift=shift_name(calendar, first.day, first.shift_no),
            letter=first.letter,
            values=tuple(told.values()),
            gaps=tuple(one is None and code in figure.required for code, one in told.items()),
            whole=slot_value(figure, values, starts, ends),
        )


def _versions(
    slots: list[Slot], found: "QuerySet[Reading]"
) -> dict[tuple[int, dt.datetime, dt.datetime, str], list[Reading]]:
    if not slots:
        return {}
    wanted = found.filter(starts_at__in={starts for _, starts, _ in slots})
    rows = wanted.select_related("channel", "batch", "entered_by__person", "audited_by__person")
    made: dict[tuple[int, dt.datetime, dt.datetime, str], list[Reading]] = {}
    for row in rows.order_by("version"):
        made.setdefault((row.channel.unit_id, row.starts_at, row.ends_at, row.channel.series), []).append(row)
    return made


def given(versions: list[Reading], used: int, *, decimals: int, names: bool) -> Given | None:
    """The version `used`, with the one before it and, where there is one, what came after."""
    at = next((row for row in versions if row.version == used), versions[-1] if versions else None)
    if at is None:
        return None
    older = [row for row in versions if row.version < at.version]
    newer = [row for row in versions if row.version > at.version and row.state != ReadingState.REJECTED]
    return Given(
        pk=at.pk, text=at.text, value=scaled_or_none(at.value, decimals),
        version=at.version, state=at.state, scored=at.state in (*SCORING, ReadingState.SUPERSEDED),
        old=f"v{older[-1].version} {older[-1].text}" if older else "",
        newer=f"v{newer[-1].version} {newer[-1].text}" if newer else "",
        file=at.batch.file_name if at.batch else "", batch=at.batch_id,
        digest=at.batch.digest[:8] if at.batch else "", place=at.place, reason=at.reason, known_at=at.known_at,
        entered_by=name_for(at.entered_by, names), audited_by=name_for(at.audited_by, names),
        audited_at=at.audited_at,
    )  # fmt: skip


def shift_name(calendar: Calendar, day: dt.date, no: int) -> str:
    return next((s.name for s in calendar.shifts_on(day) if s.no == no), "")


def _unit_names(units: Iterable[int]) -> Mapping[int, str]:
    return dict(UnitState.objects.filter(unit__in=units).order_by("from_on").values_list("unit_id", "name"))
