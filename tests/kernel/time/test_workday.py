"""Working days are Monday to Friday, corrected by rows; deadlines count them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.time.workday import Holiday, WorkCalendar

MAY_2026 = WorkCalendar(
    [Holiday(date(2026, 5, day), False, "劳动节") for day in range(1, 6)] + [Holiday(date(2026, 5, 9), True, "调休")]
)


def test_a_holiday_is_off_and_a_shifted_saturday_is_on() -> None:
    """1 May 2026 is a Friday, 9 May a Saturday."""
    assert not MAY_2026.is_workday(date(2026, 5, 1))
    assert MAY_2026.is_workday(date(2026, 5, 9))
    assert not MAY_2026.is_workday(date(2026, 5, 10))
    assert MAY_2026.is_workday(date(2026, 5, 6))


def test_the_third_working_day_after_april_is_the_eighth_of_may() -> None:
    """6, 7 and 8 May; without rows 1, 4 and 5 May."""
    assert MAY_2026.add_workdays(date(2026, 4, 30), 3) == date(2026, 5, 8)
    assert WorkCalendar().add_workdays(date(2026, 4, 30), 3) == date(2026, 5, 5)
    assert MAY_2026.add_workdays(date(2026, 5, 6), -1) == date(2026, 4, 30)
    assert MAY_2026.add_workdays(date(2026, 5, 2), 0) == date(2026, 5, 2)


def test_the_working_days_of_a_range() -> None:
    assert list(MAY_2026.workdays(date(2026, 5, 1), date(2026, 5, 10))) == [date(2026, 5, n) for n in (6, 7, 8, 9)]


def test_a_year_without_rows_is_told() -> None:
    assert MAY_2026.knows(2026) and not MAY_2026.knows(2028)


def test_two_rows_for_a_day_are_refused() -> None:
    day = date(2026, 10, 1)
    twice = WorkCalendar([Holiday(day, False, "国庆节"), Holiday(day, True, "调休")])
    assert twice.problems() == ["2026-10-01 有两行：国庆节与调休，一天只能有一行"]


@given(st.dates(date(2026, 4, 1), date(2026, 6, 30)), st.integers(-40, 40))
def test_as_many_working_days_lie_between_as_were_added(day: date, n: int) -> None:
    there = MAY_2026.add_workdays(day, n)
    between = len(list(MAY_2026.workdays(min(day, there), max(day, there))))
    assert n == 0 or MAY_2026.is_workday(there)
    assert n == 0 or between == abs(n) + MAY_2026.is_workday(day)
