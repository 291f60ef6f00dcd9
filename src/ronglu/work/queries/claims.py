"""What a claim code opens: where the case stands, whose turn it is by post, what was decided and why; nobody's name."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ronglu.kernel.loops.engine import RAISED
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Loop, Move, Rows
from ronglu.store.models import Attachment, Case, CaseLink, CaseRow, CaseStep
from ronglu.work.cases_new import claim_digest
from ronglu.work.queries.reports import Turn, turn_of

SHOWN = (Kind.CHOICE, Kind.DATE)
WRITTEN = (Kind.TEXT, Kind.LONG)
"""Of these what a move asked for: the reply and what is done. Persons never."""
FAR = 5
"""How many cases a merged one is followed through: each of them joined the next."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step: the move (None: the report itself), the day, the reason, and what was chosen and answered with it."""

    move: Move | None
    on: dt.date
    reason: str
    chosen: tuple[tuple[Field, Choice | str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the case that is done by one and passed by another: a measure."""

    rows: Rows
    no: int
    text: str
    due_on: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """`own` is False for the case that the reporter's own one joined: its words are another person's."""

    loop: Loop
    case: Case
    turn: Turn
    raised_on: dt.date
    closed_on: dt.date | None
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    files: tuple[Attachment, ...]
    own: bool = True


def claimed(*, claim: str, loops: Mapping[str, Loop], on: dt.date) -> tuple[Told, ...]:
    """The case of the code and those it went on in; nothing for a wrong code. The table is asked for a digest,
    so that how long the answer takes says nothing about how near a guess was.
    """
    case = Case.objects.select_related("zone", "plant").filter(claim=claim_digest(claim), loop__in=loops).first()
    found: list[Told] = []
    while case is not None and len(found) < FAR and case.pk not in {one.case.pk for one in found}:
        found.append(_told(loops[case.loop], case, on=on, own=not found))
        case = _joined(case)
    return tuple(found)


def _joined(case: Case) -> Case | None:
    links = CaseLink.objects.standing().filter(case=case, kind="merged", other__secrecy="open")
    row = links.select_related("other__zone", "other__plant").first()
    return row.other if row else None


def _told(loop: Loop, case: Case, *, on: dt.date, own: bool) -> Told:
    steps = CaseStep.objects.filter(case=case).order_by("no")
    return Told(
        loop=loop,
        case=case,
        turn=turn_of(loop, case, on),
        raised_on=case.raised_at.date(),
        closed_on=case.closed_at.date() if case.closed_at else None,
        lines=tuple(line for step in steps if (line := _line(loop, step)) is not None),
        parts=tuple(_part(rows, row) for row in _rows(case) if (rows := loop.row(row.kind)) and rows.closes),
        files=tuple(Attachment.objects.filter(case=case)) if own else (),
        own=own,
    )


def _line(loop: Loop, step: CaseStep) -> Line | None:
    """Acts on single lines are told by the lines themselves."""
    move = loop.move(step.move)
    if move is None and step.move != RAISED:
        return None
    asked = {*move.needs, *move.asks} if move else set()
    known = [f for f in loop.fields if f.kind in SHOWN or (f.kind in WRITTEN and f.code in asked)]
    known = [f for f in known if step.data.get(f.code)]
    return Line(
        move, step.at.date(), step.reason, tuple((f, _said(f, step.data[f.code])) for f in known) if move else ()
    )


def _said(one: Field, value: str) -> Choice | str:
    return next((choice for choice in one.choices if choice.code == value), value)


def _rows(case: Case) -> list[CaseRow]:
    return list(CaseRow.objects.filter(case=case).exclude(state="dropped").order_by("kind", "no"))


def _part(rows: Rows, row: CaseRow) -> Part:
    text = next((str(row.data[code]) for code in rows.needs if row.data.get(code)), "")
    return Part(rows, row.no, text, row.due_on, row.get_state_display())


def file(*, pk: int) -> Attachment | None:
    """A file of a case without a name."""
    return Attachment.objects.filter(pk=pk).exclude(case__claim="").first()
