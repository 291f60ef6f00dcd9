"""What one slot's own readings come to, and how far they alone pull the whole away from its plan."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from ronglu.boards.explain.figures import FigureView
from ronglu.kernel.measure.agg import EMPTY, Agg, one
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, needs
from ronglu.kernel.measure.keys import HOURS, Key
from ronglu.kernel.measure.rollup import value

DIVIDED = (RollUp.RATIO, RollUp.WMEAN)
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class SlotValue:
    """`gap` is value − plan; `loss` how much the slot adds above (below) what its plan allowed, more is worse."""

    shown: Decimal | None = None
    gap: Decimal | None = None
    loss: Decimal | None = None

    @property
    def worse(self) -> bool:
        return self.loss is not None and self.loss > 0


NO_VALUE = SlotValue()


def ranks(figure: FigureView) -> bool:
    """Whether slots can be put in order of what they cost: a divided indicator with a plan to one side."""
    known = figure.indicator
    return (
        known is not None
        and known.rollup in DIVIDED
        and figure.plan is not None
        and known.direction in (Direction.UP, Direction.DOWN)
    )


def slot_value(
    figure: FigureView, values: Mapping[str, Decimal | None], starts_at: dt.datetime, ends_at: dt.datetime
) -> SlotValue:
    """Of a ratio, Σ(num·factor − plan·den) over all slots is the month's gap to plan; nothing else adds up."""
    indicator = figure.indicator
    if indicator is None or indicator.rollup not in DIVIDED:
        return NO_VALUE
    rolled = value(indicator, aggs(indicator, values, _hours(starts_at, ends_at)))
    if rolled.shown is None or figure.plan is None:
        return SlotValue(rolled.shown)
    gap = rolled.shown - figure.plan
    if not ranks(figure) or rolled.num is None or rolled.den is None:
        return SlotValue(rolled.shown, gap)
    over = rolled.num * indicator.factor - figure.plan * rolled.den
    return SlotValue(rolled.shown, gap, over if indicator.direction is Direction.DOWN else -over)


def aggs(indicator: Indicator, values: Mapping[str, Decimal | None], hours: Decimal) -> dict[str, Agg]:
    """The sums of a single slot under every key the indicator needs."""
    plain = {code: one(found, hours=hours) for code, found in values.items()}
    return plain | {key.text: _agg(key, values, hours) for key in needs(indicator) if not key.is_hours}


def _agg(key: Key, values: Mapping[str, Decimal | None], hours: Decimal) -> Agg:
    found = [values.get(code) for code in key.series]
    if key.event or any(reading is None for reading in found):
        return EMPTY
    return one(
        prod((hours if f == HOURS else values[f] or Decimal(0) for f in key.factors), start=Decimal(1)), hours=hours
    )


def _hours(starts_at: dt.datetime, ends_at: dt.datetime) -> Decimal:
    return Decimal(int((ends_at - starts_at).total_seconds())) / SECONDS
