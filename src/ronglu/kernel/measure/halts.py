"""Stops of a unit as spells of time: the tree of reasons, what overlaps, and how many minutes of a period each reason took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from ronglu.kernel.time.errors import TimeTrouble

MINUTE = 60
KINDS = ("planned", "unplanned")


class StopBookTrouble(TimeTrouble):
    """停机原因表写得不对。"""


@dataclass(frozen=True, slots=True)
class StopReason:
    """`say`: the reason alone says too little, words are needed."""

    code: str
    zh: str
    en: str
    say: bool = False

    @property
    def label(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class StopGroup:
    """`fault`: its hours are the failure hours that 设备故障率 speaks of."""

    code: str
    zh: str
    en: str
    kind: str
    fault: bool
    reasons: tuple[StopReason, ...]

    @property
    def label(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class StopBook:
    """The tree of reasons, in the order of the file; a reason's code is one in the whole book."""

    groups: tuple[StopGroup, ...] = ()
    note: str = ""
    hours: str = ""
    """How the code of a series ends that brings failure hours itself: there the reading counts and not the log."""

    def group(self, reason: str) -> StopGroup | None:
        return next((one for one in self.groups if any(r.code == reason for r in one.reasons)), None)

    def reason(self, code: str) -> StopReason | None:
        return next((r for one in self.groups for r in one.reasons if r.code == code), None)


@dataclass(frozen=True, slots=True)
class Spell:
    """Half-open; `ends_at` None while it lasts."""

    starts_at: datetime
    ends_at: datetime | None
    reason: str = ""

    def meets(self, other: Spell) -> bool:
        """Whether they share an instant; two that only touch do not."""
        return (self.ends_at is None or other.starts_at < self.ends_at) and (
            other.ends_at is None or self.starts_at < other.ends_at
        )

    def minutes(self, first: datetime, last: datetime) -> int:
        """Whole minutes of it inside [first, last); one that lasts is counted up to `last`."""
        begins, ends = max(self.starts_at, first), min(self.ends_at or last, last)
        return max(0, int((ends - begins).total_seconds()) // MINUTE)


@dataclass(frozen=True, slots=True)
class Lost:
    """One bar of a Pareto chart: how often, how long, and how much of everything up to here (largest first)."""

    key: str
    times: int
    minutes: int
    share: Fraction


def pareto(spells: Iterable[tuple[str, int]]) -> tuple[Lost, ...]:
    """(key, minutes) of each spell, summed by key, the longest first; equal ones in the order of their keys."""
    sums: dict[str, list[int]] = {}
    for key, minutes in spells:
        if minutes > 0:
            sums.setdefault(key, []).append(minutes)
    whole = sum(map(sum, sums.values()))
    found: list[Lost] = []
    run = 0
    for key, parts in sorted(sums.items(), key=lambda one: (-sum(one[1]), one[0])):
        run += sum(parts)
        found.append(Lost(key, len(parts), sum(parts), Fraction(run, whole)))
    return tuple(found)


def read(data: Mapping[str, Any]) -> StopBook:
    """Reads stops.yaml; StopBookTrouble lists all faults."""
    problems: list[str] = []
    groups = tuple(_group(row, problems) for row in data.get("groups") or ())
    codes = [reason.code for group in groups for reason in group.reasons]
    problems += [f"原因 {code} 写了两遍" for code in sorted({c for c in codes if codes.count(c) > 1})]
    if data and not groups:
        problems.append("一组原因也没有")
    if problems:
        raise StopBookTrouble("\n".join(problems))
    return StopBook(groups, str(data.get("note", "")), str(data.get("hours", "")))


def _group(row: Mapping[str, Any], problems: list[str]) -> StopGroup:
    name = row.get("code") or row.get("zh") or "未命名的一组"
    if row.get("kind") not in KINDS:
        problems.append(f"{name}：kind 应为 planned 或 unplanned，现为 {row.get('kind')}")
    if not row.get("reasons"):
        problems.append(f"{name}：一条原因也没有")
    reasons = tuple(_reason(one, str(name), problems) for one in row.get("reasons") or ())
    missing = [key for key in ("code", "zh", "en") if not row.get(key)]
    if missing:
        problems.append(f"{name}：缺少 {'、'.join(missing)}")
    said = {key: str(row.get(key, "")) for key in ("code", "zh", "en", "kind")}
    return StopGroup(**said, fault=row.get("fault") is True, reasons=reasons)


def _reason(row: Mapping[str, Any], group: str, problems: list[str]) -> StopReason:
    missing = [key for key in ("code", "zh", "en") if not row.get(key)]
    if missing:
        problems.append(f"{group}：有一条原因缺少 {'、'.join(missing)}")
    code, zh, en = (str(row.get(key, "")) for key in ("code", "zh", "en"))
    return StopReason(code, zh, en, say=row.get("say") is True)
