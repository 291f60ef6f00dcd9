"""(d): a month's roll-up from readings to the sums of lines and branches, at 1, 10 and 100 times 30,000 readings."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.line import Line, in_turn
from ronglu.config.plant import packs
from ronglu.facts.engine import engine, put
from ronglu.facts.readings import SCHEMA
from ronglu.facts.rollup import slots, sums, terms
from ronglu.facts.spine import OWNERS

NAME = "rolling a month up"
SERIES = {"sm_feed_dry": 10_000, "sm_coal": 4_300}
INDICATORS = ("SM-01", "SM-02")
LINES, DAYS, SHIFTS = 162, 31, 3  # 162 x 93 x 2 = 30,132 readings
FIRST = dt.date(2026, 3, 1)


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="ronglu-bench-") as home:
        con = engine(Path(home))
        once, ten, hundred = in_turn(*(_rollup(con, LINES * times) for times in (1, 10, 100)), rounds=3)
    rows = LINES * DAYS * SHIFTS * len(SERIES)
    return [
        Line(f"(d) a month's roll-up: {rows * 10:,} / {rows:,} readings (linear: 10)", ten, once, 10),
        Line(f"(d) a month's roll-up: {rows * 100:,} / {rows * 10:,} readings (linear: 10)", hundred, ten, 10),
    ]


def _rollup(con: Any, lines: int) -> Any:
    """A call that reads, joins and adds up a month of `lines` lines, each of them under a branch of its own."""
    wanted = [packs().indicators[code] for code in INDICATORS]
    readings = put(con, f"readings_{lines}", _readings(lines))
    owners = put(con, f"owners_{lines}", _owners(lines))
    grains = {(unit, series): "shift" for unit in range(lines) for series in SERIES}
    named = terms(lines=dict.fromkeys(range(lines), wanted), grains=grains)

    def call() -> None:
        slot = slots(con, readings=readings, terms_table=named)
        found = sums(slot, owners=owners, period={}).to_pyarrow()
        # a line and its branch, feed alone and feed and coal of the ratio
        if found.num_rows != lines * 2 * 3:
            raise AssertionError(f"{found.num_rows} sums of {lines} lines")

    return call


def _readings(lines: int) -> pa.Table:
    count = lines * DAYS * SHIFTS
    shift = np.tile(np.arange(DAYS * SHIFTS), lines)
    starts = np.datetime64(FIRST, "s") + shift * np.timedelta64(8 * 3600, "s")
    pieces = []
    for series, value in SERIES.items():
        columns: dict[str, Any] = {
            "unit": np.repeat(np.arange(lines), DAYS * SHIFTS),
            "starts_at": starts,
            "day": starts.astype("datetime64[D]"),
            "shift_no": shift % SHIFTS + 1,
            "value": value + shift,
        }
        fixed = {
            "series": series,
            "grain": "shift",
            "secs": 28_800,
            "letter": "甲",
            "version": 1,
            "scores": True,
            "shown": True,
        }
        arrays = [
            pa.array(columns[f.name], f.type)
            if f.name in columns
            else pa.repeat(pa.scalar(fixed[f.name], f.type), count)
            for f in SCHEMA
        ]
        pieces.append(pa.table(arrays, schema=SCHEMA))
    return pa.concat_tables(pieces)


def _owners(lines: int) -> pa.Table:
    unit = np.tile(np.repeat(np.arange(lines), DAYS), 2)
    owner = np.concatenate([np.repeat(np.arange(lines) * 2, DAYS), np.repeat(np.arange(lines) * 2 + 1, DAYS)])
    day = np.tile(np.datetime64(FIRST) + np.arange(DAYS), lines * 2)
    letter = pa.repeat(pa.scalar(""), len(unit))
    return pa.table([pa.array(owner), pa.array(unit), pa.array(day), letter], schema=OWNERS)
