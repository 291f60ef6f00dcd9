"""An assessment sheet as a value: scales, categories, items, and the switches for bonus, veto and grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ronglu.kernel.rules.item import Item, Status
from ronglu.kernel.time.period import Period


@dataclass(frozen=True, slots=True)
class Scale:
    code: str
    name: str
    en: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    name: str
    en: str
    scale: str
    points: Decimal
    items: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A word from a converted score on: 优秀 from 90."""

    code: str
    name: str
    en: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Star:
    count: int
    at_least: Decimal
    health: str


@dataclass(frozen=True, slots=True)
class Bonus:
    """Off by default; when on, at most `per_year` points a year and scale, overshoot of targets included (decision 15)."""

    on: bool
    per_year: Decimal
    overshoot: Decimal
    ground: str


@dataclass(frozen=True, slots=True)
class VetoReason:
    code: str
    name: str
    en: str


@dataclass(frozen=True, slots=True)
class Veto:
    """An approved veto holds both scales at `cap` (a grade code) at best."""

    cap: str
    reasons: tuple[VetoReason, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """When a scale may be graded and linked: enough of what applies stands, and enough applies (decision 13)."""

    available_percent: int
    applicable_points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`declaration` is the plain data it was built from: store that, digest that, build it again."""

    code: str
    version: int
    name: str
    en: str
    from_month: Period
    status: Status
    note: str
    scales: tuple[Scale, ...]
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    bonus: Bonus
    veto: Veto
    grades: tuple[Grade, ...]
    stars: tuple[Star, ...]
    rated: Rated
    quota_percent: int | None
    declaration: Mapping[str, Any]

    def item(self, code: str) -> Item:
        return next(item for item in self.items if item.code == code)

    def in_category(self, code: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.category == code)

    def on_scale(self, code: str) -> tuple[Item, ...]:
        mine = {category.code for category in self.categories if category.scale == code}
        return tuple(item for item in self.items if item.category in mine)

    def in_force(self, on: date) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.starts_on <= on)

    def problems(self) -> list[str]:
        """Everything wrong with the sheet as a whole and with each item (evidence: see the linter)."""
        return self.piecewise() + self.whole()

    def piecewise(self) -> list[str]:
        """What is wrong with single items and ladders, even while other items are broken."""
        return [text for item in self.items for text in item.problems()] + self._ladders()

    def whole(self) -> list[str]:
        """What is wrong between the items; says something only when all of them could be read."""
        found = []
        doubled = [code for code, n in Counter(item.code for item in self.items).items() if n > 1]
        found += [f"项目代号 {code} 出现不止一次" for code in doubled]
        scales, categories = {s.code for s in self.scales}, {c.code for c in self.categories}
        found += [f"{c.code} 类归入的百分“{c.scale}”不存在" for c in self.categories if c.scale not in scales]
        found += [f"{i.code}：类别“{i.category}”不存在" for i in self.items if i.category not in categories]
        found += self._sums()
        late = [i.code for i in self.items if i.starts_on < self.from_month.first]
        found += [f"{code}：起用日早于本表的起用月 {self.from_month}" for code in late]
        reasons = {reason.code for reason in self.veto.reasons}
        used = {r for i in self.items for r in _veto_reasons(i.shape)}
        found += [f"否决情形“{code}”不在否决清单里" for code in sorted(used - reasons)]
        return found

    def _sums(self) -> list[str]:
        found = []
        for category in self.categories:
            mine = self.in_category(category.code)
            points = sum((item.points for item in mine), Decimal(0))
            if points != category.points:
                found.append(f"{category.code} {category.name}：各项合计 {points} 分，应为 {category.points} 分")
            if len(mine) != category.items:
                found.append(f"{category.code} {category.name}：有 {len(mine)} 项，应为 {category.items} 项")
        for scale in self.scales:
            points = sum((item.points for item in self.on_scale(scale.code)), Decimal(0))
            if points != scale.points:
                found.append(f"{scale.name}：各项合计 {points} 分，应为 {scale.points} 分")
        return found

    def _ladders(self) -> list[str]:
        found = []
        for what, edges in (("等级", [g.at_least for g in self.grades]), ("星级", [s.at_least for s in self.stars])):
            if edges != sorted(set(edges), reverse=True) or not edges or edges[-1] != 0:
                found.append(f"{what}的分数线应从高到低、不重复，最后一级从 0 起，现在是 {'、'.join(map(str, edges))}")
        if self.veto.cap not in {grade.code for grade in self.grades}:
            found.append(f"否决封顶的等级“{self.veto.cap}”不在等级表里")
        return found


def _veto_reasons(shape: object) -> list[str]:
    parts = getattr(shape, "parts", ())
    own = [shape.reason] if hasattr(shape, "reason") else []
    return own + [reason for part in parts for reason in _veto_reasons(part.shape)]
