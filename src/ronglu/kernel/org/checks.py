"""Running the organisation rules over a day: which findings there are and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from ronglu.kernel.org.facts import History, Snapshot
from ronglu.kernel.org.rules import Level, Rule, RuleBook
from ronglu.kernel.org.span import Key

NOTE = "NOTE"
"""Severity of what only tells: never counted by item B7."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule was checked on. `part` tells two findings on one body apart: the vacant seat, the side of the rule."""

    kind: str
    id: Key
    part: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}" + (f":{self.part}" if self.part else "")


@dataclass(frozen=True, slots=True)
class Hit:
    """What one check saw, before the rule's own words are put to it."""

    subject: Subject
    detail: str
    since: date | None = None
    level: Level | None = None
    waivable: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    subject: Subject
    detail: str
    since: date
    source: str
    clear_by: str
    severity: str
    """MUST, NORM, LOCAL, or NOTE for what only reminds."""

    @property
    def counts(self) -> bool:
        return self.severity != NOTE

    @property
    def key(self) -> tuple[str, str]:
        return (self.rule, self.subject.key)


Check = Callable[[Rule, Snapshot], Iterable[Hit]]
REGISTRY: dict[str, Check] = {}


def check(rule_id: str) -> Callable[[Check], Check]:
    def keep(function: Check) -> Check:
        REGISTRY[rule_id] = function
        return function

    return keep


def run(book: RuleBook, snapshot: Snapshot) -> tuple[Finding, ...]:
    """All findings of the day; `since` is the day itself unless the check knows better."""
    return tuple(
        _finding(rule, hit, snapshot.on)
        for rule in book.at(snapshot.on)
        if rule.id in REGISTRY
        for hit in REGISTRY[rule.id](rule, snapshot)
        if not _waived(rule, hit, snapshot)
    )


def findings(book: RuleBook, history: History, *, on: date) -> tuple[Finding, ...]:
    """Findings of the day with the day each began: walks back over the days on which the organisation changed."""
    found = {one.key: one for one in run(book, history.at(on))}
    dated = {one.key for one in found.values() if one.since != on}
    alive = set(found) - dated
    for day in sorted((d for d in history.boundaries if d <= on), reverse=True):
        if not alive:
            break
        alive &= {one.key for one in run(book, history.at(day))}
        for key in alive:
            found[key] = replace(found[key], since=day)
    return tuple(found.values())


def _finding(rule: Rule, hit: Hit, on: date) -> Finding:
    level = hit.level or rule.level
    severity = NOTE if level is Level.NOTE else rule.severity.value
    since = hit.since or on
    return Finding(rule.id, hit.subject, hit.detail, since, rule.source.text, rule.clear_by, severity)


def _waived(rule: Rule, hit: Hit, snapshot: Snapshot) -> bool:
    if not hit.waivable or hit.subject.kind != "body" or not rule.waived_by:
        return False
    return snapshot.waived(hit.subject.id, *rule.waived_by)


def unchecked(book: RuleBook, *, on: date) -> tuple[str, ...]:
    """Rules in force for which no check is written: said aloud, never silently passed."""
    return tuple(rule.id for rule in book.at(on) if rule.id not in REGISTRY)
