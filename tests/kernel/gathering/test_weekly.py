"""“雷打不动”: weeks in a row, and the week that was left out. 2026-03-09 is a Monday."""

import datetime as dt

import pytest

from ronglu.kernel.gathering.weekly import streak

MON = dt.date(2026, 3, 9)
WEEK = dt.timedelta(days=7)


def weeks(*back: int) -> list[dt.date]:
    """A Wednesday of the running week (0) or of weeks before."""
    return [MON + dt.timedelta(days=2) - n * WEEK for n in back]


@pytest.mark.covers("S4-08")
@pytest.mark.parametrize(
    ("back", "count", "missed", "omitted"),
    [
        ((0, 1, 2, 3), 4, [], False),
        ((1, 2, 3), 3, [], False),
        ((2, 3), 0, ["2026-W10"], True),
        ((0, 2, 3), 1, ["2026-W10"], False),
        ((1, 3), 1, ["2026-W09"], False),
    ],
)
def test_weeks_in_a_row_and_the_one_left_out(
    back: tuple[int, ...], count: int, missed: list[str], omitted: bool
) -> None:
    found = streak(weeks(*back), since=MON - 3 * WEEK, on=MON + dt.timedelta(days=4))
    assert (found.weeks, [str(one) for one in found.missed], found.omitted) == (count, missed, omitted)


def test_nothing_is_missed_before_the_first_whole_week() -> None:
    found = streak(weeks(0), since=MON + dt.timedelta(days=2), on=MON + dt.timedelta(days=4))
    assert (found.weeks, found.missed) == (1, ())


def test_two_meetings_in_a_week_are_one_week() -> None:
    found = streak([*weeks(1), *weeks(1)], since=MON - WEEK, on=MON)
    assert found.weeks == 1
