"""Which measures and exemptions exist, and of which subject: rules may name these and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ronglu.kernel.regulation.facts import Facts
from ronglu.kernel.regulation.rule import Rule, Side
from ronglu.kernel.regulation.window import Window


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure saw. Periods give one; events and terms give one for each thing that happened."""

    value: Decimal | None
    """None: it cannot be told, and `detail` says why."""
    detail: str
    limit: Decimal | None = None
    """In place of the rule's number, where that is a share of something: half of those due."""
    part: str = ""
    on: date | None = None
    due_on: date | None = None
    clear_by: str = ""


Run = Callable[[Rule, Side, Any, Window], Iterable[Measured]]
Test = Callable[[Any, Window, int], str]
R = TypeVar("R", bound=Run)
T = TypeVar("T", bound=Test)


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    subject: str
    run: Run


@dataclass(frozen=True, slots=True)
class Spared:
    """A test for what a rule does not apply to. `label` names it; {} is where its number of days stands."""

    label: str
    subject: str
    """Empty: any subject."""
    run: Test


MEASURES: dict[str, Measure] = {}
EXEMPTIONS: dict[str, Spared] = {}


def measure(subject: type[Facts]) -> Callable[[R], R]:
    """Keeps a measure under its name, for the type of facts it reads."""

    def keep(run: R) -> R:
        MEASURES[run.__name__] = Measure(run.__name__, subject.type, run)
        return run

    return keep


def exemption(label: str, subject: type[Facts] | None = None) -> Callable[[T], T]:
    """Keeps a test under its name; it says why the rule does not apply, or nothing."""

    def keep(test: T) -> T:
        EXEMPTIONS[test.__name__] = Spared(label, subject.type if subject else "", test)
        return test

    return keep
