"""Worked examples of the rules on organisations: a small plant in plain rows, and what is found on it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ronglu.kernel.org.checks import stood
from ronglu.kernel.org.facts import FULL, PROBATIONARY, Approval, Budget, History, PostHeld, Project, Term
from ronglu.kernel.org.kinds import BRANCH, PARTY_RANKS, UNIT_RANKS
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Key, Span
from ronglu.kernel.org.tree import State, Tree
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.examples import Example, compared

START = date(2026, 1, 1)
ON = date(2026, 3, 31)


def run(book: RuleBook, example: Example) -> list[str]:
    """What the example says and the rule does not; empty when they agree."""
    mine = RuleBook(tuple(rule for rule in book.rules if rule.id == example.rule))
    return compared(example, stood(mine, history(example.given).at(example.seen_on or ON)))


def history(given: Mapping[str, Any]) -> History:
    """Bodies and units are rows {id, kind, parent}; a body's `full` and `probationary` members, its `posts`; a unit's
    `people` {body: how many of its members work there}; a project's `members` come from a branch each, its `people` are named
    (`一支部-full-1`). All of it stands since the start of 2026 unless it says otherwise."""
    bodies, units = [*given.get("bodies", ()), *_elsewhere(given)], given.get("units", ())
    return History(
        party=Tree(tuple(_state(row) for row in bodies), PARTY_RANKS),
        production=Tree(tuple(_state(row) for row in units), UNIT_RANKS),
        members=tuple(stay for row in bodies for stay in _members(row)),
        engaged=tuple(stay for row in units for stay in _workers(row)),
        posts=tuple(_post(row["id"], no, post) for row in bodies for no, post in enumerate(row.get("posts", ()), 1)),
        terms=tuple(Term(**row) for row in given.get("terms", ())),
        links=tuple(Link(body, unit, Span(START)) for body, unit in given.get("links", ())),
        approvals=tuple(Approval(rule, body, Span(START), text) for rule, body, text in given.get("approvals", ())),
        projects=tuple(_project(no, row) for no, row in enumerate(given.get("projects", ()), 1)),
        budgets=tuple(_budget(row) for row in given.get("budgets", ())),
        joined=given.get("joined", {}),
    )


def _state(row: Mapping[str, Any]) -> State:
    return State(row["id"], row["kind"], row["id"], row.get("parent"), Span(START))


def _members(row: Mapping[str, Any]) -> Iterable[Stay]:
    for kind, count in ((FULL, row.get("full", 0)), (PROBATIONARY, row.get("probationary", 0))):
        yield from (Stay(f"{row['id']}-{kind}-{no}", row["id"], Span(START), kind) for no in range(1, count + 1))


def _workers(row: Mapping[str, Any]) -> Iterable[Stay]:
    for body, count in row.get("people", {}).items():
        yield from (Stay(f"{body}-{FULL}-{no}", row["id"], Span(START)) for no in range(1, count + 1))


def _post(body: Key, no: int, post: Any) -> PostHeld:
    """A role, or {role, person, from_on, until_on}."""
    row = post if isinstance(post, Mapping) else {"role": post}
    span = Span(row.get("from_on", START), row.get("until_on"))
    return PostHeld(row.get("person", f"{body}-{no}"), body, row["role"], span)


def _project(no: int, row: Mapping[str, Any]) -> Project:
    until = row.get("until_on")
    people = (*(f"{one}-{FULL}-1" for one in _homes(row)), *row.get("people", ()))
    return Project(no, row["name"], Span(row["from_on"], until), people, planned_until=until, body=row.get("body"))


def _homes(project: Mapping[str, Any]) -> Iterable[str]:
    return (f"{project['name']}-{no}" for no in range(1, project.get("members", 0) + 1))


def _elsewhere(given: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for project in given.get("projects", ()):
        yield from ({"id": one, "kind": BRANCH, "full": 1} for one in _homes(project))


def _budget(row: Mapping[str, Any]) -> Budget:
    money = [Decimal(row[name]) for name in ("wages_last_year", "budget", "carried_over")]
    return Budget(row["body"], row["year"], *money)
