"""Member points (S3-23) as values: dimensions, sources with caps and diminishing returns, entries and their five states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ronglu.kernel.standing.errors import LedgerTrouble


class PointState(StrEnum):
    """申报 → 核实 → 告知（五天内可提异议）→ 入账 → 冲回."""

    DECLARED = "declared"
    VERIFIED = "verified"
    TOLD = "told"
    ENTERED = "entered"
    REVERSED = "reversed"

    @property
    def label(self) -> str:
        return _STATES[self]


_STATES = {
    PointState.DECLARED: "已申报", PointState.VERIFIED: "支部已核实", PointState.TOLD: "告知中",
    PointState.ENTERED: "已入账", PointState.REVERSED: "已冲回",
}  # fmt: skip

MOVES: Mapping[PointState, frozenset[PointState]] = {
    PointState.DECLARED: frozenset({PointState.VERIFIED, PointState.REVERSED}),
    PointState.VERIFIED: frozenset({PointState.TOLD, PointState.REVERSED}),
    PointState.TOLD: frozenset({PointState.ENTERED, PointState.REVERSED}),
    PointState.ENTERED: frozenset({PointState.REVERSED}),
    PointState.REVERSED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDimension:
    """职责履行 60, 改革创新 25, 先锋引领 15: `cap_h` is the most a year can bring."""

    code: str
    label: str
    en: str
    cap_h: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSource:
    """Where points come from. Negative `points_h` is a deduction; `returns` are the shares (billionths) that the first,
    second … entry of a month brings, the last one holding for all that follow."""

    code: str
    label: str
    en: str
    dimension: str
    evidence: tuple[str, ...]
    fact: str
    points_h: int
    month_cap_h: int | None
    returns: tuple[int, ...]
    rule: str

    @property
    def deducts(self) -> bool:
        return self.points_h < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRules:
    dimensions: Mapping[str, PointDimension]
    sources: Mapping[str, PointSource]
    objection_days: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """One entry as the ledger keeps it; `month` is yyyymm, `reversal_of` the id it takes back (its points the opposite)."""

    id: int
    source: str
    month: int
    points_h: int
    state: PointState
    reversal_of: int | None = None


def move(before: PointState, after: PointState) -> PointState:
    """The new state, or a refusal that says what is possible."""
    if after not in MOVES[before]:
        possible = "、".join(sorted(state.label for state in MOVES[before])) or "什么也不能"
        raise LedgerTrouble([f"{before.label}的积分不能变为{after.label}，只能变为：{possible}"])
    return after


def objections_until(rules: PointRules, told_on: date) -> date:
    """The last day on which the member may object; the entry may be booked from the day after."""
    return told_on + timedelta(days=rules.objection_days)
