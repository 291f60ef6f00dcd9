"""One assessment item: what it reads, how it is judged, when it counts, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ronglu.kernel.rules.arith import hundredths
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.state import WhenNothing
from ronglu.kernel.time.period import Grain, Period


class CalendarKind(StrEnum):
    """Which month of that name an item reads: the plant's statistical month, or the calendar month."""

    STAT = "stat"
    CIVIL = "civil"

    @property
    def label(self) -> str:
        return {"stat": "统计月", "civil": "自然月"}[self.value]


class Status(StrEnum):
    """Marks of the domain reference: Seed, Verified text, Computed, professional knowledge (M), our own Default."""

    SEED = "S"
    VERIFIED = "V"
    COMPUTED = "C"
    TRADE = "M"
    DEFAULT = "D"

    @property
    def label(self) -> str:
        return "系统默认，可修改" if self in (Status.DEFAULT, Status.TRADE) else "有出处"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item comes from: inventory rows, a document if the plant names one, and its status."""

    rows: tuple[str, ...]
    status: Status
    doc: str = ""

    @property
    def text(self) -> str:
        """As printed under a score; a default is never shown as a superior's rule."""
        return "；".join(part for part in (self.doc, self.status.label) if part)


CADENCES = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`evidence` holds the declared kinds as text: the linter, not the type, refuses the forbidden ones by clause."""

    code: str
    name: str
    en: str
    category: str
    points: Decimal
    cadence: Grain
    calendar: CalendarKind
    fact: str
    grain: str
    evidence: tuple[str, ...]
    shape: Shape
    when_nothing: WhenNothing
    rule: str
    source: Source
    wired_by: tuple[str, ...]
    starts_on: date
    filter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    min_coverage: int | None = None

    @property
    def hundredths(self) -> int:
        return hundredths(self.points)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the item reads: its own first, then those its parts name."""
        own = [part.fact for part in getattr(self.shape, "parts", ()) if part.fact]
        return tuple(dict.fromkeys([self.fact, *own]))

    def wired(self, available: Set[str]) -> bool:
        """Whether this installation keeps the item's main fact; a part whose fact is absent counts as nothing happened.

        Duties are one fact of many nouns: `duty_due:relay` is kept where relays are, for the item that filters by them.
        """
        kinds = (f"{self.fact}:{kind}" for kind in self.filter.get("type", ()))
        return self.fact in available or any(kind in available for kind in kinds)

    def problems(self) -> list[str]:
        """All that is wrong, each with the item's code; the linter (evidence) speaks separately."""
        found = list(self.shape.problems(self))
        if self.points <= 0:
            found.append(f"满分应大于 0，现在是 {self.points}")
        if self.cadence not in CADENCES:
            found.append(f"周期只能是月、季、年，现在是{self.cadence.label}")
        elif (first := Period.of(self.starts_on, self.cadence).first) != self.starts_on:
            after = (Period.of(self.starts_on, self.cadence) + 1).first
            found.append(
                f"起用日 {self.starts_on} 不是一{self.cadence.label}的第一天，会把一个考核期切成两半；请用 {first} 或 {after}"
            )
        if "indicator" in self.evidence and self.min_coverage is None:
            found.append("依据是指标读数，必须写最低覆盖率 min_coverage（百分数）")
        if self.min_coverage is not None and not 1 <= self.min_coverage <= 100:
            found.append(f"最低覆盖率应在 1 与 100 之间，现在是 {self.min_coverage}")
        for text, what in ((self.name, "名称"), (self.en, "英文名"), (self.rule, "规则说明"), (self.fact, "事实")):
            if not text:
                found.append(f"没有{what}")
        return [f"{self.code} {self.name}：{text}" for text in found]
