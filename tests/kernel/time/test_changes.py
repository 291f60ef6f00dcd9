"""A calendar that changes in mid-year: nothing falls between the clocks, and the month of the change says so."""

from datetime import date, datetime
from decimal import Decimal

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from tests.kernel.time.clocks import rule

JUNE = date(2026, 6, 1)
MAY_31 = date(2026, 5, 31)


def shifts_of(calendar: Calendar, day: date) -> list[tuple[int, str, str, str]]:
    return [(s.no, s.name, f"{s.starts_at:%d %H:%M}", f"{s.ends_at:%d %H:%M}") for s in calendar.slots(day)]


def changing(old: str, old_names: str, new: str, new_names: str) -> Calendar:
    return Calendar((rule(old, old_names), rule(new, new_names, JUNE)))


def test_from_eight_to_midnight_the_last_night_opens_the_new_day() -> None:
    calendar = changing("08:00", "白中夜", "00:00", "夜白中")
    assert shifts_of(calendar, MAY_31) == [(1, "白", "31 08:00", "31 16:00"), (2, "中", "31 16:00", "01 00:00")]
    assert calendar.shift_of(datetime(2026, 6, 1, 3)) == (JUNE, 1)
    assert calendar.note(Period.month(2026, 5)) == (
        "2026年5月自 2026-05-01 至 2026-05-31，共 31 天；因生产日起点改变，少 8 小时。日历自 2026-06-01 起改变。"
    )
    assert calendar.note(Period.month(2026, 6)) == "" == calendar.note(Period.month(2026, 4))


def test_from_midnight_to_eight_the_last_day_has_a_fourth_shift() -> None:
    calendar = changing("00:00", "夜白中", "08:00", "白中夜")
    assert shifts_of(calendar, MAY_31) == [
        (1, "夜", "31 00:00", "31 08:00"),
        (2, "白", "31 08:00", "31 16:00"),
        (3, "中", "31 16:00", "01 00:00"),
        (4, "夜", "01 00:00", "01 08:00"),
    ]
    assert calendar.shift_of(datetime(2026, 6, 1, 3)) == (MAY_31, 4)
    assert "多 8 小时" in calendar.note(Period.month(2026, 5))


def test_from_seven_to_eight_the_last_night_is_an_hour_longer() -> None:
    calendar = changing("07:00", "白中夜", "08:00", "白中夜")
    assert shifts_of(calendar, MAY_31)[2:] == [(3, "夜", "31 23:00", "01 08:00")]
    assert calendar.shifts_on(MAY_31)[2].hours == Decimal(9)


def test_from_seven_to_midnight_the_last_night_is_cut_to_an_hour() -> None:
    calendar = changing("07:00", "白中夜", "00:00", "夜白中")
    assert shifts_of(calendar, MAY_31)[2:] == [(3, "夜", "31 23:00", "01 00:00")]


def test_from_eight_hour_to_six_hour_shifts_nothing_is_cut() -> None:
    calendar = changing("08:00", "白中夜", "08:00", "一二三四")
    assert len(calendar.slots(MAY_31)) == 3 and len(calendar.slots(JUNE)) == 4
    assert calendar.note(Period.month(2026, 5)) == ""


def test_the_first_month_that_ends_on_the_25th_is_shorter() -> None:
    calendar = Calendar((rule("08:00", "白中夜"), rule("08:00", "白中夜", JUNE, 26)))
    assert calendar.days_of(Period.month(2026, 5)) == (date(2026, 5, 1), date(2026, 5, 31))
    assert calendar.days_of(Period.month(2026, 6)) == (date(2026, 6, 1), date(2026, 6, 25))
    assert calendar.days_of(Period.month(2026, 7)) == (date(2026, 6, 26), date(2026, 7, 25))
    assert calendar.note(Period.month(2026, 6)) == (
        "2026年6月自 2026-06-01 至 2026-06-25，共 25 天，比通常的 31 天短 6 天。日历自 2026-06-01 起改变。"
    )
    assert calendar.note(Period.month(2026, 7)) == ""


def test_a_change_on_the_26th_shortens_the_month_before_it() -> None:
    calendar = Calendar((rule("08:00", "白中夜"), rule("08:00", "白中夜", date(2026, 5, 26), 26)))
    assert calendar.days_of(Period.month(2026, 5)) == (date(2026, 5, 1), date(2026, 5, 25))
    assert "共 25 天，比通常的 31 天短 6 天" in calendar.note(Period.month(2026, 5))
    assert calendar.days_of(Period.month(2026, 6)) == (date(2026, 5, 26), date(2026, 6, 25))


def test_back_to_the_calendar_month_the_month_of_the_change_is_longer() -> None:
    calendar = Calendar((rule("08:00", "白中夜", month_first=26), rule("08:00", "白中夜", date(2026, 7, 1))))
    assert calendar.days_of(Period.month(2026, 7)) == (date(2026, 6, 26), date(2026, 7, 31))
    assert "共 36 天，比通常的 31 天长 5 天" in calendar.note(Period.month(2026, 7))


def test_no_day_falls_back_into_a_month_that_is_over() -> None:
    """On 28 June the 26th has already opened July; the new rule would call 28–30 June June again."""
    calendar = Calendar((rule("08:00", "白中夜", month_first=26), rule("08:00", "白中夜", date(2026, 6, 28))))
    assert {calendar.month_of(date(2026, 6, day)) for day in (26, 27, 28, 29, 30)} == {Period.month(2026, 7)}
    assert calendar.days_of(Period.month(2026, 6)) == (date(2026, 5, 26), date(2026, 6, 25))
    assert calendar.days_of(Period.month(2026, 7)) == (date(2026, 6, 26), date(2026, 7, 31))


def test_the_earliest_rule_also_holds_before_it_begins_and_rules_may_come_in_any_order() -> None:
    calendar = Calendar((rule("00:00", "夜白中", date(2026, 6, 1)), rule("08:00", "白中夜", date(2026, 1, 1))))
    assert calendar.shift_of(datetime(2017, 3, 29, 12)) == (date(2017, 3, 29), 1)
