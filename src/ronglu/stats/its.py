"""Interrupted time series: the level of a window against the days before it, with Newey–West errors.

A frame is the days before a window and the window itself. Every frame of one question is as long as the others, so that the
effect of the real window and of a placebo window are the same reckoning on other days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.regression.linear_model import OLS

from ronglu.stats.series import Daily, Floats

WEEK = 7
ENOUGH = 0.8
"""Share of days that must be known before the window and inside it."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a frame holds; `trend` follows from the lengths alone, never from what comes out."""

    before: int
    length: int
    trend: bool = False
    weekday: bool = False
    covariates: tuple[Daily, ...] = ()

    @property
    def days(self) -> int:
        return self.before + self.length


@dataclass(frozen=True, slots=True)
class Fit:
    """`level` is the change in the window, in the indicator's unit; `low` and `high` the 95 % Newey–West interval."""

    level: float
    error: float
    low: float
    high: float
    lags: int
    days: int


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The known days of a frame, ready for the regression; the last column of `columns` is the window."""

    columns: Floats
    values: Floats
    known: Floats
    """Which days of the frame are used, as 0 and 1."""


def frame(model: Model, series: Daily, start: int, *, values: Floats | None = None) -> Frame | None:
    """None where too much is missing to say anything. `values` stand in for the series' own (a gap to sister lines)."""
    here = slice(start - model.before, start + model.length)
    own = series.values[here] if values is None else values
    columns = _columns(model, series, start)
    known = ~(np.isnan(own) | np.isnan(columns).any(axis=1))
    if known[: model.before].mean() < ENOUGH or known[model.before :].mean() < ENOUGH:
        return None
    return Frame(columns[known], own[known], known)


def _columns(model: Model, series: Daily, start: int) -> Floats:
    days = np.arange(model.days, dtype=np.float64)
    columns = [np.ones(model.days)]
    if model.trend:
        columns.append((days - model.before) / model.length)
    if model.weekday:
        week = (series.first.weekday() + start - model.before + np.arange(model.days)) % WEEK
        columns += [(week == day).astype(np.float64) for day in range(1, WEEK)]
    columns += [one.values[start - model.before : start + model.length] for one in model.covariates]
    columns.append((days >= model.before).astype(np.float64))
    return np.column_stack(columns)


def effect(framed: Frame, *others: Floats) -> list[float] | None:
    """The change of level alone, of the frame's values and of `others` over the same known days; None where the columns repeat each other."""
    beside = np.column_stack([framed.values, *others])
    found, _rest, rank, _singular = np.linalg.lstsq(framed.columns, beside, rcond=None)
    return [float(one) for one in found[-1]] if rank == framed.columns.shape[1] else None


def fit(framed: Frame, *, sure: float = 0.95) -> Fit:
    """The same change with its error, by the library."""
    lags = lags_for(len(framed.values))
    done = OLS(framed.values, framed.columns).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    low, high = done.conf_int(alpha=1 - sure)[-1]
    return Fit(float(done.params[-1]), float(done.bse[-1]), float(low), float(high), lags, len(framed.values))


def lags_for(days: int) -> int:
    """Newey and West's rule of thumb, and no less than a week: plants live by the week."""
    return max(WEEK, int(4 * (days / 100) ** (2 / 9)))


def aligned(series: Daily, covariates: Sequence[Daily]) -> tuple[Daily, ...]:
    return tuple(one.beside(series) for one in covariates)
