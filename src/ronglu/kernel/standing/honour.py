"""Titles with their conditions (红旗党支部 …), and the tiers 1+2+N with their quotas; honours are shown and never score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.rules.arith import plain

Facts = Mapping[str, Decimal | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing a title asks of a fact: at least `least`, at most `most`, or both."""

    fact: str
    label: str
    least: Decimal | None
    most: Decimal | None

    @property
    def text(self) -> str:
        low = "" if self.least is None else f"不低于 {plain(self.least)}"
        high = "" if self.most is None else f"不超过 {plain(self.most)}"
        return f"{self.label}{'，'.join(part for part in (low, high) if part)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """`places` = how many a year, None without a limit."""

    code: str
    label: str
    en: str
    places: int | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """标杆 1, 示范 2, 标准 N (`quota` None)."""

    code: str
    label: str
    en: str
    quota: int | None


@dataclass(frozen=True, slots=True)
class Met:
    """Whether a condition holds; None = nobody knows, which is not a yes."""

    condition: Condition
    met: bool | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    title: Title
    lines: tuple[Met, ...]

    @property
    def eligible(self) -> bool:
        return all(line.met is True for line in self.lines)

    @property
    def lacking(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.met is not True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourRules:
    titles: Mapping[str, Title]
    tiers: Mapping[str, Tier]
    note: str


def eligible(title: Title, facts: Facts) -> Eligibility:
    return Eligibility(title=title, lines=tuple(_met(condition, facts) for condition in title.conditions))


def tier_problems(assigned: Mapping[str, str], rules: HonourRules) -> tuple[str, ...]:
    """What is wrong with branches (name → tier code); an unfilled place is no fault."""
    found = [f"{branch}的层级“{code}”不存在" for branch, code in assigned.items() if code not in rules.tiers]
    counted = Counter(assigned.values())
    for tier in rules.tiers.values():
        if tier.quota is not None and counted[tier.code] > tier.quota:
            found.append(
                f"{tier.label}最多 {tier.quota} 个，现有 {counted[tier.code]} 个，须减 {counted[tier.code] - tier.quota} 个"
            )
    return tuple(found)


def title_problems(given: Collection[str], rules: HonourRules) -> tuple[str, ...]:
    """What is wrong with the titles of one year, each named as often as it would be held."""
    counted = Counter(given)
    return tuple(
        f"{title.label}最多 {title.places} 个，现有 {counted[title.code]} 个，须减 {counted[title.code] - title.places} 个"
        for title in rules.titles.values()
        if title.places is not None and counted[title.code] > title.places
    )


def _met(condition: Condition, facts: Facts) -> Met:
    value = facts.get(condition.fact)
    if value is None:
        return Met(condition, None, f"{condition.text}：没有数据")
    low = condition.least is None or value >= condition.least
    high = condition.most is None or value <= condition.most
    return Met(condition, low and high, f"{condition.text}：现为 {plain(Decimal(value))}")
