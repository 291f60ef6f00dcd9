"""Whole numbers out of addresses and forms: plain figures that every database can keep, and nothing else."""

from typing import Any

import pytest

from ronglu.kernel.keys import key_of, keys_of


@pytest.mark.parametrize(
    ("text", "key"),
    [("7", 7), ("0", 0), ("007", 7), (41, 41), ("9" * 18, 999_999_999_999_999_999)],
)
def test_plain_figures_are_a_key(text: Any, key: int) -> None:
    assert key_of(text) == key
    assert key < 2**63


@pytest.mark.parametrize(
    "text", ["", " 7", "-1", "+1", "1.0", "1e3", "٣", "３", "²", "七", "0x1", "1_000", "9" * 19, "9" * 5000, None, True]
)
def test_anything_else_is_none_and_never_an_error(text: Any) -> None:
    assert key_of(text) is None


def test_a_largest_number_may_be_stated() -> None:
    assert (key_of("100", most=100), key_of("100", most=99)) == (100, None)


def test_of_several_those_that_are_keys_stay_in_their_order() -> None:
    assert keys_of(["3", "x", "1", "٣", "9" * 30]) == [3, 1]
