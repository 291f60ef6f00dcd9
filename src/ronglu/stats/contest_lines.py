"""Lines compared with one another: each against its own plan, and how far two lines drift apart when nobody competes.

Crews of a line stand the same hours of the same furnace, so places can be dealt out anew (stats/contest.py). Lines cannot be
shuffled: each is its own plant and wanders for weeks. So the noise is taken from their own past: by how much the difference of
two lines changed from one stretch of days to the next as long, all over the days before the contest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.stats import t as student

from ronglu.stats.contest import Array, Measure, Shifts, Verdict, complete, usable

LEVEL = 0.01
"""Stricter than among crews, and than the five in a hundred promised: stretches that resemble their neighbours tell less of
the drift than their number says (bench/contest_lines.py measures it)."""
STRETCHES = 3
"""So many stretches must follow one another before the contest for the noise to be told; each is one degree of freedom."""
READ, HALF = 0.8, 0.5
"""Share of a stretch's days that must be read, and of all stretches that must be so."""


@dataclass(frozen=True, slots=True)
class Race:
    """All shifts in order of time, `block` the day counted from the first; the contest lasts the days [start, start + length)."""

    shifts: Shifts
    start: int
    length: int
    before: int
    """Days of the lines' own past that improvement is measured against."""


def judge(
    *, teams: int, measures: Sequence[Measure], plans: Mapping[str, Sequence[float]], race: Race, improvement: float = 0.0,
    least: int = 3, out: Collection[int] = (),
) -> Verdict:  # fmt: skip
    """Teams in `out` are compared with nobody. `plans`: what a shift of each line was to bring, in the measure's unit; a line without one is set against its own past."""
    shifts, day = race.shifts, race.shifts.block
    whole = complete(shifts, measures)
    now = whole & (day >= race.start) & (day < race.start + race.length)
    past = whole & (day >= race.start - race.before) & (day < race.start)
    worked = tuple(int(np.sum(now & (shifts.team == t))) for t in range(teams))
    able = [t for t in range(teams) if worked[t] >= least and t not in out and np.any(past & (shifts.team == t))]
    used = tuple(name for name, given in shifts.covariates.items() if usable(given))
    none: dict[str, tuple[None, ...]] = {one.code: (None,) * teams for one in measures}
    if len(able) < 2:
        return Verdict(none, (None,) * teams, None, None, worked, used)
    ruled = {one.code: _rulers(one, plans[one.code], shifts, past, able) for one in measures}
    series = {t: _days(shifts, measures, ruled, t, race) for t in able}
    slopes = _slopes(shifts, used, series, whole, race)
    level = {t: _mean(shifts, measures, ruled, t, now) - _drawn(shifts, used, slopes, t, now) for t in able}
    if improvement:
        for t in able:
            level[t] -= improvement * (_mean(shifts, measures, ruled, t, past) - _drawn(shifts, used, slopes, t, past))
    middle = sum(level.values()) / len(able)
    overall = tuple(level[t] - middle if t in level else None for t in range(teams))
    noise, chance = _noise(sorted(able, key=lambda t: -level[t]), level, series, race)
    return Verdict(none, overall, noise, chance, worked, used)


def _rulers(one: Measure, plans: Sequence[float], shifts: Shifts, past: Array, able: Sequence[int]) -> dict[int, float]:
    """The plan of each line; where any lacks one, the own past of all: one ruler for everybody."""
    if all(plans[t] for t in able):
        return {t: plans[t] for t in able}
    return {t: _ratio(shifts, one.code, past & (shifts.team == t)) for t in able}


def _ratio(shifts: Shifts, code: str, keep: Array) -> float:
    return float(shifts.num[code][keep].sum() / shifts.den[code][keep].sum())


def _mean(
    shifts: Shifts, measures: Sequence[Measure], ruled: Mapping[str, Mapping[int, float]], team: int, keep: Array
) -> float:
    """Per cent of the line's own plan above it, better is more; a ratio is the ratio of sums."""
    whole, mine = sum(one.weight for one in measures), keep & (shifts.team == team)
    parts = (one.weight * one.sign * (_ratio(shifts, one.code, mine) / ruled[one.code][team] - 1) for one in measures)
    return 100 * sum(parts) / whole


def _days(
    shifts: Shifts, measures: Sequence[Measure], ruled: Mapping[str, Mapping[int, float]], team: int, race: Race
) -> Array:
    """The same figure day by day, not-a-number where nothing was read."""
    keep = complete(shifts, measures) & (shifts.team == team)
    day, size = shifts.block[keep], race.start + race.length
    whole, found = sum(one.weight for one in measures), np.zeros(size)
    for one in measures:
        num = np.bincount(day, shifts.num[one.code][keep], minlength=size)[:size]
        den = np.bincount(day, shifts.den[one.code][keep], minlength=size)[:size]
        with np.errstate(divide="ignore", invalid="ignore"):
            found += 100 * one.weight / whole * one.sign * (num / den / ruled[one.code][team] - 1)
    return found


def _slopes(
    shifts: Shifts, used: Sequence[str], series: Mapping[int, Array], whole: Array, race: Race
) -> dict[str, float]:
    """What a covariate moves, day against day inside each line and its stretch; taken out of `series` in place."""
    drawn = {name: {t: _daily(shifts, name, t, whole, race) for t in series} for name in used}
    if not used:
        return {}
    rows, values = [], []
    for t, own in series.items():
        for part in (slice(0, race.start), slice(race.start, None)):
            x = np.column_stack([drawn[name][t][part] for name in used])
            read = np.isfinite(own[part]) & np.isfinite(x).all(axis=1)
            if read.sum() > 1:
                rows.append(x[read] - x[read].mean(axis=0))
                values.append(own[part][read] - own[part][read].mean())
    if not rows:
        return dict.fromkeys(used, 0.0)
    found, *_rest = np.linalg.lstsq(np.vstack(rows), np.concatenate(values), rcond=None)
    for t in series:
        for name, slope in zip(used, found, strict=True):
            series[t][:] -= slope * (drawn[name][t] - _centre(shifts, name))
    return dict(zip(used, (float(one) for one in found), strict=True))


def _daily(shifts: Shifts, name: str, team: int, whole: Array, race: Race) -> Array:
    keep = whole & (shifts.team == team)
    size = race.start + race.length
    read = np.bincount(shifts.block[keep], minlength=size)[:size]
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = np.bincount(shifts.block[keep], shifts.covariates[name][keep], minlength=size)[:size] / read
    return found


def _drawn(shifts: Shifts, used: Sequence[str], slopes: Mapping[str, float], team: int, keep: Array) -> float:
    """What the covariates alone gave a line in a stretch."""
    mine = keep & (shifts.team == team)
    return sum(slopes[n] * (float(shifts.covariates[n][mine].mean()) - _centre(shifts, n)) for n in used)


def _centre(shifts: Shifts, name: str) -> float:
    return float(np.nanmean(shifts.covariates[name]))


def _noise(
    ranked: Sequence[int], level: Mapping[int, float], series: Mapping[int, Array], race: Race
) -> tuple[float | None, float | None]:
    """The widest that any two neighbours in order may drift apart by themselves, once in a hundred times; and how often they
    drift as far as the widest gap seen. None where too few stretches lie before the contest."""
    told = [_drift(series[a] - series[b], race) for a, b in pairwise(ranked)]
    gaps = [level[a] - level[b] for a, b in pairwise(ranked)]
    if any(one is None for one in told):
        return None, None
    drifts = [one for one in told if one is not None]
    noise = max(size * float(student.ppf(1 - LEVEL / 2, free)) for size, free in drifts)
    widest = max(size for size, _free in drifts)
    chance = float(2 * student.sf(max(gaps) / widest, min(free for _size, free in drifts))) if widest else 0.0
    return noise, chance


def _drift(apart: Array, race: Race) -> tuple[float, int] | None:
    """Root mean square of the change of a difference from one stretch to the next, before the contest, and how many stretches
    that do not overlap it comes from."""
    n = race.length
    past = apart[: race.start]
    read = np.flatnonzero(np.isfinite(past))
    if not len(read):
        return None
    past = past[read[0] :]
    free = len(past) // n - 1
    if free < STRETCHES:
        return None
    found = []
    for at in range(n, len(past) - n + 1):
        left, right = past[at - n : at], past[at : at + n]
        if np.isfinite(left).mean() >= READ and np.isfinite(right).mean() >= READ:
            found.append(float(np.nanmean(right) - np.nanmean(left)))
    if len(found) < (len(past) - 2 * n + 1) * HALF:
        return None
    return float(np.sqrt(np.mean(np.square(found)))), free
