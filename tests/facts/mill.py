"""An invented concentrator for the columns: two lines of four crews, shifts from the roster, readings as plain rows.

`from tests.facts.mill import mill`, then `mill.reports("一系列", "cn_ore")`, `mill.read("一系列", "cn_ore", DAY, 1, "100")`,
`mill.figure("一系列", "CN-01")`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ronglu.facts import month as columns
from ronglu.facts.figures import Figure, figures
from ronglu.facts.spine import body_owner, unit_owner
from ronglu.kernel.measure.rounding import to_scaled
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.declared import TimeSeeds
from ronglu.kernel.time.expand import expand
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.roster import RosterBook, four_three
from ronglu.packs.loader import load
from ronglu.packs.pack import Pack
from ronglu.store.models import (
    Account,
    Body,
    BodyState,
    CalendarRow,
    Channel,
    DayRow,
    Mapping,
    Plan,
    Plant,
    Reading,
    ShiftRow,
    Unit,
    UnitState,
)

SINCE = dt.date(2025, 1, 1)
AT = dt.datetime(2026, 4, 2, 9, 0)
MARCH = 202603
# code: kind, parent, letter
UNITS = {
    "选矿厂": ("plant", None, ""),
    "磨浮车间": ("workshop", "选矿厂", ""),
    "一系列": ("line", "磨浮车间", ""),
    "二系列": ("line", "磨浮车间", ""),
    **{f"{line}{letter}班": ("crew", line, letter) for line in ("一系列", "二系列") for letter in "甲乙丙丁"},
}
BODIES = {"厂党委": ("committee", None), "一支部": ("branch", "厂党委"), "二支部": ("branch", "厂党委")}


@cache
def concentrating() -> Pack:
    return load([], modules=("concentrating",))


@cache
def seeds() -> TimeSeeds:
    return load([], modules=("concentrating",)).base.time


@dataclass
class Mill:
    plant: Plant
    home: Path
    keyer: Account
    calendar: Calendar
    pack: Any = None
    unit: dict[str, Unit] = field(default_factory=dict)
    body: dict[str, Body] = field(default_factory=dict)
    channel: dict[tuple[str, str, str], Channel] = field(default_factory=dict)
    book: RosterBook | None = None

    def reports(self, unit: str, *series: str, grain: str = "shift", per_day: int = 0, since: dt.date = SINCE) -> None:
        for one in series:
            self.channel[unit, one, grain] = Channel.objects.create(
                unit=self.unit[unit], series=one, grain=grain, per_day=per_day, from_on=since
            )

    def read(
        self, unit: str, series: str, day: dt.date, shift: int, text: str | None, *,
        state: str = "audited", version: int = 1, grain: str = "shift", known_at: dt.datetime = AT,
    ) -> Reading:  # fmt: skip
        """One reading of a shift (shift 0: of the whole day); None is a version deleted by mark."""
        starts, ends = self.calendar.bounds(day, shift or None)
        return Reading.objects.create(
            channel=self.channel[unit, series, grain], starts_at=starts, ends_at=ends, day=day, shift_no=shift,
            month=self.calendar.month_of(day).yyyymm, letter=self.letter(unit, day, shift), version=version,
            text=text or "", value=None if text is None else self.scaled(series, text), state=state,
            known_at=known_at, entered_by=self.keyer,
        )  # fmt: skip

    def month_end(self, unit: str, series: str, text: str, *, month: int = MARCH, grain: str = "settlement") -> Reading:
        """A figure of a whole month: its settlement, or a series that only comes by month."""
        first, last = self.calendar.days_of(Period.from_yyyymm(month))
        return Reading.objects.create(
            channel=self.channel[unit, series, grain], starts_at=self.calendar.bounds(first)[0],
            ends_at=self.calendar.bounds(last)[1], day=last, month=month, text=text, value=self.scaled(series, text),
            state="audited", known_at=AT, entered_by=self.keyer,
        )  # fmt: skip

    def scaled(self, series: str, text: str) -> int:
        return to_scaled(text, self.pack.series[series].decimals)

    def letter(self, unit: str, day: dt.date, shift: int) -> str:
        assert self.book is not None
        return (self.book.crew_of(unit, day, shift) or "") if shift else ""

    def shifts_of(self, letter: str, first: dt.date, last: dt.date, unit: str = "一系列") -> list[tuple[dt.date, int]]:
        """Day and shift number of every shift a crew stands, in order."""
        return [(d, n) for d in days(first, last) for n in (1, 2, 3) if self.letter(unit, d, n) == letter]

    def plans(self, unit: str, indicator: str, **by_period: str) -> None:
        for period, value in by_period.items():
            Plan.objects.create(
                unit=self.unit[unit], indicator=indicator, period=period[1:].replace("_", "-"), value=value
            )

    def frame(self, month: int = MARCH, *, until: dt.date | None = None) -> columns.Frame:
        first, last = self.calendar.days_of(Period.from_yyyymm(month))
        return columns.frame(
            plant=self.plant, month=month, first=first, last=last, until=until or last, pack=self.pack, home=self.home
        )

    def figures(self, month: int = MARCH, *, which: str = "scores", until: dt.date | None = None) -> list[Figure]:
        """The month's figures, from the tables through Parquet and the engine."""
        f = self.frame(month, until=until)
        columns.refresh(plant=f.plant, month=f.month, home=f.home)
        sums = columns.month_sums(f, columns.slots_table(f, which=which), which=which)
        return figures(f.lines, sums=sums, dues=columns.month_dues(f), period=())

    def figure(self, owner: str, indicator: str, month: int = MARCH, **how: Any) -> Figure:
        found = {(f.owner, f.indicator): f for f in self.figures(month, **how)}
        return found[self.owner(owner), indicator]

    def owner(self, name: str) -> int:
        return unit_owner(self.unit[name].pk) if name in self.unit else body_owner(self.body[name].pk)

    def roster(self, first: dt.date, last: dt.date) -> None:
        """Shift and day rows of both lines."""
        assert self.book is not None
        for line in ("一系列", "二系列"):
            for day in expand(self.calendar, self.book, line, first, last):
                ShiftRow.objects.bulk_create(
                    ShiftRow(
                        unit=self.unit[line], day=s.day, shift_no=s.shift_no, starts_at=s.starts_at, ends_at=s.ends_at,
                        month=s.month.yyyymm, letter=s.crew or "", crew=self.unit.get(f"{line}{s.crew}班"),
                    )
                    for s in day.shifts
                )  # fmt: skip
        DayRow.objects.bulk_create(
            DayRow(plant=self.plant, day=d, month=self.calendar.month_of(d).yyyymm, workday=d.weekday() < 5)
            for d in days(first, last)
        )


def days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=i) for i in range((last - first).days + 1))


@pytest.fixture
def mill(db: None, tmp_path: Path) -> Mill:
    return make_mill(tmp_path)


def make_mill(home: Path, *, first: dt.date = dt.date(2026, 2, 1), last: dt.date = dt.date(2026, 4, 30)) -> Mill:
    plant = Plant.objects.create(code="baishi", name="白石选矿厂", position=1)
    calendar = seeds().calendars["day_first"].calendar
    told = Mill(plant, home, Account.objects.create_user("T1", label="周统计员"), calendar, concentrating())
    _clock(plant, calendar)
    for position, (code, (kind, parent, letter)) in enumerate(UNITS.items()):
        told.unit[code] = Unit.objects.create(
            plant=plant, code=code, kind=kind, position=position, letter=letter,
            module="concentrating" if kind == "line" else "",
        )  # fmt: skip
        up = told.unit[parent] if parent else None
        UnitState.objects.create(unit=told.unit[code], name=code, parent=up, from_on=SINCE)
    for position, (code, (kind, parent)) in enumerate(BODIES.items()):
        told.body[code] = Body.objects.create(plant=plant, code=code, position=position)
        up_body = told.body[parent] if parent else None
        BodyState.objects.create(body=told.body[code], name=code, kind=kind, parent=up_body, from_on=SINCE)
    for body, unit in (("一支部", "一系列"), ("二支部", "二系列")):
        Mapping.objects.create(body=told.body[body], unit=told.unit[unit], from_on=SINCE)
    roster = four_three(shifts=calendar.rules[0].shifts, anchor=SINCE, from_on=SINCE)
    told.book = RosterBook({"一系列": [roster], "二系列": [roster]}, calendar=calendar)
    told.roster(first, last)
    return told


def _clock(plant: Plant, calendar: Calendar) -> None:
    for rule in calendar.rules:
        CalendarRow.objects.create(
            plant=plant, from_on=rule.from_on, day_starts=rule.day_starts, month_first=rule.month_first,
            shifts=[
                {"no": s.no, "name": s.name, "starts": f"{s.starts:%H:%M}", "hours": str(s.hours)} for s in rule.shifts
            ],
        )  # fmt: skip
