"""Two teams side by side: their difference is told only where it is beyond what it has always been by chance."""

from decimal import Decimal as D

import pytest

from ronglu.kernel.measure.apart import LEAST, Pair, apart


def past(*steps: str) -> list[Pair]:
    """Differences between the two, on top of a month that moves both alike."""
    return [(D(40 + no) + D(step), D(40 + no)) for no, step in enumerate(steps)]


WOBBLE = past("0.1", "-0.1", "0.1", "-0.1", "0.1", "-0.1", "0.1", "-0.1")


@pytest.mark.parametrize(("ours", "told"), [("40.53", False), ("40.54", True), ("39.47", False), ("39.46", True)])
def test_the_limit_is_two_point_six_six_times_the_mean_moving_range_of_the_difference(ours: str, told: bool) -> None:
    """The difference moves by 0.2 each month: 2.66 × 0.2 = 0.532, whichever of the two is the larger."""
    assert apart((D(ours), D(40)), WOBBLE) is told


def test_what_moves_both_alike_is_not_in_the_difference() -> None:
    """Both rose by 7 over the eight months, and their difference stayed: a limit of their own levels would be 2.66 and more."""
    assert apart((D("41"), D("40")), WOBBLE) is True


def test_a_difference_that_was_always_there_is_beyond_chance() -> None:
    assert apart((D(45), D(40)), past("5", "5.1", "5", "5.1", "5", "5.1", "5", "5.1")) is True


@pytest.mark.parametrize("now", [(None, D(40)), (D(40), None)])
def test_who_was_not_read_is_not_compared(now: Pair) -> None:
    assert apart(now, WOBBLE) is None


def test_a_short_common_past_says_nothing() -> None:
    assert LEAST == 8 and apart((D(90), D(40)), WOBBLE[1:]) is None
    assert apart((D(90), D(40)), [(None, D(40)), *WOBBLE[1:]]) is None


def test_a_gap_in_the_past_ends_the_walk_and_is_not_bridged() -> None:
    """Nine months read, one missing between them; the step across it would be 8 and make a tie of everything."""
    steps = past("0", "0.1", "0", "0.1", "8", "8.1", "8", "8.1", "8")
    assert apart((D(41), D(40)), [*steps[:4], (None, D(44)), *steps[4:]]) is True
