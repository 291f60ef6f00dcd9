"""What happens to the invented lines: planned stops, shifts nobody reported, a meter that failed, how each crew does."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from ronglu.cli.demo.group import Line
from ronglu.cli.demo.scale import SEED

CREWS = {"甲": 1.008, "乙": 1.000, "丙": 0.993, "丁": 0.998}
"""How careful each crew is; the boards should let one find out."""
LOST = 0.004
"""Share of shifts nobody reported."""


@dataclass(frozen=True, slots=True)
class Stop:
    line: str
    from_on: dt.date
    until_on: dt.date
    reason: str


STOPS = {
    "qinglan": (
        Stop("R1", dt.date(2025, 8, 11), dt.date(2025, 8, 19), "年度大修"),
        # in the month of the contest that ended, of the whole and of the small group
        Stop("R1", dt.date(2025, 12, 30), dt.date(2025, 12, 31), "月度点检"),
        Stop("R1", dt.date(2026, 2, 26), dt.date(2026, 2, 27), "月度点检"),
        Stop("R2", dt.date(2026, 3, 17), dt.date(2026, 3, 20), "电炉检修"),
        Stop("F1", dt.date(2025, 10, 20), dt.date(2025, 10, 24), "炉衬更换"),
    ),
    "yunling": (Stop("F1", dt.date(2025, 11, 3), dt.date(2025, 11, 8), "阳极炉检修"),),
    "baishi": (
        Stop("X1", dt.date(2025, 6, 16), dt.date(2025, 6, 20), "磨机换衬板"),
        Stop("Y1", dt.date(2026, 1, 12), dt.date(2026, 1, 16), "球磨机检修"),
    ),
    "changhe": (Stop("A1", dt.date(2025, 9, 8), dt.date(2025, 9, 13), "压机检修"),),
}


@dataclass(frozen=True, slots=True)
class Silent:
    """A meter that told nothing for some days: the coverage of what it feeds falls."""

    line: str
    series: frozenset[str]
    from_on: dt.date
    until_on: dt.date


SILENT = {
    "qinglan": (Silent("F2", frozenset({"fr_gas", "fr_power"}), dt.date(2026, 3, 21), dt.date(2026, 3, 26)),),
    "yunling": (Silent("D3", frozenset({"el_steam"}), dt.date(2026, 3, 2), dt.date(2026, 3, 4)),),
    "baishi": (Silent("Y2", frozenset({"cn_power"}), dt.date(2026, 2, 6), dt.date(2026, 2, 12)),),
    "changhe": (),
}


def stopped(plant: str, line: str, day: dt.date) -> bool:
    return any(stop.line == line and stop.from_on <= day < stop.until_on for stop in STOPS[plant])


def silent(plant: str, line: str, series: str, day: dt.date) -> bool:
    return any(one.line == line and series in one.series and one.from_on <= day < one.until_on for one in SILENT[plant])


def mood(plant: str, line: Line, month: int) -> tuple[float, float]:
    """Load and skill of a line in a month: winter costs a little, and every month has its own luck."""
    chance = Random(f"{SEED}:mood:{plant}:{line.code}:{month}")
    winter = -0.006 if month % 100 in (12, 1, 2) else 0.002
    skew = float(line.skew) - 1
    load = 1 + skew * 0.8 + winter + (chance.random() - 0.5) * 0.03
    skill = 1 + skew * 0.6 + winter / 2 + (chance.random() - 0.5) * 0.014
    return load, skill
