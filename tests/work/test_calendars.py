"""The plant's dated clock and its holidays: what may be changed, and what is written anew."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.kernel.time.calendar import CalendarRule, ShiftTime
from ronglu.kernel.time.workday import Holiday as Day
from ronglu.store.models import AuditEntry, CalendarRow, Channel, DayRow, Holiday, Reading, ShiftRow
from ronglu.work import calendars, holidays, shifts
from ronglu.work.calendars import BadCalendar
from ronglu.work.holidays import BadHoliday
from tests.cast import AT, Cast, cast
from tests.work.clock import SINCE, THE_1ST, four, set_clock, set_roster

__all__ = ["cast"]
EIGHT = Decimal(8)
THE_5TH = dt.date(2026, 3, 5)


def rule(from_on: dt.date, starts: int = 8, month_first: int = 1) -> CalendarRule:
    clock = [(no, name, dt.time((starts + 8 * (no - 1)) % 24)) for no, name in enumerate("白中夜", 1)]
    return CalendarRule(from_on, dt.time(starts), tuple(ShiftTime(n, w, t, EIGHT) for n, w, t in clock), month_first)


def declare(cast: Cast, one: CalendarRule) -> CalendarRow:
    return calendars.declare(plant=cast.plant, rule=one, by=cast.account["周统计员"], at=AT)


def read(cast: Cast, day: dt.date) -> None:
    channel = Channel.objects.create(unit=cast.unit["QL-R1"], series="sm_coal", grain="shift", from_on=SINCE)
    at = dt.datetime.combine(day, dt.time(8))
    Reading.objects.create(
        channel=channel, starts_at=at, ends_at=at + dt.timedelta(hours=8), day=day, shift_no=1, month=202603,
        text="1", value=10, known_at=AT, entered_by=cast.account["李班长"],
    )  # fmt: skip


def test_a_new_clock_holds_from_its_day_and_written_shifts_follow(cast: Cast) -> None:
    declare(cast, rule(SINCE))
    shifts.materialise(plant=cast.plant, first=THE_1ST, last=THE_5TH)
    declare(cast, rule(dt.date(2026, 3, 4), starts=7))
    starts = ShiftRow.objects.filter(unit=cast.unit["QL-R1"], shift_no=1).order_by("day")
    assert [row.starts_at.hour for row in starts] == [8, 8, 8, 7, 7]
    assert AuditEntry.objects.filter(verb="calendars.declare").count() == 2


def test_the_statistical_month_may_begin_on_another_day_and_is_written_anew(cast: Cast) -> None:
    declare(cast, rule(SINCE))
    shifts.materialise(plant=cast.plant, first=dt.date(2026, 3, 25), last=dt.date(2026, 3, 26))
    declare(cast, rule(SINCE, month_first=26))
    assert list(DayRow.objects.order_by("day").values_list("month", flat=True)) == [202603, 202604]
    assert CalendarRow.objects.count() == 1


def test_a_clock_that_leaves_hours_out_is_refused_and_nothing_is_stored(cast: Cast) -> None:
    short = CalendarRule(SINCE, dt.time(8), (ShiftTime(1, "白", dt.time(8), EIGHT),))
    with pytest.raises(BadCalendar, match="24"):
        declare(cast, short)
    assert not CalendarRow.objects.exists()


def test_days_with_readings_keep_the_clock_they_were_stamped_by(cast: Cast) -> None:
    declare(cast, rule(SINCE))
    read(cast, THE_5TH)
    with pytest.raises(BadCalendar, match="最晚 2026-03-05），日历只能从 2026-03-06 起改"):
        declare(cast, rule(THE_5TH, starts=7))
    declare(cast, rule(dt.date(2026, 3, 6), starts=7))


def test_a_clock_that_a_running_roster_does_not_fit_is_refused(cast: Cast) -> None:
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], four(cast.plant))
    twelve = tuple(
        ShiftTime(no, word, at, Decimal(12)) for no, word, at in ((1, "白", dt.time(8)), (2, "夜", dt.time(20)))
    )
    with pytest.raises(BadCalendar, match="现有轮班与新日历不合"):
        declare(cast, CalendarRule(THE_5TH, dt.time(8), twelve))


def test_a_rule_is_withdrawn_but_never_the_only_one(cast: Cast) -> None:
    declare(cast, rule(SINCE))
    declare(cast, rule(THE_5TH, starts=7))
    calendars.withdraw(plant=cast.plant, from_on=THE_5TH, by=None, at=AT)
    with pytest.raises(BadCalendar, match="唯一"):
        calendars.withdraw(plant=cast.plant, from_on=SINCE, by=None, at=AT)
    with pytest.raises(BadCalendar, match="没有从 2026-03-05 起的日历"):
        calendars.withdraw(plant=cast.plant, from_on=THE_5TH, by=None, at=AT)


def test_a_declared_holiday_and_its_withdrawal_move_the_working_day(cast: Cast) -> None:
    set_clock(cast.plant)
    monday = dt.date(2026, 4, 6)
    shifts.materialise(plant=cast.plant, first=monday, last=monday)
    holidays.declare(plant=cast.plant, day=monday, works=False, name="清明节", by=None, at=AT)
    assert not DayRow.objects.get().workday
    holidays.withdraw(plant=cast.plant, first=monday, last=monday, by=None, at=AT)
    assert DayRow.objects.get().workday
    with pytest.raises(BadHoliday, match="没有登记"):
        holidays.withdraw(plant=cast.plant, first=monday, last=monday, by=None, at=AT)
    with pytest.raises(BadHoliday, match="什么节日"):
        holidays.declare(plant=cast.plant, day=monday, works=False, name=" ", by=None, at=AT)


def test_seeded_holidays_are_added_once_and_the_plants_own_stay(cast: Cast) -> None:
    first, second = dt.date(2026, 1, 1), dt.date(2026, 1, 2)
    holidays.declare(plant=cast.plant, day=first, works=True, name="厂里上班", by=None, at=AT)
    rows = [Day(first, False, "元旦"), Day(second, False, "元旦")]
    assert holidays.seed(plant=cast.plant, rows=rows, by=None, at=AT) == 1
    assert holidays.seed(plant=cast.plant, rows=rows, by=None, at=AT) == 0
    assert Holiday.objects.get(day=first).name == "厂里上班"
