"""Which shifts owed a reading of a figure and have none that scores: missing is said, never taken for zero."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ronglu.boards.explain.figures import FigureView
from ronglu.boards.explain.owned import Owned
from ronglu.boards.explain.readings import shift_name
from ronglu.kernel.time.calendar import Calendar
from ronglu.store.models import SCORING, Channel, PlanStop, Reading, ShiftRow


@dataclass(frozen=True, slots=True)
class Gap:
    """`series` are the names of what was not read in that shift."""

    day: dt.date
    shift: str
    letter: str
    series: tuple[str, ...]


def gaps(
    *, figure: FigureView, owned: Owned, units: Iterable[int], calendar: Calendar, until: dt.date
) -> tuple[Gap, ...]:
    """Of channels that report by the shift, outside planned stops; four queries."""
    wanted = {series.code: series.name for series in figure.series if series.code in figure.required}
    channels = list(Channel.objects.filter(unit__in=list(units), series__in=wanted, grain="shift"))
    mine = {one.unit_id for one in channels}
    due = ShiftRow.objects.filter(owned.where(mine, unit="unit"), day__lte=until).order_by("starts_at", "unit")
    read = set(
        Reading.objects.filter(channel__in=channels, day__gte=owned.first, day__lte=owned.last, state__in=SCORING)
        .exclude(value=None)
        .values_list("channel", "day", "shift_no")
    )
    stopped = list(PlanStop.objects.approved().filter(unit__in=mine).within(owned.first, owned.last))
    found = []
    for shift in due:
        if any(one.unit_id == shift.unit_id and one.holds(shift.day) for one in stopped):
            continue
        owing = [one for one in channels if one.unit_id == shift.unit_id and one.holds(shift.day)]
        unread = tuple(wanted[one.series] for one in owing if (one.pk, shift.day, shift.shift_no) not in read)
        if unread:
            found.append(Gap(shift.day, shift_name(calendar, shift.day, shift.shift_no), shift.letter, unread))
    return tuple(found)
