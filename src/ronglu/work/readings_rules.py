"""What all verbs of readings share: the named refusals, which months are locked, how long a slot of a grain is."""

import datetime as dt
from collections.abc import Iterable

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamp, Stamper, StampMode
from ronglu.store.models import Channel, Plant, Reading, ReadingState

ONE = dt.timedelta(days=1)
AHEAD = ONE
"""Instruments' clocks may run ahead; a slot further on is a slip of the pen, and shifts would be written out up to it."""


class ReadingTrouble(ValueError):
    """读数不能这样办；`row` 是出错那一行的序号（从 0 数），知道时才有。"""

    def __init__(self, message: str, *, row: int | None = None) -> None:
        self.row = row
        super().__init__(message)


class NoChannel(ReadingTrouble):
    """没有这个测点。"""


class BadSlot(ReadingTrouble):
    """起始时刻不是这个粒度的一格。"""


class NoReason(ReadingTrouble):
    """更正没有写原因。"""


class Locked(ReadingTrouble):
    """统计月已经锁定。"""


class SecondPerson(ReadingTrouble):
    """要由另一个人来办。"""


class WrongState(ReadingTrouble):
    """读数的状态不允许这样办。"""


def hold(plant: Plant) -> None:
    """One writer of a plant's readings at a time; to be called first inside the transaction."""
    Plant.objects.select_for_update().get(pk=plant.pk)


def locked(plant: Plant, months: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Unit and statistical month of what has been locked: from then on a change there needs a reason."""
    found = Reading.objects.filter(channel__unit__plant=plant, state=ReadingState.LOCKED, month__in=set(months))
    return frozenset(found.order_by().values_list("channel__unit", "month").distinct())


def month_text(month: int) -> str:
    return str(Period.from_yyyymm(month))


def slot_of(calendar: Calendar, channel: Channel, starts_at: dt.datetime) -> Stamp | None:
    """The slot of the channel's grain that begins at this instant; None where none begins."""
    stamp = Stamper(calendar).place(label=starts_at, mode=StampMode.INSTANT)
    match channel.grain:
        case "hour":
            ends_at = starts_at + dt.timedelta(hours=1)
            return None if starts_at.minute or starts_at.second else stamp._replace(ends_at=ends_at)
        case "instant":
            return _instant(calendar, channel, stamp)
        case "shift":
            begins, ends = calendar.bounds(stamp.day, stamp.shift_no)
            return stamp._replace(ends_at=ends) if begins == starts_at else None
        case "day":
            begins, ends = calendar.bounds(stamp.day)
            return stamp._replace(ends_at=ends, shift_no=0) if begins == starts_at else None
        case _:
            # a month's figure belongs to the day it closes on: then it is due, and who has the line then owns it
            begins, ends = calendar.span(stamp.month)
            day = calendar.days_of(stamp.month)[1]
            return stamp._replace(ends_at=ends, day=day, shift_no=0) if begins == starts_at else None


def _instant(calendar: Calendar, channel: Channel, stamp: Stamp) -> Stamp | None:
    """With so many a day each stands for its part of the day; without, an instant has no length."""
    if not channel.per_day:
        return stamp
    step = ONE / channel.per_day
    begins, _ = calendar.bounds(stamp.day)
    return None if (stamp.starts_at - begins) % step else stamp._replace(ends_at=stamp.starts_at + step)
