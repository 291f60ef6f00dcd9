"""Periods as a board's query bar offers them: their names, the neighbours, what one is called in another grain."""

import datetime as dt

from django.utils.translation import gettext as _

from ronglu.boards.indicator.read import step
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import PeriodError
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.formats import long_day, month_name, short_day
from ronglu.web.words import shift_word

# how many periods the bar offers, newest first
OFFERED = {Grain.SHIFT: 42, Grain.DAY: 31, Grain.WEEK: 26, Grain.MONTH: 24, Grain.QUARTER: 8, Grain.YEAR: 5}


def labels() -> dict[Grain, str]:
    return {
        Grain.SHIFT: _("班"), Grain.DAY: _("日"), Grain.WEEK: _("周"), Grain.MONTH: _("月"), Grain.QUARTER: _("季"),
        Grain.YEAR: _("年"),
    }  # fmt: skip


def asked(text: str, *, grain: Grain, calendar: Calendar, until: dt.date) -> Period:
    """The period in the address; what is none, or of another grain, is the newest one with data."""
    try:
        found = Period.parse(text)
        if found.grain is grain and (grain is not Grain.SHIFT or found.no <= len(calendar.slots(found.first))):
            return found
    except PeriodError:
        pass
    return holding(calendar, until, grain)


def holding(calendar: Calendar, day: dt.date, grain: Grain) -> Period:
    """The period of a grain that holds a day; of its shifts the last one."""
    return Period.shift(day, len(calendar.slots(day))) if grain is Grain.SHIFT else calendar.period_of(day, grain)


def in_grain(calendar: Calendar, period: Period, grain: Grain, until: dt.date) -> Period:
    """Where a reader lands who changes the grain: at the last day of what he looked at that has data."""
    first, last = calendar.days_of(period)
    return holding(calendar, max(first, min(last, until)), grain)


def offered(calendar: Calendar, period: Period, until: dt.date) -> list[tuple[str, str]]:
    newest = holding(calendar, until, period.grain)
    found = [step(calendar, newest, -i) for i in range(OFFERED[period.grain])]
    listed = found if period in found else sorted([*found, period], reverse=True)
    return [(str(one), name(calendar, one)) for one in listed]


def name(calendar: Calendar, period: Period) -> str:
    if period.grain is Grain.SHIFT:
        slot = calendar.slot(period.first, period.no)
        return f"{short_day(period.first)} {shift_word(slot.name)}"
    if period.grain is Grain.DAY:
        return long_day(period.first)
    if period.grain is Grain.WEEK:
        said = {"no": period.first.isocalendar().week, "first": short_day(period.first), "last": short_day(period.last)}
        return _("第 %(no)d 周（%(first)s 至 %(last)s）") % said
    year = {"year": period.first.year}
    if period.grain is Grain.MONTH:
        return month_name(str(period))
    if period.grain is Grain.QUARTER:
        return _("%(year)d 年 %(no)d 季度") % {**year, "no": (period.first.month + 2) // 3}
    return _("%(year)d 年") % year
