"""The change of level against hand-worked means, against the library, and against Newey and West's own formula."""

import datetime as dt

import numpy as np
import pytest
import statsmodels.api as sm

from ronglu.stats.its import Model, effect, fit, frame, lags_for
from ronglu.stats.series import Daily

MONDAY = dt.date(2026, 3, 2)


def series(values: list[float]) -> Daily:
    return Daily(MONDAY, np.array(values, dtype=np.float64))


def rough(n: int, seed: int = 3) -> np.ndarray:
    """An autoregression: each day keeps half of the day before."""
    dice, found = np.random.default_rng(seed), [0.0]
    for _ in range(n - 1):
        found.append(found[-1] / 2 + dice.normal())
    return np.array(found)


def test_the_level_is_the_difference_of_the_two_means() -> None:
    """Before 1, 2, 3 (mean 2), inside 6, 8 (mean 7)."""
    here = frame(Model(3, 2), series([1, 2, 3, 6, 8]), 3)
    assert here is not None
    assert effect(here) == [pytest.approx(5.0)]


def test_a_missing_day_is_left_out_and_too_many_leave_no_frame() -> None:
    nan = float("nan")
    values = [1, 2, nan, 3, 2, 6, 8, 7, 7, 7]
    here = frame(Model(5, 5), series(values), 5)
    assert here is not None
    # four days of 1, 2, 3, 2 against five of 6, 8, 7, 7, 7
    assert len(here.values) == 9
    assert effect(here) == [pytest.approx(5.0)]
    assert frame(Model(5, 5), series([1, nan, nan, 3, 2, 6, 8, 7, 7, 7]), 5) is None
    assert frame(Model(5, 5), series([1, 2, 2, 3, 2, 6, nan, nan, 7, 7]), 5) is None


def test_a_trend_that_was_there_before_is_no_effect() -> None:
    """Half a unit a day throughout: the means lie apart, the level above the trend does not."""
    line = series([0.5 * n for n in range(30)])
    plain, trended = frame(Model(20, 10), line, 20), frame(Model(20, 10, trend=True), line, 20)
    assert plain is not None and trended is not None
    assert effect(plain) == [pytest.approx(7.5)]
    assert effect(trended) == [pytest.approx(0.0, abs=1e-9)]


def test_the_rhythm_of_the_week_is_taken_out_when_asked() -> None:
    """Sundays are 7 higher; a window of ten days that holds two of them looks better by itself."""
    week = series([7.0 if n % 7 == 6 else 0.0 for n in range(37)])
    plain, by_day = frame(Model(27, 10), week, 27), frame(Model(27, 10, weekday=True), week, 27)
    assert plain is not None and by_day is not None
    found = effect(plain)
    assert found is not None and abs(found[0]) > 0.3
    assert effect(by_day) == [pytest.approx(0.0, abs=1e-9)]


def test_what_a_declared_condition_explains_is_no_effect() -> None:
    ore = np.concatenate([rough(40), rough(20, seed=9) + 3])
    found = series(list(2 * ore))
    model = Model(40, 20, covariates=(series(list(ore)),))
    here = frame(model, found, 40)
    assert here is not None
    assert effect(here) == [pytest.approx(0.0, abs=1e-9)]


def test_a_condition_that_repeats_the_window_tells_nothing() -> None:
    window = series([0.0] * 20 + [1.0] * 10)
    here = frame(Model(20, 10, covariates=(window,)), series(list(rough(30))), 20)
    assert here is not None
    assert effect(here) is None


def test_the_fit_is_the_librarys_to_six_digits() -> None:
    values = rough(90) + np.r_[np.zeros(60), np.ones(30)]
    here = frame(Model(60, 30, trend=True), series(list(values)), 60)
    assert here is not None
    mine = fit(here)
    days = np.arange(90)
    columns = np.column_stack([np.ones(90), days, days >= 60])
    theirs = sm.OLS(values, columns).fit(cov_type="HAC", cov_kwds={"maxlags": 7, "use_correction": True}, use_t=True)
    low, high = theirs.conf_int()[2]
    told = (mine.level, mine.error, mine.low, mine.high)
    for ours, other in zip(told, (theirs.params[2], theirs.bse[2], low, high), strict=True):
        assert f"{ours:.6g}" == f"{other:.6g}"
    assert mine.level == pytest.approx(effect(here)[0])  # type: ignore[index]


def test_the_error_is_newey_and_wests_formula() -> None:
    """Bartlett weights 1 − l/(L + 1), small-sample factor n/(n − k): written out once more."""
    values = rough(60)
    here = frame(Model(30, 30), series(list(values)), 30)
    assert here is not None
    x = np.column_stack([np.ones(60), np.arange(60) >= 30]).astype(float)
    inverse = np.linalg.inv(x.T @ x)
    scores = x * (values - x @ (inverse @ x.T @ values))[:, None]
    middle = scores.T @ scores
    for lag in range(1, 8):
        across = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / 8) * (across + across.T)
    expected = np.sqrt((inverse @ middle @ inverse)[1, 1] * 60 / 58)
    assert fit(here).error == pytest.approx(expected)


def test_the_lags_are_a_week_at_least() -> None:
    assert lags_for(60) == 7
    assert lags_for(10_000) == 11
