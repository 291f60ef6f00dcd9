"""亮进度·亮差距: the figures of a meeting's units as their boards have them, in words; nobody copies a number by hand."""

from typing import TYPE_CHECKING

from django.utils.translation import override

from ronglu.boards.indicator import rows
from ronglu.boards.indicator.read import Line, lines_of
from ronglu.boards.indicator.rows import Around
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.web.board.words import gap_of
from ronglu.web.formats import MISSING, num
from ronglu.work import gatherings_fill
from ronglu.work.gatherings_fill import Figure

if TYPE_CHECKING:
    from ronglu.store.models import Gathering

BEHIND = ("watch", "alarm")
WRITTEN = "zh-hans"
"""What is written down is in the language of the plant, whoever opens the meeting."""


def figures(row: "Gathering") -> list[Figure]:
    """Indicators with a plan of the crew and of its line, of the month of the meeting or the last one that has data.

    Who has none of his own, an office or a repair shop, is shown those of what he belongs to.
    """
    around = rows.around(plant=row.plant, indicators=pack_of(row.plant.code).indicators)
    units = gatherings_fill.lines_of(row)
    if around is None or not units:
        return []
    period = around.calendar.month_of(min(row.starts_at.date(), around.until))
    return _figures(around, units, period) or _figures(around, gatherings_fill.above(row, units), period)


def _figures(around: Around, units: list[int], period: Period) -> list[Figure]:
    found = lines_of(around=around, units=units, period=period)
    told: dict[str, Figure] = {}
    with override(WRITTEN):
        for unit in units:
            for line in found.get(unit, ()):
                if line.plan is not None and line.value is not None and (gap := gap_of(line)) != MISSING:
                    told.setdefault(line.indicator.code, _figure(unit, line, gap, period))
    return list(told.values())


def _figure(unit: int, line: Line, gap: str, period: Period) -> Figure:
    one = line.indicator
    value, plan = num(line.value, one.decimals), num(line.plan, one.decimals)
    return Figure(
        unit=unit, indicator=one.code, name=one.name, period=str(period), progress=f"{value} / {plan} {one.unit}".strip(),
        gap=gap, behind=line.state in BEHIND,
    )  # fmt: skip
