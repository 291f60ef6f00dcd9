"""How numbers are written for people: separators, fixed decimals, true minus, unit after a space, 万 and 亿 where said so."""

from __future__ import annotations

from decimal import Decimal

from ronglu.kernel.measure.compare import NOTHING, Change
from ronglu.kernel.measure.rounding import round_to

MINUS = "−"
# Only amounts that people really count in 万 and 亿; a grade or a unit consumption is never written so.
_SPOKEN = {"元": "元", "t": "吨", "kWh": "千瓦时", "m³": "立方米"}
_STEPS = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


def number(value: Decimal | int | None, decimals: int = 0, *, grouped: bool = True) -> str:
    """7476000 → 7,476,000; missing → —."""
    if value is None:
        return NOTHING
    rounded = round_to(Decimal(value), decimals)
    text = f"{abs(rounded):,f}" if grouped else f"{abs(rounded):f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: Decimal | int | None, decimals: int = 2) -> str:
    """A difference with its sign; zero has none."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and round_to(Decimal(value), decimals) > 0 else text


def quantity(value: Decimal | int | None, unit: str, decimals: int = 0) -> str:
    """263.6 kWh/t; a missing value stands without its unit."""
    text = number(value, decimals)
    return text if value is None or unit in ("", NOTHING) else f"{text} {unit}"


def percent(value: Decimal | None, decimals: int = 2) -> str:
    return quantity(value, "%", decimals)


def change(value: Change, decimals: int = 2) -> str:
    """+4.50 %, or the word that stands for a change over no base."""
    if value.percent is None:
        return value.word or NOTHING
    return f"{signed(value.percent, decimals)} %"


def points(value: Decimal | None, decimals: int = 2) -> str:
    return NOTHING if value is None else f"{signed(value, decimals)} 个百分点"


def spoken(value: Decimal | int | None, unit: str, decimals: int = 2) -> str:
    """1200000 元 → 120.00 万元, 7476000 t → 747.60 万吨; small amounts and other units as they are."""
    if value is None or unit not in _SPOKEN:
        return quantity(value, unit, decimals)
    for step, word in _STEPS:
        if abs(Decimal(value)) >= step:
            return f"{number(Decimal(value) / step, decimals)} {word}{_SPOKEN[unit]}"
    return quantity(value, unit, decimals)
