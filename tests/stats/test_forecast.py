"""Where a running total will end: exact where nothing scatters, honest about its interval on real series."""

import csv
import datetime as dt
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from ronglu.stats.forecast import LEAST, ahead, both

DATA = Path(os.environ.get("RONGLU_TEST_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "series"
HORIZONS = (3, 7, 14, 20)


def test_a_line_that_always_brings_the_same_ends_where_it_must() -> None:
    found = ahead([50.0] * 40, days=10)
    assert found is not None and (found.point, found.low, found.high) == pytest.approx((500.0, 500.0, 500.0))
    assert found.held == found.tries > 0


@pytest.mark.parametrize(("past", "days"), [(LEAST - 1, 5), (40, 0), (40, 41)])
def test_it_says_nothing_of_too_short_a_past_or_too_far_a_future(past: int, days: int) -> None:
    assert ahead([50.0] * past, days=days) is None


def test_the_same_days_give_the_same_interval() -> None:
    past = list(np.random.default_rng(7).normal(100, 8, 90))
    assert ahead(past, days=12) == ahead(past, days=12)


def test_independent_days_spread_as_theory_says() -> None:
    """σ 8, 12 days to come, mean of 60 estimated: 1.28 × 8 × √(12 + 12²/60) = 39 either side; smoothing adds a little."""
    halves = []
    for seed in range(40):
        past = np.random.default_rng(seed).normal(100, 8, 120)
        _, low, high = both(past, 12)
        halves.append((high - low) / 2)
    assert 33 < float(np.mean(halves)) < 52


def test_the_interval_covers_about_eighty_of_a_hundred_windows_of_the_real_series() -> None:
    """Every column of the flotation hours by day and the steel works' power; every second origin from the 90th day on."""
    series = [*_flotation(), _steel()]
    share = {days: _coverage(series, days) for days in HORIZONS}
    whole = sum(share.values()) / len(share)
    print("80 % interval covers", {days: round(one, 3) for days, one in share.items()}, "all", round(whole, 3))
    assert 0.75 <= whole <= 0.90
    assert all(0.70 <= one <= 0.92 for one in share.values())


def _coverage(series: list[np.ndarray], days: int) -> float:
    hits = tries = 0
    for one in series:
        for origin in range(90, len(one) - days + 1, 2):
            _, low, high = both(one[:origin], days)
            hits += low <= one[origin : origin + days].sum() <= high
            tries += 1
    return hits / tries


def _flotation() -> list[np.ndarray]:
    """Sums of whole days, column by column."""
    path = DATA / "flotation_iron_hourly_2017.csv.gz"
    if not path.exists():
        pytest.skip("the real series are not in RONGLU_TEST_DATA: the interval was not tried on them")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    days: dict[str, list[list[float]]] = {}
    for row in rows[1:]:
        days.setdefault(row[0][:10], []).append([float(text) for text in row[1:]])
    whole = np.array([np.sum(found, axis=0) for _, found in sorted(days.items()) if len(found) == 24])
    return list(whole.T)


def _steel() -> np.ndarray:
    """Power of a day; a stamp closes its quarter of an hour and midnight the day it is labelled with."""
    path = DATA / "steel_energy_15min_2018h1.csv.gz"
    days: dict[dt.date, float] = {}
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            day = dt.datetime.strptime(row["date"], "%d-%m-%Y %H:%M").date()
            days[day] = days.get(day, 0.0) + float(row["Usage_kWh"])
    return np.array([days[day] for day in sorted(days)])
