"""Who is told of a case and when: the person whose turn it is, and the rungs of the ladder. Only rows; sending is tasks' business."""

import datetime as dt
from collections.abc import Iterable, Mapping

from ronglu.kernel.loops.due import end_of, steps
from ronglu.kernel.loops.loop import HOLDER, RAISER, Loop
from ronglu.store.models import Case, CaseParty, CaseRow, Notice, UnitState
from ronglu.work.cases_people import PeopleBook

Parties = Mapping[str, frozenset[int]]


def next_look(loop: Loop, case: Case) -> dt.datetime | None:
    """When the clock must look at the case again: the next rung that was not climbed, or the deadline that moves it by itself."""
    if case.due_at is None:
        return None
    climbs = not loop.state(case.state).phase.over
    times = [when for when, _no in case_steps(loop, case)] if climbs else []
    if loop.state(case.state).at_due:
        times.append(case.due_at)
    return min(times, default=None)


def case_steps(loop: Loop, case: Case) -> list[tuple[dt.datetime, int]]:
    """The rungs that a case has yet to climb. Who has just been told that it is his turn needs no reminder of a near deadline."""
    if case.due_at is None:
        return []
    found = steps(loop.ladder, due_at=case.due_at, data=case.data)
    return [(at, no) for at, no in found if no > case.rung and (loop.ladder[no].days >= 0 or at > case.entered_at)]


def line_steps(loop: Loop, case: Case, line: CaseRow) -> list[tuple[dt.datetime, int]]:
    """The rungs that an open line has yet to climb. What a rung leaves on the case is the case's own deadline's business."""
    if line.due_on is None or line.state != "open":
        return []
    found = steps(loop.ladder, due_at=end_of(line.due_on), data=case.data)
    rungs = ((at, no, loop.ladder[no]) for at, no in found if no > line.rung)
    return [(at, no) for at, no, rung in rungs if not rung.flag and (rung.days >= 0 or at > line.added_at)]


def next_look_at_line(loop: Loop, case: Case, line: CaseRow) -> dt.datetime | None:
    return min((at for at, _no in line_steps(loop, case, line)), default=None)


def turn(loop: Loop, case: Case, *, at: dt.datetime, hushed: bool = False) -> None:
    """Tells the one person whose turn it is now; a role finds the case in its inbox without being told of each."""
    if case.holder_id is not None and not loop.state(case.state).phase.over:
        text = f"{loop.label} {case.number} 轮到您：{loop.state(case.state).label}"
        key = f"{case.pk}:{case.seen}:turn"
        urgent = loop.is_urgent(case.data)
        tell(case, [case.holder_id], kind="turn", text=text, key=key, at=at, urgent=urgent, hushed=hushed)


def adopted(loop: Loop, case: Case, by: Case, *, at: dt.datetime, hushed: bool = False) -> None:
    """Who raised what another unit takes over hears which unit and under what number; nothing of what is written there."""
    if case.raised_by_id in (None, by.raised_by_id):
        return
    unit = UnitState.objects.on(at.date()).filter(unit=by.unit_id).values_list("name", flat=True).first()
    text = f"您提的{loop.label} {case.number} 由{unit or '另一个单位'}采用，那边的编号是 {by.number}"
    tell(case, [case.raised_by_id], kind="adopted", text=text, key=f"{case.pk}:adopted:{by.pk}", at=at, hushed=hushed)


def tell(
    case: Case, people: Iterable[int], *, kind: str, text: str, key: str, at: dt.datetime, urgent: bool = False,
    hushed: bool = False,
) -> None:  # fmt: skip
    """One line a person and occasion; told twice is told once. `hushed`: somebody without a name set it off."""
    write(notices(case, people, kind=kind, text=text, key=key, at=at, urgent=urgent, hushed=hushed))


def notices(
    case: Case, people: Iterable[int], *, kind: str, text: str, key: str, at: dt.datetime, urgent: bool = False,
    hushed: bool = False,
) -> list[Notice]:  # fmt: skip
    """The rows, not yet written. When each may reach its person is reckoned later, for many at a time (work/notices)."""
    state = "hushed" if hushed else "urgent" if urgent else "new"
    return [
        Notice(
            plant_id=case.plant_id, person_id=one, case=case, kind=kind, text=text[:200], at=at, from_at=at, key=key,
            state=state,
        )
        for one in people
    ]  # fmt: skip


def write(rows: list[Notice]) -> None:
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def named(case: Case, word: str, *, book: PeopleBook, parties: Parties) -> frozenset[int]:
    """The persons that a word of the declaration means in this case."""
    if word == RAISER:
        return frozenset({case.raised_by_id} - {None})  # type: ignore[arg-type]
    if word == HOLDER:
        return frozenset({case.holder_id} - {None})  # type: ignore[arg-type]
    return parties.get(word) or book.of(word, plant=case.plant_id, unit=case.unit_id, body=case.body_id)


def parties_of(cases: Iterable[int]) -> dict[int, dict[str, frozenset[int]]]:
    """Who is named in these cases as what; one query."""
    found: dict[int, dict[str, frozenset[int]]] = {}
    for case, role, person in CaseParty.objects.filter(case__in=cases).values_list("case_id", "role", "person_id"):
        mine = found.setdefault(case, {})
        mine[role] = mine.get(role, frozenset()) | {person}
    return found
