"""Sister lines as a mirror: what the line would have done, from lines where nothing was begun.

One sister line: difference in differences. Several: a synthetic control, weights that are not negative and sum to one,
fitted on the days before each window, levels apart.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from ronglu.stats.series import Floats


def gap(own: Floats, others: Floats, *, before: int) -> tuple[Floats, Floats]:
    """What lies between a line and its mirror day by day, and the weights of the mirror; `others` is days × lines."""
    weights = weights_of(own[:before], others[:before])
    return own - others @ weights, weights


def weights_of(own: Floats, others: Floats) -> Floats:
    """Least squares over the days that all lines have, of the movement about the mean; equal shares where there are too few."""
    lines = others.shape[1]
    even = np.full(lines, 1.0 / lines)
    known = ~(np.isnan(own) | np.isnan(others).any(axis=1))
    if lines == 1 or known.sum() <= lines:
        return even
    y, x = own[known] - own[known].mean(), others[known] - others[known].mean(axis=0)
    scale = float(np.abs(y).max()) or 1.0
    y, x = y / scale, x / scale

    def miss(weights: Floats) -> float:
        rest = y - x @ weights
        return float(rest @ rest) / len(y)

    def slope(weights: Floats) -> Floats:
        return -2 * x.T @ (y - x @ weights) / len(y)

    whole = {"type": "eq", "fun": lambda w: w.sum() - 1.0, "jac": lambda w: np.ones(lines)}
    found = minimize(miss, even, jac=slope, bounds=[(0.0, 1.0)] * lines, constraints=[whole], method="SLSQP")
    kept = np.clip(found.x, 0.0, None)
    return kept / kept.sum()
