"""One meeting as its minutes and its page of the 支部手册 tell it: everything from the records, nothing written for the paper."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.gathering.guide import Block, BlockKind, Guide, Input
from ronglu.kernel.regulation.facts import RATINGS
from ronglu.store.models import AgendaRow, Gathering, GatheringState, MeetingVote, Resolution
from ronglu.work import gatherings, gatherings_guests, gatherings_votes
from ronglu.work.queries.gatherings import visible
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

TOLD = (GatheringState.CLOSED, GatheringState.CANCELLED)
"""States in which nothing of a meeting changes any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the agenda: what the records laid before the meeting, and what was said to it."""

    row: AgendaRow
    kind: BlockKind
    figures: tuple[tuple[str, str], ...]
    note: str

    @property
    def empty(self) -> bool:
        """Nothing was laid before the meeting here and nobody said anything."""
        return not (self.row.said or self.row.source or self.figures)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the guide with its lines; a block that was passed over has none."""

    block: Block
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    row: MeetingVote
    passed: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """`given` are the inputs of the kind in words; `away` who did not come, with why; `made_up` who made it up later."""

    row: Gathering
    guide: Guide
    body: str
    branch: str
    came: tuple[str, ...]
    away: tuple[tuple[str, str], ...]
    made_up: tuple[str, ...]
    besides: tuple[str, ...]
    given: tuple[tuple[Input, str], ...]
    parts: tuple[Part, ...]
    votes: tuple[Ballot, ...]
    decided: tuple[Resolution, ...]
    sessions: tuple[Gathering, ...]

    @property
    def people(self) -> bool:
        """Whether people were due by name; where nobody in particular was, only a number is kept."""
        return bool(self.came or self.away or self.made_up)


def found(*, scope: Scope, pk: int) -> Gathering | None:
    """A meeting that is over, and that the reader may see."""
    kin = ("plant", "body", "team", "venue", "convener", "recorder", "closed_by__person", "makeup_of")
    return visible(scope).filter(pk=pk, state__in=TOLD).select_related(*kin).first()


def read(*, row: Gathering, places: Places) -> Minutes:
    """Eight queries, however long the meeting was."""
    guide = gatherings.guide_of(row)
    people = list(row.people.select_related("person"))
    by_mark: dict[str, list[str]] = {}
    for one in people:
        by_mark.setdefault(one.mark if one.due else "besides", []).append(one.person.name)
    return Minutes(
        row=row,
        guide=guide,
        body=places.body_name(row.body_id),
        branch=_branch(row, places),
        came=tuple(by_mark.get("present", ())),
        away=tuple((one.person.name, one.reason) for one in people if one.due and one.mark == "away"),
        made_up=tuple(by_mark.get("makeup", ())),
        besides=(*by_mark.get("besides", ()), *(f"{one.label} {n} 人" for one, n in gatherings_guests.outside(row))),
        given=tuple(_given(guide, row.data)),
        parts=_parts(row, guide),
        votes=_votes(row),
        decided=tuple(row.resolutions.select_related("owner", "case")),
        sessions=tuple(row.makeups.filter(state=GatheringState.CLOSED)),
    )


def _branch(row: Gathering, places: Places) -> str:
    """The branch that a group belongs to; empty for what is no group."""
    path = places.party.at(places.on).path(row.body_id)
    return path[-2].name if len(path) > 1 and path[-1].kind == "group" else ""


def _parts(row: Gathering, guide: Guide) -> tuple[Part, ...]:
    """In the order of the guide; lines of a block that the guide no longer has stand at the end under their own names."""
    lines: dict[str, list[Said]] = {}
    for one in row.agenda.select_related("case", "document", "unit"):
        lines.setdefault(one.block, []).append(_said(one))
    known = [Part(block, tuple(_worth(lines.pop(block.code, [])))) for block in guide.blocks]
    rest = [Part(_named(code, left), tuple(_worth(left))) for code, left in lines.items()]
    return tuple(part for part in (*known, *rest) if part.lines)


def _worth(lines: list[Said]) -> list[Said]:
    return [one for one in lines if not one.empty]


def _named(code: str, lines: list[Said]) -> Block:
    return Block(code=code, label=lines[0].row.title, kind=lines[0].kind)


def _said(row: AgendaRow) -> Said:
    told = {name: str(value) for name, value in row.figures.items() if value not in (None, "")}
    shown = [(LABELS[name], told[name]) for name in LABELS if name in told]
    return Said(row, BlockKind(row.kind), tuple(shown), told.get("note", "").strip())


LABELS = {"period": "时段", "progress": "进度", "gap": "差距"}
"""Figures of a line in words, in the order in which they are told."""


def _votes(row: Gathering) -> tuple[Ballot, ...]:
    votes = list(row.votes.select_related("discussed_in"))
    if not votes:
        return ()
    shares = gatherings_votes.limits(row.plant, row.starts_at.date())
    return tuple(Ballot(one, gatherings_votes.outcome(one, shares)) for one in votes)


def _given(guide: Guide, data: Mapping[str, Any]) -> list[tuple[Input, str]]:
    told = [(one, _words(one, data)) for one in guide.inputs]
    return [(one, words) for one, words in told if words]


def _words(one: Input, data: Mapping[str, Any]) -> str:
    value = data.get(one.code)
    if value in (None, "", [], {}):
        return ""
    if one.kind == "person":
        return str(data.get(f"{one.code}_name", ""))
    if one.kind == "ratings":
        return "，".join(f"{RATINGS[code]} {value.get(code, 0)} 人" for code in RATINGS)
    labels = {choice.code: choice.label for choice in one.choices}
    if one.kind == "steps":
        return "、".join(labels.get(code, code) for code in value)
    return labels.get(str(value), str(value))


def overdue(one: Resolution, on: dt.date) -> bool:
    """A resolution whose case still runs after its day."""
    running = one.case is not None and one.case.closed_at is None
    return bool(running and one.due_on and one.due_on < on)
