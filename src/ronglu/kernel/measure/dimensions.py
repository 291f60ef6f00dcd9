"""The target card: a few dimensions of a well-built plant, each with the indicators that tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.time.errors import TimeTrouble


class DimensionTrouble(TimeTrouble):
    """目标卡写得不对。"""


@dataclass(frozen=True, slots=True)
class Demand:
    """`indicators` of all process modules; a plant shows those that it has. `asks` says what to look at where none is measured."""

    code: str
    zh: str
    en: str
    indicators: tuple[str, ...] = ()
    asks: str = ""


@dataclass(frozen=True, slots=True)
class TargetCard:
    dimensions: tuple[Demand, ...] = ()
    source: str = ""
    note: str = ""


def read(content: Mapping[str, Any]) -> TargetCard:
    found = tuple(_dimensions(content))
    codes = [one.code for one in found]
    if len(set(codes)) < len(codes):
        raise DimensionTrouble("目标卡里有两个维度用了同一个 code")
    return TargetCard(found, str(content.get("source", "")), str(content.get("note", "")))


def _dimensions(content: Mapping[str, Any]) -> Iterator[Demand]:
    for row in content.get("dimensions", ()):
        if not row.get("code") or not row.get("zh"):
            raise DimensionTrouble("目标卡的每个维度要有 code 和 zh")
        if not row.get("indicators") and not row.get("asks"):
            raise DimensionTrouble(f"“{row['zh']}”既没有指标，也没有写靠什么看")
        yield Demand(
            str(row["code"]),
            str(row["zh"]),
            str(row.get("en", "")),
            tuple(row.get("indicators", ())),
            str(row.get("asks", "")),
        )
