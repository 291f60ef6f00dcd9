"""A source profile: how one kind of report is laid out and what its columns mean; a value that travels as JSON or YAML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.kernel.time.stamp import StampMode


class Layout(StrEnum):
    LONG = "long"  # one row a stamp (and shift, and line); columns are series
    MATRIX = "matrix"  # one row an item; columns are groups (本年实际 …) over spans (本月, 累计), months or days


class Role(StrEnum):
    STAMP = "stamp"
    CLOCK = "clock"
    SHIFT = "shift"
    LINE = "line"
    VALUE = "value"
    LABEL = "label"
    UNIT = "unit"
    CODE = "code"
    IGNORE = "ignore"


class Percent(StrEnum):
    """How a percentage stands in the cells; ASK is for a source that has not been settled."""

    ASK = ""
    AS_IS = "as_is"  # 93.0 means 93 %
    FRACTION = "fraction"  # 0.93 means 93 %
    FORMAT = "format"  # cells with a % format are fractions, the others stand as they are


GRAINS = {"instant": "时刻", "hour": "小时", "shift": "班", "day": "日", "month": "月", "settlement": "月末结算"}
ORDERS = {"": "由数据判断", "ymd": "年月日", "dmy": "日月年", "mdy": "月日年"}
GROUPS = {"actual": "本年实际", "last": "上年同期", "plan": "计划"}
SPANS = {"month": "本月", "ytd": "累计", "year": "全年"}
NULLS = ("-", "--", "—", "——", "－", "/", "\\", "无", "N/A", "NA", "null", "None")
DELETES = ("删除", "[删除]")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value column (or an item row) holds. `unit` is the unit in the file; "" takes it from the header."""

    series: str = ""
    line: str = ""
    unit: str = ""
    factor: str = ""  # from the file's unit to the series' unit; "" derives it from the two units
    decimals: int | None = None  # None takes the series' own
    low: str = ""
    high: str = ""
    percent: Percent = Percent.ASK

    def __post_init__(self) -> None:
        object.__setattr__(self, "percent", Percent(self.percent))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, found by its words (or, for a table without a header, pinned by its letter)."""

    role: Role
    words: tuple[str, ...] = ()
    at: str = ""
    required: bool = True
    measure: Measure = Measure()

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a matrix form. A code is valid inside this form only; without one, parent + label + unit name the row."""

    label: str
    parent: str = ""
    code: str = ""
    measure: Measure = Measure()


@dataclass(frozen=True, slots=True)
class SheetRule:
    """Which sheets: by name, by pattern, or all visible ones. `months`: the sheet's name is its month (25.4)."""

    names: tuple[str, ...] = ()
    pattern: str = ""
    months: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """A line that is not independent: series = factor × numerator ÷ denominator, to be recomputed and compared."""

    series: str
    numerator: str
    denominator: str
    factor: str = "1"
    decimals: int = 2
    tolerance: str = ""  # "" allows one unit in the last of `decimals`


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two series (of two plants' forms) that hold the same quantity; never both in one sum."""

    series: str
    other: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One row of a source's own calendar; `shifts` are (name, start, hours)."""

    from_on: str
    day_starts: str
    shifts: tuple[tuple[str, str, str], ...]
    month_first: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    name: str
    layout: Layout = Layout.LONG
    sheets: SheetRule = SheetRule()
    header_rows: int = 1
    header_at: int | None = None  # counted from 1; None finds the header by its words
    columns: tuple[Column, ...] = ()
    items: tuple[Item, ...] = ()
    line: str = ""
    lines: Mapping[str, str] = field(
        default_factory=dict
    )  # word in the file -> line code; empty takes the word as the code
    shifts: Mapping[str, int] = field(
        default_factory=dict
    )  # word -> number from 1; the calendar's own names count anyway
    grain: str = "shift"
    stamp: StampMode = StampMode.OPENS
    interval_minutes: int = 0
    clocks: tuple[Clock, ...] = ()  # the source's own calendar; empty takes the plant's
    date_order: str = ""
    date_formats: tuple[str, ...] = ()
    decimal_comma: bool = False
    encoding: str = ""
    delimiter: str = ""
    nulls: tuple[str, ...] = NULLS
    deletes: tuple[str, ...] = DELETES
    stops: tuple[str, ...] = ()  # in addition to the shipped words
    totals: tuple[str, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    take: tuple[str, ...] = (
        "actual.month",
    )  # matrix columns that become readings; the others are figures to check against
    zero_after: bool = True  # zeros after the report's period are "no value"
    ratios: tuple[Ratio, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    opens: bool = False  # a series that a line has not reported so far is taken on; else it is an error

    def __post_init__(self) -> None:
        """Plain text is taken for the closed sets: a mode that is not one of them must fail, not read otherwise."""
        object.__setattr__(self, "layout", Layout(self.layout))
        object.__setattr__(self, "stamp", StampMode(self.stamp))

    def own_calendar(self) -> Calendar | None:
        """The source's calendar; None when it keeps the plant's."""
        return Calendar(tuple(_rule(clock) for clock in self.clocks)) if self.clocks else None

    def problems(self) -> list[str]:
        """Everything wrong with the declaration, in Chinese; empty when it may be used."""
        from ronglu.exchange.profile_checks import problems_of

        return problems_of(self)


def _rule(clock: Clock) -> CalendarRule:
    shifts = tuple(
        ShiftTime(no, name, _time(starts), Decimal(hours)) for no, (name, starts, hours) in enumerate(clock.shifts, 1)
    )
    return CalendarRule(
        from_on=date.fromisoformat(clock.from_on),
        day_starts=_time(clock.day_starts),
        shifts=shifts,
        month_first=clock.month_first,
    )


def _time(text: str) -> time:
    """08:00, or the minutes since midnight that YAML makes of an unquoted 16:00."""
    return time(*divmod(int(text), 60)) if text.isdigit() else time.fromisoformat(text)
