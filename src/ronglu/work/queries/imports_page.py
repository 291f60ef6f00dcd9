"""What the pages of imports offer to choose from: units that may report, by their code, and the shifts of the clock."""

import datetime as dt

from ronglu.kernel.org.kinds import LABELS
from ronglu.store.models import Plant, UnitState
from ronglu.store.values import calendar_of

REPORTING = ("line", "step", "workshop", "plant")


def reporting_units(plant: Plant, on: dt.date) -> list[tuple[str, str]]:
    """Code and name, lines first: a file's line is known by the unit's code."""
    states = UnitState.objects.on(on).filter(unit__plant=plant, unit__kind__in=REPORTING)  # type: ignore[attr-defined]
    rows = states.values_list("unit__code", "unit__kind", "unit__position", "name")
    ordered = sorted(rows, key=lambda row: (REPORTING.index(row[1]), row[2], row[0]))
    return [(code, f"{name}（{LABELS[kind]}）" if kind != "line" else name) for code, kind, _, name in ordered]


def shift_names(plant: Plant, on: dt.date) -> list[tuple[int, str]]:
    if not plant.calendar_rows.exists():
        return []
    return [(slot.no, f"{slot.no} {slot.name}") for slot in calendar_of(plant).shifts_on(on)]
