"""Windows in which nothing was begun: how often does a window of the same length look as good by itself?

Compared is with every position of the window in the series, those that overlap the real one included. Leaving these out would
compare with the four or five windows that a half-year has room for, and one in four or five is always the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ronglu.stats import sisters
from ronglu.stats.its import Frame, Model, effect, frame
from ronglu.stats.series import Daily, Floats

STEPS = 801
REACH = 8.0
ALIKE = 1e-9
"""Of the scatter of days: effects closer to each other than this differ by the rounding of the machine alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Placebo:
    """One place an hypothetical window took: `starts` days into the series, what it seems to have changed.

    `touch` is how much of a real change by 1 the position would show; `clear` says that its frame shares no day with the real window.
    """

    starts: NDArray[np.int64]
    effects: Floats
    touch: Floats
    clear: NDArray[np.bool_]
    real: int
    """The place of the real window in the lists; −1 where there is none (a sister line)."""

    def __len__(self) -> int:
        return len(self.starts)


def framed(model: Model, series: Daily, start: int, controls: Sequence[Daily] = ()) -> Frame | None:
    """The frame of a position; with sister lines, of the gap to their mirror."""
    if not controls:
        return frame(model, series, start)
    here = slice(start - model.before, start + model.length)
    others = np.column_stack([one.values[here] for one in controls])
    values, _weights = sisters.gap(series.values[here], others, before=model.before)
    return frame(model, series, start, values=values)


def positions(model: Model, series: Daily, *, start: int, controls: Sequence[Daily] = (), own: bool = True) -> Placebo:
    """Every position that has enough days. `own` is false for a sister line, where `start` is no position of its own."""
    treated = np.zeros(len(series))
    treated[start : start + model.length] = 1.0
    rows = []
    for at in range(model.before, len(series) - model.length + 1):
        here = framed(model, series, at, controls)
        mark = treated[at - model.before : at + model.length]
        found = effect(here, mark[here.known]) if here else None
        if found:
            rows.append((at, found[0], found[1] if own else 0.0, not mark.any()))
    starts = np.array([row[0] for row in rows], dtype=np.int64)
    real = np.flatnonzero(starts == start) if own else np.array([], dtype=np.int64)
    return Placebo(
        starts,
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows], dtype=bool),
        int(real[0]) if len(real) else -1,
    )


def as_good(found: Placebo, *, better: int, sigma: float) -> tuple[int, int, int]:
    """Other positions at least as good as the real one; how many of them are clear of it; how many clear ones there are."""
    signed = found.effects * better
    good = signed >= signed[found.real] - ALIKE * sigma
    good[found.real] = False
    return int(good.sum()), int((good & found.clear).sum()), int(found.clear.sum())


def interval(found: Placebo, *, tail: float = 0.05) -> tuple[float, float]:
    """The changes that the real window may have had: those which, taken away again, leave it no longer among the outermost.

    The placebo test turned round: a change is in the interval unless, without it, fewer than `tail` of the positions
    (the real one counted) lie as far out on one side.
    """
    own = found.effects[found.real]
    spread = float(found.effects.std()) or 1.0
    tried = own + np.linspace(-REACH, REACH, STEPS) * spread
    left = found.effects[:, None] - tried[None, :] * found.touch[:, None]
    mine = left[found.real]
    above, below = (left >= mine).mean(axis=0), (left <= mine).mean(axis=0)
    inside = tried[np.minimum(above, below) > tail]
    return float(inside.min()), float(inside.max())
