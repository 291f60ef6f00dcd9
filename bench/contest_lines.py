"""Lines that do not compete: the columns of a flotation plant as fictitious lines, and how often they "break a tie".

Each column is set against its own past; contests of a week, a fortnight and four weeks, among two to four columns, begin at random
where enough days lie before. Nobody competed, so every first place is a false one. Then a column is lifted above its plan.
"""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.contest import Series, flotation, mean
from bench.line import Line
from ronglu.kernel.standing.contest import IMPROVEMENT
from ronglu.stats.contest import Measure, Shifts
from ronglu.stats.contest_lines import STRETCHES, Race, judge

NAME = "contests of lines that do not compete"
ROUNDS = 30
COLUMNS = range(1, 8)
SETS = (("Air Flow",), ("Level",), ("Air Flow", "Level"))
DAYS = (7, 14, 27)
LINES = (2, 3, 4)
LEAD = 6.0
"""In σ of daily values, the mean of the columns': their weeks drift apart by up to a fifth of their level by themselves."""
LIMIT, MISSED = 5.0, 20.0


def measure() -> list[Line]:
    folder = Path(os.environ.get("RONGLU_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        print(f"{NAME}: no test data, nothing measured (set RONGLU_TEST_DATA)")
        return []
    series, lines = flotation(folder), []
    for teams in LINES:
        quiet, lifted = [wins(series, teams=teams, lead=lead) for lead in (0.0, LEAD)]
        told = f"(k) {teams} columns"
        lines.append(Line(f"{told}: ties broken between lines that do not compete", 100 * quiet[0], None, LIMIT, "%"))
        lines.append(
            Line(f"{told}: a line better by {LEAD:g} sigma does not win", 100 - 100 * lifted[1], None, MISSED, "%")
        )
    return lines


def wins(series: Series, *, teams: int, lead: float, rounds: int = ROUNDS) -> tuple[float, float]:
    """Shares of contests that name a winner at all, and that name the first line."""
    rng = np.random.default_rng(teams)
    found = [contest(series, sets, n, teams, rng, lead) for sets in SETS for n in DAYS for _ in range(rounds)]
    return mean([float(bool(one)) for one in found]), mean([float(one == "first") for one in found])


def contest(series: Series, sets: tuple[str, ...], days: int, teams: int, rng: np.random.Generator, lead: float) -> str:
    """Empty for a tie, else whether the first of the lines won or another."""
    whole = len(next(iter(series.values()))) // 3
    start = int(rng.integers((STRETCHES + 1) * days, whole - days + 1))
    columns = rng.choice(list(COLUMNS), teams, replace=False)
    at = np.repeat(np.arange(3 * (start + days)), teams)
    team = np.tile(np.arange(teams), 3 * (start + days))
    num, plans = {}, {}
    for code in sets:
        own = np.stack([series[f"Flotation Column 0{c} {code}"][: 3 * (start + days)] for c in columns], axis=1)
        plan = own[3 * (start - days) : 3 * start].mean(axis=0)
        own[3 * start :, 0] += lead * plan[0] * mean([_sigma(one) for one in (own / plan).T])
        num[code], plans[code] = own.ravel(), [float(one) for one in plan]
    shifts = Shifts(team, at // 3, at % 3, num, {code: np.ones(len(at)) for code in sets})
    told = judge(
        teams=teams, measures=[Measure(code, 1, 1, 1) for code in sets], plans=plans,
        race=Race(shifts, start, days, days), improvement=float(IMPROVEMENT),
    )  # fmt: skip
    ranked = sorted((value, place) for place, value in enumerate(told.overall) if value is not None)
    gaps = [above[0] - below[0] for below, above in pairwise(ranked)]
    if told.noise is None or max(gaps) <= told.noise:
        return ""
    return "first" if ranked[-1][1] == 0 and gaps[-1] > told.noise else "other"


def _sigma(values: np.ndarray) -> float:
    """Of daily values."""
    return float(values.reshape(-1, 3).mean(axis=1).std())
