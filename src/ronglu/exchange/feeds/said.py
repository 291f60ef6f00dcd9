"""What a source says of one tag at one time, and the one JSON form in which topics and posts bring it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
MOST_BYTES = 2**20
MOST_VALUES = 5000
SHAPE = '{"values": [{"tag": "…", "at": "2026-03-10T08:00", "value": 12.3, "unit": "t"}]}'


class BadMessage(ValueError):
    """这条消息读不懂。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything as it came; `revised` is when the source itself last changed the value. `spot` maps what has no tag of its
    own (a cell of a file) as a declared row of tags would.
    """

    tag: str
    label: str
    text: str
    unit: str = ""
    revised: str = ""
    spot: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def digest(self) -> str:
        return digest_of("\0".join((self.tag, self.label, self.text, self.unit, self.revised)).encode())


def digest_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def from_json(raw: bytes) -> list[Said]:
    """Numbers keep the digits they were written with. A value that is null says nothing and is left out."""
    if len(raw) > MOST_BYTES:
        raise BadMessage(f"消息超过上限 {MOST_BYTES // 1024} kB，请分批发送")
    try:
        given = json.loads(raw, parse_float=str, parse_int=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadMessage(f"不是合格的 JSON，应为 {SHAPE}") from None
    rows = given.get("values", [given]) if isinstance(given, dict) else given
    if not isinstance(rows, list) or not rows:
        raise BadMessage(f"里面没有数，应为 {SHAPE}")
    if len(rows) > MOST_VALUES:
        raise BadMessage(f"一条消息最多 {MOST_VALUES} 个数，这条有 {len(rows)} 个，请分批发送")
    return from_rows(rows)


def from_rows(rows: Iterable[Any]) -> list[Said]:
    """Rows with tag, at, value and, where they have it, unit and revised; of a message or of a query's answer."""
    return [said for number, row in enumerate(rows, 1) if (said := _row(row, number)) is not None]


def moment(text: str) -> dt.datetime | None:
    """Plant local time; an instant with a zone is brought to it. None for what is no instant."""
    try:
        at = dt.datetime.fromisoformat(text.strip())
        return at.astimezone(HERE).replace(tzinfo=None) if at.tzinfo else at
    except (ValueError, OverflowError):
        return None


def _row(row: Any, number: int) -> Said | None:
    if not isinstance(row, Mapping):
        raise BadMessage(f"第 {number} 个不是对象，应为 {SHAPE}")
    words = {name: _word(row.get(name)) for name in ("tag", "at", "value", "unit", "revised")}
    if missing := [name for name in ("tag", "at") if not words[name]]:
        raise BadMessage(f"第 {number} 个没有写 {'、'.join(missing)}，应为 {SHAPE}")
    if not words["value"]:
        return None
    return Said(
        tag=words["tag"][:120], label=words["at"][:40], text=words["value"][:120], unit=words["unit"][:20],
        revised=words["revised"][:40],
    )  # fmt: skip


def _word(given: Any) -> str:
    if given is None or isinstance(given, dict | list):
        return ""
    if isinstance(given, dt.datetime | dt.date):
        return given.isoformat()
    return str(given).replace("\0", "").strip()


def _refuse(name: str) -> None:
    raise ValueError(f"{name} 不是 JSON")
