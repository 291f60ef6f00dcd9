"""One thing of a person that is on record: what double-lift figures and member points are made of, never what he says of himself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """`fact` as the pack names it; `record` is a plain key; `on` the day it fell due, or its effect was verified.

    `kept`: in time. `verified`: another person found it done; only then may it bring points (S1-47).
    """

    fact: str
    person: int
    record: str
    label: str
    on: date
    kept: bool
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attained:
    """Of the audited indicators of a unit that have a plan in a month: how many reached it."""

    unit: int
    reached: int
    judged: int
