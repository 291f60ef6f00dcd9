"""Did it work? One question about one window of one indicator, and everything a page shows of the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ronglu.stats import placebo, sisters
from ronglu.stats.its import Fit, Model, aligned, fit
from ronglu.stats.placebo import Placebo, framed
from ronglu.stats.series import Daily
from ronglu.stats.verdict import POSITIONS, Rank, Word, word

MOST_BEFORE = 90
LEAST = 14
MONTH = 28
PART = 4
"""A quarter of the other days stand before the window, a month and ninety days being the bounds."""
TREND_FROM = 2


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """`start` is the place of the window's first day in the series; `better` is 1 where more is better, −1 where less is.

    `smallest` is the smallest change that matters, in the indicator's unit; without it nothing is ever called no effect.
    """

    series: Daily
    start: int
    length: int
    better: int
    smallest: float | None = None
    weekday: bool = False
    covariates: tuple[Daily, ...] = ()
    controls: tuple[Daily, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reckoning: its, did or synthetic; `weights` are those of the sister lines, in the order given."""

    code: str
    fit: Fit
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """`ways[0]` is the one that judges: with sister lines the mirror, without them the series alone. Signs as measured."""

    word: Word
    model: Model
    ways: tuple[Way, ...]
    calibrated: tuple[float, float]
    rank: Rank
    placebo: Placebo
    sigma: float


class Untold(Exception):
    """It cannot be told, and why: `code` and the numbers of the sentence."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code, numbers)
        self.code, self.numbers = code, numbers


def judge(question: Question) -> Answer:
    """Raises Untold where the days do not carry a judgement."""
    q = replace(
        question,
        covariates=aligned(question.series, question.covariates),
        controls=aligned(question.series, question.controls),
    )
    model = model_of(q)
    if q.series.sigma == 0:
        raise Untold("still")
    way = _way(q, model, q.controls)
    found = placebo.positions(model, q.series, start=q.start, controls=q.controls)
    if found.real < 0 or way is None:
        raise Untold("gaps", before=model.before, length=q.length)
    if len(found) - 1 < POSITIONS - 1:
        raise Untold("few", positions=len(found), needed=POSITIONS)
    rank = _rank(q, model, found)
    calibrated = placebo.interval(found)
    robust = (way.fit.low, way.fit.high)
    ways = [way] + [one for one in (_way(q, model, controls) for controls in _others(q)) if one]
    said = word(
        rank, robust=_turned(robust, q.better), calibrated=_turned(calibrated, q.better), smallest=q.smallest
    )  # fmt: skip
    return Answer(said, model, tuple(ways), calibrated, rank, found, q.series.sigma)


def model_of(q: Question) -> Model:
    """The days before follow from the lengths alone: were they chosen by where the window lies, windows would be judged by
    different rules and more than one in twenty could come out best. A trend only where the days before can carry one.
    """
    rest = len(q.series) - q.length
    least = max(LEAST, min(q.length, MONTH))
    before = min(max(least, rest // PART), MOST_BEFORE, rest - (POSITIONS - 1))
    if q.start + q.length > len(q.series):
        raise Untold("unfinished", days=max(0, len(q.series) - q.start), length=q.length)
    if before < least:
        raise Untold("short", days=len(q.series), needed=least + q.length + POSITIONS - 1)
    if q.start < before:
        raise Untold("early", before=max(0, q.start), needed=before)
    return Model(before, q.length, before >= TREND_FROM * q.length, q.weekday, q.covariates)


def _way(q: Question, model: Model, controls: tuple[Daily, ...]) -> Way | None:
    here = framed(model, q.series, q.start, controls)
    if here is None:
        return None
    if not controls:
        return Way("its", fit(here))
    past = slice(q.start - model.before, q.start)
    others = np.column_stack([one.values[past] for one in controls])
    weights = sisters.weights_of(q.series.values[past], others)
    return Way("did" if len(controls) == 1 else "synthetic", fit(here), tuple(float(one) for one in weights))


def _others(q: Question) -> list[tuple[Daily, ...]]:
    """The ways that stand beside the one that judges: the series alone where sister lines judged."""
    return [()] if q.controls else []


def _rank(q: Question, model: Model, found: Placebo) -> Rank:
    as_good, clear_as_good, clear = placebo.as_good(found, better=q.better, sigma=q.series.sigma)
    mirrored, beaten = 0, 0
    own = found.effects[found.real] * q.better / q.series.sigma
    for place, control in enumerate(q.controls):
        rest = (*q.controls[:place], *q.controls[place + 1 :])
        if rest and control.sigma:
            seen = placebo.positions(model, control, start=q.start, controls=rest, own=False)
            mirrored += len(seen)
            beaten += int((seen.effects * q.better / control.sigma >= own - placebo.ALIKE).sum())
    return Rank(len(found) - 1, as_good, clear, clear_as_good, mirrored, beaten)


def _turned(edges: tuple[float, float], better: int) -> tuple[float, float]:
    """The interval of the improvement."""
    low, high = sorted(edge * better for edge in edges)
    return low, high
