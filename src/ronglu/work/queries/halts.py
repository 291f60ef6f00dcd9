"""What the pages of stops read: the log of some units in a span of time, its sums by reason, and where failure hours come from."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from ronglu.kernel.measure.halts import Lost, Spell, StopBook, pareto
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.org.tree import State
from ronglu.store.models import STANDING, Channel, Halt, HaltState, Plant, Reading, Unit
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

SEE, LOG = "handovers.see", "halts.log"
HOUR = 60
STOPPABLE = ("line", "step")


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log: minutes inside the span looked at; `mine`: this reader may end, correct or withdraw it."""

    row: Halt
    name: str
    minutes: int
    mine: bool

    @property
    def stands(self) -> bool:
        return self.row.state != HaltState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Source:
    """Failure hours of a unit with a reading of its own: the reading feeds the rate, the log only stands beside it."""

    name: str
    indicator: Indicator
    read: Decimal | None
    logged: Decimal


def lines(*, scope: Scope, places: Places, verb: str = SEE) -> list[tuple[int, str]]:
    """Lines and steps the reader may look at (or log for), in the order of the tree."""
    may = set(scope.units(verb).filter(plant=places.plant).values_list("pk", flat=True))
    return [(int(one.id), one.name) for one in in_order(places) if one.kind in STOPPABLE and one.id in may]


def in_order(places: Places) -> list[State]:
    """The units of the day as the tree is drawn."""
    view = places.production.at(places.on)
    found: list[State] = []
    rest = list(reversed(view.roots))
    while rest:
        state = rest.pop()
        found.append(state)
        rest += reversed(view.children(state.id))
    return found


def one(*, pk: int) -> Halt | None:
    return Halt.objects.select_related("unit__plant", "logged_by__person", "ended_by__person").filter(pk=pk).first()


def unit_of(*, plant: Plant, pk: int) -> Unit | None:
    return Unit.objects.select_related("plant").filter(plant=plant, pk=pk).first()


def listed(
    *, units: Sequence[int], places: Places, first: dt.datetime, last: dt.datetime, at: dt.datetime, mine: Iterable[int]
) -> list[Logged]:
    """Halts that reach into [first, last), the newest first; withdrawn ones too, so that nothing vanishes. One query."""
    rows = Halt.objects.filter(unit_id__in=units, starts_at__lt=last).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=first)
    )
    end, may = min(last, max(at, first)), set(mine)
    return [
        Logged(row, places.unit_name(row.unit_id), Spell(row.starts_at, row.ends_at).minutes(first, end), row.unit_id in may)
        for row in rows.order_by("-starts_at", "-pk").select_related("logged_by__person")
    ]  # fmt: skip


def running(*, units: Sequence[int]) -> list[Halt]:
    return list(Halt.objects.filter(unit_id__in=units, state=HaltState.RUNNING).order_by("starts_at"))


def by_reason(rows: Iterable[Logged]) -> tuple[Lost, ...]:
    return pareto((one.row.reason, one.minutes) for one in rows if one.stands)


def by_group(rows: Iterable[Logged], book: StopBook) -> tuple[Lost, ...]:
    found = ((book.group(one.row.reason), one.minutes) for one in rows if one.stands)
    return pareto((group.code if group else "", minutes) for group, minutes in found)


def sources(
    *, rows: Iterable[Logged], units: Sequence[int], places: Places, book: StopBook, indicators: Iterable[Indicator],
    first: dt.date, last: dt.date,
) -> list[Source]:  # fmt: skip
    """Units whose failure hours are read already; two queries. The sum of readings is None where none came."""
    rates = {term.series: one for one in indicators for term in one.numerator if term.series.endswith(book.hours)}
    if not book.hours or not rates:
        return []
    channels = Channel.objects.filter(unit_id__in=units, series__in=rates).within(first, last)
    known = dict(channels.values_list("unit_id", "series"))
    sums: dict[int, list[Decimal]] = {}
    read = Reading.objects.filter(
        channel__unit_id__in=known, channel__series__in=rates, day__range=(first, last), state__in=STANDING, value__isnull=False
    )  # fmt: skip
    for unit, text in read.values_list("channel__unit_id", "text"):
        sums.setdefault(unit, []).append(Decimal(text))
    return [
        Source(places.unit_name(unit), rates[series], sum(sums[unit], Decimal(0)) if unit in sums else None, _faults(rows, unit, book))
        for unit, series in known.items()
    ]  # fmt: skip


def _faults(rows: Iterable[Logged], unit: int, book: StopBook) -> Decimal:
    """Hours of the log whose reason is a failure of equipment."""
    mine = (one for one in rows if one.stands and one.row.unit_id == unit)
    minutes = sum(one.minutes for one in mine if (group := book.group(one.row.reason)) and group.fault)
    return hours(minutes)


def hours(minutes: int) -> Decimal:
    return round_fraction(Fraction(minutes, HOUR), 2)
