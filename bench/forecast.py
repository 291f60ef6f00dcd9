"""(k): does the 80 % interval of the month-end forecast hold what it promises? On real series, from every day of them.

What was known by a day, the sum of the days to come foretold, and whether what came lay inside. The same series as the
test of stats/forecast, counted over every column of the flotation hours and the steel works' power.
"""

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from bench.effect import DATA, rows_of, steel
from bench.line import Line
from ronglu.stats.forecast import SURE, both

NAME = "the forecast's interval"
TABLES = False
AHEAD = (3, 7, 14, 20)
"""Days to come."""
BEFORE = 90
OUTSIDE, ALL, WIDE = 30.0, 25.0, 90.0
"""Per cent: outside at one distance, outside over all of them, and inside over all: an interval that holds anything says nothing."""
Days = npt.NDArray[np.float64]


def measure() -> list[Line]:
    if not DATA.exists():
        print(f"(k) left out: no real series in {DATA.name}; set RONGLU_TEST_DATA", flush=True)
        return []
    series = [*flotation(), steel().values]
    inside = {days: covered(series, days) for days in AHEAD}
    windows = sum(tries for _, tries in inside.values())
    whole = 100 * sum(hits for hits, _ in inside.values()) / windows
    said = f"(k) {len(series)} series, {SURE:.0%} interval"
    lines = [
        Line(f"{said}, {days} days ahead, {tries:,} windows: outside", 100 * (1 - hits / tries), None, OUTSIDE, "%")
        for days, (hits, tries) in inside.items()
    ]
    return [
        *lines,
        Line(f"{said}, all {windows:,} windows: outside", 100 - whole, None, ALL, "%"),
        Line(f"{said}, all {windows:,} windows: inside", whole, None, WIDE, "%"),
    ]


def covered(series: list[Days], days: int) -> tuple[int, int]:
    """Windows whose sum lay inside, of how many."""
    hits = tries = 0
    for one in series:
        for origin in range(BEFORE, len(one) - days + 1):
            _, low, high = both(one[:origin], days)
            hits += low <= one[origin : origin + days].sum() <= high
            tries += 1
    return hits, tries


def flotation() -> list[Days]:
    """Sums of whole days, column by column."""
    days: dict[str, list[list[float]]] = defaultdict(list)
    for row in rows_of("flotation_iron_hourly_2017.csv.gz"):
        date, *values = row.values()
        days[date[:10]].append([float(text) for text in values])
    whole = np.array([np.sum(found, axis=0) for _, found in sorted(days.items()) if len(found) == 24])
    return list(whole.T)
