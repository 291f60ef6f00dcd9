"""Crews that do not exist: fictitious rosters laid over the two real series, and how often they "break a tie".

Nobody competed there, so every first place is a false one. Rosters of four crews (both orders of rotation, any phase, any order
of the shifts) meet windows of a month and of two months at random; the pump flow is in because it wanders for weeks.
"""

import csv
import gzip
import os
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.line import Line
from ronglu.kernel.standing.contest import IMPROVEMENT
from ronglu.stats.contest import Measure, Shifts, judge

NAME = "contests of crews that do not exist"
ROUNDS = 50
PLACEBOS = 299
DAYS = (31, 62)
CYCLE = (0, 0, 1, 1, 2, 2, -1, -1)
CREWS = 4
LIMIT = 5.0
FLOTATION = (("% Silica Concentrate",), ("% Iron Concentrate",), ("Ore Pulp Flow",), ("Starch Flow",))
MIXED = ("% Silica Concentrate", "% Iron Concentrate", "Amina Flow", "Ore Pulp Density")
Series = dict[str, np.ndarray]


def measure() -> list[Line]:
    folder = Path(os.environ.get("RONGLU_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        print(f"{NAME}: no test data, nothing measured (set RONGLU_TEST_DATA)")
        return []
    lines = []
    for name, series, sets in cases(folder):
        broken = [false_wins(series, codes, seed=at, rounds=ROUNDS) for at, codes in enumerate(sets)]
        lines.append(
            Line(f"(i) {name}: ties broken between crews that do not exist", 100 * mean(broken), None, LIMIT, "%")
        )
    name, series, sets = next(cases(folder))
    for size, least in ((1.0, 0.0), (2.0, 80.0)):
        found = 100 * false_wins(series, sets[0], seed=7, rounds=ROUNDS, lift=size)
        lines.append(
            Line(f"(i) {name}: a crew better by {size:g} sigma is missed", 100 - found, None, 100 - least, "%")
        )
    return lines


def cases(folder: Path) -> Iterator[tuple[str, Series, tuple[tuple[str, ...], ...]]]:
    yield "flotation 2017", flotation(folder), (*FLOTATION, MIXED)
    yield "steel 2018", steel(folder), (("Usage_kWh",), ("CO2(tCO2)",), ("Usage_kWh", "CO2(tCO2)"))


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def false_wins(series: Series, codes: tuple[str, ...], *, seed: int, rounds: int, lift: float = 0.0) -> float:
    """The share of fictitious contests that name a winner, under the terms as they come (improvement on one's own past, 30 %);
    `lift` is by how much the first crew gets better in the contest, in σ of daily values."""
    rng = np.random.default_rng(seed)
    won = 0
    for _ in range(rounds):
        days = int(rng.choice(DAYS))
        first = int(rng.integers(0, len(series[codes[0]]) // 3 - 2 * days + 1)) * 3
        values = {code: series[code][first : first + 6 * days].copy() for code in codes}
        team = roster(2 * days, rng)
        for code in codes:
            ahead = (team == 0) & (np.arange(len(team)) >= 3 * days)
            values[code][ahead] += lift * series[code].reshape(-1, 3).mean(1).std()
        won += broken(values, team, seed=int(rng.integers(1 << 30)))
    return won / rounds


def broken(values: Series, team: np.ndarray, *, seed: int) -> bool:
    """The first half of the shifts is the crews' own past, the second the contest."""
    half = len(team) // 2
    past, now = (
        _shifts({code: v[part] for code, v in values.items()}, team[part]) for part in (slice(half), slice(half, None))
    )
    measures = [Measure(code, 1, 1, float(values[code].mean())) for code in values]
    found = judge(
        teams=CREWS,
        measures=measures,
        window=now,
        before=past,
        improvement=float(IMPROVEMENT),
        seed=seed,
        placebos=PLACEBOS,
    )
    ranked = sorted(one for one in found.overall if one is not None)
    return found.noise is not None and max(b - a for a, b in pairwise(ranked)) > found.noise


def _shifts(values: Series, team: np.ndarray) -> Shifts:
    at, ones = np.arange(len(team)), np.ones(len(team))
    return Shifts(team, at // 3 // len(CYCLE), at % 3, values, dict.fromkeys(values, ones))


def roster(days: int, rng: np.random.Generator) -> np.ndarray:
    """Which crew stands each shift of these days."""
    phase, step, order = int(rng.integers(8)), int(rng.choice((2, 6))), rng.permutation(3)
    found = np.full((days, 3), -1)
    for day in range(days):
        for crew in range(CREWS):
            shift = CYCLE[(day + phase + step * crew) % len(CYCLE)]
            if shift >= 0:
                found[day, order[shift]] = crew
    return found.ravel()


@cache
def flotation(folder: Path) -> Series:
    """Hours as means of shifts, from the first whole day on."""
    names, rows = _read(folder / "series/flotation_iron_hourly_2017.csv.gz")
    whole = rows[12 : 12 + (len(rows) - 12) // 24 * 24]
    return {name: whole[:, at].reshape(-1, 8).mean(1) for at, name in enumerate(names)}


@cache
def steel(folder: Path) -> Series:
    """Quarters of an hour as sums of shifts; the file begins with the first quarter of a day."""
    names, rows = _read(folder / "series/steel_energy_15min_2018h1.csv.gz", columns=5)
    whole = rows[: len(rows) // 96 * 96]
    return {name: whole[:, at].reshape(-1, 32).sum(1) for at, name in enumerate(names)}


def _read(path: Path, columns: int = 1000) -> tuple[list[str], np.ndarray]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    return head[1 : columns + 1], np.array([[float(cell) for cell in row[1 : columns + 1]] for row in rows])
