"""Short lists that a plant may word for itself: aspects of a judgement, levels of an award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.time.errors import TimeTrouble


class NamedCodesTrouble(TimeTrouble):
    """一张小词表写得不对。"""


@dataclass(frozen=True, slots=True)
class NamedCode:
    """`code` is what is stored and never changes; the words may be put otherwise."""

    code: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class FlowRules:
    """What the receiving side of an edge judges each month, from 1 to 5; `note` says whose rule it is."""

    aspects: tuple[NamedCode, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class AwardRules:
    """`levels` from the lowest to the highest."""

    levels: tuple[NamedCode, ...] = ()
    prizes: tuple[NamedCode, ...] = ()
    note: str = ""


MOST_ASPECTS = 4
"""With the sentence beside them five fields: more is not filled in on a phone."""


def flows(data: Mapping[str, Any]) -> FlowRules:
    """Reads flows.yaml."""
    aspects = codes_of(data, "aspects")
    if len(aspects) > MOST_ASPECTS:
        raise NamedCodesTrouble(f"aspects 最多 {MOST_ASPECTS} 个，现有 {len(aspects)} 个")
    return FlowRules(aspects, str(data.get("note", "")))


def awards(data: Mapping[str, Any]) -> AwardRules:
    """Reads awards.yaml."""
    return AwardRules(codes_of(data, "levels"), codes_of(data, "prizes"), str(data.get("note", "")))


def codes_of(data: Mapping[str, Any], key: str) -> tuple[NamedCode, ...]:
    """The list under `key`; NamedCodesTrouble with everything wrong in it."""
    found = tuple(
        NamedCode(*(str(row.get(part) or "") for part in ("code", "zh", "en"))) for row in data.get(key) or ()
    )
    codes = [one.code for one in found]
    wrong = [
        f"{key} 里的 {one.code or one.zh or '一项'} 缺少 code、zh 或 en"
        for one in found
        if not all((one.code, one.zh, one.en))
    ]
    wrong += [f"{key} 里的 {code} 写了两遍" for code in sorted({c for c in codes if codes.count(c) > 1})]
    wrong += [] if found or not data else [f"{key} 一项也没有"]
    if wrong:
        raise NamedCodesTrouble("\n".join(wrong))
    return found
