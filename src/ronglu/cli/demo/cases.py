"""Plays the stories of all plants side by side, hour by hour, through the verbs of cases; the clock looks in every night."""

import datetime as dt
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from ronglu.cli.demo import fills
from ronglu.cli.demo.scale import NOW, TODAY
from ronglu.cli.demo.stories import OPENING, Step, Tale
from ronglu.config.plant import packs
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import HOLDER, RAISER, Loop, Move, Rows
from ronglu.store.models import Account, CaseParty, CaseRow, CaseStep, Notice, Person
from ronglu.work import case_rows, cases, cases_clock

NIGHT = dt.time(0, 5)
DAY = dt.timedelta(days=1)
Happening = tuple[dt.datetime, int, Callable[[dt.datetime], None]]


class Played:
    """What is still to happen, the earliest first; a story asks for its next step once the one before is done."""

    def __init__(self) -> None:
        self.loops: Mapping[str, Loop] = packs().loops
        self.ahead: list[Happening] = []
        self._order = count()

    def at(self, when: dt.datetime, what: Callable[[dt.datetime], None]) -> None:
        heapq.heappush(self.ahead, (when, next(self._order), what))

    def tell(self, tale: Tale, number: int = 0) -> None:
        if number < len(tale.steps):
            self.at(tale.times[number], lambda when: self._go(tale, number, when))

    def run(self) -> None:
        """Everything up to now, with the clock's look at every night between."""
        night = dt.datetime.combine(OPENING, NIGHT)
        while night < NOW:
            self.at(night, self._look)
            night += DAY
        while self.ahead and self.ahead[0][0] <= NOW:
            when, _, what = heapq.heappop(self.ahead)
            what(when)
        self._look(NOW)
        # what was told before today has long been read or sent
        Notice.objects.filter(at__lt=dt.datetime.combine(TODAY, dt.time.min)).update(state="none")

    def _look(self, when: dt.datetime) -> None:
        cases_clock.tend_cases(loops=self.loops, at=when)

    def _go(self, tale: Tale, number: int, when: dt.datetime) -> None:
        step, loop = tale.steps[number], self.loops[tale.loop]
        try:
            _do(loop, tale, step, when)
        except LoopTrouble as trouble:
            told = f"{tale.cast.crowd.made.plan.code} {tale.case} 第 {number + 1} 步 {step.code} {step.act}"
            raise ValueError(f"演示故事走不下去：{told}\n{trouble}") from trouble
        self.tell(tale, number + 1)


def _do(loop: Loop, tale: Tale, step: Step, when: dt.datetime) -> None:
    rows = loop.row(step.code) if step.act else None
    if step.code == "raise":
        if tale.case is None:
            raise_(loop, tale, when)
    elif step.code == "recur":
        raise_(loop, tale, when, again=True)
    elif step.code == "spread":
        _spread(loop, tale, when)
    elif rows is None:
        _move(loop, tale, step, when)
    elif step.act == "add":
        _add(loop, tale, rows, when)
    else:
        _settle(loop, tale, rows, step, when)


def raise_(loop: Loop, tale: Tale, when: dt.datetime, *, again: bool = False, by: Person | None = None) -> str:
    """The report; the second one of a place and kind joins the case that was closed."""
    cast = tale.cast
    person = by or fills.raiser(tale, other=tale.number + 1 if again else tale.number)
    account = cast.account(person) if person is not None else None
    asked = (*loop.raising.needs, *loop.raising.asks)
    place = {"zone": tale.zone} if tale.zone is not None else {"unit": tale.unit}
    made = cases.raise_case(
        loop=loop, plant=cast.crowd.made.plant, given=fills.given(loop, asked, tale, when), at=when, by=account,
        scope=cast.scope(account, when.date()) if account else None, body=tale.body,
        confidential=bool(tale.route.get("confidential")), origin="qr" if account is None else "web",
        key="" if account else f"demo:{cast.crowd.made.plan.code}:{loop.code}:{tale.number}", **place,
    )  # fmt: skip
    tale.case = made.joined or made.case
    if not again:
        tale.raiser = person.pk if person is not None else None
    return str(made.case.number)


def _spread(loop: Loop, tale: Tale, when: dt.datetime) -> None:
    """A crew of the next line takes over what was carried out here."""
    cast = tale.cast
    crew = f"{fills.next_line(tale)}-{cast.crowd.made.letters[0]}"
    account = cast.account(cast.workers(crew)[0])
    given = fills.given(loop, (*loop.raising.needs, *loop.raising.asks), tale, when)
    given.pop("group", None)  # the group of the crew where it was found
    assert tale.case is not None
    tale.case.refresh_from_db()
    cases.raise_case(
        loop=loop, plant=cast.crowd.made.plant, given=given, at=when, by=account, scope=cast.scope(account, when.date()),
        unit=cast.crowd.made.unit(crew), adopts=tale.case,
    )  # fmt: skip


def _move(loop: Loop, tale: Tale, step: Step, when: dt.datetime) -> None:
    """By the first of those whom the move names that may make it."""
    made = loop.move(step.code)
    assert made is not None and tale.case is not None
    given = fills.given(loop, (*made.needs, *made.asks), tale, when)
    given |= {code: [one.pk for one in fills.people(tale, code)] for code in made.assigns}
    tale.case.refresh_from_db()
    _first(
        tale, _able(loop, tale, made), when,
        lambda account: cases.move(
            loop=loop, case=tale.case, code=step.code, seen=tale.case.seen, given=given, at=when, by=account,
            scope=tale.cast.scope(account, when.date()), reason=tale.reason(step.code) if made.reason else "",
        ),
    )  # fmt: skip


def _add(loop: Loop, tale: Tale, rows: Rows, when: dt.datetime) -> None:
    """One line an entry of the story; where each of several people writes his own, one line each."""
    entries = tale.lines(rows.code)
    for number, (entry, by) in enumerate(fills.entries(tale, rows, entries)):
        fields = entry if isinstance(entry, dict) else {rows.needs[0]: entry}
        given = fills.given(loop, rows.fields, tale, when, said=fields, choice=number, by=by)
        doer = fills.people(tale, rows.code, turn=number)[0] if rows.closes else None
        due = when.date() + DAY * (tale.within + number * tale.within // 2) if rows.closes else None
        who = [by] if by is not None else _able(loop, tale, rows)
        _first(
            tale, who, when,
            lambda account, given=given, doer=doer, due=due: case_rows.add(
                loop=loop, case=tale.case, kind=rows.code, given=given, at=when, by=account,
                scope=tale.cast.scope(account, when.date()), person=doer, due_on=due,
            ),
        )  # fmt: skip


def _settle(loop: Loop, tale: Tale, rows: Rows, step: Step, when: dt.datetime) -> None:
    before = {"done": "open", "pass": "done", "return": "done", "drop": "open"}[step.act]
    found = (
        CaseRow.objects.filter(case=tale.case, kind=rows.code, state=before)
        .order_by("no")
        .select_related("case__plant")
    )
    for line in found.filter(no=step.no) if step.no else found:
        proof = {"proof": tale.word("proof", line.no)} if step.act == "done" and "proof" in rows.fields else {}
        who = [line.person_id] if step.act == "done" else _able(loop, tale, rows, passing=True, apart={line.person_id})
        _first(
            tale, [one for one in who if one is not None], when,
            lambda account, line=line, proof=proof: case_rows.settle(
                loop=loop, line=line, act=step.act, at=when, by=account, scope=tale.cast.scope(account, when.date()),
                reason=tale.reason("return") if step.act == "return" else "", given=proof,
            ),
        )  # fmt: skip


def _first(tale: Tale, people: Iterable[int], when: dt.datetime, act: Callable[[Account], Any]) -> None:
    """Tries one after the other, as in life; the last refusal is told when nobody may."""
    refused: LoopTrouble | None = None
    for pk in people:
        try:
            act(tale.cast.accounts[pk])
            return
        except LoopTrouble as trouble:
            refused = trouble
    raise refused or LoopTrouble("没有人能办这一步")


def _able(
    loop: Loop, tale: Tale, what: Move | Rows, *, passing: bool = False, apart: Iterable[int | None] = ()
) -> list[int]:
    """Those whom the declaration names, the nearest first, without those who are known to stand apart."""
    assert tale.case is not None
    words = what.passed_by if isinstance(what, Rows) and passing else what.by
    shut = set(apart) | ({tale.raiser} if isinstance(what, Move) and "raise" in what.apart else set())
    if isinstance(what, Move) and what.apart:
        shut |= set(CaseStep.objects.filter(case=tale.case, move__in=what.apart).values_list("person_id", flat=True))
    found = (pk for word in words for pk in _named(loop, tale, word))
    return [pk for pk in dict.fromkeys(found) if pk not in shut and pk in tale.cast.accounts]


def _named(loop: Loop, tale: Tale, word: str) -> Iterator[int]:
    assert tale.case is not None
    if word in (RAISER, HOLDER):
        yield from [tale.raiser] if word == RAISER and tale.raiser is not None else []
    elif loop.party(word) is not None:
        yield from (
            CaseParty.objects.filter(case=tale.case, role=word)
            .order_by("person_id")
            .values_list("person_id", flat=True)
        )
    else:
        yield from tale.cast.holders(word, unit=tale.unit, body=tale.case.body_id)
