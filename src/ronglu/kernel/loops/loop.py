"""What a loop declares: states in five phases, moves, who may make them, what they ask for, by when, and who is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ronglu.kernel.loops.due import Due, Rung
from ronglu.kernel.loops.field import Field

if TYPE_CHECKING:
    from ronglu.kernel.loops.engine import CaseView

RAISER, ANYONE, SYSTEM, HOLDER = "raiser", "anyone", "system", "holder"
REMARKS, FILES = "remarks", "files"
BUILT_IN = frozenset({RAISER, ANYONE, SYSTEM, HOLDER})
"""Words for people that every loop knows; the others are its parties and the role codes of the base pack."""


class Phase(StrEnum):
    OPEN = "open"
    WORKING = "working"
    VERIFYING = "verifying"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"open": "待处理", "working": "办理中", "verifying": "待验收", "closed": "已闭环", "dropped": "不再办"}[
            self
        ]

    @property
    def over(self) -> bool:
        return self in (Phase.CLOSED, Phase.DROPPED)


OVER = tuple(one.value for one in Phase if one.over)
RUNNING = tuple(one.value for one in Phase if not one.over)
"""As a case keeps its phase: to ask for rows by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`turn` says whose turn it is: parties, roles, the raiser; the first that there is. A closed state with a deadline and
    no turn waits for its look-back.

    `at_due` is a move that the clock itself makes when the deadline passes.
    """

    code: str
    label: str
    en: str
    phase: Phase
    due: Due | None = None
    turn: tuple[str, ...] = ()
    at_due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition of a move that a field list cannot say. `holds` returns what is missing, in words, or nothing."""

    code: str
    holds: "Callable[[CaseView], str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """`source` empty: from any state that is not over. `asks` may be filled, `needs` must. `apart` are moves whose maker may not
    make this one (`raise` is the raising itself), and parties and lines: who is among them has a stake. `assigns` are parties that the mover names; `sets` are values that the move
    itself writes.
    """

    code: str
    label: str
    en: str
    source: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    reason: bool = False
    apart: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    sets: Mapping[str, Any] = field(default_factory=dict)
    when: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Someone named in a case. `works`: he does the work, so he never verifies it. `many`: several at a time.

    `at_zone`: whoever owns the zone on the day of the report is named by the report itself.
    """

    code: str
    label: str
    en: str
    works: bool = False
    many: bool = False
    at_zone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Lines under a case: measures, bids, milestones, defects. `closes`: each is done by one and passed by another by itself.

    `by` adds them while the case is in one of `states`; `passed_by` checks them. `once`: one line a person.
    """

    code: str
    label: str
    en: str
    fields: tuple[str, ...]
    needs: tuple[str, ...] = ()
    by: tuple[str, ...]
    states: tuple[str, ...]
    brings: tuple[str, ...] = ()
    """Of the fields, those that only the doing brings: asked when a line is done, not when it is added."""
    closes: bool = False
    passed_by: tuple[str, ...] = ()
    once: bool = False
    hidden: tuple[str, ...] = ()
    """States during which people see only their own lines: bids before the judging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """`fields` on the first page, at most five; `anonymous`: without log-in, with a claim code."""

    by: tuple[str, ...]
    to: str
    needs: tuple[str, ...]
    asks: tuple[str, ...] = ()
    anonymous: bool = False
    confidential: bool = False
    discreet: bool = False
    """What comes without a name is confidential without being asked for it."""
    place: str = "unit"
    """What a case stands at, and must name: unit, zone, body or nothing."""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recur:
    """A report of the same place and the same fields within `days` of closing re-opens the case by `move`.

    The new report goes to the state `into` and stays linked, so that who wrote it still sees what becomes of it.
    """

    fields: tuple[str, ...]
    days: int
    move: str
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A promise that is measured: from entering one of `states` until leaving all of them, or each line of `rows` by its own date.

    `item` and `part` name the assessment item that reads it; `when` restricts it to some cases, `at_zone` to those in a zone.
    `passed`: what was handed in to be verified is kept only once it is past that, dated by the day it was handed in.
    """

    code: str
    label: str
    en: str
    states: tuple[str, ...] = ()
    rows: str = ""
    fact: str = ""
    item: str = ""
    part: str = ""
    key: str = ""
    when: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    at_zone: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Cases that count by the piece: each that came into `state`, once, on the day it first came there; a dropped one never."""

    code: str
    label: str
    en: str
    state: str
    fact: str
    item: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that follows from what was filled in: a saving, a rate before and after. Empty while it does not count yet."""

    code: str
    label: str
    en: str
    of: "Callable[[CaseView], str]"
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """Which move confirms money, and the money fields that are added up (`plus`) and taken off (`minus`)."""

    move: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Cases that are promised for a day: the field of the day, the fields they are counted by, the field of the quality result and
    which of its values are good. A case is delivered on the day it closes; one that was dropped was never due.
    """

    day: str
    groups: tuple[str, ...]
    result: str
    good: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupied:
    """Another case of the loop and the period that holds what this one asks for: its value, and whose it is."""

    value: str
    place: str
    number: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A condition of moves (`raise` among them) on what lies outside the case, as it stands at that moment.

    `fact` names what the caller looks up: `held` are the other cases in one of `states` with the same `period`, each with its value
    of `field`; `year` are the figures of the branch's year. `holds` returns what stands in the way, in words.
    """

    code: str
    moves: tuple[str, ...]
    fact: str
    field: str = ""
    period: str = ""
    states: tuple[str, ...] = ()
    holds: "Callable[[CaseView, Any], tuple[str, ...]]"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the printed ledger (台账): its heading and where the text comes from: a field's code, a fact of the case
    (number, raised_on, raised_by, place, title, state, closed_on, closed_by), `party:<code>`, `rows:<code>`, `row:<field>` or `figure:<code>`.
    """

    label: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    code: str
    version: int
    label: str
    en: str
    prefix: str
    source: str
    status: str
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    raising: Raise
    parties: tuple[Party, ...] = ()
    rows: tuple[Rows, ...] = ()
    ladder: tuple[Rung, ...] = ()
    recurs: Recur | None = None
    clocks: tuple[Clock, ...] = ()
    counts: tuple[Counted, ...] = ()
    ledger: tuple[Column, ...] = ()
    figures: tuple[Figure, ...] = ()
    benefit: Benefit | None = None
    """What of a case is a verified benefit; None: such cases bring no money."""
    delivery: Delivery | None = None
    """By which day a case was promised; None: such cases promise no day to anybody outside."""
    home: str = "place"
    """Whose branch answers for a case: that of the `place`, or of the `raiser`."""
    trusted: tuple[str, ...] = ()
    """Roles that may see confidential cases besides those named in them."""
    published: tuple[str, ...] = ()
    """States in which everybody of the plant may see a case that is not confidential: a challenge open for bids."""
    withheld: tuple[str, ...] = ()
    """What of a case is read by those alone who have a part in it: `remarks`, `files` that came after it was published, kinds of
    lines. Others read of these what is their own.
    """
    outside: tuple[Outside, ...] = ()
    urgent: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    """Which cases people are told of off shift too; empty: none."""
    carry: Mapping[str, str] = field(default_factory=dict)
    """State of the version before → state of this one, for states that are gone."""
    icon: str = "loop"
    board: str = ""
    """Name of the address of a page about one case beyond the generic ones; it takes the case's number in the table."""

    def state(self, code: str) -> State:
        return next(s for s in self.states if s.code == code)

    def move(self, code: str) -> Move | None:
        return next((m for m in self.moves if m.code == code), None)

    def field(self, code: str) -> Field:
        return next(f for f in self.fields if f.code == code)

    def row(self, code: str) -> Rows | None:
        return next((r for r in self.rows if r.code == code), None)

    def party(self, code: str) -> Party | None:
        return next((p for p in self.parties if p.code == code), None)

    def figure(self, code: str) -> Figure | None:
        return next((f for f in self.figures if f.code == code), None)

    def is_urgent(self, data: Mapping[str, Any]) -> bool:
        return bool(self.urgent) and all(data.get(name) in values for name, values in self.urgent.items())

    def leaving(self, state: str) -> tuple[Move, ...]:
        """The moves that start from a state."""
        over = self.state(state).phase.over
        return tuple(m for m in self.moves if state in m.source or (not m.source and not over))
