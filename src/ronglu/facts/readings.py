"""Readings of one plant's statistical month as columns: one row a version that is shown or scores."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ronglu.facts.engine import uncollected
from ronglu.store.models import SCORING, Channel, Plant, Reading, ReadingState

SCHEMA = pa.schema(
    [
        ("unit", pa.int64()),
        ("series", pa.string()),
        ("grain", pa.string()),
        ("starts_at", pa.timestamp("s")),
        ("secs", pa.int64()),
        ("day", pa.date32()),
        ("shift_no", pa.int64()),
        ("letter", pa.string()),
        ("version", pa.int64()),
        ("value", pa.int64()),
        # the last audited version scores; the newest one is shown, audited or not (09-8)
        ("scores", pa.bool_()),
        ("shown", pa.bool_()),
    ]
)
KEYS = ["unit", "series", "grain", "starts_at", "version"]
GONE = (ReadingState.SUPERSEDED, ReadingState.REJECTED)


def columns(*, plant: Plant, month: int) -> pa.Table:
    """Every standing version of the month's readings; a version deleted by mark takes its slot away with it."""
    channels = {c.pk: c for c in Channel.objects.filter(unit__plant=plant)}
    found = (
        Reading.objects.filter(month=month, channel_id__in=list(channels))
        .exclude(state__in=GONE)
        .order_by("channel_id", "starts_at", "version")
        .values_list("channel_id", "starts_at", "ends_at", "day", "shift_no", "letter", "version", "value", "state")
    )
    with uncollected():
        rows = list(found)
        return _table(rows, channels) if rows else SCHEMA.empty_table()


def _table(rows: list[tuple[Any, ...]], channels: dict[int, Channel]) -> pa.Table:
    channel, starts, ends, day, shift, letter, version, value, state = zip(*rows, strict=True)
    ids = np.asarray(channel, dtype=np.int64)
    from_at, until_at = (pa.array(at, pa.timestamp("s")).to_numpy() for at in (starts, ends))
    slot_ends = np.append((ids[1:] != ids[:-1]) | (from_at[1:] != from_at[:-1]), True)
    known = list(channels)
    at = {pk: i for i, pk in enumerate(known)}
    index = np.fromiter((at[i] for i in channel), dtype=np.int32, count=len(channel))

    def label(attribute: str, type_: pa.DataType) -> pa.Array:
        values = pa.array([getattr(channels[pk], attribute) for pk in known], type_)
        return values.take(pa.array(index))

    table = pa.table(
        [
            label("unit_id", pa.int64()),
            label("series", pa.string()),
            label("grain", pa.string()),
            pa.array(from_at, pa.timestamp("s")),
            pa.array((until_at - from_at).astype(np.int64), pa.int64()),
            pa.array(day, pa.date32()),
            pa.array(shift, pa.int64()),
            pa.array(letter, pa.string()),
            pa.array(version, pa.int64()),
            pa.array(value, pa.int64()),
            pa.array([s in SCORING for s in state], pa.bool_()),
            pa.array(slot_ends, pa.bool_()),
        ],
        schema=SCHEMA,
    )
    return table.filter(pc.is_valid(table["value"]))
