"""What 1151 双提升 is made of in a plant: five dimensions on two axes, as data of its pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FULL_H = 10_000
Values = Mapping[str, int | None]
"""Dimension → hundredths of 0–100; a missing one is None or absent, never 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One of the five; `rule` says in words what makes it."""

    code: str
    label: str
    en: str
    axis: str
    evidence: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """能力素养 (X) or 业绩 (Y); `weight` is its part of the index, in whole per cent."""

    code: str
    label: str
    en: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftRules:
    label: str
    en: str
    dimensions: tuple[Dimension, ...]
    axes: tuple[Axis, ...]
    trend_months: int
    note: str
    grades: Mapping[str, int]
    """What a skill grade stands for on 技能力, in hundredths."""

    def grade(self, grades: Iterable[str]) -> tuple[str, int] | None:
        """The best of the grades a person holds, by the longest word that is in it: 高级技师 is not 技师."""
        words = sorted(self.grades, key=len, reverse=True)
        found = [next((word for word in words if word in text), "") for text in grades]
        return max(((word, self.grades[word]) for word in found if word), key=lambda one: one[1], default=None)

    def on(self, axis: str) -> tuple[Dimension, ...]:
        return tuple(one for one in self.dimensions if one.axis == axis)
