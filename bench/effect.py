"""(j): is "did it work?" calibrated? On real series in which nothing was begun, and with a shift put into every window of them.

Windows of thirty days, each day of the series a possible beginning; σ is that of the daily values. What cannot be told counts
as missed. Beside it, how often a plain before-and-after test finds something in the very same windows.
"""

import csv
import datetime as dt
import gzip
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from scipy.stats import ttest_ind

from bench.line import Line
from ronglu.kernel.measure.effect import Word
from ronglu.stats.judge import Question, Untold, judge
from ronglu.stats.series import Daily

DATA = Path(os.environ.get("RONGLU_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data") / "series"
LENGTH, SHIFT = 30, 2.0
NAME = "did it work"
FALSE, MISSED, OUTSIDE = 5.0, 20.0, 15.0
"""Per cent; the calibrated interval leaves 5 on either side, and a little for being fitted to a series of half a year."""
LESS = -1
PLAIN = 0.05
DAY_STARTS = dt.timedelta(hours=8)


@dataclass
class Tally:
    """Verdicts over the windows of a series."""

    windows: int = 0
    words: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    covered: int = 0
    calibrated: int = 0
    plain: int = 0
    """In how many a two-sample test at 5 % finds a change to the better."""

    def share(self, *words: str) -> float:
        return sum(self.words[word] for word in words) / self.windows

    @property
    def judged(self) -> int:
        return sum(self.words.values())


def measure() -> list[Line]:
    if not DATA.exists():
        print(f"(j) no real series in {DATA.name}: set RONGLU_TEST_DATA", flush=True)
        return []
    lines = []
    for name, series in (("silica", silica()), ("steel energy", steel())):
        for better, side in ((LESS, "less"), (-LESS, "more")):
            lines += _lines(f"(j) {name}, {side} is better", series, better)
    return lines


def _lines(name: str, series: Daily, better: int) -> list[Line]:
    """Proven where nothing was done, a real shift missed, and how often the intervals leave the true shift out."""
    quiet, shifted = windows(series, better=better), windows(series, better=better, shift=SHIFT)
    missed = 1 - shifted.share(Word.PROVEN, Word.LIKELY)
    out, plainly_out = (1 - inside / shifted.judged for inside in (shifted.calibrated, shifted.covered))
    told = f"{name}: {quiet.windows} windows"
    return [
        Line(f"{told}, nothing done, proven (a plain test: {quiet.plain / quiet.windows:.0%})", 100 * quiet.share(Word.PROVEN), None, FALSE, "%"),
        Line(f"{told}, a shift of {SHIFT:g} sigma missed", 100 * missed, None, MISSED, "%"),
        Line(f"{told}, shift outside the interval (Newey-West alone: {plainly_out:.0%})", 100 * out, None, OUTSIDE, "%"),
    ]  # fmt: skip


def windows(series: Daily, *, better: int, shift: float = 0.0, step: int = 1) -> Tally:
    """Every window that has as many days before it, judged with `shift` σ put into it on the better side."""
    found = Tally()
    moved = better * shift * series.sigma
    for start in range(LENGTH, len(series) - LENGTH + 1, step):
        found.windows += 1
        here = slice(start, start + LENGTH)
        values = series.values.copy()
        values[here] += moved
        test = ttest_ind(values[here], values[start - LENGTH : start], nan_policy="omit")
        found.plain += int(test.pvalue < PLAIN and test.statistic * better > 0)
        try:
            answer = judge(Question(Daily(series.first, values), start, LENGTH, better))
        except Untold:
            continue
        way = answer.ways[0].fit
        found.words[answer.word] += 1
        found.covered += int(way.low <= moved <= way.high)
        found.calibrated += int(answer.calibrated[0] <= moved <= answer.calibrated[1])
    return found


def silica() -> Daily:
    """Per cent silica in the concentrate of a flotation plant, the mean of the hours of each production day."""
    hours: dict[dt.date, list[Decimal]] = defaultdict(list)
    for row in rows_of("flotation_iron_hourly_2017.csv.gz"):
        at = dt.datetime.fromisoformat(row["date"]) - DAY_STARTS
        hours[at.date()].append(Decimal(row["% Silica Concentrate"]))
    return Daily.of({day: sum(values, Decimal(0)) / len(values) for day, values in hours.items()})


def steel() -> Daily:
    """kWh of a steel works by the day; the stamp closes its quarter of an hour, and 00:00 is labelled with the day it closes."""
    days: dict[dt.date, Decimal] = defaultdict(Decimal)
    for row in rows_of("steel_energy_15min_2018h1.csv.gz"):
        label = dt.datetime.strptime(row["date"], "%d-%m-%Y %H:%M")
        days[label.date()] += Decimal(row["Usage_kWh"])
    return Daily.of(days)


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8-sig", newline="") as text:
        yield from csv.DictReader(text)
