"""From a source's time label to the interval it means, and from there to production day, shift and month."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import StampError
from ronglu.kernel.time.period import Period

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


class StampMode(StrEnum):
    """How a source's labels read; `closes-24`: 00:00 carries the day that it closes, it is that day's 24:00."""

    OPENS = "opens"
    CLOSES = "closes"
    CLOSES_24 = "closes-24"
    INSTANT = "instant"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    StampMode.OPENS: "时标是时段的开始",
    StampMode.CLOSES: "时标是时段的结束",
    StampMode.CLOSES_24: "时标是时段的结束，00:00 记在它所结束的那一天",
    StampMode.INSTANT: "时标是取样的一刻",
}


class Stamp(NamedTuple):
    """Where a value belongs: by the start of its interval. `crosses`: it runs on beyond the end of that shift."""

    starts_at: datetime
    ends_at: datetime
    day: date
    shift_no: int
    month: Period
    crosses: bool = False

    @property
    def shift(self) -> Period:
        return Period.shift(self.day, self.shift_no)


class _Window(NamedTuple):
    """One shift of the calendar, as the fast path needs it."""

    starts_at: datetime
    ends_at: datetime
    day: date
    no: int
    month: Period


def place(calendar: Calendar, *, label: datetime, mode: StampMode, interval: timedelta | None = None) -> Stamp:
    return Stamper(calendar).place(label=label, mode=mode, interval=interval)


def interval_of(label: datetime, mode: StampMode, interval: timedelta | None) -> tuple[datetime, datetime]:
    """First instant and end of what a label stands for; an instant has no length."""
    if mode is StampMode.INSTANT:
        return label, label
    if interval is None or interval <= _NOTHING:
        raise StampError(f"“{mode.label}”需要时段长度（例如 15 分钟、1 小时），请在数据源里写明")
    if mode is StampMode.OPENS:
        return label, label + interval
    if mode is StampMode.CLOSES_24 and not (label.hour or label.minute or label.second or label.microsecond):
        label += _DAY
    return label - interval, label


class Stamper:
    """Stamps in bulk: remembers each label it has seen and each shift it has met, so a million rows take seconds."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._seen: dict[tuple[StampMode, timedelta | None], dict[datetime, Stamp]] = {}
        self._windows: dict[date, tuple[list[datetime], list[_Window]]] = {}

    def place(self, *, label: datetime, mode: StampMode, interval: timedelta | None = None) -> Stamp:
        seen = self._seen.setdefault((mode, interval), {})
        found = seen.get(label)
        if found is None:
            found = seen[label] = self._stamp(label, mode, interval)
        return found

    def place_all(
        self, labels: Iterable[datetime], *, mode: StampMode, interval: timedelta | None = None
    ) -> list[Stamp]:
        """One stamp per label, in order; labels of a file need not be sorted."""
        seen = self._seen.setdefault((mode, interval), {})
        stamps = []
        for label in labels:
            found = seen.get(label)
            if found is None:
                found = seen[label] = self._stamp(label, mode, interval)
            stamps.append(found)
        return stamps

    def _stamp(self, label: datetime, mode: StampMode, interval: timedelta | None) -> Stamp:
        starts_at, ends_at = interval_of(label, mode, interval)
        firsts, windows = self._around(starts_at.date())
        window = windows[bisect_right(firsts, starts_at) - 1]
        return Stamp(starts_at, ends_at, window.day, window.no, window.month, ends_at > window.ends_at)

    def _around(self, on: date) -> tuple[list[datetime], list[_Window]]:
        """The shifts that can hold an instant of a calendar date: those of the day before, of it and of the next."""
        found = self._windows.get(on)
        if found is None:
            calendar = self._calendar
            windows = [
                _Window(slot.starts_at, slot.ends_at, day, slot.no, calendar.month_of(day))
                for day in (on - _DAY, on, on + _DAY)
                for slot in calendar.slots(day)
            ]
            found = self._windows[on] = [window.starts_at for window in windows], windows
        return found
