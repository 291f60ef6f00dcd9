"""Figures as the slots of a sentence say them: per cent and percentage points each under their own name, sizes without a sign."""

from __future__ import annotations

from decimal import Decimal

from ronglu.kernel.measure.compare import NOTHING, Change, relative
from ronglu.kernel.measure.fmt import number
from ronglu.kernel.measure.indicator import Indicator


def amount(one: Indicator, value: Decimal | None) -> str:
    """412.50 t, 98.30%; nothing for what is missing."""
    if value is None:
        return ""
    text = number(value, one.decimals)
    return f"{text}%" if one.unit == "%" else _with(text, one)


def apart(one: Indicator, value: Decimal | None, other: Decimal | None) -> str:
    """How far two figures lie apart: of two percentages in percentage points."""
    if value is None or other is None:
        return ""
    text = number(abs(value - other), one.decimals)
    return f"{text} 个百分点" if one.unit == "%" else _with(text, one)


def rate(value: Decimal | None, base: Decimal | None) -> str:
    """How far apart in per cent of the base; nothing over a base that is none."""
    return size(relative(value, base))


def size(change: Change) -> str:
    return "" if change.percent is None else percent(abs(change.percent))


def percent(value: Decimal | None) -> str:
    return "" if value is None else f"{number(value, 2)}%"


def points(value: Decimal | None) -> str:
    return "" if value is None else f"{number(abs(value), 2)} 个百分点"


def compared(value: Decimal, plan: Decimal, words: tuple[str, str, str]) -> str:
    """More, less, the same."""
    return words[0] if value > plan else words[1] if value < plan else words[2]


def _with(text: str, one: Indicator) -> str:
    return text if one.unit in ("", NOTHING) else f"{text} {one.unit}"
