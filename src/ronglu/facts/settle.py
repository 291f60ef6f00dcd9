"""Month-end settlement (盘点、金属平衡): the settled figure of a series replaces the sum of its shift reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import ibis

from ronglu.facts.engine import total
from ronglu.facts.spine import SETTLED
from ronglu.kernel.measure.keys import parse

if TYPE_CHECKING:
    from ronglu.facts.month import Frame


def settled_figures(f: Frame, *, which: str) -> dict[tuple[int, str], int]:
    """(unit, series) → the month's settled figure, at the series' decimals."""
    from ronglu.facts.month import readings_table

    table = readings_table(f)
    found = table.filter((table.grain == SETTLED) & table[which]).select("unit", "series", "value")
    return {(r["unit"], r["series"]): r["value"] for r in found.to_pyarrow().to_pylist()}


def settled_sums(f: Frame, rows: Iterable[dict[str, Any]], *, which: str) -> list[dict[str, Any]]:
    """Rows with plain sums replaced; an owner of part of a line's month gets the part that its reports make of the whole."""
    rows = list(rows)
    if not any(c.grain == SETTLED for c in f.spine.channels):
        return rows
    settled = settled_figures(f, which=which)
    if not settled:
        return rows
    reported = reported_sums(f, settled, which=which)
    return [_settle(row, settled, reported) for row in rows]


def reported_sums(f: Frame, settled: Iterable[tuple[int, str]], *, which: str) -> dict[tuple[int, str], int]:
    from ronglu.facts.month import readings_table

    table = readings_table(f)
    wanted = [series for _, series in settled]
    found = table.filter((table.grain != SETTLED) & table[which] & table.series.isin(wanted))
    rows = found.group_by(["unit", "series"]).agg(total=total(ibis._.value))
    return {(r["unit"], r["series"]): r["total"] for r in rows.to_pyarrow().to_pylist()}


def _settle(
    row: dict[str, Any], settled: dict[tuple[int, str], int], reported: dict[tuple[int, str], int]
) -> dict[str, Any]:
    key = parse(row["key"])
    at = (row["unit"], row["key"])
    if not key.is_plain or at not in settled:
        return row
    whole = reported.get(at) or row["total"]
    share = row["total"] * settled[at] * 2 + whole
    return row | {"total": share // (whole * 2) if whole > 0 else settled[at]}
