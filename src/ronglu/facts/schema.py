"""The declared fact tables: what one row is, and on which month's calendar a partition is cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from ronglu.facts.shares import LINES

FACT = pa.schema(
    [
        ("fact", pa.string()),
        *LINES,
        # what items filter by
        ("item", pa.string()),
        ("type", pa.string()),
        ("state", pa.string()),
        ("open_days", pa.int64()),
        # which record the row stands for: an indicator, a finding, a case
        ("record", pa.string()),
        ("label", pa.string()),
        ("unit", pa.string()),
        ("decimals", pa.int64()),
        ("covered", pa.int64()),
        ("expected", pa.int64()),
    ]
)
KEYS = ["branch", "item", "type", "part", "key", "record"]


@dataclass(frozen=True, slots=True)
class Fact:
    """`grain` says what one row is; `calendar` is stat for readings, civil for cases and duties (09-5)."""

    name: str
    grain: str
    calendar: str


FACTS = {
    f.name: f
    for f in (
        Fact("indicator_month", "branch × item × indicator × month", "stat"),
        Fact("cost_month", "branch × indicator × month", "stat"),
        Fact("benchmark_gap", "branch × indicator × month", "stat"),
        Fact("exceedance", "branch × indicator × month", "stat"),
        Fact("coverage", "branch × month", "civil"),
        Fact("org_finding", "branch × finding", "civil"),
    )
}
"""The facts of every plant. Those of loops, zones, events and missions are kept once a plant begins to (facts/civil.kept);
an item whose fact is in neither is 未接入.
"""


def table(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Rows, each with its fact, under the declared schema; what a fact does not have is missing, weights are 1."""
    empty = {"part": "", "weight": 1, "item": "", "type": "", "state": "", "record": ""}
    return pa.Table.from_pylist([empty | row for row in rows], schema=FACT)
