"""From what sources say to values in slots of channels: tag, unit, number and time each looked at, what fails kept with its reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ronglu.exchange import units
from ronglu.exchange.feeds.lots import Lot
from ronglu.exchange.feeds.said import Said, moment
from ronglu.exchange.feeds.tags import Tag
from ronglu.kernel.measure.rounding import NumberError, to_decimal, to_scaled
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamp, Stamper, StampMode

JITTER = dt.timedelta(seconds=60)
"""A source's clock may be off by so much: its label then means the edge of the slot beside it. 系统默认，可修改."""
ONE_DAY, MOMENT = dt.timedelta(days=1), dt.timedelta(microseconds=1)


class Refused(NamedTuple):
    said: Said
    code: str
    why: str


class Wrong(ValueError):
    """这个数不能收。"""

    def __init__(self, code: str, why: str) -> None:
        self.code = code
        super().__init__(why)


@dataclass(slots=True)
class Placed:
    lots: list[Lot] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class _Spot(NamedTuple):
    tag: Tag
    stamp: Stamp
    text: str
    scaled: int
    said: Said
    revised: dt.datetime | None


def place(
    said: Sequence[Said], *, tags: Mapping[str, Tag], series: Mapping[str, Series], calendar: Calendar, name: str,
    believed: bool = False,
) -> Placed:  # fmt: skip
    """Of one slot told twice in one message the later told counts, or the one revised later. `believed` takes values
    outside the plausible range too: a person looked at them.
    """
    placed, found = Placed(), dict[tuple[str, str, str, dt.datetime], _Spot]()
    stamper = Stamper(calendar)
    for one in said:
        try:
            spot = _spot(one, tags, series, calendar, stamper, believed)
        except Wrong as wrong:
            placed.refused.append(Refused(one, wrong.code, str(wrong)))
            continue
        key = spot.tag.grain, spot.tag.line, spot.tag.series, spot.stamp.starts_at
        if key not in found or not _older(spot, found[key]):
            found[key] = spot
    lots: dict[str, Lot] = {}
    for (grain, *_rest), spot in found.items():
        _add(lots.setdefault(grain, Lot(grain, name)), spot)
    placed.lots = list(lots.values())
    return placed


def _older(spot: _Spot, other: _Spot) -> bool:
    return spot.revised is not None and other.revised is not None and spot.revised < other.revised


def _add(lot: Lot, spot: _Spot) -> None:
    lot.at.append(len(lot.stamps))
    lot.stamps.append(spot.stamp)
    lot.line.append(spot.tag.line)
    lot.series.append(spot.tag.series)
    lot.text.append(spot.text)
    lot.scaled.append(spot.scaled)
    lot.said.append(spot.said)
    lot.revised.append(spot.revised)


def _spot(
    one: Said, tags: Mapping[str, Tag], series: Mapping[str, Series], calendar: Calendar, stamper: Stamper,
    believed: bool,
) -> _Spot:  # fmt: skip
    tag = tags.get(one.tag)
    if tag is None:
        raise Wrong("tag", f"点位“{one.tag}”没有对应到测点")
    known = series[tag.series]
    value, text = _value(one, tag, known)
    if not believed and (doubt := known.doubt(value)):
        raise Wrong("doubt", f"{known.name} {doubt}")
    revised = moment(one.revised) if one.revised else None
    if one.revised and revised is None:
        raise Wrong("time", f"改定时刻“{one.revised}”读不懂，应如 2026-03-10T08:00")
    return _Spot(tag, _stamp(one.label, tag, calendar, stamper), text, to_scaled(value, known.decimals), one, revised)


def _value(one: Said, tag: Tag, known: Series) -> tuple[Decimal, str]:
    """The number in the series' unit; the text keeps the unit that was told where it is another one."""
    try:
        number = to_decimal(one.text)
    except NumberError:
        raise Wrong("number", f"“{one.text[:40]}”不是数") from None
    if number.adjusted() > 18:
        raise Wrong("number", f"“{one.text[:40]}”太大，不是一个读数")
    unit = one.unit or tag.unit
    if not unit or not known.unit:
        return number, one.text
    value = units.convert(number, unit, known.unit)
    if value is None:
        raise Wrong("unit", f"单位“{unit}”不能换成{known.name}的 {known.unit}")
    return value, one.text if unit == (tag.unit or known.unit) else f"{one.text} {unit}"


def _stamp(label: str, tag: Tag, calendar: Calendar, stamper: Stamper) -> Stamp:
    try:
        if tag.grain in ("hour", "instant"):
            return _interval(label, tag, calendar, stamper)
        return _whole(label, tag, calendar, stamper)
    except TimeTrouble as trouble:
        raise Wrong("time", str(trouble)) from None


def _interval(label: str, tag: Tag, calendar: Calendar, stamper: Stamper) -> Stamp:
    at = _moment(label)
    step = tag.interval
    if step is None:
        return stamper.place(label=at, mode=StampMode.INSTANT)
    begins, _ends = calendar.bounds(calendar.day_of(at))
    over = (at - begins) % step
    edge = at - over if over <= step / 2 else at - over + step
    if abs(edge - at) > JITTER:
        raise Wrong("time", f"时标 {label} 不在每 {step // dt.timedelta(minutes=1)} 分钟一格的边上，请核对来源的时钟")
    if tag.stamp is StampMode.CLOSES_24 and at < edge and edge.time() == dt.time():
        edge -= ONE_DAY  # the clock stood before its midnight: it is that day's 24:00
    return stamper.place(label=edge, mode=tag.stamp, interval=step)


def _whole(label: str, tag: Tag, calendar: Calendar, stamper: Stamper) -> Stamp:
    """A day or a month may be named as such; else the label is its first instant, or its last one."""
    if tag.grain == "day" and len(label) == len("2026-03-10"):
        day = _moment(label).date()
        return Stamp(*calendar.bounds(day), day, 0, calendar.month_of(day))
    if tag.grain in ("month", "settlement") and len(label) == len("2026-03"):
        return _month(calendar, Period.parse(label))
    closes = tag.stamp in (StampMode.CLOSES, StampMode.CLOSES_24)
    at = _moment(label)
    inside = stamper.place(label=at - JITTER - MOMENT if closes else at + JITTER, mode=StampMode.INSTANT)
    if tag.grain == "shift":
        stamp = Stamp(*calendar.bounds(inside.day, inside.shift_no), inside.day, inside.shift_no, inside.month)
    elif tag.grain == "day":
        stamp = Stamp(*calendar.bounds(inside.day), inside.day, 0, inside.month)
    else:
        stamp = _month(calendar, inside.month)
    edge = stamp.ends_at if closes else stamp.starts_at
    if abs(edge - at) > JITTER:
        raise Wrong("time", f"时标 {label} 不是一格的{'结束' if closes else '开始'}（最近的是 {edge:%Y-%m-%d %H:%M}）")
    return stamp


def _month(calendar: Calendar, month: Period) -> Stamp:
    begins, ends = calendar.span(month)
    return Stamp(begins, ends, calendar.days_of(month)[1], 0, month)


def _moment(label: str) -> dt.datetime:
    at = moment(label)
    if at is None or not 2000 <= at.year <= 2100:
        raise Wrong("time", f"时标“{label}”读不懂，应如 2026-03-10T08:00")
    return at
