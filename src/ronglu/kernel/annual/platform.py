"""党建平台: which kinds of posts they reach, and which of them fell silent against their own cadence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ronglu.kernel.time.period import Grain, Period


class PostKind(StrEnum):
    """Kinds of posts that the platforms together have to reach."""

    PRODUCTION = "production"
    SERVICE = "service"
    EQUIPMENT = "equipment"


class Rhythm(StrEnum):
    """How often a platform is meant to be used."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    NEED = "need"

    def silent(self, *, since: dt.date, last: dt.date | None, on: dt.date) -> bool:
        """Whether the last whole week, month … went by without it. What is used as needed is never silent."""
        if self is Rhythm.NEED:
            return False
        over = Period.of(on, Grain(self.value)) - 1
        return since <= over.first and (last is None or last < over.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformStand:
    """A platform as the registry has it: its category and the kinds of posts it reaches."""

    key: int
    category: str
    posts: frozenset[PostKind]


@dataclass(frozen=True, slots=True)
class PlatformReach:
    """How many platforms reach each kind of post and stand in each category; `bare` are the kinds and categories with none."""

    posts: Mapping[PostKind, int]
    categories: Mapping[str, int]

    @property
    def bare(self) -> tuple[str, ...]:
        return tuple(str(key) for key, n in (*self.posts.items(), *self.categories.items()) if n == 0)


def reach(stands: Iterable[PlatformStand], categories: Iterable[str]) -> PlatformReach:
    listed = list(stands)
    return PlatformReach(
        {kind: sum(kind in one.posts for one in listed) for kind in PostKind},
        {code: sum(one.category == code for one in listed) for code in categories},
    )
