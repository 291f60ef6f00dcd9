"""Running the organisation rules over a day: which findings there are and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ronglu.kernel.org.facts import History, Snapshot
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.finding import NOTE, Finding, State, Subject
from ronglu.kernel.regulation.rule import Level, Rule


@dataclass(frozen=True, slots=True)
class Hit:
    """What one check saw, before the rule's own words are put to it."""

    subject: Subject
    detail: str
    since: date | None = None
    level: Level | None = None
    waivable: bool = True


Check = Callable[[Rule, Snapshot], Iterable[Hit]]
REGISTRY: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Keeps a check under its name, which is the measure a rule of the organisation names."""
    REGISTRY[function.__name__] = function
    return function


def run(book: RuleBook, snapshot: Snapshot) -> tuple[Finding, ...]:
    """All findings of the day; `since` is the day itself unless the check knows better. What is waived is left out."""
    return tuple(one for one in stood(book, snapshot) if one.state is not State.EXEMPT)


def stood(book: RuleBook, snapshot: Snapshot) -> Iterator[Finding]:
    """The same, with what a recorded approval or reason quiets told as exempt."""
    for rule in book.at(snapshot.on):
        if rule.measure in REGISTRY:
            yield from (_finding(rule, hit, snapshot) for hit in REGISTRY[rule.measure](rule, snapshot))


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


def _finding(rule: Rule, hit: Hit, day: Snapshot) -> Finding:
    note = (hit.level or rule.level) is Level.NOTE
    return Finding(
        rule=rule.id,
        subject=hit.subject,
        state=State.EXEMPT if _waived(rule, hit, day) else State.NOTED if note else State.MISSED,
        severity=NOTE if note else rule.severity.value,
        detail=hit.detail,
        since=hit.since or day.on,
        rests_on=rule.source,
        clear_by=rule.clear_by,
        audience=rule.audience,
    )


def _waived(rule: Rule, hit: Hit, snapshot: Snapshot) -> bool:
    if not hit.waivable or hit.subject.kind != "body" or not rule.waived_by:
        return False
    return snapshot.waived(hit.subject.id, *rule.waived_by)


def unchecked(book: RuleBook, *, on: date) -> tuple[str, ...]:
    """Rules in force for which no check is written: said aloud, never silently passed."""
    return tuple(rule.id for rule in book.at(on) if rule.measure not in REGISTRY)
