"""The four words at their very edges."""

import pytest

from ronglu.kernel.measure.effect import Word
from ronglu.stats.verdict import Rank, word

GOOD = (1.0, 3.0)


def rank(as_good: int, *, others: int = 99, clear: int = 40, clear_as_good: int = 0, **more: int) -> Rank:
    return Rank(others, as_good, clear, clear_as_good, **more)


def said(
    found: Rank,
    *,
    robust: tuple[float, float] = GOOD,
    calibrated: tuple[float, float] = GOOD,
    smallest: float | None = 0.1,
) -> Word:
    return word(found, robust=robust, calibrated=calibrated, smallest=smallest)


def test_five_in_a_hundred_with_itself_among_them_are_proven_and_six_are_likely() -> None:
    assert said(rank(4)) is Word.PROVEN  # (4 + 1) / 100
    assert said(rank(5)) is Word.LIKELY  # 6 %
    assert said(rank(19)) is Word.LIKELY
    assert said(rank(20)) is Word.UNTOLD


@pytest.mark.parametrize(
    "found",
    [rank(0, clear=39, clear_as_good=2), rank(0, mirrored=100, mirrored_as_good=6)],
    ids=["windows clear of the real one", "windows of sister lines"],
)
def test_more_than_five_in_a_hundred_of_any_kind_are_never_proven(found: Rank) -> None:
    assert found.share > 0.05
    assert said(found) is Word.LIKELY


def test_an_interval_that_holds_nought_is_never_proven() -> None:
    assert said(rank(0), robust=(-0.1, 3.0)) is Word.LIKELY


def test_a_change_for_the_worse_is_neither_likely_nor_proven() -> None:
    assert said(rank(0), robust=(-3.0, -1.0)) is Word.UNTOLD


def test_a_change_too_small_to_speak_of_is_none_however_sure_it_is() -> None:
    sure = (0.02, 0.08)
    assert said(rank(0), robust=sure, calibrated=sure, smallest=0.1) is Word.NONE
    assert said(rank(0), robust=sure, calibrated=sure, smallest=0.07) is Word.PROVEN


def test_no_effect_needs_both_intervals_inside_the_smallest_change() -> None:
    small = (-0.05, 0.08)
    assert said(rank(50), robust=small, calibrated=small) is Word.NONE
    assert said(rank(50), robust=small, calibrated=(-0.05, 0.11)) is Word.UNTOLD
    assert said(rank(50), robust=(-0.11, 0.08), calibrated=small) is Word.UNTOLD
    assert said(rank(50), robust=small, calibrated=small, smallest=None) is Word.UNTOLD
