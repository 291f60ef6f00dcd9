"""The shifts of an invented line with what was reported of each: texts at the declared decimals, by series."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from ronglu.cli.demo import story
from ronglu.cli.demo.group import Line
from ronglu.cli.demo.org import Made
from ronglu.cli.demo.processes import SHIFT, Cause
from ronglu.cli.demo.scale import SEED, TODAY
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.series import Series
from ronglu.store.models import ShiftRow

EPOCH = dt.date(2025, 4, 1)
RINGS = ("changhe", "A2")


@dataclass(frozen=True, slots=True)
class Slot:
    shift: ShiftRow
    texts: Mapping[str, str]


def reported(made: Made, line: Line) -> tuple[str, ...]:
    """The series the line reports each shift, in the order of its report."""
    cause = Cause(1, 1, 8, Random(0), 0, 1)
    return tuple(_figures(made, line, cause))


def slots(made: Made, line: Line, month: int) -> Iterator[Slot]:
    """What is missing is missing: shifts in a planned stop, shifts nobody reported, meters that failed."""
    plant, series = made.plan.code, pack_of(made.plan.code).series
    chance = Random(f"{SEED}:readings:{plant}:{line.code}:{month}")
    load, skill = story.mood(plant, line, month)
    rows = ShiftRow.objects.filter(unit=made.unit(line.code), month=month, day__lt=TODAY).order_by("starts_at")
    for shift in rows:
        hours = (shift.ends_at - shift.starts_at).total_seconds() / 3600
        care = skill * story.CREWS.get(shift.letter, 1.0)
        cause = Cause(load * float(line.scale), care, hours, chance, (shift.day - EPOCH).days, shift.shift_no)
        figures = _figures(made, line, cause)
        if story.stopped(plant, line.code, shift.day) or chance.random() < story.LOST:
            continue
        yield Slot(
            shift,
            {
                code: text_of(value, series[code])
                for code, value in figures.items()
                if not story.silent(plant, line.code, code, shift.day)
            },
        )


def text_of(value: float, series: Series) -> str:
    """At the declared decimals, never below nought."""
    return f"{max(0.0, value):.{series.decimals}f}"


def _figures(made: Made, line: Line, cause: Cause) -> dict[str, float]:
    figures = SHIFT[line.module](cause)
    if (made.plan.code, line.code) == RINGS:
        part = 0.8 + cause.noise(0.05)
        figures["fg_output_ring"] = figures["fg_output"] * part
        figures["fg_input_ring"] = figures["fg_input"] * part
    return figures
