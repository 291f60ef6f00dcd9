"""Differences in words: percentage points between per cents, relative per cent between quantities, a dash over no base."""

from django.utils.translation import gettext as _

from ronglu.boards.indicator.derive import Versus
from ronglu.boards.indicator.read import Line
from ronglu.kernel.measure.compare import Change, beyond
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.web.formats import MISSING, pp, signed


def percent(change: Change) -> str:
    """−1.67 %, or the word that stands for a change over no base."""
    return change.word or MISSING if change.percent is None else f"{signed(change.percent, 2)}\u00a0%"


def gap_of(line: Line) -> str:
    """Absolute difference from what was due: in percentage points for per cents, inside or outside for bands."""
    one = line.indicator
    if one.direction is Direction.BAND and one.band is not None:
        if line.value is None:
            return MISSING
        out = beyond(line.value, one.band)
        low = one.band[0]
        word = _("低于带 %s") if low is not None and line.value < low else _("高于带 %s")
        return word % f"{out:f}" if out else _("在带内")
    if one.direction is Direction.INFO:
        return MISSING
    return pp(line.gap.points, one.decimals) if line.gap.points is not None else signed(line.gap.delta, one.decimals)


def versus(one: Versus, indicator: Indicator) -> tuple[str, str]:
    """The first way of saying it, and the second where there are two: pp and relative per cent."""
    if one.points is not None:
        return pp(one.points, indicator.decimals), percent(one.change)
    return percent(one.change), ""
