"""A day that is missing stays missing, whatever is done to the series."""

import datetime as dt
from decimal import Decimal

import numpy as np

from ronglu.stats.series import Daily

FIRST = dt.date(2026, 3, 1)


def day(n: int) -> dt.date:
    return dt.date(2026, 3, n)


def test_days_between_the_first_and_the_last_that_are_not_there_are_missing() -> None:
    series = Daily.of({day(4): Decimal("1.5"), day(1): Decimal(2)})
    assert series.first == FIRST
    assert len(series) == 4
    assert list(np.isnan(series.values)) == [False, True, True, False]
    assert series.place(day(4)) == 3


def test_beside_another_series_it_has_the_days_of_the_other() -> None:
    long = Daily.of({day(n): Decimal(n) for n in range(1, 11)})
    short = Daily.of({day(n): Decimal(n * 10) for n in (3, 4, 20)})
    found = short.beside(long).values
    assert [None if np.isnan(v) else v for v in found] == [None, None, 30, 40, *[None] * 6]


def test_outside_a_band_is_how_far_and_a_missing_day_stays_missing() -> None:
    series = Daily.of({day(1): Decimal(48), day(2): Decimal(55), day(3): Decimal(73), day(5): Decimal(60)})
    found = series.outside(50.0, 70.0).values
    assert [None if np.isnan(v) else v for v in found] == [2, 0, 3, None, 0]
    assert np.isnan(series.outside(None, 70.0).values[3])


def test_sigma_is_that_of_the_days_that_are_there() -> None:
    """1, 3 and 5: squares 4 + 0 + 4 over 2."""
    assert Daily.of({day(1): Decimal(1), day(2): Decimal(3), day(9): Decimal(5)}).sigma == 2.0
