"""The gap to a benchmark, and how much of it was closed."""

from decimal import Decimal as D

from ronglu.kernel.measure.benchmark import closed, gap
from ronglu.kernel.measure.indicator import Direction


def test_the_gap_is_what_is_missing_whichever_way_is_better():
    assert gap(D(94), D(96), Direction.UP) == D(2)
    assert gap(D(44), D(40), Direction.DOWN) == D(4)
    assert gap(D(39), D(40), Direction.DOWN) == D(-1)
    assert gap(D(60), D(61), Direction.BAND) is None and gap(None, D(1), Direction.UP) is None


def test_a_gap_is_closed_in_part_or_widens():
    assert closed(D(4), D(3)) == D("25.00")
    assert closed(D(4), D(5)) == D("-25.00")
    assert closed(D(4), D(-1)) == D("125.00")
    assert closed(D(0), D(1)) is None and closed(None, D(1)) is None
