"""Judging subjects by the rules: one finding for each subject, side of a rule and window, whatever its state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import ge, gt, le, lt

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.facts import Facts
from ronglu.kernel.regulation.finding import NOTE, Finding, State, Subject
from ronglu.kernel.regulation.registry import EXEMPTIONS, MEASURES, Measured
from ronglu.kernel.regulation.rule import Level, Rule, Severity, Side
from ronglu.kernel.regulation.window import EVENT, TERM, Window, windows
from ronglu.kernel.time.calendar import Calendar

OPS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": ge,
    ">": gt,
    "<=": le,
    "<": lt,
    "yes": ge,
    "none": le,
}
FIXED = {"yes": Decimal(1), "none": Decimal(0)}
"""What needs no number of the rule: it is so, or there is none of it."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One side of a rule with the window in which it is asked."""

    rule: Rule
    side: Side
    window: Window

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of which kinds of subject it is asked; empty: of all."""
        return self.side.only or (() if self.side.subject else self.rule.kinds)

    def asks(self, facts: Facts) -> bool:
        """Whether it is asked of this subject: there in the window, and of the kinds meant."""
        return facts.there(self.window) and facts.fits(self.kinds, self.window)


def judged(
    book: RuleBook, subjects: Iterable[Facts], *, first: date, last: date, on: date, calendar: Calendar | None = None
) -> Iterator[Finding]:
    """Every finding of these days as it stands on `on`. A window is judged by the rule as it was at its end, or on `on`."""
    owed: dict[str, list[Obligation]] = {}
    for facts in subjects:
        if facts.type not in owed:
            owed[facts.type] = list(asked(book, facts.type, first=first, last=last, on=on, calendar=calendar))
        for one in owed[facts.type]:
            if one.asks(facts):
                yield from judge(one, facts, on=on)


def asked(
    book: RuleBook, subject: str, *, first: date, last: date, on: date, calendar: Calendar | None = None
) -> Iterator[Obligation]:
    """What is asked of a type of subject in these days, begun by `on`: also what the year at a glance lays out."""
    for rule in book.rules:
        for side in rule.sides if rule.enabled else ():
            if (side.subject or rule.subject) != subject or side.measure not in MEASURES or not side.enabled:
                continue
            months = calendar if side.statistical else None
            for window in windows(side.window, first=first, last=last, grace_days=side.grace_days, calendar=months):
                if window.first <= on and rule.holds(min(window.last, on)):
                    yield Obligation(rule, side, window)


def judge(one: Obligation, facts: Facts, *, on: date) -> Iterator[Finding]:
    """What the measure saw, told as findings."""
    rule, side, window = one.rule, one.side, one.window
    for seen in MEASURES[side.measure].run(rule, side, facts, window):
        at = _window(side, window, seen)
        spared = _spared(rule, side, facts.asked_as(one.kinds, at), at)
        yield _finding(rule, side, facts, at, seen, spared, on)


def _window(side: Side, window: Window, seen: Measured) -> Window:
    if side.window not in (EVENT, TERM) or seen.on is None:
        return window
    return Window(seen.on, seen.due_on or seen.on, side.grace_days)


def _spared(rule: Rule, side: Side, facts: Facts, window: Window) -> str:
    for one in (*side.exempt, *rule.exempt):
        if why := EXEMPTIONS[one.when].run(facts, window, one.value):
            return why
    return ""


def _finding(rule: Rule, side: Side, facts: Facts, window: Window, seen: Measured, spared: str, on: date) -> Finding:
    limit = _limit(rule, side, seen)
    part = ":".join(word for word in (side.code, window.key, seen.part) if word)
    reason = facts.reasons.get((rule.id, part), "")
    at_once = side.window == EVENT and window.first == window.due_on
    state = _state(side, seen, limit, spared, reason, at_once or on > window.due_on)
    dark = _dark(side, facts, window) if state in (State.MISSED, State.REASONED) else ""
    state = State.NOT_MEASURABLE if dark else state
    return Finding(
        rule=rule.id,
        side=side.code,
        subject=Subject(facts.type, facts.id, part),
        window=window,
        state=state,
        severity=NOTE if side.level is Level.NOTE else side.severity.value,
        detail=f"{seen.detail}（{spared or dark}）" if spared or dark else seen.detail,
        measured=seen.value,
        op=side.op,
        threshold=limit,
        since=_since(side, window, state, on, at_once=at_once),
        rests_on=rule.source,
        clear_by=seen.clear_by or side.clear_by or rule.clear_by,
        reason=reason,
        audience=rule.audience,
    )


def _since(side: Side, window: Window, state: State, on: date, *, at_once: bool) -> date:
    """What was owed is missed from the day after it was due. What there is too much of in a period is known from the day it was
    seen, and an event from its own day."""
    if at_once or state not in (State.MISSED, State.REASONED):
        return window.first
    return window.due_on + timedelta(days=1) if _waits(side) else min(on, window.last)


def _limit(rule: Rule, side: Side, seen: Measured) -> Decimal:
    if seen.limit is not None:
        return seen.limit
    return FIXED[side.op] if side.op in FIXED else rule.share(side.threshold)


def _state(side: Side, seen: Measured, limit: Decimal, spared: str, reason: str, over: bool) -> State:
    if spared:
        return State.EXEMPT
    if seen.value is None:
        return State.NOT_MEASURABLE
    if OPS[side.op](seen.value, limit):
        return State.OK
    if side.level is Level.NOTE:
        return State.NOTED
    if _waits(side) and not over:
        return State.DUE
    return State.REASONED if reason and side.severity is not Severity.MUST else State.MISSED


def _dark(side: Side, facts: Facts, window: Window) -> str:
    """Too little was seen, in a window that began before the records did: it may have been done and written elsewhere."""
    if facts.kept(window) or not _waits(side):
        return ""
    return f"{facts.kept_from} 起才在本系统登记"


def _waits(side: Side) -> bool:
    """What asks for enough can still be done until the window is over; too much, or an event that is over, cannot be undone."""
    return side.op in (">=", ">", "yes") or side.window in (EVENT, TERM)
