"""A closed month computed again from its archive under the frozen sheet: every share, point and total must come out the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ronglu.facts import civil, keep, schema
from ronglu.facts.engine import engine, put
from ronglu.facts.score import STATES, score
from ronglu.kernel.rules.carry import due_in
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.total import total
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Plant

Spot = tuple[int, str]
Won = tuple[str, int | None, int | None]
"""State, points in hundredths, share in billionths."""
COUNTED = (State.SCORED, State.NOTHING, State.READINGS_MISSING, State.AWAITING_REVIEW)
"""States that facts decide; the others were decided by people or by an earlier month."""


@dataclass(frozen=True, slots=True)
class Difference:
    body: int
    item: str
    archived: Won
    replayed: Won


def replay(
    *,
    home: Path,
    plant: Plant,
    month: Period,
    sheet: Sheet,
    until: dt.date,
    partitions: Iterable[str],
    archived: Mapping[Spot, Won],
) -> list[Difference]:
    """What differs; empty when the archive gives the very same scores. `until`: the last day the run could know of."""
    branches = sorted({body for body, _ in archived})
    judged = {item for (_, item), won in archived.items() if won[0] in COUNTED}
    items = [i for i in sheet.in_force(month.first) if i.code in judged and due_in(i, month)]
    con, found = engine(home), {}
    for cadence in sorted({i.cadence for i in items}):
        rows = _facts(home, plant, month, cadence, until, partitions)
        facts = put(con, f"replay_{cadence.value}", schema.table(rows))
        mine = [i for i in items if i.cadence is cadence]
        for row in score(con, items=mine, branches=branches, facts=facts).to_pylist():
            found[row["branch"], row["item"]] = (STATES[row["state"]].value, row["won"], row["ppb"])
    return [
        Difference(*spot, archived[spot], won)
        for spot, won in sorted(found.items())
        if archived[spot][0] in COUNTED and archived[spot] != won
    ]


def totals(
    *, sheet: Sheet, archived: Mapping[Spot, Won], full: Mapping[Spot, int]
) -> dict[Spot, tuple[int, int, int, int | None]]:
    """(branch, scale) → applicable, available, won, converted, added up again from the archived items."""
    found = {}
    for body in sorted({body for body, _ in archived}):
        for scale in sheet.scales:
            scores = [
                Score(item=i.code, full_h=full[body, i.code], state=State(archived[body, i.code][0]), won_h=archived[body, i.code][1])
                for i in sheet.on_scale(scale.code)
            ]  # fmt: skip
            whole = total(sheet=sheet, scale=scale.code, scores=scores)
            found[body, scale.code] = (whole.applicable_h, whole.available_h, whole.won_h, whole.converted_h)
    return found


def _facts(
    home: Path, plant: Plant, month: Period, cadence: Grain, until: dt.date, partitions: Iterable[str]
) -> list[dict[str, object]]:  # fmt: skip
    """The rows an item of this cadence read: the month's own, and what is counted over its whole period."""
    own = [name for name in partitions if name.split("/")[0] not in (*civil.SOURCES, "readings")]
    kept = keep.tables(home=home, plant=plant.code, month=month.yyyymm, names=own)
    rows = [row for table in kept.values() for row in table.to_pylist()]
    months = month.up(cadence).down(Grain.MONTH)
    folder = keep.folder(home, plant=plant.code, month=month.yyyymm)
    return rows + civil.rows(plant=plant, months=months, until=min(month.last, until), home=folder)
