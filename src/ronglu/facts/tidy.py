"""清洁文明生产 (E3): what a round of that class found and was not put right by its day. To have found it costs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ronglu.store.models import Plant, RoundAnswer, WorkClass

Row = dict[str, Any]
FACT, KEY = "exceedance", "untidy"
OF = "zone_finding"


def rows(*, plant: Plant, made: Iterable[Row]) -> list[Row]:
    """Beside the zone findings among the rows made of cases: those that a cleanliness round raised, each that broke its day as one."""
    findings = [row for row in made if row["fact"] == OF]
    raised = RoundAnswer.objects.filter(
        round__zone__plant=plant, round__work_class=WorkClass.CLEAN, raised__in={row["record"] for row in findings}
    )
    numbers = set(raised.values_list("raised", flat=True))
    return [_row(row) for row in findings if row["record"] in numbers]


def _row(row: Row) -> Row:
    label = "到期的清洁文明生产问题"
    return row | {"fact": FACT, "item": "E3", "part": "", "key": KEY, "label": label, "num": row["den"] - row["num"]}
