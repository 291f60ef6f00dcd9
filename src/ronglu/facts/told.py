"""Fact rows as the kernel's lines and as the records that an explanation names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ronglu.kernel.rules.basis import Direction, Line, Method

Row = dict[str, Any]


def sums_of(rows: Iterable[Row]) -> Iterable[Line]:
    """Counted records of one label as one line: 19 of 20 measures, not twenty lines of one."""
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for row in rows:
        spot = (row["part"], row["key"], row["label"])
        num, den = found.get(spot, (0, 0))
        found[spot] = (num + row["num"], den + row["den"])
    return [Line(key, num, den, part, label) for (part, key, label), (num, den) in found.items()]


def record_of(row: Row) -> dict[str, Any]:
    """What the explanation names: the case and its line, when it was raised, fell due and was done, how it counts."""
    shift = f"/{row['shift_no']}" if row["shift_no"] else ""
    return {
        "type": row["type"], "record": row["record"], "no": row["no"], "part": row["part"], "key": row["key"],
        "label": row["label"], "raised": f"{row['raised_on']}{shift}", "due": str(row["day"]), "done": str(row["done"]) if row["done"] else "",
        "state": row["state"],
    }  # fmt: skip


def line_of(row: Mapping[str, Any]) -> Line:
    method, direction = row.get("method"), row.get("direction")
    return Line(
        key=row["key"], num=row["num"], den=row["den"], part=row.get("part", ""), label=row.get("label", ""), plan=row.get("plan"),
        weight=row.get("weight", 1), method=Method(method) if method else None,
        direction=Direction(direction) if direction else None, tol=row.get("tol", 0), low=row.get("low"),
        high=row.get("high"), decimals=row.get("decimals", 0), unit=row.get("unit", ""),
    )  # fmt: skip
