"""The way up from a node: itself first, then everything above it."""

import pytest

from ronglu.kernel.org.tree import chain

PARENTS: dict[int, int | None] = {1: None, 2: 1, 3: 2, 4: 9, 5: 6, 6: 5}


@pytest.mark.parametrize(
    ("start", "found"),
    [(3, [3, 2, 1]), (1, [1]), (4, [4, 9]), (7, [7]), (None, []), (5, [5, 6])],
)
def test_the_nearest_comes_first_a_ring_is_walked_once_and_an_unknown_one_stands_alone(
    start: int | None, found: list[int]
) -> None:
    assert chain(start, PARENTS) == found
