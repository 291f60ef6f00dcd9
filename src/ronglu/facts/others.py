"""A sheet of persons or of crews over rows at hand, by the kernel's own judge: a few hundred subjects need no columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.facts.params import read_by
from ronglu.facts.told import line_of, record_of, sums_of
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.score import Score, judge
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.total import Total, total
from ronglu.kernel.time.period import Period

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One subject: each item's score with its basis as data, and the whole."""

    subject: int
    items: tuple[tuple[Score, Mapping[str, Any]], ...]
    total: Total


def judged(*, sheet: Sheet, subjects: Iterable[int], rows: Iterable[Row], month: Period) -> tuple[Judged, ...]:
    """In the order of the subjects; whoever has no rows is judged by what the items say of nothing."""
    mine: dict[int, list[Row]] = {}
    for row in rows:
        mine.setdefault(row["subject"], []).append(row)
    items, scale = sheet.in_force(month.first), sheet.scales[0].code
    return tuple(_one(sheet, scale, items, subject, mine.get(subject, [])) for subject in subjects)


def _one(sheet: Sheet, scale: str, items: tuple[Item, ...], subject: int, rows: list[Row]) -> Judged:
    found = [_judge(item, list(read_by(item, rows))) for item in items]
    return Judged(subject, tuple(found), total(sheet=sheet, scale=scale, scores=[score for score, _basis in found]))


def _judge(item: Item, rows: list[Row]) -> tuple[Score, Mapping[str, Any]]:
    read = [row for row in rows if "expected" in row]
    basis = Basis(
        (*(line_of(row) for row in rows if "day" not in row), *sums_of(row for row in rows if "day" in row)),
        covered=sum(row["covered"] for row in read) if read else None,
        expected=sum(row["expected"] for row in read) if read else None,
    )
    records = [record_of(row) for row in rows if "day" in row]
    return judge(item=item, basis=basis), basis.as_data() | ({"records": records} if records else {})
