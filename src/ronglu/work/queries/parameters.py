"""Parameter changes that were set in a span of days and meant an indicator of a unit, as far as a reader may know of them."""

import datetime as dt
from collections.abc import Collection, Mapping

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.store.models import Case
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

LOOP = "parameter"


def changes(
    *, scope: Scope, loops: Mapping[str, Loop], units: Collection[int], indicator: str, first: dt.date, last: dt.date
) -> list[tuple[dt.date, Case]]:
    """The day it was set, and the case; in the order of the days. What was refused was never set."""
    if LOOP not in loops:
        return []
    rows = visible(scope, loops).filter(
        loop=LOOP, unit__in=units, data__indicator=indicator, data__set_on__gte=str(first), data__set_on__lte=str(last)
    )
    found = rows.exclude(phase=Phase.DROPPED.value).distinct()
    return sorted(
        ((dt.date.fromisoformat(one.data["set_on"]), one) for one in found), key=lambda pair: (pair[0], pair[1].pk)
    )
