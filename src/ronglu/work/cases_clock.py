"""What the clock does to cases and their lines: climbs the ladder, makes the moves that a passed deadline makes, each once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from ronglu.kernel.loops.due import last_day
from ronglu.kernel.loops.loop import BUILT_IN, Loop
from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import Case, CaseRow, Notice
from ronglu.store.values import workdays_of
from ronglu.work import cases, cases_tell, tending
from ronglu.work.cases_people import PeopleBook
from ronglu.work.cases_tell import Parties
from ronglu.work.tending import BATCH, Tended, Turn


def tend_cases(*, loops: Mapping[str, Loop], at: dt.datetime, batch: int = BATCH) -> Tended:
    """Every case and every open line whose next look is due; a second clock beside this one finds what is left."""
    round_ = _Round(loops, at)
    for turn in (
        Turn(name="case", model=Case, due=due_cases(at, loops), look=round_.look_at_cases, label=str),
        Turn(name="line", model=CaseRow, due=due_lines(at, loops), look=round_.look_at_lines, label=_line_label),
    ):
        tending.go(turn, at=at, found=round_.found, batch=batch)
    return round_.found


def due_cases(at: dt.datetime, loops: Mapping[str, Loop]) -> QuerySet[Case]:
    rows = Case.objects.filter(next_at__lte=at, loop__in=list(loops))
    return rows.select_related("plant").order_by("next_at")


def due_lines(at: dt.datetime, loops: Mapping[str, Loop]) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.filter(next_at__lte=at, case__loop__in=list(loops))
    return rows.select_related("case").order_by("next_at")


@dataclass
class _Round:
    """What one pass has read already: posts by plant, working days; and what it has done."""

    loops: Mapping[str, Loop]
    at: dt.datetime
    book: PeopleBook = field(init=False)
    calendars: dict[int, WorkCalendar] = field(default_factory=dict)
    found: Tended = field(default_factory=Tended)

    def __post_init__(self) -> None:
        self.book = PeopleBook(self.at.date())

    def look_at_cases(self, rows: list[Case]) -> None:
        parties = cases_tell.parties_of([case.pk for case in rows])
        notices: list[Notice] = []
        moved = 0
        for case in rows:
            loop = self.loops[case.loop]
            notices += self._climb(loop, case, parties.get(case.pk, {}))
            state = loop.state(case.state)
            if state.at_due and case.due_at is not None and case.due_at <= self.at:
                workdays = self._workdays(case)
                cases.move_by_clock(loop=loop, case=case, code=state.at_due, at=self.at, workdays=workdays)
                moved += 1
            else:
                case.next_at = cases_tell.next_look(loop, case)
        Case.objects.bulk_update(rows, ["rung", "next_at", "flag"])
        cases_tell.write(notices)
        self.found.told += len(notices)
        self.found.moved += moved

    def _climb(self, loop: Loop, case: Case, parties: Parties) -> list[Notice]:
        """Those whom each rung tells that was reached since the last look."""
        if case.due_at is None or loop.state(case.state).phase.over:
            return []
        reached = [no for when, no in cases_tell.case_steps(loop, case) if when <= self.at]
        told: list[Notice] = []
        for no in reached:
            rung = loop.ladder[no]
            people = frozenset[int]().union(
                *(cases_tell.named(case, word, book=self.book, parties=parties) for word in rung.tell)
            )
            title = f" {case.title}" if case.secrecy == "open" else ""
            text = f"{rung.label}：{loop.label} {case.number}{title}，期限 {last_day(case.due_at)}"
            people = self._trusted(loop, case, people, parties)
            told += self._notices(loop, case, people, text, f"{case.pk}:{case.seen}:rung:{no}")
            case.flag = rung.flag or case.flag
        case.rung = max([case.rung, *reached])
        return told

    def _trusted(self, loop: Loop, case: Case, people: frozenset[int], parties: Parties) -> frozenset[int]:
        """Of what was raised in confidence, a rung tells those who are in it anyway, else those whom the loop trusts."""
        if case.secrecy == "open":
            return people
        inside = frozenset({case.raised_by_id, case.holder_id} - {None}).union(*parties.values())
        trust = (cases_tell.named(case, word, book=self.book, parties={}) for word in loop.trusted)
        keepers = frozenset[int]().union(*trust)
        return people & (inside | keepers) or keepers  # type: ignore[return-value]

    def look_at_lines(self, rows: list[CaseRow]) -> None:
        """An open line climbs the ladder of its loop by its own date: first its person, then those whom the rungs name."""
        parties = cases_tell.parties_of({line.case_id for line in rows})
        notices: list[Notice] = []
        for line in rows:
            loop, case = self.loops[line.case.loop], line.case
            over = loop.state(case.state).phase.over
            reached = [no for when, no in cases_tell.line_steps(loop, case, line) if when <= self.at and not over]
            for no in reached:
                notices += self._line_rung(loop, case, line, no, parties.get(case.pk, {}))
            line.rung = max([line.rung, *reached])
            line.next_at = None if over else cases_tell.next_look_at_line(loop, case, line)
        CaseRow.objects.bulk_update(rows, ["rung", "next_at"])
        cases_tell.write(notices)
        self.found.told += len(notices)

    def _line_rung(self, loop: Loop, case: Case, line: CaseRow, no: int, parties: Parties) -> list[Notice]:
        rung = loop.ladder[no]
        rows = loop.row(line.kind)
        # before the day who does it is reminded, and nobody else; later he stands where the case names a person
        roles = [w for w in rung.tell if rung.days >= 0 and w not in BUILT_IN and loop.party(w) is None]
        his = rung.days < 0 or len(roles) < len(rung.tell)
        people = frozenset({line.person_id} if his and line.person_id else ()).union(
            *(cases_tell.named(case, word, book=self.book, parties=parties) for word in roles)
        )
        what = f"{rows.label if rows else line.kind}第 {line.no} 条"
        inside = {**parties, line.kind: frozenset({line.person_id} if line.person_id else ())}
        people = self._trusted(loop, case, people, inside)
        text = f"{rung.label}：{loop.label} {case.number} {what}，期限 {line.due_on}"
        return self._notices(loop, case, people, text, f"{case.pk}:{line.kind}:{line.no}:{line.returned}:rung:{no}")

    def _notices(self, loop: Loop, case: Case, people: Any, text: str, key: str) -> list[Notice]:
        return cases_tell.notices(
            case, sorted(people), kind="rung", text=text, key=key, at=self.at, urgent=loop.is_urgent(case.data)
        )

    def _workdays(self, case: Case) -> WorkCalendar:
        if case.plant_id not in self.calendars:
            self.calendars[case.plant_id] = workdays_of(case.plant)
        return self.calendars[case.plant_id]


def _line_label(line: CaseRow) -> str:
    return f"{line.case.number} 明细 {line.no}"
