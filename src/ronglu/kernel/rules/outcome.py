"""What scoring one month gives: plain values that can be stored, shown and replayed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Scored:
    """One item of one branch: points in hundredths, share in billionths, and the basis as data."""

    body: int
    item: str
    state: str
    points: int
    won: int | None = None
    share: int | None = None
    covered: int | None = None
    expected: int | None = None
    basis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScaleTotal:
    """One scale of one branch, in hundredths; `converted` is None where nothing was available."""

    body: int
    scale: str
    applicable: int
    available: int
    won: int
    converted: int | None
    grade: str
    vetoed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Results in the order of branches and items, with the digest of every partition they were read from."""

    month: int
    results: tuple[Scored, ...]
    totals: tuple[ScaleTotal, ...]
    partitions: Mapping[str, str]
