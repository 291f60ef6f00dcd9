"""A crew's month as fact rows: its own shifts' indicators against its part of the plan, and what fell due at its places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ronglu.facts import basis, cases
from ronglu.facts.figures import Figure
from ronglu.facts.month import Frame
from ronglu.facts.plans import ADDITIVE
from ronglu.facts.spine import unit_owner
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.org.kinds import CREW
from ronglu.kernel.time.period import Period
from ronglu.store import history
from ronglu.store.models import Case, Plant, ShiftRow, Unit

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

Row = dict[str, Any]
COUNTED = ("hazard_measure", "feedback")


def crews(plant: Plant, on: dt.date) -> dict[int, int]:
    """Every crew with a letter that stands under a line on the day → that line."""
    letters = set(Unit.objects.filter(plant=plant).exclude(letter="").values_list("pk", flat=True))
    states = history.unit_tree(plant).at(on).of_kind(CREW)
    return {int(s.id): int(s.parent) for s in states if s.parent is not None and int(s.id) in letters}


def indicator_rows(
    *, f: Frame, pack: Pack, figures: Iterable[Figure], targets: basis.Targets, lines: Mapping[int, int]
) -> Iterator[Row]:
    """D1–D3 of each crew that stood a shift in the month. A quantity's plan is the line's, split by shifts stood."""
    by_spot = {(one.owner, one.indicator): one for one in figures}
    parts = _parts(f, lines)
    for crew, part in parts.items():
        for item in ("D1", "D2", "D3"):
            for wire in pack.wired(item):
                figure = by_spot.get((unit_owner(crew), wire.indicator))
                if figure is not None:
                    indicator = pack.indicators[wire.indicator]
                    # the plan is that of the line, whichever of its crews stood there
                    plan = targets.of(replace(figure, owner=unit_owner(lines[crew])), indicator)
                    if plan is not None and indicator.rollup in ADDITIVE:
                        plan = round_fraction(Fraction(plan) * part, indicator.decimals)
                    row = basis.indicator_row(crew, item, wire, indicator, figure, plan)
                    yield row | {"subject": crew, "fact": "indicator_month"}


def _parts(f: Frame, lines: Mapping[int, int]) -> dict[int, Fraction]:
    """Of each crew: the shifts it stood out of all that its line stood in the month so far planned."""
    letters = dict(Unit.objects.filter(pk__in=lines).values_list("pk", "letter"))
    stood: dict[tuple[int, str], int] = {}
    rows = ShiftRow.objects.filter(unit__in=set(lines.values()), day__gte=f.spine.first, day__lte=f.spine.last)
    for unit, letter in rows.values_list("unit_id", "letter"):
        stood[unit, letter] = stood.get((unit, letter), 0) + 1
    whole = {line: sum(n for (unit, _letter), n in stood.items() if unit == line) for line in set(lines.values())}
    return {
        crew: Fraction(stood[line, letters[crew]], whole[line])
        for crew, line in lines.items()
        if stood.get((line, letters[crew]))
    }


def counted_rows(
    *, plant: Plant, month: Period, loops: Mapping[str, Loop], until: dt.date, lines: Mapping[int, int]
) -> list[Row]:
    """Promises that fell due at a crew's own places, gone by at the end of `until`."""
    found = [
        row
        for row in cases.rows(plant=plant, month=month, loops=loops)
        if row["fact"] in COUNTED and row["day"] <= until
    ]
    units = dict(
        Case.objects.filter(plant=plant, number__in={row["record"] for row in found}).values_list("number", "unit")
    )
    view = history.unit_tree(plant).at(min(until, month.last))
    made = []
    for row in found:
        unit = units.get(row["record"])
        crew = view.nearest(unit, CREW) if unit is not None and unit in view else None
        if crew is not None and int(crew.id) in lines:
            made.append(row | {"subject": int(crew.id), "item": "", "part": "", "key": row["fact"]})
    return made
