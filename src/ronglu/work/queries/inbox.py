"""The inbox of one reader as rows: what waits for him, what he raised and waits for others, and what he was told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from ronglu.kernel.loops.due import end_of, last_day
from ronglu.kernel.loops.loop import HOLDER, Loop, Move, Rows, State
from ronglu.store.models import Case, CaseRow, Notice, Round, UnitState
from ronglu.work.queries import rounds
from ronglu.work.queries.waiting import OPEN, Waiting
from ronglu.work.scope import Scope

LISTED = 40
CAP = 100
"""The badge counts no further."""
RAISED = 5
TOLD = 10
WEEK = dt.timedelta(days=7)
LATELY = dt.timedelta(days=14)
TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`what` is the state of a case, the kind of a line (`no` its number), the class of a round; `due_at` may be far behind."""

    kind: str
    what: State | Rows | str
    title: str
    due_at: dt.datetime
    no: int | None = None
    loop: Loop | None = None
    case: Case | None = None
    round: Round | None = None
    place: str = ""

    @property
    def due_on(self) -> dt.date:
        return last_day(self.due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cases of one loop and state among those shown, and the moves of theirs that ask for nothing."""

    loop: Loop
    state: str
    count: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """`items` by deadline, at most as many as are listed; `count` up to the cap."""

    items: tuple[Item, ...]
    count: int
    groups: tuple[Group, ...]
    told: tuple[Notice, ...]


def count(scope: Scope, loops: Mapping[str, Loop]) -> int:
    """For the badge: cases and lines, capped; one query."""
    return Waiting(scope, loops).counted(CAP)


def inbox(*, scope: Scope, loops: Mapping[str, Loop], at: dt.datetime, loop: str = "") -> Inbox:
    """Five queries, however many cases there are; one more when only one loop is looked at."""
    asked = Waiting(scope, loops, loop=loop)
    waiting = asked.first(CAP)
    cases = _cases([pk for pk, _due in waiting[:LISTED]], loops, at.date())
    lines = list(_placed(asked.lines(), "case__unit", at.date())[:CAP])
    walks = [] if loop else list(rounds.mine(scope=scope, until=at.date() + WEEK)[:LISTED])
    items = [_item(one, loops) for one in cases]
    items += [_line(one, loops) for one in lines[:LISTED]]
    items += [
        Item(kind="round", what=w.get_work_class_display(), title=w.zone.name, due_at=end_of(w.due_on), round=w)  # type: ignore[attr-defined]
        for w in walks
    ]
    return Inbox(
        items=tuple(sorted(items, key=lambda item: item.due_at)[:LISTED]),
        count=count(scope, loops) if loop else min(CAP, len(waiting) + len(lines)),
        groups=groups(cases, scope, loops),
        told=told(scope=scope, since=at - LATELY, but={item.case.pk for item in items if item.case}),
    )


def soonest(*, scope: Scope, loops: Mapping[str, Loop], at: dt.datetime, n: int = 3) -> tuple[Item, ...]:
    """The first few cases and lines by deadline; three queries."""
    asked = Waiting(scope, loops)
    cases = _cases([pk for pk, _due in asked.first(n)], loops, at.date())
    lines = _placed(asked.lines(), "case__unit", at.date())[:n]
    items = [*(_item(one, loops) for one in cases), *(_line(one, loops) for one in lines)]
    return tuple(sorted(items, key=lambda item: item.due_at)[:n])


def raised(*, scope: Scope, loops: Mapping[str, Loop], on: dt.date) -> tuple[Item, ...]:
    """What the reader raised himself and others are at, the newest first."""
    if scope.person_id is None:
        return ()
    rows = Case.objects.filter(raised_by=scope.person_id, phase__in=OPEN, loop__in=list(loops), due_at__isnull=False)
    rows = _placed(rows.select_related("zone", "holder"), "unit", on).order_by("-pk")
    return tuple(_item(one, loops) for one in rows[:RAISED])


def told(*, scope: Scope, since: dt.datetime, but: Iterable[int] = ()) -> tuple[Notice, ...]:
    """What the reader was told lately, the newest first. That it was shown is kept nowhere."""
    if scope.person_id is None:
        return ()
    rows = Notice.objects.filter(person=scope.person_id, at__gte=since).select_related("case")
    return tuple(rows.exclude(case__in=list(but), kind="turn")[:TOLD])


def groups(cases: Iterable[Case], scope: Scope, loops: Mapping[str, Loop]) -> tuple[Group, ...]:
    """Loop and state of two cases or more that a move is there for which asks for nothing else."""
    counts: dict[tuple[str, str], int] = {}
    for case in cases:
        counts[case.loop, case.state] = counts.get((case.loop, case.state), 0) + 1
    found = (
        Group(loop=loops[code], state=state, count=n, moves=plain_moves(loops[code], state, scope))
        for (code, state), n in counts.items()
        if n > 1
    )
    return tuple(group for group in found if group.moves)


def plain_moves(loop: Loop, state: str, scope: Scope) -> tuple[Move, ...]:
    """Moves out of a state that need no field, no reason and nobody named, by one of the words that may fit this reader."""
    words = {*scope.acts, HOLDER, *(party.code for party in loop.parties)}
    return tuple(m for m in loop.leaving(state) if not (m.needs or m.assigns or m.reason) and words & set(m.by))


def _cases(pks: list[int], loops: Mapping[str, Loop], on: dt.date) -> list[Case]:
    """In this order; what no pack declares any more is left out."""
    found = _placed(Case.objects.select_related("zone"), "unit", on).in_bulk(pks)
    return [found[pk] for pk in pks if pk in found and found[pk].loop in loops]


def _placed(rows: QuerySet[Any], unit: str, on: dt.date) -> QuerySet[Any]:
    """With the name of the unit as `place`."""
    names = UnitState.objects.on(on).filter(unit=OuterRef(unit)).values("name")  # type: ignore[attr-defined]
    return rows.annotate(place=Subquery(names[:1]))


def _line(line: CaseRow, loops: Mapping[str, Loop]) -> Item:
    loop = loops[line.case.loop]
    text = next((str(value) for value in line.data.values() if value), line.case.title)
    due_at = end_of(line.due_on) if line.due_on else line.case.due_at
    return Item(
        kind="line",
        what=loop.row(line.kind) or line.kind,
        no=line.no,
        title=text[:TITLE],
        due_at=due_at or dt.datetime.max,
        loop=loop,
        case=line.case,
        place=line.place or "",  # type: ignore[attr-defined]
    )


def _item(case: Case, loops: Mapping[str, Loop]) -> Item:
    loop = loops[case.loop]
    assert case.due_at is not None
    return Item(
        kind="case",
        what=loop.state(case.state),
        title=case.title,
        due_at=case.due_at,
        loop=loop,
        case=case,
        place=case.zone.name if case.zone else case.place or "",  # type: ignore[attr-defined]
    )


def of_state(*, scope: Scope, loops: Mapping[str, Loop], loop: str, state: str, at: dt.datetime) -> tuple[Item, ...]:
    """Those of one loop and state that wait for the reader, the oldest deadline first."""
    cases = _cases([pk for pk, _due in Waiting(scope, loops, loop=loop, state=state).first(LISTED)], loops, at.date())
    return tuple(_item(one, loops) for one in cases)
