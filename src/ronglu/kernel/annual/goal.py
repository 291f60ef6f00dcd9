"""The goal tree 厂→支部→党小组→党员: who may stand under whom, whether weights add up, and what was not broken down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ronglu.kernel.org.kinds import BRANCH, COMMITTEE, GENERAL, GROUP, JOINT

MEMBER = "member"
RANKS: Mapping[str, int] = {COMMITTEE: 0, GENERAL: 1, BRANCH: 2, JOINT: 2, GROUP: 3, MEMBER: 4}
"""A duty of a member stands lowest."""
WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNode:
    """`level` is the kind of the body that holds the goal, or `member`; `weight` its share of the goal above, in per cent."""

    key: int
    code: str
    level: str
    parent: int | None = None
    weight: int | None = None
    over: bool = False
    """Dropped: it neither counts nor asks for anything below it."""


def may_stand_under(child: str, parent: str) -> bool:
    """Lower, or both the committee's own: the long aim and the year's."""
    return RANKS[child] > RANKS[parent] or child == parent == COMMITTEE


@dataclass(frozen=True, slots=True)
class GoalGaps:
    """`weights`: goals whose parts do not come to 100; `unbroken`: goals of the plant with nothing below them in any branch."""

    weights: tuple[tuple[int, int], ...]
    unbroken: tuple[int, ...]


def gaps(nodes: Iterable[GoalNode]) -> GoalGaps:
    """Weights are asked for only where one was given: half a set of weights means nothing."""
    live = [one for one in nodes if not one.over]
    below: dict[int, list[GoalNode]] = {}
    for one in live:
        if one.parent is not None:
            below.setdefault(one.parent, []).append(one)
    sums = {
        one.key: sum(part.weight or 0 for part in below[one.key])
        for one in live
        if any(part.weight is not None for part in below.get(one.key, ()))
    }
    top = [one for one in live if one.level == COMMITTEE]
    return GoalGaps(
        weights=tuple((key, told) for key, told in sums.items() if told != WHOLE),
        unbroken=tuple(one.key for one in top if not _reaches(one.key, below)),
    )


def _reaches(key: int, below: Mapping[int, list[GoalNode]]) -> bool:
    """Whether anything under it is held by a branch or lower."""
    return any(RANKS[part.level] >= RANKS[BRANCH] or _reaches(part.key, below) for part in below.get(key, ()))
