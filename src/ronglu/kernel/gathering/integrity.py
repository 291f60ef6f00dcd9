"""What commitments, talks and contacts with the shop floor are called, and the duties of a committee's seats, as declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ronglu.kernel.named_codes import NamedCode, codes_of
from ronglu.kernel.org.facts import COMMITTEE
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period

LISTS = ("commitments", "points", "headings", "links", "serves")
LENGTHS = {"points": 5, "headings": 4, "links": 3, "serves": 3}
"""五抓五促, 四讲, 三联系, 三服务: the name says how many there are; how each is worded is the plant's."""
LEVELS = ("branch", "general", "committee")
EVERY = {"month": Grain.MONTH, "quarter": Grain.QUARTER, "half": Grain.HALF, "year": Grain.YEAR}
TALK = "talk"
"""The proof of a duty that a 谈心谈话 shows done; any other proof is a kind of gathering."""


class IntegrityTrouble(TimeTrouble):
    """廉政与履责的词表、登记或办理有误；一次列出全部问题。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatDutySeed:
    """A duty of a seat as shipped; a plant takes the list over and words it as it likes."""

    code: str
    zh: str
    en: str
    seat: str
    level: str
    every: str
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityRules:
    """`lists` by name of the list; a plant's own wording is laid over it by `worded`."""

    lists: Mapping[str, tuple[NamedCode, ...]] = field(default_factory=dict)
    duties: tuple[SeatDutySeed, ...] = ()
    note: str = ""

    def codes(self, name: str) -> tuple[str, ...]:
        return tuple(one.code for one in self.lists.get(name, ()))


def read(data: Mapping[str, Any]) -> IntegrityRules:
    """From base/integrity.yaml, empty where nothing is declared; IntegrityTrouble with everything wrong in it."""
    lists = {name: codes_of(data, name) for name in LISTS if name in data}
    faults = [
        f"{name} 应有 {LENGTHS[name]} 项，现有 {len(found)} 项"
        for name, found in lists.items()
        if name in LENGTHS and len(found) != LENGTHS[name]
    ]
    rows = [row for row in data.get("duties") or () if isinstance(row, Mapping)]
    codes = [str(row.get("code", "")) for row in rows]
    faults += [f"duties 里的 {code} 写了两遍" for code in sorted({c for c in codes if codes.count(c) > 1})]
    faults += [fault for row in rows for fault in duty_faults(row)]
    if faults:
        raise IntegrityTrouble("\n".join(faults))
    return IntegrityRules(lists=lists, duties=tuple(_seed(row) for row in rows), note=str(data.get("note", "")))


def duty_faults(row: Mapping[str, Any]) -> Iterable[str]:
    name = row.get("code") or row.get("zh") or "未命名的一项"
    yield from (f"{name}：缺少 {key}" for key in ("code", "zh", "en") if not row.get(key))
    for key, allowed in (("seat", COMMITTEE), ("level", LEVELS), ("every", tuple(EVERY))):
        if row.get(key) not in allowed:
            yield f"{name}：{key} 应为 {'、'.join(allowed)} 之一，现为 {row.get(key)}"


def worded(listed: Iterable[NamedCode], own: Mapping[str, str]) -> tuple[NamedCode, ...]:
    """The list in the plant's own words; one that it did not reword keeps the shipped ones."""
    return tuple(NamedCode(one.code, own[one.code], own[one.code]) if own.get(one.code) else one for one in listed)


def period_of(every: str, month: Period) -> Period:
    """The period of a duty that the month lies in."""
    return month.up(EVERY[every])


def falls_due(every: str, month: Period) -> bool:
    """Whether a duty's period ends with this month."""
    return period_of(every, month).last == month.last


def _seed(row: Mapping[str, Any]) -> SeatDutySeed:
    keys = ("code", "zh", "en", "seat", "level", "every")
    return SeatDutySeed(**{key: str(row[key]) for key in keys}, proof=str(row.get("proof") or ""))
