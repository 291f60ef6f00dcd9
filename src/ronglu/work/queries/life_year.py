"""The year of a branch at a glance: what the rules ask of it and its groups, done, missed with its reason, or still to come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.org.facts import Snapshot
from ronglu.kernel.org.kinds import BRANCHES, GROUP
from ronglu.kernel.org.vacancies import Vacancy, vacancies
from ronglu.kernel.regulation.facts import GATHERINGS, BodyFacts, Facts, PersonFacts
from ronglu.kernel.regulation.finding import Finding, State
from ronglu.kernel.regulation.rule import Rule, Side
from ronglu.kernel.regulation.window import PERIODS
from ronglu.kernel.time.months import add_months
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import history_of
from ronglu.store.models import Body, Plant
from ronglu.store.reasons import reasons
from ronglu.store.rulebook import regulations
from ronglu.work.life_findings import fed, judged_of, subjects, worded
from ronglu.work.queries.places import Places
from ronglu.work.regulation_bodies import bodies
from ronglu.work.regulation_facts import ground

MONTHS = 12
REMINDER = "R-ORG-11"
HOURS = (("R-EDU-02", "hours"), ("R-EDU-01", ""))
"""The 56 of a secretary or committee member stand before the 32 of every member."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One window of one line. `state` is None for a window that has not begun; `days` are those on which it was done."""

    period: Period
    state: State | None = None
    severity: str = ""
    days: tuple[tuple[int, dt.date], ...] = ()
    """Key of the meeting and its day."""
    due_on: dt.date | None = None
    detail: str = ""
    reason: str = ""
    measured: Decimal | None = None
    op: str = ""
    asked: Decimal | None = None
    """What is measured is held against this number by `op`."""
    clear_by: str = ""
    """Empty where there is nothing to clear."""


@dataclass(frozen=True, slots=True)
class Line:
    body: int
    name: str
    """Of the body."""
    rule: Rule
    side: Side
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """The meetings by their names; what is not about one kind of meeting in the rule's own words."""
        words = "、".join(GATHERINGS[kind] for kind in self.side.of if kind in GATHERINGS)
        if not words:
            return self.rule.label if self.side.label == self.rule.label else f"{self.rule.label}：{self.side.label}"
        alike = [one for one in self.rule.sides if one.window in PERIODS and one.of == self.side.of]
        return words if len(alike) == 1 else f"{words}：{self.side.label}"

    @property
    def monthly(self) -> bool:
        return len(self.cells) == MONTHS


@dataclass(frozen=True, slots=True)
class Hours:
    """A member's hours against what is asked of him: whether it is enough, no order and no points."""

    person: int
    name: str
    hours: Decimal
    asked: Decimal
    state: State


@dataclass(frozen=True, slots=True)
class Ending:
    name: str
    on: dt.date
    over: bool


@dataclass(frozen=True, slots=True)
class Year:
    """`keys`: the body and all below it, in the order of the tree. `begun`: since when each keeps its meetings here; one that
    is not in it is asked for nothing.
    """

    keys: tuple[int, ...]
    lines: tuple[Line, ...]
    hours: tuple[Hours, ...]
    endings: tuple[Ending, ...]
    vacant: tuple[Vacancy, ...]
    begun: dict[int, dt.date]
    silent: tuple[str, ...]
    """Bodies that keep no meetings here yet."""

    def by_body(self) -> list[tuple[str, list[Line]]]:
        """In the order of the tree."""
        return [(rows[0].name, rows) for key in self.keys if (rows := [one for one in self.lines if one.body == key])]

    @property
    def enough(self) -> int:
        return sum(one.state is State.OK for one in self.hours)


def year_of(*, plant: Plant, body: Body, year: int, on: dt.date, places: Places) -> Year:
    """As it stands on `on`, of the body and all below it; a 党委 or 总支 is shown alone, its branches have years of their own."""
    day = min(on, dt.date(year, 12, 31))
    view, keys = places.party.at(day), around(body.pk, places, day)
    if not keys:
        return Year((), (), (), (), (), {}, ())
    base = ground(plant=plant, on=on, bodies=keys, year=year)
    facts = list(subjects(base))
    found = judged_of(base, facts)
    snapshot = history_of(plant).at(day)
    return Year(
        keys=tuple(keys),
        lines=tuple(_lines(plant, found, facts, keys, year, day)),
        hours=tuple(_hours(found, facts)),
        endings=tuple(_endings(plant, snapshot, keys, day)),
        vacant=vacancies(snapshot, frozenset(keys)),
        begun={key: since for key, since in base.begun.items() if key in keys},
        silent=tuple(view.nodes[key].name for key in keys if key not in base.begun),
    )


def around(body: int, places: Places, day: dt.date) -> list[int]:
    """The bodies whose year is told on the page of this one, in the order of the tree; none where it was not there that day."""
    view = places.party.at(day)
    if body not in view:
        return []
    under = view.subtree(body) if view.nodes[body].kind in (*BRANCHES, GROUP) else {body}
    return [int(key) for key in view.nodes if key in under]


def lines_of(*, plant: Plant, year: int, on: dt.date, keys: Sequence[int]) -> list[Line]:
    """The lines of many bodies at once, judged in one go."""
    base = ground(plant=plant, on=on, bodies=keys, year=year)
    facts = list(bodies(base, reasons(plant)))
    return list(_lines(plant, judged_of(base, facts), facts, keys, year, min(on, dt.date(year, 12, 31))))


def _lines(
    plant: Plant, found: Iterable[Finding], facts: Iterable[Facts], keys: Sequence[int], year: int, day: dt.date
) -> Iterator[Line]:
    """In the order of the tree, then of the rules."""
    told: dict[tuple[int, str, str], dict[str, Finding]] = defaultdict(dict)
    for one in found:
        if one.subject.kind == "body" and one.window is not None and one.window.period is not None:
            told[int(one.subject.id), one.rule, one.side][one.window.key] = one
    rules = {rule.id: rule for rule in fed(regulations(plant)).at(day)}
    those = {int(one.id): one for one in facts if isinstance(one, BodyFacts)}
    asked = [(rule, side) for rule in rules.values() for side in rule.sides if side.window in PERIODS]
    for key in keys:
        for rule, side in asked:
            mine = told.get((key, rule.id, side.code))
            if mine:
                cells = tuple(_cell(mine, period, side, those[key]) for period in _periods(year, side))
                yield Line(key, those[key].name, rule, side, cells)


def _periods(year: int, side: Side) -> tuple[Period, ...]:
    whole, grain = Period.year(year), PERIODS[side.window]
    return (whole,) if grain is Grain.YEAR else whole.down(grain)


def _cell(told: dict[str, Finding], period: Period, side: Side, body: BodyFacts) -> Cell:
    one = told.get(str(period))
    if one is None or one.window is None:
        return Cell(period)
    counted = (g for g in body.gatherings if g.kind in side.of and (not side.allowed or g.speaker in side.allowed))
    held = [(int(g.id), g.held_on) for g in counted if g.held_on in one.window]
    return Cell(
        period, one.state, one.severity, tuple(sorted(held, key=lambda it: it[1])), one.window.due_on,
        one.detail, one.reason, one.measured, one.op, one.threshold,
        _clear_by(one),
    )  # fmt: skip


def _clear_by(one: Finding) -> str:
    """While the window is open its own words; once it is over, what can still be done about it."""
    if one.state is State.DUE:
        return one.clear_by
    return worded(one).clear_by if one.state in (State.MISSED, State.REASONED) else ""


def _hours(found: Iterable[Finding], facts: Iterable[Facts]) -> Iterator[Hours]:
    """By name: an order by hours would be a ranking."""
    people = {int(one.id): one for one in facts if isinstance(one, PersonFacts) and one.until_on is None}
    told: dict[int, dict[tuple[str, str], Finding]] = defaultdict(dict)
    for one in found:
        if one.subject.kind == "person":
            told[int(one.subject.id)][one.rule, one.side] = one
    for key, person in sorted(people.items(), key=lambda item: (item[1].name, item[0])):
        one = next((told[key][which] for which in HOURS if which in told[key]), None)
        if one is not None and one.measured is not None and one.threshold is not None:
            yield Hours(key, person.name, one.measured, one.threshold, one.state)


def _endings(plant: Plant, day: Snapshot, keys: list[int], on: dt.date) -> Iterator[Ending]:
    """Terms that end within the months of the reminder, or have ended."""
    rule = regulations(plant).get(REMINDER, on=on)
    months = rule.number("months") if rule else 6
    for key in keys:
        terms = day.terms_of(key)
        if terms and add_months(terms[-1].ends_on, -months) <= on:
            yield Ending(day.party.nodes[key].name, terms[-1].ends_on, terms[-1].ends_on < on)


@dataclass(frozen=True, slots=True)
class Count:
    """One body of the list: how many windows of the year stand how."""

    body: int
    code: str
    name: str
    kind: str
    begun: dt.date | None
    done: int = 0
    missed: int = 0
    reasoned: int = 0
    due: int = 0

    @property
    def asked(self) -> bool:
        """Itself or a group of it keeps its meetings here."""
        return self.begun is not None or bool(self.done or self.missed or self.reasoned or self.due)


def counts(*, plant: Plant, year: int, on: dt.date, places: Places, keys: Iterable[int]) -> list[Count]:
    """Every body whose year may be looked at: a branch with its groups, a 党委 or 总支 by itself."""
    day = min(on, dt.date(year, 12, 31))
    view, wanted = places.party.at(day), set(keys)
    tops = [state for state in view.nodes.values() if state.kind != GROUP and int(state.id) in wanted]
    owner = {int(key): int(top.id) for top in tops if top.kind in BRANCHES for key in view.subtree(top.id)}
    owner |= {int(top.id): int(top.id) for top in tops}
    base = ground(plant=plant, on=on, bodies=owner, year=year)
    # a meeting that is due, and not each event on the way to it
    tally: dict[int, dict[State, int]] = defaultdict(lambda: defaultdict(int))
    for one in judged_of(base, bodies(base, reasons(plant))):
        if one.window is not None and one.window.period is not None:
            tally[owner[int(one.subject.id)]][one.state] += 1
    codes = places.body_codes
    return [
        Count(
            key, codes[key], top.name, top.kind, base.begun.get(key),
            *(tally[key][state] for state in (State.OK, State.MISSED, State.REASONED, State.DUE)),
        )
        for top in tops
        if (key := int(top.id))
    ]  # fmt: skip
