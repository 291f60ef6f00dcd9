"""What a rule says about one subject in one window: how it stands, what was measured, on what it rests, what clears it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from ronglu.kernel.regulation.rule import Source
from ronglu.kernel.regulation.window import Window

Key: TypeAlias = int | str

NOTE = "NOTE"
"""Severity of what only tells: never counted by item B7."""


class State(StrEnum):
    OK = "ok"
    MISSED = "missed"
    DUE = "due"
    EXEMPT = "exempt"
    REASONED = "reasoned"
    NOT_MEASURABLE = "not_measurable"
    NOTED = "noted"
    """A reminder or note: told, never counted."""

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.OK: "符合", State.MISSED: "未做到", State.DUE: "未到期", State.EXEMPT: "不适用",
    State.REASONED: "已说明理由", State.NOT_MEASURABLE: "无法核对",
    State.NOTED: "提醒",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule was checked on. `part` tells two findings on one body apart: the vacant seat, the side of the rule, the month."""

    kind: str
    id: Key
    part: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}" + (f":{self.part}" if self.part else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    rule: str
    side: str = ""
    subject: Subject
    window: Window | None = None
    """None for what is found on a day, as the organisation stands."""
    state: State
    severity: str
    """MUST, NORM, LOCAL, or NOTE for what only reminds."""
    detail: str
    measured: Decimal | None = None
    op: str = ""
    threshold: Decimal | None = None
    since: date
    """The first day on which it was missed; for what is not missed, the first day of its window."""
    rests_on: Source
    clear_by: str
    reason: str = ""
    audience: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Missed, and not only a reminder: what item B7 counts and what has to be cleared."""
        return self.state is State.MISSED

    @property
    def source(self) -> str:
        return self.rests_on.text

    @property
    def key(self) -> tuple[str, str]:
        return (self.rule, self.subject.key)
