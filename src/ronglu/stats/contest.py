"""Teams compared by their shifts: adjusted effects with robust intervals, and how large a gap must be to be more than luck.

Crews that do not exist still produce "winners". So the gap that breaks a tie is not read from a table of distributions but
from placebo rosters on the very same readings: inside each cycle of the roster the crews change their places at random, and
only two in a hundred such rosters may show a gap as large: stricter than the five in a hundred promised, because cycles that
resemble their neighbours make a real series luckier than a shuffled one (bench/contest.py measures it).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm  # type: ignore[import-untyped]

LEVEL = 0.02
PLACEBOS = 999
LAGS = 6
"""Shifts over which errors may hang together: two days."""
CONFIDENCE = 0.05
TINY = 1e-9
Array = npt.NDArray[Any]
Texts = Mapping[str, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator: its weight among all, +1 where more is better, and the size that a difference is set against."""

    code: str
    weight: float
    sign: int
    reference: float


@dataclass(frozen=True, slots=True)
class Shifts:
    """Shifts in order of time. `den` is 1 for a quantity; not-a-number is missing, never nought."""

    team: Array
    block: Array
    place: Array
    num: Mapping[str, Array]
    den: Mapping[str, Array]
    covariates: Mapping[str, Array] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        team: Sequence[int],
        block: Sequence[int],
        place: Sequence[int],
        num: Texts,
        den: Texts,
        covariates: Texts,
    ) -> Shifts:
        """From exact texts, as they are kept."""
        above, below, beside = ({code: _floats(one) for code, one in texts.items()} for texts in (num, den, covariates))
        return cls(_whole(team), _whole(block), _whole(place), above, below, beside)


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much a team differs from the mean of the teams, and the interval of 95 % with errors robust to autocorrelation."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """`overall` is in per cent of plan, better is more; `noise` the least gap that is more than luck, None where the
    window is too short to tell at all."""

    by_measure: Mapping[str, tuple[Effect | None, ...]]
    overall: tuple[float | None, ...]
    noise: float | None
    chance: float | None
    shifts: tuple[int, ...]
    covariates: tuple[str, ...]


def judge(
    *,
    teams: int,
    measures: Sequence[Measure],
    window: Shifts,
    before: Shifts | None = None,
    improvement: float = 0.0,
    least: int = 3,
    seed: int = 0,
    placebos: int = PLACEBOS,
    out: Collection[int] = (),
) -> Verdict:
    """Teams in `out` are told by their own figures and compared with nobody. `before` are the shifts of the time that each team's improvement is measured against, at the share `improvement`."""
    worked = tuple(int(np.sum(complete(window, measures) & (window.team == t))) for t in range(teams))
    able = [t for t in range(teams) if worked[t] >= least and t not in out]
    effects = {m.code: regress(m, window, teams) for m in measures}
    used = tuple(name for name, given in window.covariates.items() if usable(given))
    nothing = Verdict(effects, (None,) * teams, None, None, worked, used)
    if len(able) < 2:
        return nothing
    now = Panel.of(window, measures, able)
    if now is None:
        return nothing
    past = _past(before, measures, able, least) if improvement > 0 else None
    found, rng = now.effects(), np.random.default_rng(seed)
    draws = now.placebo(rng, placebos)
    if past is not None:
        found, draws = found - improvement * past.effects(), draws - improvement * past.placebo(rng, placebos)
    overall: list[float | None] = [None] * teams
    for place, team in enumerate(able):
        overall[team] = float(found[place])
    noise, chance = threshold(gap(found[None, :])[0], gap(draws))
    return Verdict(effects, tuple(overall), noise, chance, worked, used)


def gap(effects: Array) -> Array:
    """Of each row: the widest gap between two neighbours in order."""
    widest: Array = np.diff(np.sort(effects, axis=1), axis=1).max(axis=1)
    return widest


def _past(before: Shifts | None, measures: Sequence[Measure], able: Sequence[int], least: int) -> Panel | None:
    """Only where every team has a past to be measured against: else one would be compared with what others did."""
    if before is None:
        return None
    whole = complete(before, measures)
    return Panel.of(before, measures, able) if all(np.sum(whole & (before.team == t)) >= least for t in able) else None


def threshold(seen: float, placebo: Array) -> tuple[float | None, float]:
    """The gap that at most LEVEL of placebo rosters reach, and how many reached the one seen. The roster itself is counted
    in, so that a window with few distinct placebos never breaks a tie."""
    chance = (1 + int(np.sum(placebo >= seen - TINY))) / (len(placebo) + 1)
    keep = int(np.floor(LEVEL * (len(placebo) + 1)))
    reached = np.sort(placebo)[::-1]
    noise = float(reached[keep - 1]) if keep >= 1 else None
    distinct = len(np.unique(np.round(placebo, 9)))
    return (noise if distinct * LEVEL >= 1 else None), chance


@dataclass(frozen=True, slots=True)
class Panel:
    """One stretch of shifts with everything but the teams taken out: what a relabelling needs, and no more.

    A cell is one team of the roster in one cycle; a placebo roster hands the cells of each cycle to the teams anew.
    """

    gram: Array
    moment: Array
    cycles: int
    teams: int

    @classmethod
    def of(cls, shifts: Shifts, measures: Sequence[Measure], able: Sequence[int]) -> Panel | None:
        keep = complete(shifts, measures) & np.isin(shifts.team, able)
        z = together(shifts, measures, keep)
        if z is None or keep.sum() <= len(able):
            return None
        team = np.searchsorted(able, shifts.team[keep])
        _, block = np.unique(shifts.block[keep], return_inverse=True)
        cells = np.zeros((len(z), (block.max() + 1) * len(able)))
        cells[np.arange(len(z)), block * len(able) + team] = 1
        ground = independent(nuisance(shifts, keep))
        basis, _ = np.linalg.qr(ground)
        cells -= basis @ (basis.T @ cells)
        z = z - basis @ (basis.T @ z)
        return cls(cells.T @ cells, cells.T @ z, int(block.max()) + 1, len(able))

    def effects(self) -> Array:
        own = np.tile(np.arange(self.teams), (1, self.cycles, 1))
        return self._solve(own)[0]

    def placebo(self, rng: np.random.Generator, count: int) -> Array:
        orders = rng.random((count, self.cycles, self.teams)).argsort(axis=2)
        return np.concatenate([self._solve(part) for part in np.array_split(orders, max(1, count // 100))])

    def _solve(self, orders: Array) -> Array:
        """Least squares for each relabelling at once: sums of the cells that a team got."""
        cell = orders + np.arange(self.cycles)[None, :, None] * self.teams
        moments = self.moment[cell].sum(axis=1)
        grams = np.zeros((len(orders), self.teams, self.teams))
        for one in range(self.cycles):
            rows = self.gram[cell[:, one, :]]
            for other in range(self.cycles):
                at = np.broadcast_to(cell[:, other, None, :], (len(orders), self.teams, self.teams))
                grams += np.take_along_axis(rows, at, axis=2)
        found = np.einsum("nij,nj->ni", np.linalg.pinv(grams, rcond=1e-8, hermitian=True), moments)
        centred: Array = found - found.mean(axis=1, keepdims=True)
        return centred


def together(shifts: Shifts, measures: Sequence[Measure], keep: Array) -> Array | None:
    """All indicators as one figure a shift, in per cent of plan: (num − R·den) ÷ mean den, so that adding up a team's shifts
    gives the ratio of its sums, not the mean of its ratios."""
    whole = sum(m.weight for m in measures)
    if not keep.any() or whole <= 0:
        return None
    z = np.zeros(int(keep.sum()))
    for m in measures:
        num, den = shifts.num[m.code][keep], shifts.den[m.code][keep]
        if den.sum() == 0 or m.reference == 0:
            return None
        ratio = num.sum() / den.sum()
        z += 100 * m.weight / whole * m.sign * (num - ratio * den) / den.mean() / abs(m.reference)
    return z


def regress(measure: Measure, shifts: Shifts, teams: int) -> tuple[Effect | None, ...]:
    """Weighted least squares of the shifts' values on teams, position in the day, cycle and covariates; weights are the
    denominators, errors HAC. Effects in the indicator's own unit."""
    num, den = shifts.num[measure.code], shifts.den[measure.code]
    keep = np.isfinite(num) & np.isfinite(den) & (den > 0) & _known(shifts)
    present = [t for t in range(teams) if np.any(keep & (shifts.team == t))]
    none: tuple[Effect | None, ...] = (None,) * teams
    if len(present) < 2:
        return none
    dummies = (shifts.team[keep, None] == np.array(present)[None, :]).astype(float)
    design = independent(np.hstack([dummies, nuisance(shifts, keep)]), first=len(present))
    if len(design) <= design.shape[1]:
        return none
    fit = sm.WLS(num[keep] / den[keep], design, weights=den[keep] / den[keep].mean()).fit(
        cov_type="HAC", cov_kwds={"maxlags": LAGS, "use_correction": True}, use_t=True
    )
    contrast = np.zeros((len(present), design.shape[1]))
    contrast[:, : len(present)] = np.eye(len(present)) - 1 / len(present)
    told = fit.t_test(contrast)
    ends = told.conf_int(alpha=CONFIDENCE)
    found = dict(zip(present, zip(told.effect, ends, strict=True), strict=True))
    return tuple(
        Effect(float(found[t][0]), float(found[t][1][0]), float(found[t][1][1])) if t in found else None
        for t in range(teams)
    )


def nuisance(shifts: Shifts, keep: Array) -> Array:
    """What is nobody's merit: the hour of the shift, the cycle it lies in, and the covariates."""
    place, block = shifts.place[keep], shifts.block[keep]
    columns = [place[:, None] == np.unique(place)[None, :], block[:, None] == np.unique(block)[None, :]]
    columns += [_level(given[keep])[:, None] for given in shifts.covariates.values() if usable(given)]
    return np.hstack([column.astype(float) for column in columns])


def independent(columns: Array, first: int = 0) -> Array:
    """Columns that say something new, in order; the first ones always."""
    kept: list[int] = []
    basis = np.zeros((len(columns), 0))
    for at in range(columns.shape[1]):
        column = columns[:, at]
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)
        size = np.linalg.norm(rest)
        if at < first or size > 1e-7 * max(np.linalg.norm(column), TINY):
            kept.append(at)
            if size > TINY:
                basis = np.hstack([basis, (rest / size)[:, None]])
    return columns[:, kept]


def complete(shifts: Shifts, measures: Sequence[Measure]) -> Array:
    """Shifts of which every indicator was read."""
    keep = _known(shifts)
    for m in measures:
        keep = keep & np.isfinite(shifts.num[m.code]) & np.isfinite(shifts.den[m.code])
    return keep


def _known(shifts: Shifts) -> Array:
    keep = np.ones(len(shifts.team), dtype=bool)
    for given in shifts.covariates.values():
        if usable(given):
            keep = keep & np.isfinite(given)
    return keep


def usable(given: Array) -> bool:
    """A covariate that was read on four shifts of five, and moved."""
    read = given[np.isfinite(given)]
    return len(read) >= 0.8 * len(given) and len(read) > 2 and float(np.ptp(read)) > TINY


def _level(given: Array) -> Array:
    """Centred and scaled: of furnace heats and grades alike the sums keep their digits."""
    return (given - given.mean()) / (given.std() or 1.0)


def _whole(numbers: Sequence[int]) -> Array:
    return np.array(numbers, dtype=int)


def _floats(texts: Sequence[str | None]) -> Array:
    return np.array([np.nan if text is None else float(text) for text in texts], dtype=float)
