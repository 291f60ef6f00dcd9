"""A feed as its file declares it; everything wrong in it told at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ronglu.exchange.feeds import folder, mqtt, sql
from ronglu.exchange.feeds.tags import tags_of
from ronglu.kernel.measure.series import Series

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SETTINGS = {
    "folder": {"folder", "source", "quiet"},
    "sql": {"query", "poll", "back", "late", "window"},
    "push": set[str](),
    "mqtt": {"topic"},
}
NUMBERS = {
    "quiet": ("静置秒数", 1, 3600), "poll": ("几分钟问一次", 1, 1440), "back": ("首次回看天数", 0, 366),
    "late": ("迟到小时数", 0, 744), "window": ("每段天数", 1, 366),
}  # fmt: skip
"""What each is called on the page, and from where to where it may be."""
FIELDS = {"code", "name", "kind", "every", "tags"}


@dataclass(slots=True)
class Declared:
    code: str = ""
    name: str = ""
    kind: str = ""
    every: int = 120
    settings: dict[str, Any] = field(default_factory=dict)
    tags: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def lines(self) -> frozenset[str]:
        return frozenset(str(tag["line"]) for tag in self.tags if "line" in tag)


def read(given: Any, *, series: Mapping[str, Series]) -> Declared:
    found = Declared()
    if not isinstance(given, Mapping):
        found.problems.append("应为一组“键: 值”，写法见 docs/how-to/feeds.md")
        return found
    found.code, found.name, found.kind = (str(given.get(name, "")).strip() for name in ("code", "name", "kind"))
    say = found.problems.append
    if not CODE.fullmatch(found.code):
        say("编码（code）应由小写字母、数字和连字符组成，如 furnace-power")
    if not found.name:
        say("请写名称（name），如“转炉电表”")
    if found.kind not in SETTINGS:
        say(f"方式（kind）应为 {'、'.join(SETTINGS)} 之一")
        return found
    if not str(given.get("every", 120)).isdecimal():
        say("应隔分钟（every）应为整数")
    else:
        found.every = int(given.get("every", 120))
    found.settings = {name: value for name, value in given.items() if name in SETTINGS[found.kind]}
    if more := sorted(set(given) - FIELDS - SETTINGS[found.kind]):
        say(f"不认识 {'、'.join(map(str, more))}；地址和密码不写在这里")
    found.problems += _kind(found)
    rows = given.get("tags", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        say("tags 应为一列点位，每个写 tag、line、series")
        return found
    found.tags = [dict(row) for row in rows]
    found.problems += tags_of(found.tags, series).problems
    return found


def _kind(found: Declared) -> list[str]:
    """What each kind cannot do without."""
    settings = found.settings
    said = [wrong for name, value in settings.items() if name in NUMBERS and (wrong := _number(name, value))]
    if found.kind == "sql":
        query = str(settings.get("query", ""))
        said += sql.problems(query)
        if not said and int(settings.get("window", 7)) * 24 <= int(settings.get("late", 48)):
            said.append("每段天数（window）应长于迟到小时数（late），补取才走得动")
    if found.kind == "folder":
        said += [] if settings.get("source") else ["请写读取方案（source）：用哪个方案读这里的文件"]
        said += folder.problems(str(settings.get("folder", "")))
    if found.kind == "mqtt":
        said += mqtt.problems(str(settings.get("topic", "")))
    return said


def _number(name: str, value: Any) -> str:
    label, least, most = NUMBERS[name]
    fine = str(value).isdecimal() and len(str(value)) < 9 and least <= int(value) <= most
    return "" if fine else f"{label}（{name}）应为 {least} 到 {most} 的整数"
