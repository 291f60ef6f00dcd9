"""Deadlines in the plant's working days, and when each rung of the ladder is reached."""

import datetime as dt

import pytest

from ronglu.kernel.loops.due import Due, In, Rung, last_day, steps
from ronglu.kernel.time.workday import Holiday, WorkCalendar

# a Tuesday; 清明 is kept from Saturday 4 to Monday 6 April
AT = dt.datetime(2026, 3, 10, 9, 0)
DAYS = WorkCalendar(Holiday(on=dt.date(2026, 4, day), works=False, name="清明节") for day in (4, 5, 6))


@pytest.mark.parametrize(
    ("due", "since", "until"),
    [
        (Due(1), AT, dt.datetime(2026, 3, 12)),
        (Due(4), AT, dt.datetime(2026, 3, 17)),  # over a weekend: Wednesday, Thursday, Friday, Monday
        (
            Due(1),
            dt.datetime(2026, 4, 3, 16),
            dt.datetime(2026, 4, 8),
        ),  # Friday before 清明: Tuesday is the next working day
        (Due(2), dt.datetime(2026, 4, 3, 16), dt.datetime(2026, 4, 9)),
        (Due(3, In.DAYS), dt.datetime(2026, 4, 3, 16), dt.datetime(2026, 4, 7)),
        (Due(8, In.HOURS), dt.datetime(2026, 4, 3, 23, 40), dt.datetime(2026, 4, 4, 7, 40)),
    ],
)
def test_a_span_ends_with_its_last_day_and_hours_run_through_holidays(
    due: Due, since: dt.datetime, until: dt.datetime
) -> None:
    assert due.reckon(since=since, data={}, workdays=DAYS) == until


def test_a_date_that_was_filled_in_decides_instead() -> None:
    due = Due(5, by="by_day")
    assert due.reckon(since=AT, data={"by_day": "2026-03-14"}, workdays=DAYS) == dt.datetime(2026, 3, 15)
    assert due.reckon(since=AT, data={"by_day": None}, workdays=DAYS) == dt.datetime(2026, 3, 18)


def test_the_day_people_name_is_the_one_before_the_closing_midnight() -> None:
    assert last_day(dt.datetime(2026, 3, 15)) == dt.date(2026, 3, 14)
    assert last_day(dt.datetime(2026, 3, 15, 7, 40)) == dt.date(2026, 3, 15)


def test_a_deadline_is_named_in_words() -> None:
    assert [Due(2).label, Due(8, In.HOURS).label, Due(30, In.DAYS).label] == ["2 个工作日", "8 小时", "30 天"]


def test_the_rungs_that_concern_a_case_come_in_the_order_of_time() -> None:
    ladder = (
        Rung(days=3, tell=("b",), label="后"),
        Rung(days=-3, tell=("a",), label="先"),
        Rung(days=7, tell=("c",), label="重大", when={"grade": frozenset({"major"})}),
    )
    due_at = dt.datetime(2026, 3, 15)
    assert list(steps(ladder, due_at=due_at, data={"grade": "minor"})) == [
        (dt.datetime(2026, 3, 12), 1), (dt.datetime(2026, 3, 18), 0)
    ]  # fmt: skip
    assert [no for _, no in steps(ladder, due_at=due_at, data={"grade": "major"})] == [1, 0, 2]
