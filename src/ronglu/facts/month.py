"""One plant month in columns: its partitions on disk, read, rolled up and settled; only what is dirty is written again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from ronglu.facts import partition, readings
from ronglu.facts.counters import counter_slots
from ronglu.facts.engine import engine, put, read
from ronglu.facts.figures import Lines
from ronglu.facts.rollup import SLOTS, dues, reports, slots, sums, terms
from ronglu.facts.settle import settled_sums
from ronglu.facts.spine import SETTLED, Spine, expectation, spine
from ronglu.kernel.measure.indicator import Indicator
from ronglu.store.models import Plant, Unit

SUMS_KEYS = ["owner", "unit", "indicator", "key"]


@dataclass(frozen=True)
class Frame:
    """Everything fixed about one plant month before a reading is looked at."""

    plant: Plant
    month: int
    spine: Spine
    lines: Lines
    home: Path

    @property
    def con(self) -> Any:
        return engine(self.home)

    def owners(self) -> ir.Table:
        return put(self.con, "owners", self.spine.owners)

    def due(self) -> ir.Table:
        return put(self.con, "due", self.spine.due)


def frame(
    *, plant: Plant, month: int, first: dt.date, last: dt.date, until: dt.date, pack: Any, home: Path,
    closes: frozenset[dt.date] = frozenset(),
) -> Frame:  # fmt: skip
    """`pack` is the plant's loaded pack; `until` the last production day from which readings may be expected."""
    found = spine(plant=plant, first=first, last=last, until=until, closes=closes)
    return Frame(plant, month, found, lines_of(plant=plant, found=found, pack=pack), home)


def lines_of(*, plant: Plant, found: Spine, pack: Any) -> Lines:
    """Which indicators each reporting unit has: those of its process module whose series it reports."""
    channels = [c for c in found.channels if c.grain != SETTLED]
    grains = {(c.unit_id, c.series): c.grain for c in channels}
    owed = {(c.unit_id, c.series): expectation(c, found.first, found.last) for c in channels}
    modules = dict(Unit.objects.filter(plant=plant).values_list("pk", "module"))
    indicators: dict[int, dict[str, Indicator]] = {}
    for unit in sorted({u for u, _ in grains}):
        mine = {
            code: i
            for code, i in pack.indicators.items()
            if (not modules[unit] or i.module == modules[unit]) and reports(unit, i, grains)
        }
        derived = {
            code: i
            for code, i in pack.indicators.items()
            if i.of and (not modules[unit] or i.module == modules[unit]) and all(c in mine for c in i.of)
        }
        indicators[unit] = mine | derived
    return Lines(indicators=indicators, grains=grains, series=pack.series, owed=owed)


def refresh(*, plant: Plant, month: int, home: Path) -> partition.Written:
    """Writes the month's readings again from the tables."""
    table = readings.columns(plant=plant, month=month)
    return partition.write(home, table, fact="readings", plant=plant.code, month=month, keys=readings.KEYS)


def readings_table(f: Frame, *, months: tuple[int, ...] = ()) -> ir.Table:
    """The readings partitions of the frame's month (or of several) as one table; none written yet is none."""
    paths = written(f, months or (f.month,))
    return read(f.con, paths) if paths else put(f.con, "readings_none", readings.SCHEMA.empty_table())


def written(f: Frame, months: Sequence[int]) -> list[Path]:
    """The readings partitions of these months that there are."""
    paths = [partition.path_of(f.home, fact="readings", plant=f.plant.code, month=m) for m in months]
    return [path for path in paths if path.exists()]


def slots_table(f: Frame, *, which: str = "scores", months: tuple[int, ...] = ()) -> ir.Table:
    """Slots of every indicator, counters included, kept in memory for the roll-ups that follow."""
    wanted = {unit: found.values() for unit, found in f.lines.indicators.items()}
    table = readings_table(f, months=months)
    made = slots(f.con, readings=table, terms_table=terms(lines=wanted, grains=f.lines.grains), which=which)
    made_arrow = made.to_pyarrow().cast(SLOTS)
    counters = counter_slots(f, which=which, months=months)
    return put(f.con, f"slots_{which}", pa.concat_tables([made_arrow, counters]))


def month_sums(f: Frame, slot: ir.Table, *, which: str = "scores") -> list[dict[str, Any]]:
    """The month's totals by owner and unit, settlements applied."""
    rows = sums(slot, owners=f.owners(), period={}).to_pyarrow().to_pylist()
    return settled_sums(f, rows, which=which)


def month_dues(f: Frame) -> list[dict[str, Any]]:
    return dues(f.due(), owners=f.owners(), period={}).to_pyarrow().to_pylist()


# what readings come to that were added up, over a shift or over a month
ADDED = [
    ("total", pa.int64()),
    ("n", pa.int64()),
    ("low", pa.int64()),
    ("high", pa.int64()),
    ("last", pa.int64()),
    ("last_at", pa.timestamp("s")),
    ("secs", pa.int64()),
    ("waits", pa.int64()),
]
# a month added up, settlements applied: quarters, halves and years are made of these
SUMS = pa.schema(
    [("owner", pa.int64()), ("unit", pa.int64()), ("indicator", pa.string()), ("key", pa.string()), *ADDED]
)
