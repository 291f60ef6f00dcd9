"""Lines against their own plans: size is no merit, what drifts apart by itself breaks no tie, and a clear lead wins."""

from pathlib import Path

import numpy as np
import pytest

from bench.contest import flotation
from bench.contest_lines import LEAD, wins
from ronglu.stats.contest import Measure, Shifts, Verdict
from ronglu.stats.contest_lines import Race, judge

FEED = Measure("feed", 1.0, 1, 100.0)


def told(
    values: np.ndarray, plans: list[float], *, length: int = 1, den: np.ndarray | None = None, grade: np.ndarray | None = None,
    improvement: float = 0.0, least: int = 1,
) -> Verdict:  # fmt: skip
    """`values`: one figure a day of each line, days × lines; the contest is the last `length` days."""
    days, lines = values.shape
    beside = {} if grade is None else {"grade": grade.ravel()}
    shifts = Shifts(
        np.tile(np.arange(lines), days), np.repeat(np.arange(days), lines), np.zeros(days * lines, int), {"feed": values.ravel()},
        {"feed": (np.ones_like(values) if den is None else den).ravel()}, beside,
    )  # fmt: skip
    race = Race(shifts, days - length, length, length)
    return judge(teams=lines, measures=[FEED], plans={"feed": plans}, race=race, improvement=improvement, least=least)


def test_each_line_is_set_against_its_own_plan_so_that_size_is_no_merit() -> None:
    """110 of 100 and 210 of 200: 10 % and 5 % above plan, 2.5 either side of their middle."""
    values = np.array([[100.0, 200.0]] * 5 + [[110.0, 210.0]])
    assert told(values, [100, 200]).overall == pytest.approx((2.5, -2.5))


def test_the_noise_is_how_far_two_lines_drift_apart_between_one_day_and_the_next() -> None:
    """The difference goes 0, 1, 0, 1, 0: it changes by 1 each day, five days are four changes, and Student's four degrees
    of freedom pass 4.6041 once in a hundred times."""
    values = np.array([[100.0, 100], [101, 100], [100, 100], [101, 100], [100, 100], [105, 100]])
    found = told(values, [100, 100])
    assert found.noise == pytest.approx(4.604095, abs=1e-6)
    assert found.overall == pytest.approx((2.5, -2.5))
    assert found.chance is not None and found.chance < 0.01
    closer = told(np.vstack([values[:5], [[104.6, 100]]]), [100, 100])
    assert closer.chance is not None and closer.chance > 0.01


def test_four_stretches_before_the_contest_are_the_least() -> None:
    rough = np.random.default_rng(1).normal(100, 1, (6, 2))
    assert told(rough[1:], [100, 100]).noise is not None
    assert told(rough[2:], [100, 100]).noise is None


def test_a_covariate_is_not_a_lines_doing() -> None:
    """Three tonnes a point of grade; the first line has ore two points richer in the contest, and no more than that."""
    rng = np.random.default_rng(2)
    grade = rng.normal(0, 1, (40, 2))
    grade[35:, 0] += 2
    values = 100 + 3 * grade + rng.normal(0, 0.01, (40, 2))
    raw, fair = told(values, [100, 100], length=5), told(values, [100, 100], length=5, grade=grade)
    assert raw.overall[0] is not None and raw.overall[0] > 2
    assert fair.overall == pytest.approx((0, 0), abs=0.05)
    assert fair.covariates == ("grade",)


def test_a_ratio_is_the_ratio_of_sums() -> None:
    """30/5 against a plan of 5 is 20 % above, 16/4 against 4 is even; the mean of 10/1 and 20/4 would be 7.5."""
    values = np.array([[5.0, 4]] * 8 + [[10, 8], [20, 8]])
    den = np.array([[1.0, 1]] * 8 + [[1, 2], [4, 2]])
    assert told(values, [5, 4], length=2, den=den).overall == pytest.approx((10, -10))


def test_where_a_line_has_no_plan_all_are_set_against_their_own_past() -> None:
    """104 after 80 is 30 % more, 110 after 100 is 10 %: 10 either side."""
    values = np.array([[80.0, 100]] * 5 + [[104, 110]])
    assert told(values, [0, 100]).overall == pytest.approx((10, -10))


def test_improvement_takes_away_part_of_what_a_line_always_does() -> None:
    """Both are 10 % above plan; one always was: 10 − 0.3 × 10 against 10, 1.5 either side."""
    values = np.array([[110.0, 100]] * 5 + [[110, 110]])
    assert told(values, [100, 100], improvement=0.3).overall == pytest.approx((-1.5, 1.5))


def test_a_line_that_stood_too_few_shifts_is_not_ranked() -> None:
    values = np.random.default_rng(3).normal(100, 1, (12, 3))
    values[9:, 2] = np.nan
    found = told(values, [100, 100, 100], length=3, least=2)
    assert found.overall[2] is None and found.overall[0] is not None
    assert found.shifts == (3, 3, 0)


@pytest.mark.parametrize("lines", [2, 4])
def test_on_a_real_plant_ties_hold_and_a_clear_lead_wins(test_data: Path, lines: int) -> None:
    """Columns of a flotation plant, months without any contest (small version of bench/contest_lines.py)."""
    broken, _first = wins(flotation(test_data), teams=lines, lead=0.0, rounds=12)
    _any, first = wins(flotation(test_data), teams=lines, lead=LEAD, rounds=12)
    assert broken <= 0.05
    assert first >= 0.8
