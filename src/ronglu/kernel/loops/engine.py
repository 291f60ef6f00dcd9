"""What may happen to a case now, by whom, and why not: the moves of its state, its lines, and the second-person rule.

Nothing is written here; a caller that gets no refusal writes the step.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from ronglu.kernel.loops.loop import ANYONE, HOLDER, RAISER, SYSTEM, Loop, Move, Phase, Rows

FOR_ANOTHER = "您所代理的人"
RAISED = "raise"
"""The step that began the case, as a word for `apart`."""


@dataclass(frozen=True, slots=True)
class Did:
    """One step of the past: who made which move from which state. `person` is None for the clock and for the anonymous."""

    move: str
    person: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One line of a case. `state`: noted (needs nothing), open, done, passed, dropped."""

    no: int
    state: str
    person: int | None = None
    added_by: int | None = None
    done_by: int | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    # the members of the team that it was written for
    team: frozenset[int] = frozenset()

    @property
    def people(self) -> frozenset[int]:
        """Everybody who has a stake in it."""
        return self.team.union(one for one in (self.person, self.added_by, self.done_by) if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as the engine sees it: persons are numbers, parties name who stands in the case."""

    state: str
    data: Mapping[str, Any] = field(default_factory=dict)
    raised_by: int | None = None
    holder: int | None = None
    parties: Mapping[str, frozenset[int]] = field(default_factory=dict)
    rows: Mapping[str, tuple[RowView, ...]] = field(default_factory=dict)
    did: tuple[Did, ...] = ()
    # raised in confidence: what was the raiser's stays his, whoever stands in for him
    private: bool = False

    def lines(self, code: str) -> tuple[RowView, ...]:
        return self.rows.get(code, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who tries: `roles` are the codes he holds over the place of the case; `everyone`: he belongs to the plant.

    `also` are those he stands in for today: he may do what was theirs to do, and may not judge what they did.
    """

    person: int | None = None
    also: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    everyone: bool = True
    clock: bool = False

    @property
    def people(self) -> frozenset[int]:
        return self.also | ({self.person} if self.person is not None else frozenset())


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that is his to make; `refusals` say why not yet, nothing in them: it may be made now."""

    move: Move
    refusals: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return not self.refusals


def words_of(loop: Loop, case: CaseView, actor: Actor) -> frozenset[str]:
    """Every word of `by` that fits this person in this case."""
    found = set(actor.roles)
    if actor.clock:
        return frozenset({SYSTEM})
    if actor.everyone:
        found.add(ANYONE)
    found |= {code for code, people in case.parties.items() if actor.people & people}
    raisers = {actor.person} - {None} if case.private else actor.people
    if case.raised_by in raisers:
        found.add(RAISER)
    if case.holder in (raisers if case.holder == case.raised_by else actor.people):
        found.add(HOLDER)
    return frozenset(found)


def offers(loop: Loop, case: CaseView, actor: Actor) -> tuple[Offer, ...]:
    """The moves that could be his in this state, open or with what still stands in the way."""
    words = words_of(loop, case, actor)
    found = (m for m in loop.leaving(case.state) if words & set(m.by) and _concerns(m.when, case.data))
    return tuple(Offer(m, tuple(_in_the_way(loop, case, actor, m, case))) for m in found)


def refusals(loop: Loop, case: CaseView, actor: Actor, code: str, given: Mapping[str, Any], reason: str) -> list[str]:
    """Why this person may not make this move with what he filled in; nothing: he may. `given` are values already read."""
    move = loop.move(code)
    if move is None:
        return [f"“{loop.label}”没有“{code}”这一步"]
    state = loop.state(case.state)
    if move not in loop.leaving(case.state):
        return [f"“{move.label}”要从{_from(loop, move)}走，现在是“{state.label}”；请刷新后再看"]
    if not _concerns(move.when, case.data):
        return [f"这一件不走“{move.label}”"]
    if not words_of(loop, case, actor) & set(move.by):
        return [f"“{move.label}”不归您办"]
    then = _as_filled(case, move, given)
    return [*_in_the_way(loop, case, actor, move, then), *_missing(loop, case, move, given, reason)]


def _as_filled(case: CaseView, move: Move, given: Mapping[str, Any]) -> CaseView:
    """The case as the move would leave it: what is checked is what was just filled in, not what stood there before."""
    filled = {code: given[code] for code in (*move.needs, *move.asks) if given.get(code) is not None}
    named = {code: frozenset(given[code]) for code in move.assigns if given.get(code)}
    return replace(case, data={**case.data, **filled, **move.sets}, parties={**case.parties, **named})


def _in_the_way(loop: Loop, case: CaseView, actor: Actor, move: Move, then: CaseView) -> Iterable[str]:
    stakes = [(label, own) for label, people in _stakes(loop, case, move) if (own := people & actor.people)]
    if not stakes and _judges(loop, case, actor, move) and (own := actor.people & doers(loop, case)):
        yield f"这一件由{_whose(actor, own)}办理，“{move.label}”须由另一人"
    himself = made_by(case, replace(actor, also=frozenset()).people)
    for before in sorted(made_by(case, actor.people) & set(move.apart)):
        who = "您" if before in himself else FOR_ANOTHER
        yield f"“{_named(loop, before)}”是{who}做的，“{move.label}”须由另一人"
    for label, own in stakes:
        yield f"{_whose(actor, own)}与这一件有关（{label}），“{move.label}”须由另一人"
    # a case goes on only when each of its own lines is settled
    yield from (said for check in move.checks if (said := check.holds(then)))


def _stakes(loop: Loop, case: CaseView, move: Move) -> Iterable[tuple[str, frozenset[int]]]:
    """The parties and the lines named in `apart`, with the persons among them."""
    for code in move.apart:
        party, rows = loop.party(code), loop.row(code)
        if party is not None:
            yield party.label, with_teams(case, case.parties.get(code, frozenset()))
        if rows is not None:
            yield rows.label, frozenset().union(*(r.people for r in case.lines(code)))


def with_teams(case: CaseView, people: frozenset[int]) -> frozenset[int]:
    """These persons, and the teams for which they wrote lines: who won a challenge for a team works with all of it."""
    return people.union(*(r.team for rows in case.rows.values() for r in rows if people & {r.person, r.added_by}))


def _whose(actor: Actor, own: Set[int | None]) -> str:
    return "您" if actor.person in own else FOR_ANOTHER


def _judges(loop: Loop, case: CaseView, actor: Actor, move: Move) -> bool:
    """Out of a state of verifying (into the next one too), into closed, on from closed, or not going on with it at all:
    the moves that judge what was done. Who asked for something may still take it back.
    """
    before, after = loop.state(case.state).phase, loop.state(move.to).phase
    if after is Phase.DROPPED:
        return not (RAISER in move.by and actor.person == case.raised_by)
    return Phase.CLOSED in (before, after) or (before is Phase.VERIFYING and move.to != case.state)


def doers(loop: Loop, case: CaseView) -> frozenset[int]:
    """Who did the work: parties that work, who sent it to be verified, whose line was done and who reported it."""
    parties = (people for code, people in case.parties.items() if (p := loop.party(code)) is not None and p.works)
    steps = (d.person for d in case.did if _sent(loop, d) and d.person is not None)
    done = (r for rows in case.rows.values() for r in rows if r.state in ("done", "passed"))
    lines = (one for r in done for one in (r.person, r.done_by) if one is not None)
    return with_teams(case, frozenset().union(*parties) | frozenset(steps) | frozenset(lines))


def _sent(loop: Loop, did: Did) -> bool:
    known = {s.code: s.phase for s in loop.states}
    after = known.get(did.after)
    return known.get(did.before) is Phase.WORKING and after in (Phase.VERIFYING, Phase.CLOSED)


def made_by(case: CaseView, people: frozenset[int]) -> frozenset[str]:
    """The moves that these persons made in this case, `raise` among them."""
    made = {d.move for d in case.did if d.person in people}
    return frozenset(made | ({RAISED} if case.raised_by in people else set()))


def _missing(loop: Loop, case: CaseView, move: Move, given: Mapping[str, Any], reason: str) -> Iterable[str]:
    for code in move.needs:
        if given.get(code) is None and (code in given or case.data.get(code) is None):
            yield f"请填写“{loop.field(code).label}”"
    for code in move.assigns:
        party = loop.party(code)
        if party is not None and not given.get(code) and not case.parties.get(code):
            yield f"请选定{party.label}"
    if move.reason and not reason.strip():
        yield f"“{move.label}”请写明理由"


def row_refusals(loop: Loop, case: CaseView, actor: Actor, rows: Rows, act: str, row: RowView | None) -> list[str]:
    """Why this person may not add, finish, pass, return or drop a line; `row` is None when adding."""
    words = words_of(loop, case, actor)
    if case.state not in rows.states:
        where = "、".join(loop.state(s).label for s in rows.states)
        return [f"{rows.label}在“{where}”时办，现在是“{loop.state(case.state).label}”"]
    if act == "add":
        return _may_add(rows, case, actor, words)
    if row is None or not rows.closes:
        return [f"{rows.label}没有这一步"]
    right = {"done": ("open",), "pass": ("done",), "return": ("done",), "drop": ("open",)}[act]
    if row.state not in right:
        return [f"{rows.label}第 {row.no} 条已经不是这个状态，请刷新后再看"]
    return _may_settle(rows, actor, words, act, row)


def _may_add(rows: Rows, case: CaseView, actor: Actor, words: frozenset[str]) -> list[str]:
    if not words & set(rows.by):
        return [f"{rows.label}不归您填"]
    if rows.once and any(r.added_by == actor.person for r in case.lines(rows.code)):
        return [f"{rows.label}每人一条，您已经填过"]
    return []


def _may_settle(rows: Rows, actor: Actor, words: frozenset[str], act: str, row: RowView) -> list[str]:
    if act == "done":
        return [] if row.person in actor.people or words & set(rows.by) else [f"第 {row.no} 条不归您办"]
    if act == "drop":
        if row.person in actor.people:
            return [f"第 {row.no} 条由您（或您所代理的人）办，须由另一人撤"]
        return [] if words & set(rows.by) else [f"第 {row.no} 条不归您撤"]
    if not words & set(rows.passed_by):
        return [f"第 {row.no} 条不归您验收"]
    if own := actor.people & {row.person, row.done_by}:
        return [f"第 {row.no} 条是{_whose(actor, own)}办的，须由另一人验收"]
    return []


def has_part(loop: Loop, case: CaseView, actor: Actor) -> bool:
    """Whether he is more than a reader: raised it, holds it, is named in it, or something is his to do by a role over its place."""
    by = {word for move in loop.moves for word in move.by}
    by |= {word for rows in loop.rows for word in (*rows.by, *rows.passed_by)}
    mine = by | {party.code for party in loop.parties} | {RAISER, HOLDER, *loop.trusted}
    return bool(words_of(loop, case, actor) & (mine - {ANYONE, SYSTEM}))


def kept_back(loop: Loop, rows: Rows, state: str, *, inside: bool) -> bool:
    """Whether everybody reads only his own lines: before the opening of bids, and of what is withheld from mere readers."""
    return state in rows.hidden or (rows.code in loop.withheld and not inside)


def shown(loop: Loop, case: CaseView, actor: Actor, rows: Rows) -> tuple[RowView, ...]:
    """The lines this person may read."""
    lines = case.lines(rows.code)
    if not kept_back(loop, rows, case.state, inside=has_part(loop, case, actor)):
        return lines
    return tuple(r for r in lines if actor.people & {r.added_by, r.person})


def settled(rows: tuple[RowView, ...]) -> bool:
    """Every line passed or dropped, and one passed at least."""
    return any(r.state == "passed" for r in rows) and all(r.state in ("passed", "dropped") for r in rows)


def _concerns(when: Mapping[str, frozenset[Any]], data: Mapping[str, Any]) -> bool:
    return all(data.get(name) in values for name, values in when.items())


def _from(loop: Loop, move: Move) -> str:
    return "、".join(f"“{loop.state(s).label}”" for s in move.source) or "未结束的状态"


def _named(loop: Loop, code: str) -> str:
    move = loop.move(code)
    return move.label if move else "提出"
