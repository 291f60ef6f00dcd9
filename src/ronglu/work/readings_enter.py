"""Readings one by one: entered by a person or a machine, corrected with a reason. Each is a new version; none is overwritten."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.measure.rounding import to_decimal, to_scaled
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.stamp import Stamp
from ronglu.store.models import SCORING, STANDING, Account, Channel, Plant, Reading, ReadingState, ShiftRow, Unit
from ronglu.store.values import calendar_of
from ronglu.work import audits, boards, partitions, shifts
from ronglu.work.readings_compare import MOST
from ronglu.work.readings_rules import (
    AHEAD,
    BadSlot,
    Locked,
    NoChannel,
    NoReason,
    ReadingTrouble,
    WrongState,
    hold,
    locked,
    month_text,
    slot_of,
)
from ronglu.work.readings_take import Taken

DELETED = "删除"
SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`text` exactly as given, None is the explicit mark that deletes; `decimals` are the series' own.

    `grain` is needed where the unit reports the series at several grains that begin at the same instant.
    """

    unit: Unit
    series: str
    decimals: int
    starts_at: dt.datetime
    text: str | None
    reason: str = ""
    grain: str = ""


@transaction.atomic
def enter(*, rows: Sequence[Entry], by: Account, at: dt.datetime) -> Taken:
    """All or nothing. A value that is there already is no change; one that was audited is changed only with a reason."""
    plants = {row.unit.plant_id: row.unit.plant for row in rows}
    if len(plants) > 1:
        raise ReadingTrouble("一批读数只能属于一个厂")
    done = {"added": 0, "changed": 0, "unchanged": 0}
    months: set[int] = set()
    for plant in plants.values():
        hold(plant)
        desk = _Desk(plant, by, at)
        for number, row in enumerate(rows):
            try:
                channel, slot = desk.place(row)
                became = desk.put(channel, slot, row.text, row.decimals, row.reason)
            except ReadingTrouble as trouble:
                trouble.row = number
                raise
            done[became] += 1
            months |= {slot.month.yyyymm} if became != "unchanged" else set()
        partitions.touch(plant=plant, fact="readings", months=months)
        if months:
            boards.follow(plant=plant, by=by, at=at)
            detail = done | {"months": [month_text(month) for month in sorted(months)]}
            audits.record(
                verb="readings.enter", by=by, at=at, subject=f"{len(rows)} 个读数", detail=detail, plant=plant
            )
    return Taken(**done, months=tuple(sorted(months)))


@transaction.atomic
def correct(*, reading: Reading, text: str | None, decimals: int, reason: str, by: Account, at: dt.datetime) -> Reading:
    """A new version with its reason, a forecast until a second person audits it; the one before goes on scoring till then."""
    if not reason.strip():
        raise NoReason("请写明更正原因：原来错在哪里，新数从何而来")
    channel = Channel.objects.select_related("unit__plant").get(pk=reading.channel_id)
    plant = channel.unit.plant
    hold(plant)
    newest = Reading.objects.filter(channel=channel, starts_at=reading.starts_at).order_by("-version").first()
    if newest is None or newest.pk != reading.pk:
        raise WrongState("这个读数刚刚有了更新的版本，请刷新后再更正")
    desk, span = _Desk(plant, by, at), (reading.starts_at, reading.ends_at, reading.day, reading.shift_no)
    slot = Stamp(*span, calendar_of(plant).month_of(reading.day))
    if desk.put(channel, slot, text, decimals, reason.strip()) == "unchanged":
        raise WrongState(f"新数与现在的 {reading.text} 相同，没有可更正的")
    partitions.touch(plant=plant, fact="readings", months=[reading.month])
    boards.follow(plant=plant, by=by, at=at)
    detail = {"old": reading.text, "new": text, "reason": reason.strip(), "starts_at": str(reading.starts_at)}
    audits.record(
        verb="readings.correct",
        by=by,
        at=at,
        subject=f"{channel.unit.code} {channel.series}",
        detail=detail,
        plant=plant,
    )
    made: Reading = Reading.objects.filter(channel=channel, starts_at=reading.starts_at).latest("version")
    return made


class _Desk:
    """Where one batch of readings of one plant is written down."""

    def __init__(self, plant: Plant, by: Account, at: dt.datetime) -> None:
        self.plant, self.by, self.at = plant, by, at
        self.calendar: Calendar = calendar_of(plant)
        self._closed: dict[int, frozenset[tuple[int, int]]] = {}  # by month

    def place(self, row: Entry) -> tuple[Channel, Stamp]:
        """The channel that has a slot beginning at that instant, and the slot."""
        if row.starts_at > self.at + AHEAD:
            raise BadSlot(f"{row.starts_at:%Y-%m-%d %H:%M} 还没有到，请核对日期")
        known = Channel.objects.filter(unit=row.unit, series=row.series)
        channels = list(known.filter(grain=row.grain) if row.grain else known.order_by("pk"))
        if not channels:
            raise NoChannel(
                f"{row.unit.code} 不上报 {row.series}{f'（{row.grain}）' if row.grain else ''}，没有这个测点"
            )
        fits = [(c, slot) for c in channels if (slot := slot_of(self.calendar, c, row.starts_at))]
        if len(fits) > 1 and not row.grain:
            fits = [pair for pair in fits if pair[0].grain != SETTLEMENT]
        if not fits:
            grains = "、".join(c.get_grain_display() for c in channels)
            raise BadSlot(f"{row.starts_at:%Y-%m-%d %H:%M} 不是一格的开始：{row.series} 按{grains}上报")
        if len(fits) > 1:
            grains = "、".join(c.grain for c, _ in fits)
            raise BadSlot(f"{row.series} 在 {row.starts_at:%Y-%m-%d %H:%M} 有几个粒度的格，请写明粒度：{grains}")
        return fits[0]

    def put(self, channel: Channel, slot: Stamp, text: str | None, decimals: int, reason: str) -> str:
        """added, changed or unchanged."""
        value = None if text is None else _value(text, decimals)
        versions = list(Reading.objects.filter(channel=channel, starts_at=slot.starts_at).order_by("version"))
        standing = next((v for v in reversed(versions) if v.state in STANDING), None)
        if (standing is None and value is None) or (standing is not None and standing.value == value):
            return "unchanged"
        self._require_open(channel, slot, standing, reason)
        Reading.objects.filter(pk__in=[v.pk for v in versions if v.state == ReadingState.FORECAST]).update(
            state=ReadingState.SUPERSEDED
        )
        Reading.objects.create(
            channel=channel, starts_at=slot.starts_at, ends_at=slot.ends_at, day=slot.day, shift_no=slot.shift_no,
            month=slot.month.yyyymm, letter=self._letter(channel, slot), version=versions[-1].version + 1 if versions else 1,
            text=DELETED if text is None else text, value=value, known_at=self.at, entered_by=self.by, reason=reason,
        )  # fmt: skip
        return "changed" if standing else "added"

    def _require_open(self, channel: Channel, slot: Stamp, standing: Reading | None, reason: str) -> None:
        if reason.strip():
            return
        month = slot.month.yyyymm
        if month not in self._closed:
            self._closed[month] = locked(self.plant, [month])
        if (channel.unit_id, month) in self._closed[month]:
            raise Locked(f"{month_text(month)} 已锁定，更正须写明原因")
        if standing is not None and standing.state in SCORING:
            raise NoReason(f"{slot.starts_at:%Y-%m-%d %H:%M} 的读数已审核为 {standing.text}，更正须写明原因")

    def _letter(self, channel: Channel, slot: Stamp) -> str:
        shifts.ensure(plant=self.plant, first=slot.day, last=slot.day)
        stood = ShiftRow.objects.filter(unit=channel.unit_id, day=slot.day, shift_no=slot.shift_no)
        return stood.values_list("letter", flat=True).first() or ""


def _value(text: str, decimals: int) -> int:
    """Refuses what the column of values has no room for; 1e99 is told by its size before it is written out."""
    if to_decimal(text).adjusted() > len(str(MOST)) or abs(value := to_scaled(text, decimals)) > MOST:
        raise BadSlot(f"“{text[:20]}”太大，不是一个读数")
    return value
