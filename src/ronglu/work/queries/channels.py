"""What the pages of channels show: units that may report, and what each reports with its newest reading."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Max

from ronglu.store.history import unit_tree
from ronglu.store.models import Channel, Plant, Reading, Unit

REPORTING = ("plant", "workshop", "line", "step")


@dataclass(frozen=True, slots=True)
class Reporting:
    """`depth` in the tree; `count` of channels that are open on the day."""

    unit: Unit
    name: str
    kind: str
    depth: int
    count: int


def units(*, plant: Plant, on: dt.date) -> list[Reporting]:
    """Units that may report, in the order of the tree."""
    view = unit_tree(plant).at(on)
    rows = Unit.objects.in_bulk([state.id for state in view.nodes.values() if state.kind in REPORTING])
    open_on = Counter(Channel.objects.on(on).filter(unit__plant=plant).values_list("unit_id", flat=True))
    found: list[Reporting] = []
    rest = [(state, 0) for state in reversed(view.roots)]
    while rest:
        state, depth = rest.pop()
        unit = rows.get(int(str(state.id)))
        if unit is not None:
            found.append(Reporting(unit, state.name, unit.get_kind_display(), depth, open_on[unit.pk]))
        rest += [(child, depth + 1) for child in reversed(view.children(state.id))]
    return found


@dataclass(frozen=True, slots=True)
class Reported:
    channel: Channel
    open: bool
    newest: dt.date | None


def of_unit(*, unit: Unit, on: dt.date) -> list[Reported]:
    """Two queries: the readings' newest day is taken for all channels together."""
    rows = list(Channel.objects.filter(unit=unit).order_by("series", "grain"))
    newest = dict(
        Reading.objects.filter(channel__in=rows)
        .values("channel")
        .annotate(day=Max("day"))
        .values_list("channel", "day")
    )
    return [Reported(row, row.until_on is None or on < row.until_on, newest.get(row.pk)) for row in rows]


def channel_of(*, plant: Plant, pk: int) -> Channel | None:
    return Channel.objects.select_related("unit__plant").filter(unit__plant=plant, pk=pk).first()
