"""One rule of a regulation as a value: whom it concerns, what it sides, on whose text it rests; no side lives here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    MUST = "MUST"
    NORM = "NORM"
    LOCAL = "LOCAL"

    @property
    def label(self) -> str:
        return {"MUST": "应当", "NORM": "一般", "LOCAL": "本单位做法"}[self.value]


class Level(StrEnum):
    """A check can be failed; a note only tells and never counts against anybody."""

    CHECK = "check"
    NOTE = "note"


STATUSES = ("S", "V", "C", "M", "D")
"""Marks of the domain reference; a value may carry two, as V/D."""

OURS = ("M", "D")


@dataclass(frozen=True, slots=True)
class Source:
    """`text_url`, `verified_by` and `verified_on` are filled by the plant from the official text, all three together."""

    doc: str
    article: str
    status: str
    note: str = ""
    text_url: str = ""
    verified_by: str = ""
    verified_on: date | None = None
    article_status: str = "V"
    """M where the content is published but the number of the article was not checked."""

    @property
    def text(self) -> str:
        """How the rule is quoted: as a regulation only when the plant has checked it, 系统默认 for our own values."""
        if self.status in OURS and not self.verified_on:
            return "系统默认，可修改" + (f"（参照《{self.doc}》）" if self.doc else "")
        quoted = (f"《{self.doc}》" if self.doc else "本单位做法") + (f"第{self.article}条" if self.article else "")
        if self.verified_on:
            return quoted
        unsure = self.article and self.article_status in OURS
        return quoted + ("（条号和原文待本单位核对）" if unsure else "（待本单位核对原文）")


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number of a rule that a plant may edit."""

    name: str
    label: str
    value: Decimal
    unit: str
    status: str

    @property
    def whole(self) -> int:
        return int(self.value)

    def refuses(self, value: Decimal) -> str:
        """Why this number cannot take a value, or nothing: 0 times would be a rule switched off, a share is at most the whole."""
        if not self.unit or self.unit == "%":
            most = 100 if self.unit else 1
            return "" if 0 < value <= most else f"应大于 0、不超过 {most}"
        least = 0 if self.unit in ("天", "人") else 1
        return "" if value == value.to_integral_value() and value >= least else f"应是不小于 {least} 的整数"


@dataclass(frozen=True, slots=True)
class Exemption:
    """When a rule does not apply: a named test, and its number where it has one."""

    when: str
    value: int = 0
    status: str = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a rule: a measure over a window, compared with one number."""

    code: str
    """Tells the sides of one rule apart; empty where there is one side."""
    label: str
    measure: str
    window: str
    """month, quarter, half, year; event: each thing that happened; term: a stretch that the facts themselves give."""
    severity: Severity
    level: Level
    op: str = ""
    threshold: str = ""
    """Name of the number in the rule's thresholds; ops `yes` and `none` need no number."""
    subject: str = ""
    """Where this side is about another type of subject than the rule."""
    only: tuple[str, ...] = ()
    """Kinds of subject this side is for; empty: all that the rule names."""
    of: tuple[str, ...] = ()
    """What the measure looks at: kinds of gathering, pairs of a talk, required parts."""
    allowed: tuple[str, ...] = ()
    """Values that satisfy a field side: who may convene, which grades there are."""
    grace_days: int = 0
    statistical: bool = False
    """Months of the plant's statistics instead of the calendar's."""
    exempt: tuple[Exemption, ...] = ()
    clear_by: str = ""
    enabled: bool = True
    item: str = ""
    """The item of the assessment that its findings cost; empty: none, or another fact pays for the same miss already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    id: str
    label: str
    en: str
    chapter: str
    subject: str
    kinds: tuple[str, ...] = ()
    """Kinds of subject the rule is applied to; empty: all."""
    severity: Severity
    level: Level
    sides: tuple[Side, ...]
    source: Source
    from_on: date
    until_on: date | None
    clear_by: str
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    exempt: tuple[Exemption, ...] = ()
    waived_by: tuple[str, ...] = ()
    """Rules whose recorded approval or reason also quiets this one."""
    audience: tuple[str, ...] = ()
    """Roles that alone see its findings; empty: whoever may see the subject."""
    enabled: bool = True

    @property
    def window(self) -> str:
        return self.sides[0].window

    @property
    def measure(self) -> str:
        return self.sides[0].measure

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def number(self, name: str) -> int:
        return self.thresholds[name].whole

    def share(self, name: str) -> Decimal:
        return self.thresholds[name].value
