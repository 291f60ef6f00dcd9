"""Counters that an event resets (炉寿, 模具寿命): walked slot by slot, over every month written so far."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ronglu.facts import partition
from ronglu.facts.rollup import SLOTS
from ronglu.kernel.measure.counter import Slot, run
from ronglu.kernel.measure.indicator import counters

if TYPE_CHECKING:
    from ronglu.facts.month import Frame

COLUMNS = ["series", "starts_at", "value", "day", "shift_no", "letter", "secs"]


def counter_slots(f: Frame, *, which: str, months: tuple[int, ...] = ()) -> pa.Table:
    """Slots of `x@e` keys in the frame's month: total = height reached, stand = where the counter is afterwards."""
    rows: list[dict[str, Any]] = []
    for unit, found in f.lines.indicators.items():
        for indicator in found.values():
            for key in counters(indicator):
                counted, event = key.factors[0], key.event or ""
                rows += _walk(f, unit, indicator.code, key.text, counted, event, which, months or (f.month,))
    return pa.Table.from_pylist(rows, schema=SLOTS)


def _walk(
    f: Frame, unit: int, indicator: str, key: str, counted: str, event: str, which: str, months: tuple[int, ...]
) -> Iterator[dict[str, Any]]:
    read_rows = _history(f, unit, counted, event, which, max(months))
    events = {r["starts_at"]: r["value"] for r in read_rows if r["series"] == event}
    at = {r["starts_at"]: r for r in read_rows if r["series"] == counted}
    seen = sorted(at.keys() | {s for s, n in events.items() if n})
    slots = [Slot(s, Decimal(at[s]["value"]) if s in at else None, events.get(s, 0)) for s in seen]
    for reached in run(slots):
        row = at.get(reached.at)
        if row is None or row["month"] not in months:
            continue
        yield {
            "unit": unit,
            "indicator": indicator,
            "key": key,
            "starts_at": reached.at,
            "day": row["day"],
            "shift_no": row["shift_no"],
            "letter": row["letter"],
            "secs": row["secs"],
            "total": int(reached.height),
            "stand": int(reached.standing),
            "waits": 0,
        }


def _history(f: Frame, unit: int, counted: str, event: str, which: str, through: int) -> list[dict[str, Any]]:
    folder = partition.path_of(f.home, fact="readings", plant=f.plant.code, month=through).parent
    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.parquet")):
        month = int(path.stem)
        if month > through:
            continue
        wanted = [("unit", "==", unit), ("series", "in", [counted, event]), (which, "==", True)]
        # straight from the file: a statement for each of a hundred months would cost more to write than to run
        rows += [r | {"month": month} for r in pq.read_table(path, columns=COLUMNS, filters=wanted).to_pylist()]
    return rows
