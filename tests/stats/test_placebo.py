"""Positions, ranks and the interval on series small enough to count by hand."""

import datetime as dt

import numpy as np
import pytest

from ronglu.stats.its import Model
from ronglu.stats.placebo import Placebo, as_good, interval, positions
from ronglu.stats.series import Daily

FIRST = dt.date(2026, 1, 1)


def of(values: list[float]) -> Daily:
    return Daily(FIRST, np.array(values, dtype=np.float64))


def made(
    effects: list[float], *, real: int, clear: list[bool] | None = None, touch: list[float] | None = None
) -> Placebo:
    n = len(effects)
    reach = touch or [float(place == real) for place in range(n)]
    return Placebo(np.arange(n), np.array(effects), np.array(reach), np.array(clear or [True] * n), real)


def test_every_window_that_fits_is_a_position_and_knows_whether_it_is_clear() -> None:
    """Nine days, two before and two inside: beginnings 2 to 7. The real window is days 6 and 7."""
    found = positions(Model(2, 2), of([0, 0, 1, 1, 0, 0, 4, 4, 0]), start=6)
    assert list(found.starts) == [2, 3, 4, 5, 6, 7]
    assert found.effects == pytest.approx([1, 0, -1, 1.5, 4, 0], abs=1e-9)
    assert found.real == 4
    # frames of days 0–3, 1–4, 2–5 hold nothing of days 6 and 7
    assert list(found.clear) == [True, True, True, False, False, False]
    # what one unit of real change does at each position
    assert found.touch == pytest.approx([0, 0, 0, 0.5, 1, 0], abs=1e-9)


def test_positions_with_too_few_days_are_none() -> None:
    nan = float("nan")
    found = positions(Model(2, 2), of([0, nan, 1, 1, 0, 0, 4, 4, 0]), start=6)
    assert list(found.starts) == [4, 5, 6, 7]


def test_as_good_counts_ties_and_knows_which_way_is_better() -> None:
    found = made([3, 1, 3, -4, 0], real=0, clear=[False, True, False, True, True])
    assert as_good(found, better=1, sigma=1.0) == (1, 0, 3)
    assert as_good(found, better=-1, sigma=1.0) == (4, 3, 3)


def test_the_interval_leaves_out_what_would_put_the_window_among_the_outermost() -> None:
    """A hundred windows of −0.50 … 0.49 and the real one at 3: without a change of between 2.55 and 3.45 or so it would
    be one of the outermost five of a side.
    """
    others = [(n - 50) / 100 for n in range(100)]
    low, high = interval(made([*others, 3.0], real=100))
    assert low == pytest.approx(3 - 0.45, abs=0.05)
    assert high == pytest.approx(3 + 0.46, abs=0.05)


def test_windows_that_hold_part_of_the_change_do_not_widen_the_interval() -> None:
    """Ten more windows hold nine tenths of the change; it is taken out of them as it is tried out of the real one."""
    others = [(n - 50) / 100 for n in range(100)]
    beside = [2.7] * 10
    found = made([*others, *beside, 3.0], real=110, touch=[0.0] * 100 + [0.9] * 10 + [1.0])
    low, high = interval(found)
    assert 2.4 < low < 2.7
    assert 3.3 < high < 3.6
