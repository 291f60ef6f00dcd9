"""One rule of a plant's clock: when the production day begins, which shifts tile it, where its month begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

DAY = timedelta(days=1)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class ShiftTime:
    """A shift as the clock on the wall gives it; `no` counts from 1 in the order inside the production day."""

    no: int
    name: str
    starts: time
    hours: Decimal

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=int(self.hours * 3600))


class Slot(NamedTuple):
    """One shift of one production day with its instants, half-open."""

    no: int
    name: str
    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> Decimal:
        return hours_of(self.ends_at - self.starts_at)


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """Holds from production day `from_on` on. `month_first` 26 means: the month runs from the 26th to the 25th."""

    from_on: date
    day_starts: time
    shifts: tuple[ShiftTime, ...]
    month_first: int = 1

    @property
    def eve(self) -> bool:
        """A production day that begins at noon or later (20:00, 23:00) carries the date on which most of it lies."""
        return self.day_starts >= _NOON

    def starts_at(self, day: date) -> datetime:
        at = datetime.combine(day, self.day_starts)
        return at - DAY if self.eve else at

    def slots(self, day: date) -> Iterator[Slot]:
        """The shifts of a day that no change of rules touches, by their lengths from the start of the day."""
        at = self.starts_at(day)
        for shift in self.shifts:
            yield Slot(shift.no, shift.name, at, at + shift.length)
            at += shift.length

    def month_index(self, day: date) -> int:
        """Statistical month as year × 12 + month − 1.

        A month that begins on the 16th or later is named after the month it ends in, an earlier one after the month
        it begins in: the name goes to the greater part.
        """
        index = day.year * 12 + day.month - 1
        if self.month_first > 15:
            return index + (day.day >= self.month_first)
        return index - (day.day < self.month_first)

    def problems(self) -> Iterator[str]:
        where = f"{self.from_on} 起的日历"
        if not 1 <= self.month_first <= 28:
            yield f"{where}：统计月首日应在 1 到 28 之间，不能是 {self.month_first}"
        if not self.shifts:
            yield f"{where}：没有班次"
            return
        if [shift.no for shift in self.shifts] != list(range(1, len(self.shifts) + 1)):
            yield f"{where}：班次号应从 1 起连续编号，顺序与生产日内的先后一致"
        if len({shift.name for shift in self.shifts}) != len(self.shifts):
            yield f"{where}：班次名称重复"
        yield from self._start_problems(where)
        yield from self._tiling_problems(where)

    def _start_problems(self, where: str) -> Iterator[str]:
        if self.shifts[0].starts == self.day_starts:
            return
        begins, clocks = f"{self.day_starts:%H:%M}", "、".join(f"{s.starts:%H:%M}" for s in self.shifts)
        if any(shift.starts == self.day_starts for shift in self.shifts):
            yield f"{where}：第 1 班应是 {begins} 开始的班，班次按生产日内的先后排列"
        else:
            yield f"{where}：生产日从 {begins} 开始，却没有班次在此时开始（班次开始于 {clocks}）"

    def _tiling_problems(self, where: str) -> Iterator[str]:
        if any(shift.hours <= 0 for shift in self.shifts):
            yield f"{where}：每班的时长应大于 0 小时"
        total = sum((shift.hours for shift in self.shifts), Decimal(0))
        if total != 24:
            yield f"{where}：各班合计应为 24 小时，现在是 {plain(total)} 小时"
        for one, two in pairwise(self.shifts):
            ends = (datetime.combine(self.from_on, one.starts) + one.length).time()
            if ends != two.starts:
                yield f"{where}：{one.name}班到 {ends:%H:%M} 结束，{two.name}班却从 {two.starts:%H:%M} 开始，应首尾相接"


def hours_of(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(seconds=1)) / 3600


def plain(hours: Decimal) -> str:
    """8 rather than 8.0 or 8E+0."""
    return f"{hours.normalize():f}"
