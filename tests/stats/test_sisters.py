"""The mirror of sister lines: weights that are shares, and a gap that forgets levels."""

import numpy as np
import pytest

from ronglu.stats.sisters import gap, weights_of


def lines(days: int = 60, of: int = 3) -> np.ndarray:
    return np.random.default_rng(11).normal(size=(days, of)).cumsum(axis=0)


def test_a_line_that_is_three_parts_of_one_and_one_of_another_is_found_out() -> None:
    others = lines()
    own = 0.75 * others[:, 0] + 0.25 * others[:, 2] + 40  # another level
    assert weights_of(own, others) == pytest.approx([0.75, 0.0, 0.25], abs=1e-4)


def test_weights_are_never_negative_and_sum_to_one() -> None:
    others = lines()
    found = weights_of(-others[:, 0] + 0.1 * others[:, 1], others)
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1.0)


def test_one_sister_line_weighs_one_and_the_gap_is_the_difference() -> None:
    own, other = np.array([5.0, 6.0, 9.0]), np.array([[1.0], [2.0], [2.0]])
    found, weights = gap(own, other, before=2)
    assert list(weights) == [1.0]
    assert list(found) == [4.0, 4.0, 7.0]


def test_weights_rest_on_the_days_before_alone() -> None:
    others = lines()
    own = others[:, 1].copy()
    own[40:] = others[40:, 0] * 9  # what comes after must not choose its own mirror
    _found, weights = gap(own, others, before=40)
    assert weights == pytest.approx([0.0, 1.0, 0.0], abs=1e-4)


def test_days_that_one_line_lacks_are_left_out() -> None:
    others = lines()
    own = others[:, 1].copy()
    others[5, 0] = np.nan
    own[7] = np.nan
    assert weights_of(own, others) == pytest.approx([0.0, 1.0, 0.0], abs=1e-4)
