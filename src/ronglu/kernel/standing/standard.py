"""五个一: the five things a branch keeps (kinds are data), and how one of them stands on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ronglu.kernel.time.errors import TimeTrouble

KINDS = 5


class StandardTrouble(TimeTrouble):
    """“五个一”的声明或登记有误；一次列出全部问题。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardKind:
    """`months` is how long an entry holds unless it says less."""

    code: str
    zh: str
    en: str
    says: str
    says_en: str
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    kinds: Mapping[str, StandardKind]
    warn_days: int
    note: str


class Stand(StrEnum):
    """How one of the five stands: only `valid` and `expiring` count."""

    MISSING = "missing"
    ENTERED = "entered"
    RETURNED = "returned"
    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"

    @property
    def counts(self) -> bool:
        return self in (Stand.VALID, Stand.EXPIRING)


def stand(*, state: str, from_on: dt.date, until_on: dt.date, on: dt.date, warn_days: int) -> Stand:
    """The stored word says whether anybody looked at it; the days say whether it still holds."""
    if state in (Stand.ENTERED, Stand.RETURNED):
        return Stand(state)
    if on < from_on:
        return Stand.MISSING
    if on >= until_on:
        return Stand.EXPIRED
    return Stand.EXPIRING if (until_on - on).days <= warn_days else Stand.VALID


WRITTEN = ("code", "zh", "en", "says", "says_en")


def read(data: Mapping[str, Any]) -> Standards:
    """From base/standards.yaml, none where nothing is declared; StandardTrouble with everything wrong in it."""
    if not data:
        return Standards(kinds={}, warn_days=0, note="")
    rows = [row for row in data.get("kinds") or [] if isinstance(row, Mapping)]
    codes = [str(row.get("code", "")) for row in rows]
    faults = [f"五个一应有 {KINDS} 样，现在是 {len(rows)} 样"] if len(rows) != KINDS else []
    faults += [f"“{code}”写了两次" for code in sorted({c for c in codes if codes.count(c) > 1})]
    for row in rows:
        faults += [f"{row.get('code', '?')} 缺 {name}" for name in WRITTEN if not row.get(name)]
        if not _whole(row.get("months"), least=1):
            faults.append(f"{row.get('code', '?')} 的有效期（月）应是 1 以上的整数，现在是 {row.get('months')}")
    if not _whole(data.get("warn_days"), least=0):
        faults.append(f"提前几天提醒应是整数，现在是 {data.get('warn_days')}")
    if faults:
        raise StandardTrouble("\n".join(faults))
    kinds = {str(row["code"]): _kind(row) for row in rows}
    return Standards(kinds=kinds, warn_days=data["warn_days"], note=str(data.get("note", "")))


def _kind(row: Mapping[str, Any]) -> StandardKind:
    return StandardKind(**{name: str(row[name]) for name in WRITTEN}, months=row["months"])


def _whole(value: Any, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
