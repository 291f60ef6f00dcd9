"""What was promised and kept: a case's stays in the states of a clock, its lines by their own date, deadlines left to lapse."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ronglu.kernel.loops.due import last_day
from ronglu.kernel.loops.loop import Clock, Counted, Loop, Phase


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of a case and the deadline that stood after it."""

    after: str
    at: dt.datetime
    due_at: dt.datetime | None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line of a case; `done_on` is the day it was reported done, `dropped_on` the day it was given up."""

    no: int
    state: str
    due_on: dt.date | None
    done_on: dt.date | None
    dropped_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """`no`: which stay of the case, or which line; it falls due on `due_on`, kept or not."""

    no: int
    due_on: dt.date
    done_on: dt.date | None
    met: bool


@dataclass(frozen=True, slots=True)
class Lapse:
    """A rung with a flag that was reached: `on` is the last day that had gone by then."""

    flag: str
    on: dt.date


@dataclass(slots=True)
class _Stay:
    """`left_at`: when it was left, or handed in to be verified in the state `handed_to`."""

    no: int
    due_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    handed_to: str = ""

    def promise(self, *, kept: bool) -> Iterator[Promise]:
        if self.due_at is not None:
            met = kept and self.left_at is not None and self.left_at <= self.due_at
            yield Promise(self.no, last_day(self.due_at), self.left_at.date() if self.left_at else None, met)


def stays(loop: Loop, clock: Clock, passages: Iterable[Passage]) -> Iterator[Promise]:
    """Each stay in the clock's states: kept when all were left by the deadline. One that ended by dropping the case is none.

    Moving within the states, or being sent back to them, may set a later deadline only while the one before still stands.
    """
    data: dict[str, Any] = {}
    stay, begun = None, 0
    for one in _now(loop, passages):
        data = data | dict(one.data)
        phase = loop.state(one.after).phase
        if one.after in clock.states:
            if stay is None:
                stay, begun = _Stay(begun + 1), begun + 1
            if stay.due_at is None or one.at <= stay.due_at:
                stay.due_at = one.due_at
            stay.left_at, stay.handed_to = None, ""
        elif stay is None or one.after == stay.handed_to:
            continue
        elif clock.passed and not stay.handed_to and phase is Phase.VERIFYING:
            stay.left_at, stay.handed_to = one.at, one.after
        else:
            stay.left_at = stay.left_at or one.at
            if phase is not Phase.DROPPED and holds(clock, data):
                yield from stay.promise(kept=True)
            stay = None
    if stay is not None and holds(clock, data):
        yield from stay.promise(kept=False)


def lines(
    loop: Loop, clock: Clock, *, state: str, data: Mapping[str, Any], rows: Iterable[DueLine]
) -> Iterator[Promise]:
    """Each line that was wanted on its day: kept when passed by the second person and done by then. `state` is the case's.

    Giving a line up after its day keeps no promise; giving the whole case up leaves what was passed before.
    """
    if not holds(clock, data):
        return
    over = loop.state(state).phase is Phase.DROPPED
    for row in rows:
        given_up = row.state == "dropped" and (
            row.dropped_on is None or row.due_on is None or row.dropped_on <= row.due_on
        )
        if row.due_on is not None and not given_up and (row.state == "passed" or not over):
            met = row.state == "passed" and row.done_on is not None and row.done_on <= row.due_on
            yield Promise(row.no, row.due_on, row.done_on, met)


def lapses(loop: Loop, passages: Iterable[Passage]) -> Iterator[Lapse]:
    """Rungs with a flag that a case reached before it moved on, or that it came back to; a case dropped in the end reached none.

    Asking for a check and being sent back does not undo a deadline that went by meanwhile.
    """
    flags = [rung for rung in loop.ladder if rung.flag]
    every = list(_now(loop, passages))
    told: set[tuple[str, dt.datetime]] = set()
    if not flags or not every or loop.state(every[-1].after).phase is Phase.DROPPED:
        return
    data: dict[str, Any] = {}
    for one, until in zip(every, [*(later.at for later in every[1:]), None], strict=True):
        data = data | dict(one.data)
        if one.due_at is None or loop.state(one.after).phase.over:
            continue
        for rung in flags:
            reached = one.due_at + dt.timedelta(days=rung.days)
            if rung.holds(data) and (until is None or reached < until) and (rung.flag, reached) not in told:
                told.add((rung.flag, reached))
                yield Lapse(rung.flag, last_day(reached))


def _now(loop: Loop, passages: Iterable[Passage]) -> Iterator[Passage]:
    """Steps of earlier versions in today's states; one that led to a state that nobody carried on is left out."""
    known = {state.code for state in loop.states}
    for one in passages:
        after = one.after if one.after in known else loop.carry.get(one.after, "")
        if after in known:
            yield replace(one, after=after)


def holds(clock: Clock, data: Mapping[str, Any]) -> bool:
    return all(data.get(name) in values for name, values in clock.when.items())


def counted(loop: Loop) -> bool:
    """Whether anything of this loop is a fact that an item may read."""
    return bool(loop.counts) or any(clock.fact for clock in loop.clocks) or any(rung.flag for rung in loop.ladder)


def came(loop: Loop, count: Counted, passages: Iterable[Passage]) -> dt.date | None:
    """The day on which a case first came into the state that counts; None for one that never did, or was dropped."""
    steps = list(passages)
    if not steps or loop.state(steps[-1].after).phase is Phase.DROPPED:
        return None
    return next((one.at.date() for one in steps if one.after == count.state), None)


def days_touched(loop: Loop, deadlines: Iterable[dt.datetime | None], days: Iterable[dt.date | None]) -> set[dt.date]:
    """The days on which something may fall due that hangs on these deadlines of a case and these days of its lines."""
    if not counted(loop):
        return set()
    after = [0, *(rung.days for rung in loop.ladder if rung.flag)]
    known = [due for due in deadlines if due is not None]
    moved = {last_day(due + dt.timedelta(days=n)) for due in known for n in after}
    return moved | {day for day in days if day is not None}
