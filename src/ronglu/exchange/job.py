"""What one reading of one file carries along: the profile, the clock, the person's answers, the problems and values so far."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ronglu.exchange.collect import Collector
from ronglu.exchange.limits import Limits
from ronglu.exchange.profile import Profile
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.scan import MASK, SHIFT
from ronglu.exchange.values import Figure, Values
from ronglu.exchange.words import normal, words_of
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamp, Stamper


@dataclass(slots=True)
class Special:
    """Rows of one column in which the pre-scan saw something."""

    errors: dict[int, str] = field(default_factory=dict)
    uncached: set[int] = field(default_factory=set)
    linked: set[int] = field(default_factory=set)
    percent: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Job:
    profile: Profile
    calendar: Calendar
    series: Mapping[str, Series]
    collect: Collector
    limits: Limits
    expected: Period | None
    csv: bool
    date1904: bool
    stamper: Stamper
    values: Values = field(default_factory=Values)
    figures: list[Figure] = field(default_factory=list)
    periods: dict[str, str] = field(default_factory=dict)
    rows_read: int = 0
    nulls: frozenset[str] = frozenset()
    deletes: frozenset[str] = frozenset()
    stops: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    decimals: dict[str, int] = field(default_factory=dict)  # series -> decimals of its scaled values
    repeated: bool = False  # the same slot was met twice somewhere: compare at the end
    _stamps: dict[tuple[datetime, datetime], int] = field(default_factory=dict)
    _special: dict[str, dict[int, Special]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nulls = frozenset(normal(word) for word in self.profile.nulls)
        self.deletes = frozenset(normal(word) for word in self.profile.deletes)
        self.stops = tuple(sorted(words_of("stop") | {normal(w) for w in self.profile.stops}, key=len, reverse=True))
        self.totals = tuple(sorted(words_of("totals") | {normal(w) for w in self.profile.totals}))

    def stamp(self, stamp: Stamp) -> int:
        """The stamp's number; equal intervals are one stamp."""
        key = stamp.starts_at, stamp.ends_at
        found = self._stamps.get(key)
        if found is None:
            found = self._stamps[key] = len(self.values.stamps)
            self.values.stamps.append(stamp)
        return found

    def span(
        self, starts_at: datetime, ends_at: datetime, day: date, shift_no: int = 0, month: Period | None = None
    ) -> int:
        return self.stamp(Stamp(starts_at, ends_at, day, shift_no, month or self.calendar.month_of(day)))

    def sheet_number(self, name: str) -> int:
        if name not in self.values.sheets:
            self.values.sheets.append(name)
        return self.values.sheets.index(name)

    def special(self, sheet: Sheet, column: int) -> Special:
        if sheet.name not in self._special:
            self._special[sheet.name] = _by_column(sheet)
        return self._special[sheet.name].get(column) or Special()

    def is_stop(self, text: str) -> bool:
        """制表: …, 审核人 …: the table is over. One-character words only with their colon."""
        text = normal(text)
        return any(
            text == word or text.startswith(word + ":") or (len(word) > 1 and text.startswith(word))
            for word in self.stops
        )

    def is_total(self, text: str) -> bool:
        text = normal(text).rstrip(":")
        return len(text) <= 12 and any(
            text == word or text.endswith(word) or (len(word) > 1 and text.startswith(word)) for word in self.totals
        )

    def extend(
        self,
        *,
        sheet: int,
        column: int,
        series: str,
        lines: list[str],
        ats: list[int],
        texts: list[str],
        scaled: list[int | None],
        rows: list[int],
        deleted: list[int],
        linked: set[int],
    ) -> None:
        """Appends one column's values; `deleted` are positions inside these lists, `linked` sheet rows."""
        values, base = self.values, len(self.values)
        count = len(texts)
        values.line += lines
        values.series += [series] * count
        values.at.extend(ats)
        values.text += texts
        values.scaled += scaled
        values.sheet.extend(array("H", [sheet]) * count)
        values.row.extend(rows)
        values.column.extend(array("H", [column]) * count)
        values.deleted.update(base + position for position in deleted)
        if linked:
            values.linked.update(base + position for position, row in enumerate(rows) if row in linked)


def _by_column(sheet: Sheet) -> dict[int, Special]:
    found: dict[int, Special] = {}
    scan = sheet.scan
    for key, text in scan.errors.items():
        found.setdefault(key & MASK, Special()).errors[key >> SHIFT] = text
    for name in ("uncached", "linked", "percent"):
        for key in getattr(scan, name):
            getattr(found.setdefault(key & MASK, Special()), name).add(key >> SHIFT)
    return found
