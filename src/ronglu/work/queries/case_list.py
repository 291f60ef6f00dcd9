"""The lists of cases: narrowed, ordered, in pages whose cost does not grow with the table; and the counts of every loop."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.store.models import Case, CaseParty, Plant
from ronglu.work.queries.cases import visible
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

OPEN = (Phase.OPEN, Phase.WORKING, Phase.VERIFYING)
SORTS = ("new", "due", "old")
LOOKED_BACK = dt.timedelta(days=30)
"""How long a finished case stays on the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Filters of the list; empty = not asked. `phase` "" means whatever still runs, "all" everything."""

    phase: str = ""
    state: str = ""
    unit: int | None = None
    body: int | None = None
    zone: int | None = None
    mine: bool = False
    overdue: bool = False
    text: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    sort: str = "new"

    @property
    def more(self) -> bool:
        """Whether one of the rarer filters is set."""
        return bool(self.state or self.overdue or self.first or self.last or self.sort != "new")


@dataclass(frozen=True, slots=True)
class Slice:
    """One page. `known` is the number of all if it is small enough to have been counted, else None."""

    rows: tuple[Case, ...]
    number: int
    size: int
    known: int | None
    more: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Counts:
    open: int = 0
    overdue: int = 0
    closed: int = 0


def matching(
    *, scope: Scope, loops: Mapping[str, Loop], places: Places, asked: Asked, at: dt.datetime
) -> QuerySet[Case]:
    """What this reader may see of these loops in one plant, narrowed; not ordered yet."""
    rows = visible(scope, loops).filter(plant=places.plant)
    rows = rows.filter(_phases(asked))
    if asked.unit is not None:
        rows = rows.filter(unit__in=places.production.at(places.on).subtree(asked.unit) or {asked.unit})
    if asked.body is not None:
        rows = rows.filter(body__in=places.party.at(places.on).subtree(asked.body) or {asked.body})
    if asked.zone is not None:
        rows = rows.filter(zone=asked.zone)
    if asked.mine:
        rows = rows.filter(_of(scope))
    if asked.overdue:
        rows = rows.filter(due_at__lte=at, phase__in=OPEN)
    if asked.text:
        rows = rows.filter(Q(title__icontains=asked.text) | Q(number__icontains=asked.text))
    if asked.first is not None:
        rows = rows.filter(raised_at__gte=_midnight(asked.first))
    if asked.last is not None:
        rows = rows.filter(raised_at__lte=dt.datetime.combine(asked.last, dt.time.max))
    return rows


def ordered(rows: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """Newest first, the nearest deadline first, or oldest first."""
    found = rows.select_related("holder", "zone")
    if sort == "due":
        return found.order_by(F("due_at").asc(nulls_last=True), "-pk")
    return found.order_by("raised_at", "pk") if sort == "old" else found.order_by("-raised_at", "-pk")


def sliced(rows: QuerySet[Case], *, number: int, size: int) -> Slice:
    """One query: a page and one row more. Only a first page that is not full knows the number of all."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    more = len(found) > size
    known = None if more or (not found and number > 1) else start + len(found)
    return Slice(tuple(found[:size]), number, size, known, more)


def counts(
    *, scope: Scope, loops: Mapping[str, Loop], plant: Plant, at: dt.datetime, since: dt.date
) -> dict[str, Counts]:
    """Two queries, whatever the number of loops: what runs, what of it is late, what was closed since a day."""
    rows = visible(scope, loops).filter(plant=plant)
    late = Count("pk", filter=Q(due_at__lte=at))
    running = rows.filter(phase__in=OPEN).order_by().values("loop").annotate(n=Count("pk"), late=late)
    closed = rows.filter(closed_at__gte=_midnight(since)).order_by().values("loop").annotate(n=Count("pk"))
    done = {row["loop"]: row["n"] for row in closed}
    runs = {row["loop"]: row for row in running}
    return {
        code: Counts(
            runs[code]["n"] if code in runs else 0, runs[code]["late"] if code in runs else 0, done.get(code, 0)
        )
        for code in loops
    }


def board(rows: QuerySet[Case], *, at: dt.datetime, most: int) -> dict[Phase, tuple[tuple[Case, ...], bool]]:
    """One query a phase: the nearest deadlines first; of what is over only the last days. The flag says there is more."""
    found: dict[Phase, tuple[tuple[Case, ...], bool]] = {}
    for phase in Phase:
        column = rows.filter(phase=phase).select_related("holder", "zone")
        if phase.over:
            column = column.filter(entered_at__gte=at - LOOKED_BACK).order_by("-entered_at")
        else:
            column = column.order_by("due_at", "pk")
        cards = tuple(column[: most + 1])
        found[phase] = (cards[:most], len(cards) > most)
    return found


def _phases(asked: Asked) -> Q:
    if asked.state:
        return Q(state=asked.state)
    if asked.phase == "all":
        return Q()
    return Q(phase=asked.phase) if asked.phase else Q(phase__in=OPEN)


def _of(scope: Scope) -> Q:
    """Raised by him, held by him, or he is named in it."""
    mine = scope.hands
    named = CaseParty.objects.filter(person__in=mine).values("case_id")
    return Q(raised_by__in=mine) | Q(holder__in=mine) | Q(pk__in=named)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
