"""Education as declared: whom it is for and what is asked of each, the forms it is held in, its themes; and study time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ronglu.kernel.named_codes import NamedCode
from ronglu.kernel.time.errors import TimeTrouble

LISTS = ("audiences", "forms", "themes")
WHO = ("leaders", "members", "staff")
"""How an audience is counted: posts of a body, its members, everybody who works where it stands."""


class EducationTrouble(TimeTrouble):
    """education.yaml 写得不对。"""


@dataclass(frozen=True, slots=True)
class Audience(NamedCode):
    """`who` it is, `reach` 最大多数 or 关键少数, and the standard a new plan starts with."""

    who: str = "members"
    reach: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class StudyForm(NamedCode):
    """`audience` it is usually for; `several` (written as 是): more than one may lead a topic (中心组)."""

    audience: str = ""
    several: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    forms: Mapping[str, StudyForm] = field(default_factory=dict)
    themes: Mapping[str, NamedCode] = field(default_factory=dict)
    relay_days: int = 10
    """Working days a body has to pass a document on."""
    note: str = ""

    def worded(self, own: Mapping[str, Mapping[str, str]]) -> Education:
        """With the plant's own words: {list: {code: words}}. A code that is not declared any more changes nothing."""

        def renamed(name: str) -> dict[str, Any]:
            words = own.get(name, {})
            rows: Mapping[str, NamedCode] = getattr(self, name)
            return {code: replace(one, zh=words.get(code) or one.zh) for code, one in rows.items()}

        audiences, forms, themes = (renamed(name) for name in LISTS)
        return replace(self, audiences=audiences, forms=forms, themes=themes)


def read(data: Mapping[str, Any]) -> Education:
    """Reads education.yaml; all faults are told at once."""
    wrong: list[str] = []
    audiences = _rows(data, "audiences", Audience, ("who", "reach", "standard"), wrong)
    forms = _rows(data, "forms", StudyForm, ("audience", "several"), wrong)
    themes = _rows(data, "themes", NamedCode, (), wrong)
    wrong += [f"对象 {one.code} 的 who 应为 {'、'.join(WHO)}" for one in audiences.values() if one.who not in WHO]
    wrong += [f"对象 {one.code} 没有写 standard" for one in audiences.values() if not one.standard]
    wrong += [
        f"形式 {one.code} 的对象 {one.audience} 没有声明" for one in forms.values() if one.audience not in audiences
    ]
    days = data.get("relay_days", 10)
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        wrong.append(f"relay_days 应为工作日数，现为 {days}")
    if wrong:
        raise EducationTrouble("\n".join(wrong))
    return Education(
        audiences=audiences, forms=forms, themes=themes, relay_days=days,
        note=str(data.get("note", "")),
    )  # fmt: skip


def _rows(data: Mapping[str, Any], key: str, cls: type[Any], more: tuple[str, ...], wrong: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in data.get(key) or ():
        words = [str(row.get(part) or "") for part in ("code", "zh", "en", *more)]
        if not all(words[:3]):
            wrong.append(f"{key} 里的 {words[0] or words[1] or '一项'} 缺少 code、zh 或 en")
        elif words[0] in found:
            wrong.append(f"{key} 里的 {words[0]} 写了两遍")
        else:
            found[words[0]] = cls(*words)
    return found


HALF = Decimal("0.5")


def hours_of(
    starts_at: datetime, ends_at: datetime, *, hour: Decimal = Decimal(1), day: Decimal = Decimal(8)
) -> Decimal:
    """学时 of a meeting by the clock, in halves, never more than a day's (R-EDU-05)."""
    halves = Decimal((ends_at - starts_at).total_seconds()) / 1800
    return min(day, halves.quantize(Decimal(1), rounding=ROUND_HALF_UP) * HALF * hour)
