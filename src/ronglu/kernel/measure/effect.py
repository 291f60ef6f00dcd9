"""有没有成效: the four words of an answer, what may be asked, and the smallest change that matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp
from ronglu.kernel.measure.rounding import round_to
from ronglu.kernel.time.errors import TimeTrouble

SHORTEST, LONGEST = 7, 180
HUNDRED = Decimal(100)


class EffectTrouble(TimeTrouble):
    """这样问不出成效。"""


class Word(StrEnum):
    """09-24: proven is better than 95 % of the placebo windows and the robust interval excludes nought; likely 80 %."""

    PROVEN = "proven"
    LIKELY = "likely"
    UNTOLD = "untold"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"proven": "有把握有成效", "likely": "很可能有成效", "untold": "说不清", "none": "没有成效"}[self]


@dataclass(frozen=True, slots=True)
class EffectRules:
    """`smallest_percent`: the smallest change that matters, in per cent of the usual level; a plant may set its own."""

    smallest_percent: Decimal = Decimal(2)
    note: str = ""

    def smallest(self, usual: Decimal, *, decimals: int) -> Decimal:
        """In the indicator's unit, never finer than its changes are told (see `digits`)."""
        change = round_to(abs(usual) * self.smallest_percent / HUNDRED, decimals)
        return max(change, Decimal(1).scaleb(-decimals))

    @property
    def text(self) -> str:
        """As it is frozen: 2%."""
        return f"{self.smallest_percent.normalize():f}%"


def share_of(text: str) -> EffectRules | None:
    """The rules that a frozen text such as 2% stands for; None for an amount."""
    return EffectRules(Decimal(text[:-1])) if text.endswith("%") else None


def read(content: Mapping[str, Any]) -> EffectRules:
    """What is not written stays as the class has it."""
    try:
        percent = Decimal(str(content.get("smallest_percent", EffectRules().smallest_percent)))
    except InvalidOperation as trouble:
        raise EffectTrouble("smallest_percent 要写一个百分数，例如 2") from trouble
    if not 0 < percent < HUNDRED:
        raise EffectTrouble(f"smallest_percent 应大于 0、小于 100，现在是 {percent}")
    return EffectRules(percent, str(content.get("note", "")))


def better(indicator: Indicator) -> int:
    """1 where more is better, −1 where less is. Of a band it is the distance outside it that is judged."""
    if indicator.direction is Direction.INFO:
        raise EffectTrouble(f"{indicator.name}没有好坏方向，问不出成效，请换一个指标")
    return 1 if indicator.direction is Direction.UP else -1


def digits(indicator: Indicator) -> int:
    """How finely a mean of days is told: pieces are counted whole, the mean of thirty days of them is not."""
    whole = indicator.rollup in (RollUp.SUM, RollUp.COUNT) and not indicator.decimals
    return 2 if whole else indicator.decimals


def check(indicator: Indicator, *, from_on: date, until_on: date) -> None:
    """Raises EffectTrouble for what cannot be asked; `until_on` is the day after the last."""
    better(indicator)
    days = (until_on - from_on).days
    if days < SHORTEST:
        raise EffectTrouble(f"起止要有 {SHORTEST} 天以上，现在是 {max(days, 0)} 天")
    if days > LONGEST:
        raise EffectTrouble(f"起止最多 {LONGEST} 天，现在是 {days} 天；时间长的，先看头 {LONGEST} 天")
