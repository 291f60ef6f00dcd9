"""Limits and runs, each worked out by hand."""

from decimal import Decimal

import pytest

from ronglu.kernel.measure.control import ControlBand, Signal, band, ranges, signals

D = Decimal
UNIT = ControlBand(centre=D(0), low=D(-3), high=D(3), sigma=D(1), range_mean=D("1.128"), range_top=D("3.685176"), n=20)


def run(*values: str | None) -> list[Decimal | None]:
    return [None if value is None else D(value) for value in values]


def test_limits_are_the_mean_and_266_mean_ranges() -> None:
    """10 and 12 in turn: mean 11, every range 2, so 11 ± 5.32; σ = 2 ÷ 1.128."""
    found = band(run(*["10", "12"] * 10))
    assert found is not None
    assert (found.centre, found.low, found.high) == (D(11), D("5.68"), D("16.32"))
    assert (found.range_mean, found.range_top, found.n) == (D(2), D("6.534"), 20)
    assert found.sigma.quantize(D("0.0001")) == D("1.7730")


def test_a_gap_gives_no_range_and_is_not_nought() -> None:
    values = run("10", None, "12", "13")
    assert ranges(values) == [None, None, None, D(1)]
    found = band(values, least=3)
    assert found is not None
    assert found.centre == D(35) / 3
    assert found.range_mean == D(1)


def test_nineteen_values_and_values_that_never_move_have_no_band() -> None:
    assert band(run(*["10", "12"] * 9, "10")) is None
    assert band(run(*["10"] * 30)) is None


@pytest.mark.parametrize(
    ("rule", "values", "first", "last"),
    [
        (1, ("0.5", "-0.5", "3.1"), 2, 2),
        (2, ("0.1", "0.2") * 4 + ("0.1",), 0, 8),
        (3, ("-0.3", "-0.2", "-0.1", "0.1", "0.2", "0.3"), 0, 5),
        (4, ("0.1", "-0.1") * 7, 0, 13),
        (5, ("2.1", "0", "2.2"), 0, 2),
        (6, ("1.1", "1.2", "0", "1.3", "1.1"), 0, 4),
        (7, ("0.5", "-0.6", "-0.7") * 5, 0, 14),
        (8, ("1.1", "-1.2", "-1.3", "1.4") * 2, 0, 7),
    ],
)
def test_each_rule_finds_its_run_and_one_value_fewer_is_none(
    rule: int, values: tuple[str, ...], first: int, last: int
) -> None:
    assert Signal(rule, first, last, last) in signals(run(*values), UNIT)
    assert rule not in {one.rule for one in signals(run(*values[:-1]), UNIT)}


def test_a_missing_value_ends_a_run() -> None:
    whole = run(*["0.1"] * 9)
    assert [one.rule for one in signals(whole, UNIT)] == [2]
    broken = [*whole[:5], None, *whole[5:]]
    assert signals(broken, UNIT) == []


def test_a_run_that_goes_on_is_one_signal() -> None:
    assert [one for one in signals(run(*["0.1"] * 12), UNIT) if one.rule == 2] == [Signal(2, 0, 8, 11)]


def test_runs_that_touch_are_one_signal_and_runs_apart_are_two() -> None:
    """Two of three beyond two sigma on days 0–2 and 2–4; then again on 8–10."""
    values = run("2.1", "0", "2.1", "0", "2.1", "0", "0", "0", "2.1", "0", "2.1")
    assert [one for one in signals(values, UNIT) if one.rule == 5] == [Signal(5, 0, 2, 4), Signal(5, 8, 10, 10)]


def test_two_beyond_two_sigma_on_different_sides_are_no_signal() -> None:
    assert 5 not in {one.rule for one in signals(run("2.1", "0", "-2.2"), UNIT)}


def test_on_the_limit_is_inside() -> None:
    assert signals(run("3", "-3"), UNIT) == []
