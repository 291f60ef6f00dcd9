"""Periods as values: their texts, their natural calendar days and their arithmetic; nothing about any plant's clock."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import overload

from ronglu.kernel.time.errors import PeriodError


class Grain(StrEnum):
    SHIFT = "shift"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Grain.SHIFT: "班", Grain.DAY: "日", Grain.WEEK: "周", Grain.MONTH: "月",
    Grain.QUARTER: "季", Grain.HALF: "半年", Grain.YEAR: "年",
}  # fmt: skip
_RANK = {grain: rank for rank, grain in enumerate(Grain)}
_PER_YEAR = {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.HALF: 2, Grain.YEAR: 1}
_LAST_ORDINAL = date.max.toordinal()
# A week begins on Monday; 0001-01-01 is one, so week 0 holds ordinals 1..7. The last, cut week of 9999 is left out.
_LIMITS = {
    Grain.SHIFT: (1, _LAST_ORDINAL), Grain.DAY: (1, _LAST_ORDINAL), Grain.WEEK: (0, _LAST_ORDINAL // 7 - 1),
    **{grain: (n, 9999 * n + n - 1) for grain, n in _PER_YEAR.items()},
}  # fmt: skip
_TEXT = re.compile(
    r"(?P<y>[0-9]{4})"
    r"(?:-W(?P<week>[0-9]{2})|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:/(?P<shift>[1-9][0-9]?))?)?)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """One shift, day, week, month, quarter, half or year.

    `index` counts whole periods of the grain (days and shifts: the day's ordinal); `no` is the shift number inside
    its production day, from 1, and 0 for every other grain.
    """

    grain: Grain
    index: int
    no: int = 0

    def __post_init__(self) -> None:
        low, high = _LIMITS[self.grain]
        if not low <= self.index <= high:
            raise PeriodError(f"{self.grain.label}期间超出公元 1 年至 9999 年")
        if (self.grain is Grain.SHIFT) != (self.no > 0):
            raise PeriodError("班次号从 1 起，且只有班次才有班次号")

    @classmethod
    def shift(cls, on: date, no: int) -> "Period":
        return cls(Grain.SHIFT, on.toordinal(), no)

    @classmethod
    def day(cls, on: date) -> "Period":
        return cls(Grain.DAY, on.toordinal())

    @classmethod
    def week(cls, on: date) -> "Period":
        """The Monday-to-Sunday week that contains a date."""
        return cls(Grain.WEEK, (on.toordinal() - 1) // 7)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls._named(Grain.MONTH, year, month)

    @classmethod
    def from_yyyymm(cls, number: int) -> "Period":
        return cls.month(*divmod(number, 100))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        return cls._named(Grain.QUARTER, year, quarter)

    @classmethod
    def half(cls, year: int, half: int) -> "Period":
        return cls._named(Grain.HALF, year, half)

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls._named(Grain.YEAR, year, 1)

    @classmethod
    def of(cls, on: date, grain: Grain) -> "Period":
        """The natural period that contains a date (statistical months: ask the calendar)."""
        return cls.week(on) if grain is Grain.WEEK else cls.day(on).up(grain)

    @classmethod
    def _named(cls, grain: Grain, year: int, number: int) -> "Period":
        per_year = _PER_YEAR[grain]
        if not 1 <= number <= per_year:
            raise PeriodError(f"{grain.label}的序号应在 1 到 {per_year} 之间，不能是 {number}")
        return cls(grain, year * per_year + number - 1)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2026-03-14/1`, `2026-03-14`, `2026-W11`, `2026-03`, `2026-Q1`, `2026-H1` or `2026`."""
        found = _TEXT.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            return cls._read(**found.groupdict())
        except ValueError:
            raise PeriodError(
                f"“{text}”不是期间，应写 2026-03-14/1（班次）、2026-03-14、2026-W11、2026-03、2026-Q1、2026-H1 或 2026"
            ) from None

    @classmethod
    def _read(
        cls, y: str, week: str | None, quarter: str | None, half: str | None,
        month: str | None, day: str | None, shift: str | None,
    ) -> "Period":  # fmt: skip
        year = int(y)
        if week:
            return cls.week(date.fromisocalendar(year, int(week), 1))
        if quarter:
            return cls.quarter(year, int(quarter))
        if half:
            return cls.half(year, int(half))
        if day and month:
            on = date(year, int(month), int(day))
            return cls.shift(on, int(shift)) if shift else cls.day(on)
        return cls.month(year, int(month)) if month else cls.year(year)

    @property
    def first(self) -> date:
        """First natural calendar day."""
        return date.fromordinal(self._ordinal)

    @property
    def last(self) -> date:
        """Last natural calendar day, inclusive."""
        if self.grain in (Grain.SHIFT, Grain.DAY):
            return self.first
        if self.grain is Grain.WEEK:
            return date.fromordinal(self.index * 7 + 7)
        year, part = divmod(self.index, _PER_YEAR[self.grain])
        months = 12 // _PER_YEAR[self.grain]
        after = (part + 1) * months
        return date(year, 12, 31) if after == 12 else date(year, after + 1, 1) - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of natural calendar days."""
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """As people say it: 2026年3月14日第1班, 2026年第11周, 2026年一季度, 2026年上半年."""
        on = self.first
        if self.grain in (Grain.SHIFT, Grain.DAY):
            text = f"{on.year}年{on.month}月{on.day}日"
            return f"{text}第{self.no}班" if self.no else text
        if self.grain is Grain.WEEK:
            year, week, _ = on.isocalendar()
            return f"{year}年第{week}周"
        year, part = divmod(self.index, _PER_YEAR[self.grain])
        tail = {
            Grain.MONTH: f"{part + 1}月",
            Grain.QUARTER: f"{'一二三四'[part % 4]}季度",
            Grain.HALF: f"{'上下'[part % 2]}半年",
        }
        return f"{year}年{tail.get(self.grain, '')}"

    @property
    def yyyymm(self) -> int:
        """A month as the number 202603, as tables keep it."""
        if self.grain is not Grain.MONTH:
            raise PeriodError(f"{self.label}不是月")
        return self.index // 12 * 100 + self.index % 12 + 1

    def up(self, grain: Grain) -> "Period":
        """The wider natural period this one lies in; weeks lie in nothing wider, they cross month ends."""
        if grain is self.grain:
            return self
        if _RANK[grain] < _RANK[self.grain] or self.grain is Grain.WEEK:
            raise PeriodError(f"{self.label}不整个属于某一{grain.label}")
        if grain is Grain.DAY:
            return Period(Grain.DAY, self.index)
        on = self.first
        if grain is Grain.WEEK:
            if self.grain not in (Grain.SHIFT, Grain.DAY):
                raise PeriodError(f"{self.label}不整个属于某一周")
            return Period.week(on)
        per_year = _PER_YEAR[grain]
        return Period(grain, on.year * per_year + (on.month - 1) * per_year // 12)

    def down(self, grain: Grain) -> tuple["Period", ...]:
        """The natural periods of a finer grain that tile this one; the shifts of a day only a calendar knows."""
        if grain is self.grain:
            return (self,)
        if grain is Grain.SHIFT or _RANK[grain] > _RANK[self.grain]:
            raise PeriodError(f"{self.label}不能由它自己拆成{grain.label}，班次要由日历来拆")
        if grain is Grain.DAY:
            first = self._ordinal
            return tuple(Period(Grain.DAY, first + i) for i in range(self.days))
        if grain is Grain.WEEK:
            raise PeriodError(f"{self.label}不由整周组成：周跨月，用日历的 weeks_in 数月内的天数")
        each = _PER_YEAR[grain] // _PER_YEAR[self.grain]
        return tuple(Period(grain, self.index * each + i) for i in range(each))

    def __add__(self, n: int) -> "Period":
        if self.grain is Grain.SHIFT and n:
            raise PeriodError("班次的前后要由日历来数（calendar.step），一天有几个班由日历规定")
        return Period(self.grain, self.index + n, self.no)

    @overload
    def __sub__(self, other: int) -> "Period": ...
    @overload
    def __sub__(self, other: "Period") -> int: ...
    def __sub__(self, other: "Period | int") -> "Period | int":
        if isinstance(other, int):
            return self + -other
        if other.grain is not self.grain or self.grain is Grain.SHIFT:
            raise PeriodError(f"{self}与{other}不能相减：只有同一种期间可以相减，班次除外")
        return self.index - other.index

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last

    def __lt__(self, other: "Period") -> bool:
        return self._key < other._key

    def __le__(self, other: "Period") -> bool:
        return self._key <= other._key

    def __gt__(self, other: "Period") -> bool:
        return self._key > other._key

    def __ge__(self, other: "Period") -> bool:
        return self._key >= other._key

    def __str__(self) -> str:
        if self.grain is Grain.SHIFT:
            return f"{self.first.isoformat()}/{self.no}"
        if self.grain is Grain.DAY:
            return self.first.isoformat()
        if self.grain is Grain.WEEK:
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        year, part = divmod(self.index, _PER_YEAR[self.grain])
        tail = {Grain.MONTH: f"-{part + 1:02}", Grain.QUARTER: f"-Q{part + 1}", Grain.HALF: f"-H{part + 1}"}
        return f"{year:04}{tail.get(self.grain, '')}"

    @property
    def _ordinal(self) -> int:
        if self.grain in (Grain.SHIFT, Grain.DAY):
            return self.index
        if self.grain is Grain.WEEK:
            return self.index * 7 + 1
        year, part = divmod(self.index, _PER_YEAR[self.grain])
        return date(year, part * 12 // _PER_YEAR[self.grain] + 1, 1).toordinal()

    @property
    def _key(self) -> tuple[int, int, int]:
        """By beginning; of two that begin together the wider comes first, as in a table with its parts below."""
        return (self._ordinal, -_RANK[self.grain], self.no)
