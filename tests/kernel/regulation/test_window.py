"""Windows: the periods that touch some days, their grace, their names."""

from datetime import date

import pytest

from ronglu.kernel.regulation.window import Window, windows


def keys(grain: str, first: date, last: date) -> list[str]:
    return [one.key for one in windows(grain, first=first, last=last)]


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("month", ["2026-02", "2026-03", "2026-04"]),
        ("quarter", ["2026-Q1", "2026-Q2"]),
        ("half", ["2026-H1"]),
        ("year", ["2026"]),
        ("term", ["2026-02-10..2026-04-20"]),
        ("event", ["2026-02-10..2026-02-28", "2026-03-01..2026-03-31", "2026-04-01..2026-04-20"]),
    ],
)
def test_the_windows_that_touch_ten_weeks(grain: str, expected: list[str]) -> None:
    assert keys(grain, date(2026, 2, 10), date(2026, 4, 20)) == expected


def test_a_period_is_whole_even_where_only_a_part_was_asked_for() -> None:
    (quarter,) = windows("quarter", first=date(2026, 2, 10), last=date(2026, 2, 11), grace_days=5)
    assert (quarter.first, quarter.last, quarter.due_on) == (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 5))


def test_windows_cross_the_turn_of_a_year() -> None:
    assert keys("month", date(2025, 12, 31), date(2026, 1, 1)) == ["2025-12", "2026-01"]
    assert keys("year", date(2025, 12, 31), date(2026, 1, 1)) == ["2025", "2026"]


def test_an_event_is_named_by_its_day() -> None:
    one = Window.event(date(2026, 3, 12), grace_days=2)
    assert (one.key, one.label, one.due_on) == ("2026-03-12", "2026-03-12", date(2026, 3, 14))
    assert date(2026, 3, 12) in one and date(2026, 3, 13) not in one
