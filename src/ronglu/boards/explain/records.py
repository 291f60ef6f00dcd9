"""The records that an item counted: which case and line, when it fell due and was done; what it says only to who may see it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.boards.explain.readings import shift_name
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.calendar import Calendar
from ronglu.store.models import Case, Plant
from ronglu.store.values import calendar_of
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

ORDER = ("lapsed", "broken", "confirmed", "kept", "verified")
"""What cost something stands first."""


@dataclass(frozen=True, slots=True)
class Record:
    """As it stood when the score was computed. `case` is set where the reader may open it; `no` is the line, or which stay;
    `shift` the one in which it was raised, empty where nobody can say.
    """

    type: str
    number: str
    no: int
    label: str
    state: str
    raised: dt.date
    shift: str
    due: str
    done: str
    case: Case | None

    @property
    def is_case(self) -> bool:
        return self.type not in ("event", "mission", "key_task")


def records_of(
    stored: Mapping[str, Any], *, scope: Scope, plant: Plant, loops: Mapping[str, Loop]
) -> tuple[Record, ...]:
    """Two queries, however many."""
    rows = stored.get("records", ())
    if not rows:
        return ()
    calendar = calendar_of(plant)
    seen = _seen((row["record"] for row in rows if row["type"] in loops), scope, plant, loops)
    found = (
        Record(
            type=row["type"], number=row["record"], no=row["no"], label=row["label"], state=row["state"],
            raised=_day(row["raised"]), shift=_shift(calendar, row["raised"]), due=row["due"], done=row["done"],
            case=seen.get(row["record"]) if row["type"] in loops else None,
        )
        for row in rows
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.state), one.due, one.number, one.no)))


def _day(raised: str) -> dt.date:
    return dt.date.fromisoformat(raised.partition("/")[0])


def _shift(calendar: Calendar, raised: str) -> str:
    """2026-03-10/3: the third shift of that production day."""
    day, _, no = raised.partition("/")
    return shift_name(calendar, dt.date.fromisoformat(day), int(no)) if no else ""


def _seen(numbers: Iterable[str], scope: Scope, plant: Plant, loops: Mapping[str, Loop]) -> dict[str, Case]:
    wanted = set(numbers)
    if not wanted:
        return {}
    return {case.number: case for case in visible(scope, loops).filter(plant=plant, number__in=wanted)}
