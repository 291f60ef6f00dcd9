"""Energy levels of a standard: per process step three limits, and the level that a value reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ronglu.kernel.time.errors import TimeTrouble


class EnergyTrouble(TimeTrouble):
    """能耗等级表写得不对。"""


@dataclass(frozen=True, slots=True)
class EnergyStep:
    """`limits` of level 1, 2, 3, from best to worst; without an indicator the step is only shown."""

    zh: str
    en: str
    limits: tuple[Decimal, Decimal, Decimal]
    indicator: str = ""

    def level(self, value: Decimal | None) -> int | None:
        """1 to 3; 0 where even the limit of level 3 is exceeded, None without a value."""
        if value is None:
            return None
        return next((number for number, limit in enumerate(self.limits, 1) if value <= limit), 0)


@dataclass(frozen=True, slots=True)
class EnergyBook:
    source: str = ""
    note: str = ""
    unit: str = ""
    steps: tuple[EnergyStep, ...] = ()

    def of(self, indicator: str) -> EnergyStep | None:
        return next((one for one in self.steps if one.indicator == indicator), None)


def read(content: Mapping[str, Any]) -> EnergyBook:
    rows = content.get("steps", ())
    return EnergyBook(
        source=str(content.get("source", "")), note=str(content.get("note", "")), unit=str(content.get("unit", "")),
        steps=tuple(_step(row) for row in rows),
    )  # fmt: skip


def _step(row: Mapping[str, Any]) -> EnergyStep:
    try:
        first, second, third = (Decimal(str(one)) for one in row["limits"])
    except (KeyError, ValueError, InvalidOperation) as trouble:
        raise EnergyTrouble(f"“{row.get('zh', '')}”的 limits 要写 1、2、3 级三个数") from trouble
    if not 0 < first < second < third:
        raise EnergyTrouble(f"“{row['zh']}”的三级限值应由小到大，现在是 {first}、{second}、{third}")
    return EnergyStep(str(row["zh"]), str(row.get("en", "")), (first, second, third), str(row.get("indicator", "")))
