"""Promises of cases as fact rows: what fell due in a calendar month by the declared clocks, and major matters left to lapse.

The branch is the one that stands in the case; the day is the deadline's, so a month counts what was due in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q

from ronglu.facts import tidy
from ronglu.kernel.loops.loop import Clock, Loop
from ronglu.kernel.loops.promise import DueLine, Lapse, Passage, Promise, came, counted, lapses, lines, stays
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, CaseRow, CaseStep, Plant
from ronglu.store.values import calendar_of

ONE = dt.timedelta(days=1)
Row = dict[str, Any]


@dataclass(frozen=True)
class _Told:
    """A case with everything that its clocks look at."""

    case: Case
    passages: tuple[Passage, ...]
    lines: Mapping[str, tuple[DueLine, ...]]


def facts_of(loop: Loop) -> set[str]:
    """The facts that cases of a loop make."""
    timed = {clock.fact for clock in loop.clocks if clock.fact} | {count.fact for count in loop.counts}
    return timed | {lapse_fact(loop) for r in loop.ladder if r.flag}


def lapse_fact(loop: Loop) -> str:
    return f"{loop.code}_lapse"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Every promise of the plant that falls due in the month, gone by or not; cases of no branch stand under none."""
    calendar = calendar_of(plant)
    found = []
    for told in _told(plant, month, loops):
        loop = loops[told.case.loop]
        raised = _raised(told.case, calendar)
        made = [*_promised(loop, told), *_counted(loop, told), *_lapsed(loop, told)]
        found += [row | raised for row in made if month.first <= row["day"] <= month.last]
    return found + tidy.rows(plant=plant, made=found)


def _promised(loop: Loop, told: _Told) -> Iterator[Row]:
    for clock in loop.clocks:
        if not clock.fact or (clock.at_zone and told.case.zone_id is None):
            continue
        for one in _promises(loop, clock, told):
            yield _row(loop, told.case, one, clock)


def _promises(loop: Loop, clock: Clock, told: _Told) -> Iterator[Promise]:
    if not clock.rows:
        return stays(loop, clock, told.passages)
    return lines(loop, clock, state=told.case.state, data=told.case.data, rows=told.lines.get(clock.rows, ()))


def _row(loop: Loop, case: Case, one: Promise, clock: Clock) -> Row:
    return {
        "fact": clock.fact, "branch": case.body_id, "item": clock.item, "type": loop.code, "part": clock.part,
        "state": "kept" if one.met else "broken", "key": clock.key or clock.code, "record": case.number, "no": one.no,
        "label": clock.label, "num": int(one.met), "den": 1, "day": one.due_on, "done": one.done_on,
    }  # fmt: skip


def _counted(loop: Loop, told: _Told) -> Iterator[Row]:
    for count in loop.counts:
        day = came(loop, count, told.passages)
        if day is not None:
            yield {
                "fact": count.fact, "branch": told.case.body_id, "item": count.item, "type": loop.code, "part": count.part,
                "state": "counted", "key": count.code, "record": told.case.number, "no": 0, "label": count.label, "num": 1,
                "den": 1, "day": day, "done": None,
            }  # fmt: skip


def _lapsed(loop: Loop, told: _Told) -> Iterator[Row]:
    """A fact of its own: whether it is a veto is for the committee to say."""
    yield from (_question(loop, told.case, one) for one in lapses(loop, told.passages))


def _question(loop: Loop, case: Case, one: Lapse) -> Row:
    label = next(rung.label for rung in loop.ladder if rung.flag == one.flag)
    return {
        "fact": lapse_fact(loop), "branch": case.body_id, "item": "", "type": loop.code, "part": "",
        "state": "lapsed", "key": one.flag,
        "record": case.number, "no": 0, "label": label, "num": 1, "den": 1, "day": one.on, "done": None,
    }  # fmt: skip


def _raised(case: Case, calendar: Calendar) -> Row:
    """The production day and shift of the report (09-2); of an anonymous or confidential one the shift is not told:
    in a small crew it is as good as a name."""
    told = case.raised_by_id and case.secrecy == "open"
    if not calendar.rules or case.raised_at.date() < calendar.rules[0].from_on:
        return {"raised_on": case.raised_at.date(), "shift_no": None}
    day, shift_no = calendar.shift_of(case.raised_at)
    return {"raised_on": day, "shift_no": shift_no if told else None}


def _told(plant: Plant, month: Period, loops: Mapping[str, Loop]) -> Iterator[_Told]:
    """Three queries: the cases with a deadline near the month, their steps, their lines."""
    wanted = {code: loop for code, loop in loops.items() if counted(loop)}
    near = Case.objects.filter(_near(plant, month, wanted) | _stepped(plant, month, wanted))
    steps = _by_case(
        CaseStep.objects.filter(case__in=near.values("pk")).order_by("case", "no")
        .values_list("case_id", "after", "at", "due_at", "data")
    )  # fmt: skip
    written = CaseRow.objects.filter(case__in=near.values("pk"), due_on__isnull=False).order_by("case", "kind", "no")
    under = _by_case(written.values_list("case_id", "kind", "no", "state", "due_on", "done_at", "passed_at"))
    for case in near.order_by("pk"):
        passages = tuple(Passage(*step) for step in steps.get(case.pk, ()))
        yield _Told(case, passages, _lines(under.get(case.pk, ())))


def _near(plant: Plant, month: Period, loops: Mapping[str, Loop]) -> Q:
    """Cases with a step whose deadline, or a line whose day, may put something into the month."""
    mine = {"case__plant": plant, "case__loop__in": list(loops)}
    lines_due = CaseRow.objects.filter(**mine, due_on__gte=month.first, due_on__lte=month.last)
    back = {0} | {rung.days for loop in loops.values() for rung in loop.ladder if rung.flag}
    due = Q()
    for days in back:
        moved = dt.timedelta(days=days)
        due |= Q(due_at__gt=_midnight(month.first) - moved, due_at__lte=_midnight(month.last + ONE) - moved)
    steps_due = CaseStep.objects.filter(due, **mine)
    return Q(pk__in=lines_due.values("case_id")) | Q(pk__in=steps_due.values("case_id"))


def _stepped(plant: Plant, month: Period, loops: Mapping[str, Loop]) -> Q:
    """Cases that came in the month into a state that counts."""
    states = {code: {count.state for count in loop.counts} for code, loop in loops.items() if loop.counts}
    into = Q(pk__in=[])
    for code, found in states.items():
        into |= Q(case__loop=code, after__in=found)
    steps = CaseStep.objects.filter(
        into, case__plant=plant, at__gte=_midnight(month.first), at__lt=_midnight(month.last + ONE)
    )
    return Q(pk__in=steps.values("case_id")) if states else Q(pk__in=[])


def _lines(found: Iterable[tuple[Any, ...]]) -> dict[str, tuple[DueLine, ...]]:
    made: dict[str, tuple[DueLine, ...]] = {}
    for kind, no, state, due_on, done_at, settled_at in found:
        given_up = settled_at.date() if state == "dropped" and settled_at else None
        one = DueLine(no, state, due_on, done_at.date() if done_at else None, given_up)
        made[kind] = (*made.get(kind, ()), one)
    return made


def _by_case(found: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    return {pk: [row[1:] for row in group] for pk, group in groupby(found, key=lambda row: row[0])}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
