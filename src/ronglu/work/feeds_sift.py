"""Which values of a feed the tables can take now: the others are told with their reason, so that no one of them holds up the rest."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ronglu.store.models import Channel, FeedMark, Import, Plant
from ronglu.work import feeds_scale
from ronglu.work.readings_compare import Columns, compare
from ronglu.work.readings_rules import month_text


class Saying(Protocol):
    """What a source said, as it came."""

    tag: str
    label: str
    text: str
    unit: str
    revised: str
    spot: Mapping[str, Any]

    @property
    def digest(self) -> str: ...


class Refused(NamedTuple):
    said: Any
    code: str
    why: str


class Lot(Columns, Protocol):
    """Values of one grain from a feed."""

    grain: str
    said: Sequence[Any]
    revised: Sequence[dt.datetime | None]

    def pick(self, indices: Iterable[int]) -> "Lot": ...

    def __len__(self) -> int: ...


@dataclass(slots=True)
class Sifted:
    """Indices into the lot. `stale` were said before what stands was revised."""

    fine: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def sift(
    *, plant: Plant, lot: Lot, at: dt.datetime, batch: Import | None = None, waiting: frozenset[str] = frozenset()
) -> Sifted:  # fmt: skip
    """Held against the same comparison that the verb itself makes; what it would refuse is taken out beforehand.

    `waiting` are tags whose unit of measure is asked about already.
    """
    found = Sifted()
    found.stale = _stale(plant, lot)
    out = set(found.stale)
    for index, code, why in (*_refused(plant, lot, at, batch), *_asked(plant, lot, waiting)):
        if index not in out:
            out.add(index)
            found.refused.append((index, code, why))
    found.fine = [index for index in range(len(lot)) if index not in out]
    return found


def _asked(plant: Plant, lot: Lot, waiting: frozenset[str]) -> Iterable[tuple[int, str, str]]:
    for index, said in enumerate(lot.said):
        if said.tag in waiting:
            yield index, feeds_scale.CODE, feeds_scale.WAITS
    for index, why in feeds_scale.jumped(lot=lot, channels=_channels(plant, lot)):
        yield index, feeds_scale.CODE, why


def refused_by(lot: Lot, index: int, code: str, why: str) -> Refused:
    return Refused(lot.said[index], code, why)


def write_marks(*, plant: Plant, lot: Lot) -> None:
    """Remembers when the source revised each slot, where it says so."""
    if not any(lot.revised):
        return
    channels = _channels(plant, lot)
    marks = [
        FeedMark(channel_id=pk, starts_at=lot.stamps[lot.at[index]].starts_at, revised=revised)
        for index, revised in enumerate(lot.revised)
        if revised and (pk := channels.get((lot.line[index], lot.series[index])))
    ]
    FeedMark.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["channel", "starts_at"], update_fields=["revised"], batch_size=500
    )


def _stale(plant: Plant, lot: Lot) -> list[int]:
    if not any(lot.revised):
        return []
    channels = _channels(plant, lot)
    starts = [stamp.starts_at for stamp in lot.stamps]
    marks = FeedMark.objects.filter(channel__in=channels.values(), starts_at__range=(min(starts), max(starts)))
    kept = {(pk, at): revised for pk, at, revised in marks.values_list("channel", "starts_at", "revised")}

    def older(index: int) -> bool:
        revised = lot.revised[index]
        pk = channels.get((lot.line[index], lot.series[index]))
        mark = kept.get((pk, lot.stamps[lot.at[index]].starts_at)) if pk else None
        return revised is not None and mark is not None and revised < mark

    return [index for index in range(len(lot)) if older(index)]


def _channels(plant: Plant, lot: Lot) -> dict[tuple[str, str], int]:
    rows = Channel.objects.filter(unit__plant=plant, grain=lot.grain, series__in=set(lot.series))
    return {(line, series): pk for pk, line, series in rows.values_list("pk", "unit__code", "series")}


def _refused(plant: Plant, lot: Lot, at: dt.datetime, batch: Import | None) -> Iterable[tuple[int, str, str]]:
    found = compare(plant=plant, values=lot, grain=lot.grain, at=at, batch=batch)
    for index, line in enumerate(lot.line):
        if line in found.no_unit:
            yield index, "unit", f"本厂没有编码为“{line}”的单位"
        elif (line, lot.series[index]) in found.no_channel:
            yield index, "channel", f"{line} 不上报 {lot.series[index]}，没有这个测点"
    for index in found.too_long:
        yield index, "number", f"“{lot.text[index][:20]}…”太长，不是一个读数"
    for index in found.ahead:
        yield index, "ahead", f"{lot.stamps[lot.at[index]].starts_at:%Y-%m-%d %H:%M} 还没有到，请核对来源的时钟"
    for index, starts, ends in found.overlaps:
        yield index, "overlap", f"与已有的 {starts:%Y-%m-%d %H:%M} 至 {ends:%Y-%m-%d %H:%M} 时段重叠，请核对来源的时标"
    for index in found.frozen:
        month = lot.stamps[lot.at[index]].month
        yield index, "locked", f"{month_text(month.yyyymm)} 已锁定，补收须写明理由"
